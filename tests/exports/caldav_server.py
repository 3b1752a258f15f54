"""A real CalDAV server with a calendar on it, and what a calendar program does with the mails it gets."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import caldav
import requests
from caldav.lib.error import NotFoundError
from icalendar import Calendar


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Radicale in a process of its own, with its files in the folder; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--storage-filesystem-folder": str(folder),
        "--auth-type": "none",
        "--web-type": "none",
        "--logging-level": "error",
    }
    command = [sys.executable, "-m", "radicale", "--config", ""]
    command += [part for pair in options.items() for part in pair]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(port, process, folder / "log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text())


class Program:
    """A calendar program: its owner's calendar is on the server, and it follows the messages that come by mail."""

    def __init__(self, server: str) -> None:
        self.name = f"owner-{uuid4().hex[:8]}"
        client: Any = caldav.DAVClient(server, username=self.name, password=self.name)
        self.calendar = client.principal().make_calendar(name="Own")
        self.server = server

    def receive(self, message: bytes) -> None:
        """Follow an iTIP message as RFC 5546, 2.1.5 says: what is older than what is known changes nothing."""
        (event,) = Calendar.from_ical(message).walk("VEVENT")
        uid = str(event["UID"])
        known = self.find(uid)
        if known is not None and _age(event) <= _age(known):
            return
        if b"\r\nMETHOD:CANCEL\r\n" in message:
            if known is not None:
                self.calendar.event_by_uid(uid).delete()
        else:
            self.put(message)

    def put(self, content: bytes) -> None:
        """Keep an entry on the server. What is stored has no METHOD (RFC 4791, 4.1)."""
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        address = self.calendar.url.join(f"{quote(str(event['UID']))}.ics")
        body = re.sub(rb"METHOD:\w+\r\n", b"", content).decode()
        answer = self.calendar.client.put(address, body, {"Content-Type": "text/calendar; charset=utf-8"})
        assert answer.status in (201, 204), answer.raw

    def find(self, uid: str) -> Any:
        """The entry with this UID as the server gives it back, or None."""
        try:
            found = self.calendar.event_by_uid(uid)
        except NotFoundError:
            return None
        return _event(found)

    def between(self, start: datetime, end: datetime) -> list[Any]:
        """The entries that the server finds in a stretch of time (a calendar-query with a time-range)."""
        return [_event(each) for each in self.calendar.search(start=start, end=end, event=True)]

    def shows(self) -> dict[str, Any]:
        """All entries, by UID."""
        return {str(each["UID"]): each for each in map(_event, self.calendar.events())}

    def subscribe(self, content: bytes) -> dict[str, Any]:
        """Let the server take a whole calendar; its entries as it gives them back, by UID."""
        address = f"{self.server}{self.name}/{uuid4().hex}/"
        head = {"Content-Type": "text/calendar; charset=utf-8"}
        answer = requests.put(address, data=content, headers=head, auth=(self.name, self.name), timeout=10)
        assert answer.status_code == 201, answer.text
        back = requests.get(address, auth=(self.name, self.name), timeout=10)
        return {str(each["UID"]): each for each in Calendar.from_ical(back.content).walk("VEVENT")}


def _event(found: Any) -> Any:
    (event,) = Calendar.from_ical(found.data).walk("VEVENT")
    return event


def _age(event: Any) -> tuple[int, datetime]:
    return int(event.get("SEQUENCE", 0)), event["DTSTAMP"].dt
