"""The outbox: what is enqueued with a change is done after it, at least once, by one worker at a time."""

import datetime as dt
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database, outbox
from meetings.database import db, transaction
from meetings.models.message import Job
from meetings.outbox import GiveUp, Later, Worker
from tests.conftest import Clock

NOW = dt.datetime(2025, 11, 26, 9, tzinfo=dt.UTC)


def put(*numbers: int, at: dt.datetime = NOW) -> list[int]:
    with transaction():
        jobs = [outbox.enqueue("count", {"number": number}, at=at) for number in numbers]
        db.session.flush()
        return [job.id for job in jobs]


def job(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id)


class Counting:
    """A handler that notes what it was given, and fails as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.seen: list[int] = []
        self.failures = list(failures)

    def __call__(self, payload: dict[str, Any]) -> None:
        self.seen.append(payload["number"])
        if self.failures:
            raise self.failures.pop(0)


def worker(app: Flask, handler: outbox.Handler, mourners: dict[str, outbox.Mourner] | None = None) -> Worker:
    return Worker(app, {"count": handler}, mourners or {}, "tested")


def test_jobs_are_done_once_in_the_order_in_which_they_are_due(app: Flask) -> None:
    first, second = put(1, 2)
    put(3, at=NOW + dt.timedelta(seconds=1))
    handler = Counting()
    tested = worker(app, handler)
    while tested.run_once(NOW):
        pass
    assert handler.seen == [1, 2]
    assert [(job(each).state, job(each).attempts, job(each).lease) for each in (first, second)] == [
        ("done", 1, None)
    ] * 2
    assert tested.run_once(NOW + dt.timedelta(seconds=1))
    assert handler.seen == [1, 2, 3]


def test_a_job_of_a_command_that_was_refused_is_never_seen(app: Flask) -> None:
    with pytest.raises(ValueError, match="refused"), transaction():
        outbox.enqueue("count", {"number": 1}, at=NOW)
        db.session.flush()
        raise ValueError("refused")
    handler = Counting()
    assert worker(app, handler).run_once(NOW) is False
    assert handler.seen == []


def test_what_fails_is_tried_again_after_longer_and_longer_pauses(app: Flask) -> None:
    (tried,) = put(1)
    handler = Counting(*[ConnectionRefusedError("no server")] * 3)
    tested, at, pauses = worker(app, handler), NOW, []
    for _ in range(3):
        assert tested.run_once(at)
        row = job(tried)
        assert (row.state, row.lease, row.error) == ("queued", None, "ConnectionRefusedError: no server")
        pauses.append((row.due - at).total_seconds())
        assert not tested.run_once(row.due - dt.timedelta(milliseconds=1))
        at = row.due
    assert tested.run_once(at)
    assert (job(tried).state, job(tried).attempts, job(tried).error) == ("done", 4, None)
    assert [16 <= pauses[0] <= 24, 32 <= pauses[1] <= 48, 64 <= pauses[2] <= 96] == [True] * 3


def test_pauses_grow_to_an_hour_and_no_longer() -> None:
    assert all(2880 <= outbox.pause_after(attempts).total_seconds() <= 4320 for attempts in (9, 12, 100))


def test_what_fails_too_often_is_given_up_with_its_reason_and_mourned(app: Flask) -> None:
    (tried,) = put(7)
    told: list[tuple[dict[str, Any], str]] = []
    handler = Counting(*[OSError("down")] * 100)
    tested = worker(app, handler, {"count": lambda payload, reason: told.append((payload, reason))})
    at = NOW
    while tested.run_once(at):
        at += dt.timedelta(days=1)
    assert len(handler.seen) == outbox.MAX_ATTEMPTS
    assert (job(tried).state, job(tried).error) == ("dead", "OSError: down")
    assert told == [({"number": 7}, "OSError: down")]


def test_what_cannot_be_helped_is_given_up_at_once(app: Flask) -> None:
    (tried,) = put(1)
    tested = worker(app, Counting(GiveUp("No such address.")))
    assert tested.run_once(NOW)
    assert (job(tried).state, job(tried).error, job(tried).attempts) == ("dead", "No such address.", 1)


def test_what_is_asked_to_wait_waits_as_long_and_loses_no_attempt(app: Flask) -> None:
    (tried,) = put(1)
    tested = worker(app, Counting(Later(90)))
    assert tested.run_once(NOW)
    assert (job(tried).state, job(tried).attempts, job(tried).due) == ("queued", 0, NOW + dt.timedelta(seconds=90))


def test_what_was_given_up_can_be_tried_again(app: Flask) -> None:
    (tried,) = put(1)
    handler = Counting(GiveUp("no"))
    tested = worker(app, handler)
    tested.run_once(NOW)
    later = NOW + dt.timedelta(hours=1)
    with transaction():
        assert outbox.retry(tried, at=later)
        assert not outbox.retry(tried, at=later)
    assert not tested.run_once(NOW)
    assert tested.run_once(later)
    assert (job(tried).state, handler.seen) == ("done", [1, 1])


def test_what_a_handler_leaves_unfinished_is_not_kept(app: Flask) -> None:
    (tried,) = put(1)

    def careless(payload: dict[str, Any]) -> None:
        db.session.add(Job(kind="leftover", payload={}, due=NOW, created_at=NOW))
        raise OSError("down")

    assert worker(app, careless).run_once(NOW)
    assert job(tried).error == "OSError: down"
    assert db.session.scalars(sa.select(Job.kind)).all() == ["count"]


def test_a_worker_killed_in_mid_job_is_followed_by_another_after_its_lease(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    with transaction():
        slow = outbox.enqueue("slow", {"number": 5}, at=NOW)
        db.session.flush()
        tried = slow.id
    db.session.remove()
    command = [sys.executable, "-m", "tests.outbox_in_a_process", str(tmp_path), database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun 5\n"
        taken = job(tried)
        assert (taken.state, taken.lease, taken.attempts) == ("queued", "worker to be killed", 1)
        lease_ends = taken.due
        handler = Counting()
        second = Worker(app, {"slow": handler}, {}, "second")
        assert not second.run_once(lease_ends - dt.timedelta(seconds=1))
        process.kill()
    assert lease_ends - database.now() > outbox.LEASE - dt.timedelta(seconds=60)
    assert second.run_once(lease_ends)
    assert (handler.seen, job(tried).state, job(tried).attempts) == ([5], "done", 2)


def test_a_worker_that_was_thought_dead_writes_no_outcome(app: Flask) -> None:
    (tried,) = put(1)
    told: list[str] = []

    def outlived(payload: dict[str, Any]) -> None:
        assert Worker(app, {"count": Counting()}, {}, "second").run_once(NOW + outbox.LEASE)
        raise GiveUp("too late")

    tested = worker(app, outlived, {"count": lambda payload, reason: told.append(reason)})
    assert tested.run_once(NOW)
    assert (job(tried).state, job(tried).error, told) == ("done", None, [])


def test_a_job_that_takes_its_workers_down_is_given_up(app: Flask) -> None:
    (tried,) = put(1)
    with transaction():
        job = db.session.get_one(Job, tried)
        job.attempts, job.lease, job.due = outbox.MAX_ATTEMPTS, "dead worker", NOW
    handler = Counting()
    assert worker(app, handler).run_once(NOW)
    assert handler.seen == []
    db.session.rollback()
    assert (job.state, job.error) == ("dead", "Every attempt was broken off.")


def test_a_worker_runs_until_it_is_stopped(app: Flask, clock: Clock) -> None:
    done = threading.Event()
    tested = worker(app, lambda payload: done.set())
    put(1, at=clock.now)
    thread = threading.Thread(target=tested.run)
    thread.start()
    assert done.wait(10)
    tested.stop()
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.postgresql_only("SQLite has one worker, inside the web process")
def test_several_workers_never_do_the_same_job(app: Flask) -> None:
    put(*range(60))
    seen: list[int] = []
    working: set[int] = set()
    at_once: list[int] = []

    def note(payload: dict[str, Any]) -> None:
        working.add(payload["number"])
        at_once.append(len(working))
        seen.append(payload["number"])
        threading.Event().wait(0.01)
        working.discard(payload["number"])

    def work(number: int) -> None:
        tested = Worker(app, {"count": note}, {}, f"worker {number}")
        while tested.run_once(NOW):
            pass

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Counter(seen) == Counter(range(60))
    assert max(at_once) > 1, "the workers did not work side by side"
    db.session.rollback()
    assert db.session.scalars(sa.select(Job.state).distinct()).all() == ["done"]
