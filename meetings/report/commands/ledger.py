"""What is changed in the ledger of recommendations."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.report import LedgerEntry
from meetings.refusals import Refused
from meetings.report.commands.shared import begin, check_version, log, plain
from meetings.report.queries.draft import draft_with_material
from meetings.report.queries.ledger import FollowUp
from meetings.report.rules.ledger import STATUSES, made_in, same


@dataclass(frozen=True, slots=True)
class EntryValues:
    """An entry as its form shows it."""

    text: str
    addressee: str | None = None
    source: str | None = None
    status: str = "open"


def take_over(*, meeting_id: int, actor: Actor, now: dt.datetime) -> int:
    """Enter every recommendation of the report that is not in the ledger yet; gives how many were entered.

    One that is there already is told by its words; where it stands in the report is brought up to date, and what
    became of it stays. Nothing is taken out: a recommendation that was made stays made.
    """
    with transaction():
        meeting = begin(meeting_id, now)
        material, draft = draft_with_material(meeting_id)
        rows = _rows(meeting_id)
        added = 0
        for made in made_in(draft, material.particulars):
            row = next((each for each in rows if same(each.text, made.text)), None)
            if row is None:
                row = _new(meeting, rows, EntryValues(made.text, made.addressee), actor, now)
                rows.append(row)
                added += 1
            row.source, row.points = made.source, list(made.points)
        return added


def add_entry(*, meeting_id: int, values: EntryValues, actor: Actor, now: dt.datetime) -> str:
    """Enter a recommendation by hand, of a meeting whose report was not written here; gives its key."""
    with transaction():
        meeting = begin(meeting_id, now)
        _check(values)
        rows = _rows(meeting_id)
        if any(same(each.text, values.text) for each in rows):
            raise Refused(_("This recommendation is in the ledger already."))
        return _new(meeting, rows, values, actor, now).key


def edit_entry(*, meeting_id: int, key: str, version: int, values: EntryValues, actor: Actor, now: dt.datetime) -> None:
    """Change an entry, its status above all. Refuses where it was changed since that version."""
    with transaction():
        begin(meeting_id, now)
        row = _row(meeting_id, key)
        check_version(row.version, version)
        _check(values)
        before = EntryValues(row.text, row.addressee, row.source, row.status)
        if before == values:
            return
        row.text, row.addressee, row.source, row.status = values.text, values.addressee, values.source, values.status
        row.version += 1
        log("ledger.edited", meeting_id, _target(row), actor, now, before=asdict(before), after=asdict(values))


def add_follow_up(*, meeting_id: int, key: str, follow_up: FollowUp, actor: Actor, now: dt.datetime) -> None:
    """Note what was done about a recommendation. The same twice is noted once."""
    with transaction():
        begin(meeting_id, now)
        row = _row(meeting_id, key)
        if not follow_up.text.strip():
            raise Refused(_("Write what was done."))
        stored = plain(asdict(follow_up))
        if stored in row.follow_up:
            return
        row.follow_up = sorted([*row.follow_up, stored], key=lambda each: each["date"] or "")
        row.version += 1
        log("ledger.followed_up", meeting_id, _target(row), actor, now, after=stored)


def remove_follow_up(*, meeting_id: int, key: str, follow_up: FollowUp, actor: Actor, now: dt.datetime) -> None:
    """Take out what was noted by mistake; the log keeps it. Done twice, it is done once."""
    with transaction():
        begin(meeting_id, now)
        row = _row(meeting_id, key)
        stored = plain(asdict(follow_up))
        if stored not in row.follow_up:
            return
        row.follow_up = [each for each in row.follow_up if each != stored]
        row.version += 1
        log("ledger.follow_up_removed", meeting_id, _target(row), actor, now, before=stored)


def _rows(meeting_id: int) -> list[LedgerEntry]:
    query = sa.select(LedgerEntry).where(LedgerEntry.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(LedgerEntry.position, LedgerEntry.id)))


def _row(meeting_id: int, key: str) -> LedgerEntry:
    row = locked(LedgerEntry, LedgerEntry.meeting_id == meeting_id, LedgerEntry.key == key)
    if row is None:
        raise Refused(_("There is no such recommendation in the ledger."))
    return row


def _new(meeting: Meeting, rows: list[LedgerEntry], values: EntryValues, actor: Actor, now: dt.datetime) -> LedgerEntry:
    taken = {row.key for row in rows}
    while True:
        meeting.last_key += 1
        key = f"recommendation-{meeting.last_key}"
        if key not in taken:
            break
    position = 1 + max((row.position for row in rows), default=-1)
    row = LedgerEntry(meeting_id=meeting.id, key=key, position=position, **asdict(values))
    db.session.add(row)
    db.session.flush()
    log("ledger.added", meeting.id, _target(row), actor, now, after=asdict(values))
    return row


def _check(values: EntryValues) -> None:
    if not values.text.strip() or values.status not in STATUSES:
        raise Refused(_("A recommendation needs its words and a status."))


def _target(row: LedgerEntry) -> str:
    return f"ledger:{row.id}"
