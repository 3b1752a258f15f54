"""Reads the ledger of recommendations of a meeting's series."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from meetings.database import db
from meetings.models.meeting import Meeting
from meetings.models.report import LedgerEntry, Point
from meetings.report.queries.draft import draft_with_material
from meetings.report.rules.ledger import made_in, same


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done about a recommendation, and where that can be read."""

    date: dt.date | None
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A recommendation in the ledger. `own`: the meeting whose page this is made it, and it can be changed there."""

    key: str
    text: str
    addressee: str | None
    source: str | None
    status: str
    follow_up: tuple[FollowUp, ...]
    points: int
    own: bool
    version: int


@dataclass(frozen=True, slots=True)
class MeetingsEntries:
    """The recommendations that one meeting made."""

    slug: str
    title: str
    date: dt.date | None
    entries: tuple[Entry, ...]


def ledger(meeting_id: int, status: str | None = None) -> list[MeetingsEntries]:
    """The entries of this meeting and of the published ones of its series, the latest meeting first."""
    series = sa.select(Meeting.series).where(Meeting.id == meeting_id).scalar_subquery()
    in_series = sa.and_(Meeting.series == series, Meeting.published_at.is_not(None))
    query = (
        sa.select(LedgerEntry, Meeting)
        .join(Meeting, Meeting.id == LedgerEntry.meeting_id)
        .where(sa.or_(Meeting.id == meeting_id, in_series))
        .order_by(Meeting.start_date.desc(), Meeting.id, LedgerEntry.position, LedgerEntry.id)
    )
    if status is not None:
        query = query.where(LedgerEntry.status == status)
    found: dict[int, tuple[Meeting, list[Entry]]] = {}
    for row, meeting in db.session.execute(query.execution_options(populate_existing=True)):
        found.setdefault(meeting.id, (meeting, []))[1].append(_entry(row, own=meeting.id == meeting_id))
    return [
        MeetingsEntries(meeting.slug, meeting.title, meeting.start_date, tuple(entries))
        for meeting, entries in found.values()
    ]


def not_in_the_ledger(meeting_id: int) -> int:
    """How many recommendations of the report are not in the ledger yet."""
    material, draft = draft_with_material(meeting_id)
    known = list(db.session.scalars(sa.select(LedgerEntry.text).where(LedgerEntry.meeting_id == meeting_id)))
    made = made_in(draft, material.particulars)
    return sum(not any(same(each.text, text) for text in known) for each in made)


def entry(meeting_id: int, key: str) -> Entry | None:
    """One of the meeting's own entries."""
    query = sa.select(LedgerEntry).where(LedgerEntry.meeting_id == meeting_id, LedgerEntry.key == key)
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return None if row is None else _entry(row, own=True)


def points_behind(meeting_id: int, key: str) -> list[tuple[int, str]]:
    """The points that an entry rests on: id and text."""
    uids = db.session.scalar(
        sa.select(LedgerEntry.points).where(LedgerEntry.meeting_id == meeting_id, LedgerEntry.key == key)
    )
    query = sa.select(Point.id, Point.text).where(
        Point.meeting_id == meeting_id, Point.uid.in_(uids or ()), Point.removed_at.is_(None)
    )
    return [(number, text) for number, text in db.session.execute(query.order_by(Point.position, Point.id))]


def _entry(row: LedgerEntry, *, own: bool) -> Entry:
    return Entry(
        row.key,
        row.text,
        row.addressee,
        row.source,
        row.status,
        tuple(_follow_up(each) for each in row.follow_up),
        len(row.points),
        own,
        row.version,
    )


def _follow_up(stored: dict[str, Any]) -> FollowUp:
    date = stored.get("date")
    return FollowUp(dt.date.fromisoformat(date) if date else None, stored["text"], stored.get("url"))
