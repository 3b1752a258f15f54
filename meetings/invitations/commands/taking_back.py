"""Takes drafts back: the calendar counts as told what it was told before, and SEQUENCE goes on rising from there."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from meetings.database import db
from meetings.invitations.queries.calendars import Due
from meetings.models.message import Message
from meetings.models.people import CalendarEntry

_INSTANTS = ("starts_at", "ends_at", "told_at")
_PLAIN = ("state", "fingerprint", "title", "place", "join_url", "partstat")


def state_of(row: CalendarEntry) -> dict[str, Any]:
    """What a calendar was told of an entry, as a draft keeps it: all but the SEQUENCE, which never goes back."""
    instants = {name: getattr(row, name) for name in _INSTANTS}
    return {name: getattr(row, name) for name in _PLAIN} | {
        name: value.isoformat() if value else None for name, value in instants.items()
    }


def take_back(draft: Message) -> None:
    """Remove a draft that was never sent. A calendar that knew nothing before is as good as cleared."""
    own = sa.and_(CalendarEntry.person_id == draft.person_id, CalendarEntry.uid == draft.entry_uid)
    row = db.session.scalars(sa.select(CalendarEntry).where(own)).one_or_none() if draft.entry_uid else None
    if row is not None:
        for name, value in (draft.told_before or {"state": "cancelled"}).items():
            setattr(row, name, dt.datetime.fromisoformat(value) if name in _INSTANTS and value else value)
    db.session.delete(draft)
    db.session.flush()


def take_back_overtaken(due: Due) -> frozenset[str]:
    """Remove the drafts for those entries that a person is to be told of again; gives their UIDs."""
    own = sa.and_(Message.person_id == due.invitee.person_id, Message.held)
    uids = [each.uid for each in due.changes]
    drafts = db.session.scalars(sa.select(Message).where(own, Message.entry_uid.in_(uids))).all()
    for each in drafts:
        take_back(each)
    return frozenset(str(each.entry_uid) for each in drafts)
