"""What every command of the report does: lock the meeting, mark its report as edited, refuse what is stale, log."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked
from meetings.journal import Actor
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Organisation, Person
from meetings.models.report import Report
from meetings.refusals import Refused, Stale


def meeting_row(meeting_id: int) -> Meeting:
    """The meeting's row, locked: notes of one meeting are written one after another."""
    row = locked(Meeting, Meeting.id == meeting_id)
    if row is None:
        raise Refused(_("This meeting is no longer there."))
    return row


def begin(meeting_id: int, now: dt.datetime) -> Meeting:
    """Lock the meeting and mark its report as edited, so that no import writes over what was typed."""
    meeting = meeting_row(meeting_id)
    report = db.session.get(Report, meeting_id)
    if report is None:
        db.session.add(Report(meeting_id=meeting_id, edited_at=now, version=0))
    elif report.edited_at is None:
        report.edited_at = now
    return meeting


def check_version(stored: int, seen: int) -> None:
    if stored != seen:
        raise Stale(_("Somebody else has changed this in the meantime. Nothing was overwritten."))


def inside(
    model: type[Session] | type[Person] | type[Organisation] | type[Submission], number: int, meeting_id: int
) -> None:
    """Refuse what belongs to another meeting, or is gone."""
    found = db.session.scalar(sa.select(model.id).where(model.id == number, model.meeting_id == meeting_id))
    if found is None:
        raise Refused(_("What was chosen is no longer there: somebody has removed it. Choose again."))


def log(
    kind: str,
    meeting_id: int,
    target: str,
    actor: Actor,
    now: dt.datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    journal.record(actor=actor, kind=kind, at=now, meeting_id=meeting_id, target=target, before=before, after=after)


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON carries them."""
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return plain(value)
    return [plain_value(each) for each in value] if isinstance(value, list | tuple) else value
