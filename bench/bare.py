"""What the machine can do at best: the same server without an application, and the database without a server."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Event
from typing import Any

import psycopg

Start = Callable[[str, list[tuple[str, str]]], Any]


class Bare:
    """A web application that does nothing: streams what it is handed, and answers a form with a redirection."""

    def __init__(self) -> None:
        self.message, self.listeners = b"", set[Event]()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer: `/stream` stays open, `/press` sends its body to all streams, anything else is a form."""
        path = environ["PATH_INFO"]
        if path == "/stream":
            start("200 OK", [("Content-Type", "text/event-stream")])
            return self._stream()
        body = environ["wsgi.input"].read()
        if path == "/press":
            self.message = body
            for listener in list(self.listeners):
                listener.set()
        start("303 See Other", [("Location", "/"), ("Content-Length", "0")])
        return [b""]

    def _stream(self) -> Iterator[bytes]:
        mine = Event()
        self.listeners.add(mine)
        try:
            yield b": hello\n\n"
            while True:
                mine.wait()
                mine.clear()
                yield self.message
        finally:
            self.listeners.discard(mine)


app = Bare()


def insert_and_commit(url: str, times: int) -> float:
    """Seconds for so many rows, each inserted and committed by itself, in the set-up's own database."""
    row = "x" * 200
    if url.startswith("sqlite"):
        connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        statement = "INSERT INTO bare (content) VALUES (?)"
    else:
        connection = psycopg.connect(url.replace("+psycopg", ""))
        statement = "INSERT INTO bare (content) VALUES (%s)"
    connection.execute("CREATE TABLE bare (id INTEGER, content TEXT)")
    connection.commit()
    began = time.perf_counter()
    for _ in range(times):
        if url.startswith("sqlite"):
            connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, (row,))
        connection.commit()
    took = time.perf_counter() - began
    connection.execute("DROP TABLE bare")
    connection.commit()
    connection.close()
    return took
