"""What is changed for the report: points, submissions, particulars. The first change on screen marks it as edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Organisation, Person
from meetings.models.report import Point, Report, Submission
from meetings.refusals import Refused, Stale
from meetings.report.queries import PointValues, ReportValues, SubmissionValues, report_values
from meetings.report.rules.notes import KINDS, Voice


def add_point(*, meeting_id: int, session_id: int | None, values: PointValues, actor: Actor, now: dt.datetime) -> int:
    """Note a point at the end of a session's list, or of the submissions' list; gives its id."""
    with transaction():
        _begin(meeting_id, now)
        if session_id is not None:
            _inside(Session, session_id, meeting_id)
        last = db.session.scalar(sa.select(sa.func.max(Point.position)).where(Point.meeting_id == meeting_id))
        row = Point(meeting_id=meeting_id, session_id=session_id, position=0 if last is None else last + 1)
        _fill(row, values)
        db.session.add(row)
        db.session.flush()
        _log("point.added", meeting_id, f"point:{row.id}", actor, now, after=_plain(asdict(values)))
        return row.id


def edit_point(
    *, meeting_id: int, point_id: int, version: int, values: PointValues, actor: Actor, now: dt.datetime
) -> None:
    """Change a point. Refuses where it was changed since that version, or removed."""
    with transaction():
        _begin(meeting_id, now)
        row = _point(meeting_id, point_id)
        if row.removed_at is not None:
            raise Refused(_("Somebody has removed this point. Put it back first; what you typed is below."))
        _check_version(row.version, version)
        before = _values(row)
        if before == values:
            return
        _fill(row, values)
        row.version += 1
        _log("point.edited", meeting_id, f"point:{row.id}", actor, now, before=asdict(before), after=asdict(values))


def remove_point(*, meeting_id: int, point_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take a point out of the notes. Its row stays and can be put back; done twice, it is done once."""
    _set_removed(meeting_id, point_id, removed=True, actor=actor, now=now)


def restore_point(*, meeting_id: int, point_id: int, actor: Actor, now: dt.datetime) -> None:
    """Put a removed point back where it stood."""
    _set_removed(meeting_id, point_id, removed=False, actor=actor, now=now)


def _set_removed(meeting_id: int, point_id: int, *, removed: bool, actor: Actor, now: dt.datetime) -> None:
    with transaction():
        _begin(meeting_id, now)
        row = _point(meeting_id, point_id)
        if (row.removed_at is not None) == removed:
            return
        row.removed_at = now if removed else None
        _log("point.removed" if removed else "point.restored", meeting_id, f"point:{row.id}", actor, now)


def move_point(*, meeting_id: int, point_id: int, up: bool, actor: Actor, now: dt.datetime) -> None:
    """Move a point by one place among those of its session, or of the submissions; at the end it stays."""
    with transaction():
        _begin(meeting_id, now)
        row = _point(meeting_id, point_id)
        beside = sa.select(Point).where(
            Point.meeting_id == meeting_id,
            Point.session_id.is_not_distinct_from(row.session_id),
            Point.removed_at.is_(None),
        )
        points = list(db.session.scalars(beside.order_by(Point.position, Point.id)))
        if row not in points:
            return
        place = points.index(row)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(points):
            return
        positions = _rising([each.position for each in points])
        points[place], points[other] = points[other], points[place]
        for each, position in zip(points, positions, strict=True):
            each.position = position
        _log("point.moved", meeting_id, f"point:{row.id}", actor, now, after={"up": up})


def _rising(positions: list[int]) -> list[int]:
    """Sorted positions, each above the one before."""
    rising: list[int] = []
    for position in positions:
        rising.append(max(position, rising[-1] + 1) if rising else position)
    return rising


def edit_report(*, meeting_id: int, version: int, values: ReportValues, actor: Actor, now: dt.datetime) -> None:
    """Change the report's particulars, conclusions and recommendations. Refuses where they changed since."""
    with transaction():
        _meeting(meeting_id)
        row = locked(Report, Report.meeting_id == meeting_id)
        _check_version(row.version if row else 0, version)
        before, _version = report_values(meeting_id)
        changed = [name for name in ReportValues.__slots__ if getattr(before, name) != getattr(values, name)]
        if not changed:
            return
        if row is None:
            row = Report(meeting_id=meeting_id, version=0)
            db.session.add(row)
        old, new = _plain(asdict(before)), _plain(asdict(values))
        for name in changed:
            value = getattr(values, name)
            setattr(row, name, value if isinstance(value, dt.date) else new[name])
        row.version += 1
        row.edited_at = row.edited_at or now
        old, new = ({name: state[name] for name in changed} for state in (old, new))
        _log("report.edited", meeting_id, f"report:{meeting_id}", actor, now, before=old, after=new)


def add_submission(*, meeting_id: int, values: SubmissionValues, actor: Actor, now: dt.datetime) -> str:
    """List a written input; gives its key."""
    with transaction():
        meeting = _begin(meeting_id, now)
        last = db.session.scalar(sa.select(sa.func.max(Submission.position)).where(Submission.meeting_id == meeting_id))
        row = Submission(meeting_id=meeting_id, key=_new_key(meeting), position=0 if last is None else last + 1)
        _fill_submission(row, values)
        db.session.add(row)
        db.session.flush()
        _log("submission.added", meeting_id, f"submission:{row.id}", actor, now, after=_plain(asdict(values)))
        return row.key


def edit_submission(
    *, meeting_id: int, key: str, version: int, values: SubmissionValues, actor: Actor, now: dt.datetime
) -> None:
    """Change what is known of a submission. Refuses where it was changed since that version, or removed."""
    with transaction():
        _begin(meeting_id, now)
        row = _submission(meeting_id, key)
        _check_version(row.version, version)
        before = SubmissionValues(
            row.organisation_id, row.category, row.received, tuple(row.themes), row.publish, row.title
        )
        if before == values:
            return
        _fill_submission(row, values)
        row.version += 1
        old, new = _plain(asdict(before)), _plain(asdict(values))
        _log("submission.edited", meeting_id, f"submission:{row.id}", actor, now, before=old, after=new)


def remove_submission(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Take a submission off the list that was entered by mistake. Refuses while points rest on it."""
    with transaction():
        _begin(meeting_id, now)
        row = _submission(meeting_id, key)
        resting = sa.select(Point.removed_at).where(Point.submission_id == row.id)
        removed = list(db.session.scalars(resting))
        if any(at is None for at in removed):
            raise Refused(_("Points rest on this submission: remove them, or give them another source, first."))
        if removed:
            raise Refused(_("Removed points rest on this submission, and could be put back: it has to stay."))
        before = _plain({"key": row.key, "organisation": row.organisation_id, "title": row.title})
        db.session.delete(row)
        _log("submission.removed", meeting_id, f"submission:{row.id}", actor, now, before=before)


def _meeting(meeting_id: int) -> Meeting:
    """The meeting's row, locked: notes of one meeting are written one after another."""
    row = locked(Meeting, Meeting.id == meeting_id)
    if row is None:
        raise Refused(_("This meeting is no longer there."))
    return row


def _begin(meeting_id: int, now: dt.datetime) -> Meeting:
    """Lock the meeting and mark its report as edited, so that no import writes over what was typed."""
    meeting = _meeting(meeting_id)
    report = db.session.get(Report, meeting_id)
    if report is None:
        db.session.add(Report(meeting_id=meeting_id, edited_at=now, version=0))
    elif report.edited_at is None:
        report.edited_at = now
    return meeting


def _point(meeting_id: int, point_id: int) -> Point:
    row = locked(Point, Point.id == point_id, Point.meeting_id == meeting_id)
    if row is None:
        raise Refused(_("There is no such point."))
    return row


def _submission(meeting_id: int, key: str) -> Submission:
    row = locked(Submission, Submission.meeting_id == meeting_id, Submission.key == key)
    if row is None:
        raise Refused(_("Somebody has removed this submission."))
    return row


def _check_version(stored: int, seen: int) -> None:
    if stored != seen:
        raise Stale(_("Somebody else has changed this in the meantime. Nothing was overwritten."))


def _fill(row: Point, values: PointValues) -> None:
    if values.kind not in KINDS or not values.text.strip():
        raise Refused(_("A point needs a kind and a text."))
    spoken = values.voice
    for model, number in (
        (Person, spoken.person),
        (Organisation, spoken.organisation),
        (Submission, spoken.submission),
    ):
        if number is not None:
            _inside(model, number, row.meeting_id)
    if row.session_id is not None and spoken.submission is not None:
        raise Refused(_("A point rests on a session or on a submission, not on both."))
    row.person_id, row.organisation_id, row.submission_id = spoken.person, spoken.organisation, spoken.submission
    row.collective, row.kind, row.verb, row.text = spoken.collective, values.kind, values.verb, values.text
    row.themes = list(values.themes)


def _values(row: Point) -> PointValues:
    spoken = Voice(row.person_id, row.organisation_id, row.submission_id, row.collective)
    return PointValues(spoken, row.kind, row.verb, tuple(row.themes), row.text)


def _fill_submission(row: Submission, values: SubmissionValues) -> None:
    if values.organisation is not None:
        _inside(Organisation, values.organisation, row.meeting_id)
    row.organisation_id, row.category, row.received = values.organisation, values.category, values.received
    row.themes, row.publish, row.title = list(values.themes), values.publish, values.title


def _inside(
    model: type[Session] | type[Person] | type[Organisation] | type[Submission], number: int, meeting_id: int
) -> None:
    """Refuse what belongs to another meeting, or is gone."""
    found = db.session.scalar(sa.select(model.id).where(model.id == number, model.meeting_id == meeting_id))
    if found is None:
        raise Refused(_("What was chosen is no longer there: somebody has removed it. Choose again."))


def _new_key(meeting: Meeting) -> str:
    """A readable key that was never used in this meeting: input-7."""
    while True:
        meeting.last_key += 1
        key = f"input-{meeting.last_key}"
        taken = sa.select(Submission.id).where(Submission.meeting_id == meeting.id, Submission.key == key)
        if db.session.scalar(taken) is None:
            return key


def _log(
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


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON carries them."""
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return _plain(value)
    return [_plain_value(each) for each in value] if isinstance(value, list | tuple) else value
