"""A meeting to be published, with people who are told, for the tests of publishing."""

import datetime as dt
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import current_app

from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Job, Message
from meetings.models.programme import ProgrammeVersion
from meetings.publishing import commands
from meetings.worker import make_worker
from tests import factories
from tests.conftest import Clock

Planned = TypeVar("Planned", Session, Sitting)

DAY = dt.date(2025, 12, 10)


def draft(**values: Any) -> Meeting:
    """A draft of a hybrid meeting in New York two weeks on: two sittings, a session in each, one panellist."""
    with transaction():
        meeting = factories.meeting(
            **{
                "slug": "dialogue",
                "title": "Dialogue",
                "mode": "hybrid",
                "timezone": "America/New_York",
                "start_date": DAY,
                "end_date": DAY,
                "city": "New York",
                "published_at": None,
            }
            | values
        )
        factories.sitting(meeting, key="morning", position=1, join_url="https://teams.example/m")
        factories.sitting(meeting, key="afternoon", position=2, start=dt.time(15), end=dt.time(18))
        factories.session(meeting, key="opening", title="Opening", start=dt.time(9), end=dt.time(9, 20))
        talk = factories.session(meeting, key="talk", title="Talk", start=dt.time(15), end=dt.time(16))
        factories.role(talk, factories.registration(meeting).person)
    return meeting


def publish(meeting: Meeting, clock: Clock, **values: Any) -> commands.Done:
    """Publish, a moment later than whatever was before."""
    clock.advance(seconds=1)
    done = commands.publish(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now, **values)
    db.session.rollback()
    return done


def work() -> None:
    """Do all jobs that are due, mails included, as the outbox worker does."""
    worker = make_worker(current_app._get_current_object(), "tests")  # type: ignore[attr-defined]
    while worker.run_once():
        pass
    db.session.rollback()


def change(model: type[Planned], key: str, **values: Any) -> None:
    """Change a session or a sitting of the working copy."""
    with transaction():
        row = db.session.scalars(sa.select(model).where(model.key == key)).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.get_one(Meeting, row.meeting_id).version += 1


def mails() -> list[Message]:
    """All mails, in their order."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def jobs(kind: str) -> list[Job]:
    """The outbox's jobs of a kind."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(Job).where(Job.kind == kind).order_by(Job.id)))


def versions() -> list[ProgrammeVersion]:
    """All versions, in their order."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(ProgrammeVersion).order_by(ProgrammeVersion.number)))
