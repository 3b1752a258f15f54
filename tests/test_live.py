"""The hub of live pages, with real threads: what is written reaches whoever listens, once, newest first, on both."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import live
from meetings.changes import PostgresChanges, SqliteChanges
from meetings.database import announce, db, transaction
from meetings.live import Hub, Message, event
from meetings.models.meeting import Meeting
from tests import factories
from tests.conftest import make_app

PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """A channel: some view of a meeting."""

    topic: int
    name: str = "page"


class Listener:
    """Reads a stream in a thread of its own, as a slow one when told to `hold` after each message."""

    def __init__(self, stream: Iterator[bytes]) -> None:
        self.received: list[bytes] = []
        self.beats = 0
        self.ended = False
        self.go_on = threading.Event()
        self.go_on.set()
        self._stream = stream
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        for chunk in self._stream:
            if chunk.startswith(b"event: beat"):
                self.beats += 1
            else:
                self.received.append(chunk)
            self.go_on.wait(PATIENCE_SECONDS)
        self.ended = True

    @property
    def titles(self) -> list[str]:
        """What the messages showed."""
        return [json.loads(chunk.decode().split("data: ")[1])["title"] for chunk in self.received]

    def shows(self, title: str) -> bool:
        return self.titles[-1:] == [title]


def until(condition: Callable[[], Any]) -> None:
    """Wait until something holds; fails when it takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.005)


@dataclass
class House:
    """An application with a hub that shows the titles of meetings."""

    app: Flask
    renderings: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    listening: list[Listener] = field(default_factory=list)
    closed_names: set[str] = field(default_factory=set)
    failures: int = 0

    def __post_init__(self) -> None:
        self.hub: Hub[Page] = Hub(self.app, self.read, self.render, lambda: event("beat", {}))
        with transaction():
            self.meeting = factories.meeting(title="First")
        self.topic = self.meeting.id
        db.session.remove()

    def read(self, topics: Collection[int]) -> Mapping[int, str]:
        query = sa.select(Meeting.id, Meeting.version).where(Meeting.id.in_(topics))
        return {topic: str(version) for topic, version in db.session.execute(query)}

    def render(self, topic: int, pages: Collection[Page]) -> Mapping[Page, Message]:
        if self.failures:
            self.failures -= 1
            raise ValueError("a page that cannot be rendered")
        self.renderings.append((topic, frozenset(page.name for page in pages)))
        meeting = db.session.get_one(Meeting, topic)
        shown = [page for page in pages if page.name not in self.closed_names]
        tag = str(meeting.version)
        return {page: Message(tag, event("page", {"title": meeting.title}, tag)) for page in shown}

    def listen(self, name: str = "page", version: str | None = None, seen: str | None = None) -> Listener:
        """One more listener, who has just read the meeting's version."""
        if version is None:
            version = self.read([self.topic])[self.topic]
            db.session.remove()
        listener = Listener(self.hub.stream(Page(self.topic, name), version=version, seen=seen))
        self.listening.append(listener)
        return listener

    def write(self, title: str, *, announced: bool = True) -> None:
        """Another title, in a transaction of its own."""
        with transaction():
            meeting = db.session.get_one(Meeting, self.topic)
            meeting.title = title
            meeting.version += 1
            if announced:
                announce(self.topic)
        db.session.remove()


@pytest.fixture(autouse=True)
def no_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes are seen because something tells of them; the sweep, which would see them too, has its own tests."""
    monkeypatch.setattr(live, "SWEEP_SECONDS", 3600.0)


def sweep_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.2)


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    house = House(app)
    yield house
    house.hub.close()
    for listener in house.listening:
        listener.go_on.set()
        listener.thread.join()


def test_a_change_reaches_all_listeners_in_one_rendering(house: House) -> None:
    listeners = [house.listen() for _ in range(20)]
    until(lambda: all(listener.shows("First") for listener in listeners))
    rendered = len(house.renderings)
    house.write("Second")
    until(lambda: all(listener.shows("Second") for listener in listeners))
    assert len(house.renderings) == rendered + 1
    assert len({id(listener.received[-1]) for listener in listeners}) == 1  # the very same bytes


def test_each_channel_of_a_topic_is_rendered_once_for_each_version(house: House) -> None:
    listeners = [house.listen(name) for name in ("chair", "room", "room", "chair")]
    until(lambda: all(listener.shows("First") for listener in listeners))
    house.renderings.clear()
    house.write("Second")
    until(lambda: all(listener.shows("Second") for listener in listeners))
    assert house.renderings == [(house.topic, frozenset({"chair", "room"}))]


def test_a_slow_listener_gets_the_newest_and_no_backlog(house: House) -> None:
    slow, quick = house.listen(), house.listen()
    until(lambda: slow.shows("First") and quick.shows("First"))
    slow.go_on.clear()
    for title in ("Second", "Third", "Fourth", "Fifth"):
        house.write(title)
        until(lambda title=title: quick.shows(title))  # type: ignore[misc]  # mypy knows no defaults of lambdas
    slow.go_on.set()
    until(lambda: slow.shows("Fifth"))
    assert quick.titles == ["First", "Second", "Third", "Fourth", "Fifth"]
    assert slow.titles in (["First", "Fifth"], ["First", "Second", "Fifth"])  # the second was on its way already


def test_a_burst_is_rendered_a_few_times_and_its_end_is_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "COALESCE_SECONDS", 0.5)
    listener = house.listen()
    until(lambda: listener.shows("First"))
    began = time.monotonic()
    for number in range(40):
        house.write(f"Title {number}")
    house.write("The end")
    until(lambda: listener.shows("The end"))
    assert len(house.renderings) <= 3 + (time.monotonic() - began) / 0.5


def test_a_change_after_a_while_is_shown_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "COALESCE_SECONDS", 2.0)
    listener = house.listen()
    until(lambda: listener.shows("First"))
    time.sleep(2.1)
    began = time.monotonic()
    house.write("Second")
    until(lambda: listener.shows("Second"))
    assert time.monotonic() - began < 1.5


def test_who_has_seen_the_newest_is_not_sent_it_again(house: House) -> None:
    first = house.listen()
    until(lambda: first.shows("First"))
    again = house.listen(seen="1")
    until(lambda: again.beats)
    house.write("Second")
    until(lambda: again.shows("Second") and first.shows("Second"))
    assert again.titles == ["Second"]
    older = house.listen(seen="1")
    until(lambda: older.shows("Second"))


def test_nobody_is_sent_what_is_older_than_what_they_have_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first = house.listen()
    until(lambda: first.shows("First"))
    monkeypatch.setattr(live, "COALESCE_SECONDS", 3600.0)  # the hub sees nothing of the next change by itself
    house.write("Second")
    newer = house.listen(version="2")
    until(lambda: newer.beats)
    time.sleep(0.2)
    assert newer.titles == []
    monkeypatch.undo()
    until(lambda: newer.shows("Second"))
    assert newer.titles == ["Second"]


def test_nobody_is_sent_what_was_rendered_while_they_read_something_newer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered, go_on = threading.Event(), threading.Event()

    def slow(topic: int, pages: Collection[Page]) -> Mapping[Page, Message]:
        shown = house.render(topic, pages)
        rendered.set()
        go_on.wait(PATIENCE_SECONDS)
        return shown

    monkeypatch.setattr(house.hub, "_render", slow)
    first = house.listen()
    assert rendered.wait(PATIENCE_SECONDS)
    house.write("Second")
    newer = house.listen(version="2")
    until(lambda: newer.beats)
    go_on.set()
    until(lambda: newer.shows("Second") and first.shows("Second"))
    assert newer.titles == ["Second"]


@pytest.mark.postgresql_only("SQLite has no connection that could be cut")
def test_a_listening_connection_that_is_cut_comes_back_and_reads_everything_again(house: House) -> None:
    listener = house.listen()
    until(lambda: listener.shows("First"))
    for title in ("Second", "Third"):
        with db.engine.connect() as connection:
            cut = connection.scalar(
                sa.text(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                )
            )
        assert cut == 1
        house.write(title)  # while nobody hears
        until(lambda title=title: listener.shows(title))  # type: ignore[misc]  # as above
    house.write("Fourth")
    until(lambda: listener.shows("Fourth"))


@pytest.mark.postgresql_only("SQLite tells of what is in the file, which is what was committed")
def test_what_is_rolled_back_is_not_announced(house: House) -> None:
    listener = house.listen()
    until(lambda: listener.shows("First"))
    heard = []
    looked = house.read

    def read(topics: Collection[int]) -> Mapping[int, str]:
        heard.append(tuple(topics))
        return looked(topics)

    house.hub._read = read  # what the hub looks at is what it was told of
    with pytest.raises(ZeroDivisionError), transaction():
        announce(house.topic)
        raise ZeroDivisionError
    time.sleep(0.3)
    assert heard == []
    house.write("Second")
    until(lambda: listener.shows("Second"))
    assert heard == [(house.topic,)]


@pytest.mark.sqlite_only("on PostgreSQL other processes announce")
def test_a_change_by_another_process_is_seen(house: House) -> None:
    listener = house.listen()
    until(lambda: listener.shows("First"))
    script = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1]);"
        " connection.execute(\"UPDATE meeting SET title = 'From elsewhere', version = version + 1\");"
        " connection.commit()"
    )
    subprocess.run([sys.executable, "-c", script, str(db.engine.url.database)], check=True)
    until(lambda: listener.shows("From elsewhere"))


def test_what_nobody_announces_is_seen_by_the_sweep(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep_often(monkeypatch)
    listener = house.listen()
    until(lambda: listener.shows("First"))
    house.write("Second", announced=False)
    until(lambda: listener.shows("Second"))


def test_two_applications_do_not_mix(house: House, sqlite_template: Path, tmp_path: Path) -> None:
    listener = house.listen()
    until(lambda: listener.shows("First"))
    (tmp_path / "other").mkdir()
    shutil.copy(sqlite_template, tmp_path / "other" / "rostrum.db")
    app = make_app(tmp_path / "other", f"sqlite:///{tmp_path}/other/rostrum.db")
    assert app.extensions["live"] is not house.app.extensions["live"]
    with app.app_context():
        other = House(app)
        assert other.topic == house.topic
        theirs = other.listen()
        until(lambda: theirs.shows("First"))
        other.write("Theirs")
        until(lambda: theirs.shows("Theirs"))
        other.hub.close()
        theirs.thread.join()
        db.session.remove()
        db.engine.dispose()
    house.write("Ours")
    until(lambda: listener.shows("Ours"))
    assert (listener.titles, theirs.titles) == (["First", "Ours"], ["First", "Theirs"])


def test_a_channel_that_has_ended_ends_its_streams_and_no_others(house: House) -> None:
    display, chair = house.listen("display"), house.listen("chair")
    until(lambda: display.shows("First") and chair.shows("First"))
    house.closed_names.add("display")
    house.write("Second")
    until(lambda: display.ended and chair.shows("Second"))
    assert not chair.ended


def test_the_streams_of_a_topic_that_is_gone_end(house: House) -> None:
    listener = house.listen()
    until(lambda: listener.shows("First"))
    with transaction():
        db.session.delete(db.session.get_one(Meeting, house.topic))
        announce(house.topic)
    until(lambda: listener.ended)


def test_what_cannot_be_rendered_is_tried_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep_often(monkeypatch)
    house.failures = 2
    listener = house.listen()
    until(lambda: listener.shows("First"))
    assert house.failures == 0


def test_trouble_with_what_tells_of_changes_does_not_end_the_following(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = house.listen()
    until(lambda: listener.shows("First"))
    troubles = [RuntimeError("a trouble that nobody thought of")]
    wait = PostgresChanges.wait if db.engine.dialect.name == "postgresql" else SqliteChanges.wait

    def troubled(self: Any, seconds: float) -> Collection[int] | None:
        if troubles:
            raise troubles.pop()
        return wait(self, seconds)

    monkeypatch.setattr(PostgresChanges, "wait", troubled)
    monkeypatch.setattr(SqliteChanges, "wait", troubled)
    until(lambda: not troubles)
    house.write("Second")
    until(lambda: listener.shows("Second"))


def test_a_silent_stream_beats_and_ends_after_its_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(live, "LIFE_SECONDS", 4.0)
    listener = house.listen()
    until(lambda: listener.ended)
    assert listener.beats >= 4
    assert listener.titles == ["First"]


def test_the_thread_lives_while_somebody_listens(house: House) -> None:
    def at_work() -> bool:
        return any(thread.name == "live" for thread in threading.enumerate())

    stream = house.hub.stream(Page(house.topic), version="1")
    assert not at_work()
    next(stream)
    assert at_work()
    assert house.hub.listeners == 1
    stream.close()  # type: ignore[attr-defined]  # a generator, though only its reading is promised
    assert house.hub.listeners == 0
    until(lambda: not at_work())
    listener = house.listen()
    until(lambda: listener.shows("First"))


def test_closing_ends_all_streams_and_takes_no_more(house: House) -> None:
    listeners = [house.listen() for _ in range(5)]
    until(lambda: all(listener.shows("First") for listener in listeners))
    house.hub.close()
    until(lambda: all(listener.ended for listener in listeners))
    assert list(house.hub.stream(Page(house.topic), version="1")) == []


def test_fifty_streams_hold_no_connection_to_the_database(house: House) -> None:
    listeners = [house.listen() for _ in range(50)]
    until(lambda: all(listener.shows("First") for listener in listeners))
    pool = db.engine.pool
    assert isinstance(pool, sa.QueuePool)
    until(lambda: pool.checkedout() == 0)
