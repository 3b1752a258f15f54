"""What is changed in single notes of the rapporteur. The first change on screen marks the report as edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import announce, db, locked, transaction
from meetings.journal import Actor
from meetings.models.inputs import Submission
from meetings.models.meeting import Session
from meetings.models.message import Event
from meetings.models.people import Organisation, Person
from meetings.models.report import Point, new_uid
from meetings.refusals import Refused
from meetings.report.commands.shared import begin, check_version, inside, log, plain
from meetings.report.queries import PointValues, topic_of
from meetings.report.rules.notes import KINDS, Voice, is_uid


def add_point(
    *,
    meeting_id: int,
    session_id: int | None,
    values: PointValues,
    actor: Actor,
    now: dt.datetime,
    uid: str | None = None,
) -> int:
    """Note a point at the end of a session's list, or of the submissions' list; gives its id.

    `uid` is the lasting name that a device has made for it. Sent again (a connection was lost, a button pressed twice)
    it is the same point, and is added once; with other words behind it (a page that was gone back to) it is another.
    """
    with transaction():
        begin(meeting_id, now)
        if session_id is not None:
            inside(Session, session_id, meeting_id)
        before = _sent_before(meeting_id, str(uid)) if is_uid(uid) else None
        if before is not None and _as_added(before) == plain(asdict(values)):
            return before.id
        last = db.session.scalar(sa.select(sa.func.max(Point.position)).where(Point.meeting_id == meeting_id))
        name = uid if before is None and is_uid(uid) else new_uid()
        row = Point(meeting_id=meeting_id, session_id=session_id, position=0 if last is None else last + 1, uid=name)
        _fill(row, values)
        db.session.add(row)
        db.session.flush()
        changed(row, "point.added", actor, now, after=plain(asdict(values)))
        return row.id


def _sent_before(meeting_id: int, uid: str) -> Point | None:
    return db.session.scalars(sa.select(Point).where(Point.meeting_id == meeting_id, Point.uid == uid)).one_or_none()


def _as_added(row: Point) -> object:
    """The values that a point was added with, whatever was made of it since."""
    query = sa.select(Event.after).where(Event.target == f"point:{row.id}", Event.kind == "point.added")
    return db.session.scalar(query.where(Event.meeting_id == row.meeting_id).order_by(Event.id.desc()).limit(1))


def edit_point(
    *, meeting_id: int, point_id: int, version: int, values: PointValues, actor: Actor, now: dt.datetime
) -> None:
    """Change a point. Refuses where it was changed since that version, removed, or merged into another."""
    with transaction():
        begin(meeting_id, now)
        row = point_row(meeting_id, point_id)
        if row.removed_at is not None:
            raise Refused(_("Somebody has removed this point. Put it back first; what you typed is below."))
        if row.merged_into_id is not None:
            raise Refused(_("Somebody has merged this point into another. Part them first; what you typed is below."))
        check_version(row.version, version)
        before = _values(row)
        if before == values:
            return
        _fill(row, values)
        row.version += 1
        changed(row, "point.edited", actor, now, before=asdict(before), after=asdict(values))


def remove_point(*, meeting_id: int, point_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take a point out of the notes, with what was merged into it. It can be put back; done twice, it is done once."""
    _set_removed(meeting_id, point_id, removed=True, actor=actor, now=now)


def restore_point(*, meeting_id: int, point_id: int, actor: Actor, now: dt.datetime) -> None:
    """Put a removed point back where it stood."""
    _set_removed(meeting_id, point_id, removed=False, actor=actor, now=now)


def _set_removed(meeting_id: int, point_id: int, *, removed: bool, actor: Actor, now: dt.datetime) -> None:
    with transaction():
        begin(meeting_id, now)
        row = point_row(meeting_id, point_id)
        if (row.removed_at is not None) == removed:
            return
        row.removed_at = now if removed else None
        changed(row, "point.removed" if removed else "point.restored", actor, now)


def move_point(*, meeting_id: int, point_id: int, up: bool, actor: Actor, now: dt.datetime) -> None:
    """Move a point by one place among those of its session, or of the submissions; at the end it stays."""
    with transaction():
        begin(meeting_id, now)
        row = point_row(meeting_id, point_id)
        beside = sa.select(Point).where(
            Point.meeting_id == meeting_id,
            Point.session_id.is_not_distinct_from(row.session_id),
            Point.removed_at.is_(None),
            Point.merged_into_id.is_(None),
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
        changed(row, "point.moved", actor, now, after={"up": up})


def _rising(positions: list[int]) -> list[int]:
    """Sorted positions, each above the one before."""
    rising: list[int] = []
    for position in positions:
        rising.append(max(position, rising[-1] + 1) if rising else position)
    return rising


def point_row(meeting_id: int, point_id: int) -> Point:
    """A point of the meeting, locked."""
    row = locked(Point, Point.id == point_id, Point.meeting_id == meeting_id)
    if row is None:
        raise Refused(_("There is no such point."))
    return row


def changed(
    row: Point,
    kind: str,
    actor: Actor,
    now: dt.datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """What every change of a point ends with: a line in the log, and those who look at the notes are told."""
    log(kind, row.meeting_id, f"point:{row.id}", actor, now, before=before, after=after)
    announce(topic_of(row.meeting_id, row.session_id))


def set_voice(row: Point, spoken: Voice) -> None:
    """Say whose words a point holds; refused where that is somebody of another meeting, or gone."""
    for model, number in (
        (Person, spoken.person),
        (Organisation, spoken.organisation),
        (Submission, spoken.submission),
    ):
        if number is not None:
            inside(model, number, row.meeting_id)
    if row.session_id is not None and spoken.submission is not None:
        raise Refused(_("A point rests on a session or on a submission, not on both."))
    row.person_id, row.organisation_id, row.submission_id = spoken.person, spoken.organisation, spoken.submission
    row.collective = spoken.collective


def _fill(row: Point, values: PointValues) -> None:
    if values.kind not in KINDS or not values.text.strip():
        raise Refused(_("A point needs a kind and a text."))
    set_voice(row, values.voice)
    row.kind, row.verb, row.text, row.themes = values.kind, values.verb, values.text, list(values.themes)


def voice_of(row: Point) -> Voice:
    """Whose words a point holds."""
    return Voice(row.person_id, row.organisation_id, row.submission_id, row.collective)


def _values(row: Point) -> PointValues:
    return PointValues(voice_of(row), row.kind, row.verb, tuple(row.themes), row.text)
