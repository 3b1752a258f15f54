"""Work that leaves the process (mail, Microsoft Graph): written with the change it belongs to, done after it.

At least once: a worker takes a job for a lease; when it dies, another takes the job over. So every handler must be
safe to repeat. Works on SQLite with one worker inside the web process, on PostgreSQL with any number of workers.
"""

import datetime as dt
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_babel import gettext as _

from meetings.database import db, locked, now, transaction
from meetings.models.message import Job

# Longer than any handler may take: who works past it is thought dead, and the job is done twice.
LEASE = dt.timedelta(minutes=3)
# With pauses of 20 s, 40 s and so on up to an hour: a mail server may be away for four hours.
MAX_ATTEMPTS = 12
_FIRST_PAUSE_SECONDS = 20
_LONGEST_PAUSE_SECONDS = 3600
_IDLE_SECONDS = 0.5
_CHORES_EVERY = 60.0  # seconds

Handler = Callable[[dict[str, Any]], None]
# What a worker does every minute beside its jobs, told the instant; safe to be done by several workers at once.
Chore = Callable[[dt.datetime], object]
# Told when a job has been given up, inside the transaction that says so; the text is the reason.
Mourner = Callable[[dict[str, Any], str], None]

log = logging.getLogger("meetings.outbox")


class Later(Exception):
    """Raised by a handler: not now, but after so many seconds (a throttled service said so). Costs no attempt."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds} s")
        self.seconds = seconds


class GiveUp(Exception):
    """Raised by a handler: trying again cannot help. The message is shown to the organiser."""


def enqueue(kind: str, payload: dict[str, Any], *, at: dt.datetime, meeting_id: int | None = None) -> Job:
    """Write a job inside the command's transaction; it is done after the commit."""
    job = Job(kind=kind, payload=payload, due=at, meeting_id=meeting_id, created_at=at)
    db.session.add(job)
    return job


def enqueue_all(
    kind: str, payloads: Sequence[dict[str, Any]], *, at: dt.datetime, meeting_id: int | None = None
) -> None:
    """Write many jobs of a kind at once, inside the command's transaction; they are done in this order."""
    own = {"kind": kind, "due": at, "meeting_id": meeting_id, "created_at": at}
    if payloads:
        db.session.execute(sa.insert(Job), [own | {"payload": each} for each in payloads])


class Worker:
    """Does the jobs of an application, one at a time. `handlers` and `mourners` are keyed by the job's kind."""

    def __init__(
        self,
        app: Flask,
        handlers: Mapping[str, Handler],
        mourners: Mapping[str, Mourner],
        name: str,
        chores: Sequence[Chore] = (),
    ) -> None:
        self.app = app
        self.handlers = handlers
        self.mourners = mourners
        self.name = name
        self.chores = chores
        self._chores_due = time.monotonic()
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until stop() is called."""
        while not self._stop.is_set():
            if time.monotonic() >= self._chores_due:
                self.do_chores(now())
                self._chores_due = time.monotonic() + _CHORES_EVERY
            try:
                worked = self.run_once()
            except Exception:
                log.exception("the outbox could not be read")
                worked = False
            if not worked:
                self._stop.wait(_IDLE_SECONDS)

    def stop(self) -> None:
        """End run() after the job in hand."""
        self._stop.set()

    def do_chores(self, at: dt.datetime) -> None:
        """Do every chore; one that fails is told to the log and keeps no other from being done."""
        with self.app.test_request_context(base_url=self.app.config["SETTINGS"].base_url):
            for chore in self.chores:
                try:
                    chore(at)
                except Exception:
                    log.exception("a chore failed")
                finally:
                    db.session.rollback()

    def run_once(self, at: dt.datetime | None = None) -> bool:
        """Do the next job that is due; False when there is none. `at` stands for the present in tests."""
        with self.app.test_request_context(base_url=self.app.config["SETTINGS"].base_url):
            job = _claim(self.name, at or now())
            if job is None:
                return False
            self._do(*job, at or now())
            return True

    def _do(self, job_id: int, kind: str, payload: dict[str, Any], attempts: int, at: dt.datetime) -> None:
        if attempts > MAX_ATTEMPTS:
            # Every attempt has ended without an outcome: this job takes its workers down with it.
            self._bury(job_id, kind, payload, _("Every attempt was broken off."))
            return
        try:
            try:
                self.handlers[kind](payload)
            finally:
                db.session.rollback()  # what a handler leaves unfinished is none of the outcome
        except Later as wait:
            self._finish(job_id, due=at + dt.timedelta(seconds=wait.seconds), attempts=Job.attempts - 1, lease=None)
        except GiveUp as reason:
            self._bury(job_id, kind, payload, str(reason))
        except Exception as error:
            log.exception("job failed", extra={"facts": {"job": job_id, "kind": kind, "attempt": attempts}})
            if attempts >= MAX_ATTEMPTS:
                self._bury(job_id, kind, payload, describe(error))
            else:
                self._finish(job_id, due=at + pause_after(attempts), lease=None, error=describe(error))
        else:
            self._finish(job_id, state="done", lease=None, error=None)

    def _bury(self, job_id: int, kind: str, payload: dict[str, Any], reason: str) -> None:
        with transaction():
            if self._finish(job_id, state="dead", lease=None, error=reason) and kind in self.mourners:
                self.mourners[kind](payload, reason)

    def _finish(self, job_id: int, **values: Any) -> bool:
        """Write the outcome; False, and nothing written, if another worker has taken the job over since."""
        own = sa.update(Job).where(Job.id == job_id, Job.lease == self.name).values(**values).returning(Job.id)
        with transaction() as session:
            return session.scalar(own) is not None


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait before the next attempt: twice as long each time, a little random so that jobs spread out."""
    seconds = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2 ** (attempts - 1))
    return dt.timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311  # no secret


def retry(job_id: int, *, at: dt.datetime) -> bool:
    """Put a job that was given up back in the queue, inside the command's transaction; False if it was not given up."""
    job = locked(Job, Job.id == job_id)
    if job is None or job.state != "dead":
        return False
    job.state, job.due, job.attempts, job.lease, job.error = "queued", at, 0, None, None
    return True


def describe(error: Exception) -> str:
    """An error as the organiser may read it."""
    return f"{type(error).__name__}: {error}"[:500]


def _claim(name: str, at: dt.datetime) -> tuple[int, str, dict[str, Any], int] | None:
    """Take the next due job under a lease, or None. Two workers never take the same one."""
    due = sa.select(Job).where(Job.state == "queued", Job.due <= at).order_by(Job.due, Job.id).limit(1)
    if db.session.scalar(due.with_only_columns(Job.id)) is None:
        return None  # looked without a lock: an idle worker must not hold up SQLite's writers
    with transaction() as session:
        job = session.scalars(due.with_for_update(skip_locked=True)).one_or_none()
        if job is None:
            return None
        job.due, job.lease, job.attempts = at + LEASE, name, job.attempts + 1
        return job.id, job.kind, job.payload, job.attempts
