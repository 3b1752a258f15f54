"""What the commands on speakers share: locks, steps, the log's line."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.people import Person
from meetings.models.programme import Speaker
from meetings.programme.commands.changing import find, lock_meeting
from meetings.refusals import Refused
from meetings.speakers import rules
from meetings.speakers.queries import status_of


def lock_person(meeting_id: int, key: str) -> tuple[Meeting, Person, Speaker | None]:
    """A person of a meeting with what is known of them as a speaker, locked, the meeting first as everywhere."""
    meeting = lock_meeting(meeting_id)
    person = find(Person, meeting, key)
    return meeting, person, locked(Speaker, Speaker.person_id == person.id)


def lock_link(speaker_id: int, serial: int) -> tuple[Meeting, Speaker]:
    """The speaker whose link was opened, and the meeting, both locked. Refuses a link that has stopped working."""
    meeting_id = db.session.scalar(sa.select(Speaker.meeting_id).where(Speaker.id == speaker_id))
    if meeting_id is None:
        raise Refused(_("This link has stopped working. Write to the organizers."))
    meeting = lock_meeting(meeting_id)
    row = locked(Speaker, Speaker.id == speaker_id)
    if row is None or row.link_serial != serial or not rules.link_opens(status_of(row)):
        raise Refused(_("This link has stopped working. Write to the organizers."))
    return meeting, row


def new_row(person: Person) -> Speaker:
    """The row of somebody who was not asked before; its state is the caller's to set."""
    row = Speaker(meeting_id=person.meeting_id, person=person, status="invited", link_serial=1, version=1, changed=[])
    db.session.add(row)
    return row


def log(
    row: Speaker,
    kind: str,
    *,
    actor: Actor,
    now: dt.datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One line about a speaker. Names, addresses and remarks do not belong in it."""
    db.session.flush()
    journal.record(
        actor=actor,
        kind=kind,
        at=now,
        meeting_id=row.meeting_id,
        target=f"speaker:{row.id}",
        before=before,
        after=after,
    )
