"""Transactions and instants: the same promises on SQLite and on PostgreSQL."""

import datetime as dt
import sqlite3
import threading
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, locked, now, to_milliseconds, transaction
from meetings.models.meeting import Meeting
from tests import factories

THREADS, ROUNDS = 8, 10


def test_a_command_commits_at_its_end(app: Flask) -> None:
    with transaction():
        factories.meeting(slug="kept")
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 1


def test_an_error_in_a_command_leaves_nothing(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="half way"), transaction():
        factories.meeting()
        raise RuntimeError("half way")
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0


def test_a_command_called_by_another_joins_its_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="later"), transaction():
        with transaction():
            factories.meeting()
        raise RuntimeError("later")
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0


def test_changes_outside_a_transaction_are_refused(app: Flask) -> None:
    db.session.add(Meeting(slug="stray", title="Stray", mode="online", timezone="UTC"))
    with pytest.raises(RuntimeError, match="outside"), transaction():
        pass
    db.session.rollback()


def raise_last_key(app: Flask, slug: str, with_lock: bool) -> None:
    """Read a number, think for a moment, write the next one: what a command does."""
    with app.app_context(), transaction():
        condition = Meeting.slug == slug
        row = locked(Meeting, condition) if with_lock else db.session.scalar(sa.select(Meeting).where(condition))
        assert row is not None
        number = row.last_key
        time.sleep(0.001)
        row.last_key = number + 1


def run_threads(app: Flask, slug: str, with_lock: bool) -> int:
    def work() -> None:
        for _ in range(ROUNDS):
            raise_last_key(app, slug, with_lock)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return db.session.scalars(sa.select(Meeting.last_key).where(Meeting.slug == slug)).one()


def test_what_a_command_has_locked_and_read_stays_true_until_it_writes(app: Flask) -> None:
    with transaction():
        factories.meeting(slug="counted")
    assert run_threads(app, "counted", with_lock=True) == THREADS * ROUNDS


@pytest.mark.postgresql_only("SQLite locks the whole file for a command, so a forgotten row lock does no harm there")
def test_without_the_row_lock_the_same_work_loses_changes(app: Flask) -> None:
    with transaction():
        factories.meeting(slug="counted")
    assert run_threads(app, "counted", with_lock=False) < THREADS * ROUNDS


@pytest.mark.sqlite_only("PostgreSQL has no lock on the whole database")
def test_a_command_waits_for_another_process_to_release_the_file(app: Flask) -> None:
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    timer.start()
    started = time.monotonic()
    with transaction():
        factories.meeting()
    assert time.monotonic() - started >= 0.25
    timer.join()
    other.close()


@pytest.mark.sqlite_only("reads on PostgreSQL never wait for writers")
def test_reading_goes_on_while_another_process_writes(app: Flask) -> None:
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0
    assert time.monotonic() - started < 0.2
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("offset", [0, 2, -5, 13])
def test_an_instant_comes_back_as_it_went_in_whatever_its_zone(app: Flask, offset: int) -> None:
    zone = dt.timezone(dt.timedelta(hours=offset))
    instant = dt.datetime(2025, 11, 26, 10, 31, 0, 123000, tzinfo=zone)
    with transaction():
        factories.meeting(slug="when", published_at=instant)
    db.session.rollback()
    found = db.session.scalars(sa.select(Meeting.published_at).where(Meeting.slug == "when")).one()
    assert found == instant
    assert found is not None
    assert found.utcoffset() == dt.timedelta(0)


def test_an_instant_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(sa.exc.StatementError, match="an instant needs a time zone"), transaction():
        factories.meeting(published_at=dt.datetime(2025, 11, 26, 10, 31))  # noqa: DTZ001  # what is refused


def test_the_clock_is_utc_and_ticks_in_milliseconds() -> None:
    instant = now()
    assert instant.tzinfo is dt.UTC
    assert instant == to_milliseconds(instant)


def test_planned_times_are_wall_clock_and_come_back_unmoved(app: Flask) -> None:
    with transaction():
        meeting = factories.meeting(timezone="Pacific/Auckland")
        session = factories.session(meeting, start=dt.time(9), end=dt.time(10, 15))
        session_id = session.id
    db.session.rollback()
    found = db.session.get_one(type(session), session_id)
    assert (found.date, found.start, found.end) == (factories.DAY, dt.time(9), dt.time(10, 15))
