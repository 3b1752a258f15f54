"""The address of a person's calendar to subscribe to."""

import datetime as dt

import sqlalchemy as sa

from meetings import journal
from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.people import Person


def replace_feed(*, person_id: int, actor: Actor, now: dt.datetime) -> None:
    """Make the address of a person's calendar invalid wherever it has got to; there is a new one at once."""
    with transaction():
        meeting_id = db.session.scalar(sa.select(Person.meeting_id).where(Person.id == person_id))
        locked(Meeting, Meeting.id == meeting_id)
        person = db.session.get_one(Person, person_id, populate_existing=True)
        person.feed_serial += 1
        journal.record(
            actor=actor, kind="calendar.address_replaced", at=now, meeting_id=meeting_id, target=f"person:{person_id}"
        )
