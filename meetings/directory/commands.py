"""What several capabilities do when they enter somebody: keys, positions, organizations by their name.

All of it inside a command that holds the meeting's lock.
"""

from typing import TypeVar

import sqlalchemy as sa

from meetings.database import db
from meetings.directory.rules import is_same_organisation, name_and_acronym
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Organisation, Person

Keyed = TypeVar("Keyed", Session, Sitting, Person, Organisation)

_LETTERS: dict[type, str] = {Session: "s", Sitting: "t", Person: "p", Organisation: "o"}


def new_key(model: type[Keyed], meeting: Meeting) -> str:
    """A readable key that was never used in this meeting: s7, p12."""
    while True:
        meeting.last_key += 1
        key = f"{_LETTERS[model]}{meeting.last_key}"
        if db.session.scalar(sa.select(model.id).where(model.meeting_id == meeting.id, model.key == key)) is None:
            return key


def next_position(model: type[Keyed], meeting: Meeting) -> int:
    """The place after all others of their kind in the meeting."""
    last = db.session.scalar(sa.select(sa.func.max(model.position)).where(model.meeting_id == meeting.id))
    return 0 if last is None else last + 1


def organisation_named(meeting: Meeting, name: str, category: str | None, country: str | None) -> Organisation | None:
    """The organisation of the meeting that a name means, or a new one; None for no name."""
    if not name:
        return None
    known = same_organisation(meeting, name, country)
    if known is not None:
        return known
    name, acronym = name_and_acronym(name)
    row = Organisation(
        meeting_id=meeting.id,
        key=new_key(Organisation, meeting),
        position=next_position(Organisation, meeting),
        name=name,
        acronym=acronym,
        category=category,
        country=country,
    )
    db.session.add(row)
    db.session.flush()
    return row


def same_organisation(meeting: Meeting, name: str, country: str | None) -> Organisation | None:
    """The organisation of the meeting that a name means, with or without its acronym behind it, if it is there."""
    wordings = {name, name_and_acronym(name)[0]}
    rows = db.session.scalars(
        sa.select(Organisation).where(Organisation.meeting_id == meeting.id).order_by(Organisation.position)
    )
    for row in rows:
        known = (row.name, row.acronym)
        if any(is_same_organisation(wording, country, known, row.country) for wording in wordings):
            return row
    return None
