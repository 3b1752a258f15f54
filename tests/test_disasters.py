"""What happens to the floor when the machine is unkind, on the real server: one process on SQLite, two on PostgreSQL.

Processes are killed in the middle of a burst, the database cuts its connections, another process holds the lock. What
was acknowledged is there afterwards, nothing is there twice, pages go on answering, and streams resume by themselves.
"""

import datetime as dt
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links
from meetings.database import db, now, transaction
from meetings.floor import commands
from meetings.models.floor import FloorRequest
from tests import factories
from tests.floor import invariants
from tests.floor.scene import Scene
from tests.live import LiveServer, running

PEOPLE = 40
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LOCK_SECONDS = 4.0


@dataclass
class House:
    """The running server with a floor on it, and the personal pages of those who may ask."""

    server: LiveServer
    scene: Scene
    pages: dict[int, str]  # by registration
    display: str

    def connection(self) -> "closing[http.client.HTTPConnection]":
        address = urlsplit(self.server.url)
        return closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=30))

    def get(self, path: str) -> tuple[int, str, str]:
        """A page: its status, its text and the cookie that came with it."""
        with self.connection() as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), (answer.getheader("Set-Cookie") or "").partition(";")[0]

    def form(self, registration_id: int) -> tuple[str, dict[str, str]]:
        """A participant's page, opened: its cookie, and the form as it is sent."""
        status, text, cookie = self.get(self.pages[registration_id])
        token = TOKEN.search(text)
        assert status == 200
        assert token is not None
        blank = dict.fromkeys(("topic", "language", "on_behalf_of", "latest", "text"), "")
        return cookie, blank | {
            "capacity": "organisation",
            "delivery": "as_delivered",
            "csrf_token": token.group(1),
        }

    def ask(self, registration_id: int, form: tuple[str, dict[str, str]]) -> int:
        """Send the form; gives the status, 0 where no answer came."""
        cookie, values = form
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            with self.connection() as connection:
                connection.request("POST", self.pages[registration_id], urlencode(values), headers)
                return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0

    def act(self, command: Callable[..., Any], request_id: int, **values: Any) -> None:
        """The chair acts, in another process than the server's."""
        self.scene.now = now()
        self.scene.act(command, request_id, **values)


@pytest.fixture
def house(app: Flask, backend: str, database_url: str, tmp_path: Path) -> Iterator[House]:
    """The server as it is run on either database, and a floor whose meeting is today."""
    today = now().date()
    with transaction():
        meeting = factories.meeting(start_date=today, end_date=today + dt.timedelta(days=2))
        session = factories.session(meeting)
        factories.floor(session)
        people = [factories.registration(meeting) for _ in range(PEOPLE)]
        with app.test_request_context():
            pages = {
                each.id: f"/me/{links.make('personal', each.id, each.link_serial)}/sessions/{session.key}/floor"
                for each in people
            }
            display = f"/display/{links.make('display', session.id, 1)}"
    options: dict[str, Any] = {"workers": 2, "outbox": "separate"} if backend == "postgresql" else {}
    folder = tmp_path / "server"
    folder.mkdir()
    with running(folder, DATABASE_URL=database_url, SECRET_KEY="for-tests", **options) as server:
        yield House(server, Scene(meeting, session, now=now()), pages, display)


def kill_a_worker(server: LiveServer) -> None:
    """The server itself starts another one."""
    os.kill(server.workers[0], signal.SIGKILL)


def kill_everything(server: LiveServer) -> None:
    """And whoever looks after the machine starts it again."""
    server.kill()
    server.begin()


@pytest.mark.parametrize("kill", [kill_a_worker, kill_everything])
def test_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_there_twice(
    house: House, kill: Callable[[LiveServer], None]
) -> None:
    forms = {each: house.form(each) for each in house.pages}
    acknowledged: list[int] = []
    enough = threading.Event()

    def ask(registration_id: int) -> None:
        if house.ask(registration_id, forms[registration_id]) == 303:
            acknowledged.append(registration_id)
            if len(acknowledged) >= PEOPLE // 4:
                enough.set()

    with ThreadPoolExecutor(12) as pool:
        burst = [pool.submit(ask, each) for each in house.pages]
        assert enough.wait(60)
        kill(house.server)
        for each in burst:
            each.result()
    assert_consistent(house)
    assert set(acknowledged) <= set(asked(house))

    # Whoever had no answer presses again, with the page they have; whoever had one, too.
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(lambda each: house.ask(each, forms[each]), house.pages)) == {303}
    assert sorted(asked(house)) == sorted(house.pages)
    assert_consistent(house)


def asked(house: House) -> list[int]:
    """The registrations of the requests that there are."""
    db.session.rollback()
    rows = db.session.scalars(
        sa.select(FloorRequest.registration_id).where(FloorRequest.session_id == house.scene.session.id)
    )
    return [each for each in rows if each is not None]


def assert_consistent(house: House) -> None:
    """Each request has its line in the log and its step of the version, and all that must hold holds."""
    rows = invariants.read(house.scene.session.id)
    invariants.assert_sound(rows)
    lines = [event for event in invariants.events_after(0) if event.kind == "floor.requested"]
    assert {event.target for event in lines} == {f"request:{each}" for each in rows.requests}
    assert len(lines) == len(rows.requests)
    assert rows.floor["version"] == 1 + len(lines)
    assert len({row["rank"] for row in rows.requests.values()}) == len(rows.requests)


class Stream:
    """A live stream, read as it comes until its house is left."""

    def __init__(self, house: House, path: str) -> None:
        self.house, self.path = house, path
        self.messages: list[dict[str, Any]] = []
        self.ended = False
        self.came = threading.Condition()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        try:
            with self.house.connection() as connection:
                connection.request("GET", self.path + "/stream")
                kind = ""
                for line in connection.getresponse():
                    name, _colon, value = line.decode().rstrip("\n").partition(": ")
                    kind = value if name == "event" else kind
                    if name == "data" and kind == "floor":
                        with self.came:
                            self.messages.append(json.loads(value))
                            self.came.notify_all()
        except (OSError, http.client.HTTPException):
            pass
        with self.came:
            self.ended = True
            self.came.notify_all()

    def wait(self, seconds: float, shows: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the newest message shows something; fails when the stream ends or the time is over."""
        with self.came:
            arrived = self.came.wait_for(lambda: self.ended or (self.messages and shows(self.messages[-1])), seconds)
            assert arrived, f"{self.path}: nothing new in {seconds} s"
            assert not self.ended, f"{self.path}: the stream ended"


@contextmanager
def streams(house: House) -> Iterator[list[Stream]]:
    """Six participants' streams and two displays', all showing that somebody waits."""
    paths = [*list(house.pages.values())[:6], house.display, house.display]
    opened = [Stream(house, path) for path in paths]
    for each in opened:
        each.wait(20, lambda message: "html" in message)
    yield opened


def shows_called(request_id: int) -> Callable[[dict[str, Any]], bool]:
    """Whether a message knows that the request is called; the display has no list of states, and any news will do."""
    return lambda message: message.get("requests", {str(request_id): ["called"]})[str(request_id)][0] == "called"


@pytest.mark.postgresql_only("SQLite has no connection that could be cut")
def test_streams_outlive_the_cut_of_every_connection_to_the_database(
    house: House, postgres_admin: sa.Engine, database_url: str
) -> None:
    request_id = house.scene.ask(house.scene.participant())
    with streams(house) as opened:
        seen = [len(each.messages) for each in opened]
        db.session.rollback()
        db.engine.dispose()
        name = sa.make_url(database_url).database
        with postgres_admin.connect() as connection:
            cut = connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
            ).all()
        assert len(cut) >= 2, "the two web processes hold connections"
        house.act(commands.call, request_id)
        for each, before in zip(opened, seen, strict=True):
            each.wait(10, shows_called(request_id))
            assert len(each.messages) > before
    assert house.get(house.display)[0] == 200


LOCK = {
    # What the command line does to the file while it writes.
    "sqlite": """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE floor SET version = version")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
""",
    "postgresql": """
import psycopg, sys, time
with psycopg.connect(sys.argv[1]) as connection:
    connection.execute("SELECT 1 FROM floor FOR UPDATE")
    print("locked", flush=True)
    time.sleep(float(sys.argv[2]))
""",
}


def test_while_another_process_holds_the_lock_pages_answer_and_a_request_waits_its_turn(
    house: House, backend: str, database_url: str
) -> None:
    first = house.scene.ask(house.scene.participant())
    who = next(iter(house.pages))
    form = house.form(who)
    public = f"/meetings/{house.scene.meeting.slug}/"
    usual = max(slowest(house, ["/healthz", public]) for _ in range(5))
    db.session.rollback()
    url = sa.make_url(database_url)
    where = str(url.database) if backend == "sqlite" else url.set(drivername="postgresql").render_as_string(False)
    with streams(house) as opened, ThreadPoolExecutor(1) as pool:
        holder = subprocess.Popen(
            [sys.executable, "-c", LOCK[backend], where, str(LOCK_SECONDS)], stdout=subprocess.PIPE, text=True
        )
        with holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "locked\n"
            began = time.monotonic()
            asking: Future[int] = pool.submit(house.ask, who, form)
            worst = 0.0
            while time.monotonic() - began < LOCK_SECONDS - 0.5:
                worst = max(worst, slowest(house, ["/healthz", public, house.display]))
                assert time.monotonic() - began > LOCK_SECONDS - 0.1 or not asking.done(), "the lock was not held"
        assert holder.returncode == 0
        assert asking.result(20) == 303
        # Frozen, the pages would have waited as long as the lock was held; a busy machine is slow without it, too.
        assert worst < max(1.0, 3 * usual), f"a page took {worst:.2f} s, {usual:.2f} s without the lock"
        for each in opened:
            each.wait(10, lambda message: len(message.get("requests", {1: 1, 2: 2})) == 2)
        house.act(commands.call, first)
        for each in opened:
            each.wait(10, shows_called(first))
    assert asked(house).count(who) == 1


def slowest(house: House, paths: list[str]) -> float:
    """Open pages one after the other; gives the longest time that one took, in seconds."""
    longest = 0.0
    for path in paths:
        began = time.monotonic()
        assert house.get(path)[0] == 200
        longest = max(longest, time.monotonic() - began)
    return longest
