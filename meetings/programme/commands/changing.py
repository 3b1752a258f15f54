"""What the commands of the programme share: the lock, the test for somebody else's change, the log's line."""

import datetime as dt
from dataclasses import asdict
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked
from meetings.display import day as show
from meetings.display import day_range
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Organisation, Person
from meetings.programme.rules.edits import changed, compare
from meetings.refusals import Refused, Stale

Keyed = TypeVar("Keyed", Session, Sitting, Person, Organisation)


def lock_meeting(meeting_id: int) -> Meeting:
    """The meeting's row, locked: whoever changes anything of a meeting waits for whoever does so now."""
    row = locked(Meeting, Meeting.id == meeting_id)
    if row is None:
        raise Refused(_("This meeting is no longer there."))
    return row


def find(model: type[Keyed], meeting: Meeting, key: str) -> Keyed:
    """What has this key in the meeting, freshly read. Refuses where somebody has removed it."""
    query = sa.select(model).where(model.meeting_id == meeting.id, model.key == key)
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise Refused(_("This is no longer there: somebody has removed it."))
    return row


def refuse_day_outside(meeting: Meeting, day: dt.date | None, cure: str = "") -> None:
    """Refuse a day on which the meeting is not held; a meeting whose dates are open is held on any day.

    `cure` says what to do, where the page does not.
    """
    if day is None or meeting.start_date is None:
        return
    if not meeting.start_date <= day <= (meeting.end_date or meeting.start_date):
        dates = day_range(meeting.start_date, meeting.end_date)
        refusal = _("The meeting is not held on %(day)s, but on %(dates)s.", day=show(day), dates=dates)
        raise Refused(f"{refusal} {cure}".strip())


def mine(shown: str, stored: Any, to: Any) -> frozenset[str]:
    """The names of the values that the editor has changed. Refuses with Stale where somebody else has changed any.

    `stored` and `to` are values of meetings.programme.queries.edits; `shown` is the mark that the form carried.
    """
    comparison = compare(shown, asdict(stored), asdict(to))
    if comparison.theirs:
        raise Stale(_("Somebody else has changed this in the meantime. Nothing was overwritten."))
    return comparison.mine


def log(
    kind: str,
    meeting: Meeting,
    *,
    target: str,
    actor: Actor,
    now: dt.datetime,
    before: Any = None,
    after: Any = None,
    private: bool = False,
) -> None:
    """One line of the log with the values that differ, and a new version of the meeting.

    `private` keeps only which values changed, for what is said of people.
    """
    old, new = changed(asdict(before) if before else {}, asdict(after) if after else {})
    if before and not after:
        old = asdict(before)
    if private:
        old, new = {}, {"changed": sorted(new)}
    journal.record(
        actor=actor,
        kind=kind,
        at=now,
        meeting_id=meeting.id,
        target=target,
        before=_all_plain(old),
        after=_all_plain(new),
    )
    meeting.version += 1


def _all_plain(values: dict[str, Any]) -> dict[str, Any] | None:
    return {name: plain(value) for name, value in values.items()} or None


def plain(value: Any) -> Any:
    """A value as JSON carries it."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
