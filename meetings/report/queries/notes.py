"""Reads the rapporteur's notes of a session or of the submissions, and who can be chosen as their speaker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings.database import db
from meetings.models.floor import FloorRequest
from meetings.models.meeting import Session
from meetings.models.people import Person
from meetings.models.report import Point
from meetings.report.queries.material import organisation, person, point, points_of, sessions_of, submissions_of
from meetings.report.queries.report import organisation_choices
from meetings.report.rules import material as plain
from meetings.report.rules.notes import UNREPORTED, Voice, in_progress
from meetings.report.rules.speech import preview

_HEARD = ("speaking", "paused", "spoken", "called", "set_aside")
_SPEAKING = ("speaking", "paused")


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """A session that notes can be taken of."""

    key: str
    label: str | None
    title: str
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    points: int


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point in the list: as a sentence of the report."""

    id: int
    sentence: str
    kind: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to choose as the speaker. `group` says why they are on offer, `role` what they do in the session."""

    voice: Voice
    name: str
    group: str  # now, programme, heard, elsewhere, organisations
    role: str | None = None


@dataclass(frozen=True, slots=True)
class SessionNotes:
    """All that the notes page of a session shows. `speaking` is the request that holds the floor."""

    id: int
    key: str
    label: str | None
    title: str
    points: tuple[PointLine, ...]
    removed: tuple[PointLine, ...]
    voices: tuple[Choice, ...]
    speaking: int | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputNotes:
    """All that the notes page of the submissions shows."""

    points: tuple[PointLine, ...]
    removed: tuple[PointLine, ...]
    submissions: tuple[plain.Submission, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointValues:
    """A point as a form shows it."""

    voice: Voice
    kind: str = "point"
    verb: str | None = None
    themes: tuple[str, ...] = ()
    text: str = ""


def session_choices(meeting_id: int) -> list[SessionChoice]:
    """The sessions that notes can be taken of, in the order of the programme."""
    counted = (
        sa.select(Point.session_id, sa.func.count(Point.id))
        .where(Point.meeting_id == meeting_id, Point.session_id.is_not(None), Point.removed_at.is_(None))
        .group_by(Point.session_id)
    )
    points = {number: count for number, count in db.session.execute(counted)}
    return [
        SessionChoice(s.key, s.label, s.title, s.date, s.start, s.end, points.get(s.id, 0))
        for s in sessions_of(meeting_id)
        if s.kind not in UNREPORTED or s.id in points
    ]


def session_in_progress(meeting_id: int, timezone: str, now: dt.datetime) -> str | None:
    """The key of the session where somebody has the floor, else of the one that the programme has now."""
    speaking = (
        sa.select(Session.key)
        .join(FloorRequest, FloorRequest.session_id == Session.id)
        .where(Session.meeting_id == meeting_id, FloorRequest.status.in_(_SPEAKING))
        .order_by(Session.position)
    )
    if (key := db.session.scalars(speaking).first()) is not None:
        return key
    sessions = [session for session in sessions_of(meeting_id) if session.kind not in UNREPORTED]
    running = in_progress(sessions, now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None))
    return running.key if running else None


def session_notes(meeting_id: int, key: str) -> SessionNotes | None:
    """The notes of a session, or None where there is no such session."""
    sessions = sessions_of(meeting_id)
    session = next((each for each in sessions if each.key == key), None)
    if session is None:
        return None
    heard = _heard(session.id)
    rows = _points(meeting_id, Point.session_id == session.id)
    lines = {row.id: _line(row, session, None) for row in rows}
    return SessionNotes(
        id=session.id,
        key=session.key,
        label=session.label,
        title=session.title,
        points=tuple(lines[row.id] for row in rows if row.removed_at is None),
        removed=tuple(lines[row.id] for row in rows if row.removed_at is not None),
        voices=_voices(session, sessions, heard, organisation_choices(meeting_id)),
        speaking=next((row.id for row in heard if row.status in _SPEAKING), None),
        themes=_themes(meeting_id),
    )


def input_notes(meeting_id: int) -> InputNotes:
    """The notes taken of the submissions."""
    submissions = submissions_of(meeting_id)
    by_id = {submission.id: submission for submission in submissions}
    rows = _points(meeting_id, Point.session_id.is_(None))
    lines = {row.id: _line(row, None, by_id.get(row.submission_id or 0)) for row in rows}
    return InputNotes(
        points=tuple(lines[row.id] for row in rows if row.removed_at is None),
        removed=tuple(lines[row.id] for row in rows if row.removed_at is not None),
        submissions=submissions,
        themes=_themes(meeting_id),
    )


def point_values(meeting_id: int, point_id: int) -> tuple[PointValues, int, int | None] | None:
    """A point, its version and the id of its session (None: it rests on submissions); None where there is none."""
    query = sa.select(Point).where(Point.id == point_id, Point.meeting_id == meeting_id, Point.removed_at.is_(None))
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    spoken = Voice(row.person_id, row.organisation_id, row.submission_id, row.collective)
    return PointValues(spoken, row.kind, row.verb, tuple(row.themes), row.text), row.version, row.session_id


def voices_for_point(meeting_id: int, session_id: int, chosen: Voice) -> tuple[str, str, tuple[Choice, ...]]:
    """The key and title of a point's session, and who can be chosen in it, whoever is chosen now among them."""
    sessions = sessions_of(meeting_id)
    session = next(each for each in sessions if each.id == session_id)
    voices = _voices(session, sessions, _heard(session_id), organisation_choices(meeting_id))
    if chosen not in {choice.voice for choice in voices} and (chosen.person or chosen.organisation):
        row = next(iter(points_of(meeting_id, *_about(session_id, chosen))))
        name = row.person.name if row.person else row.organisation.name if row.organisation else ""
        voices = (Choice(chosen, name, "heard"), *voices)
    return session.key, session.title, voices


def _about(session_id: int, chosen: Voice) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Point.session_id == session_id,
        Point.person_id.is_not_distinct_from(chosen.person),
        Point.organisation_id.is_not_distinct_from(chosen.organisation),
    )


def _points(meeting_id: int, condition: sa.ColumnElement[bool]) -> list[Point]:
    """Points in order, removed ones too."""
    query = (
        sa.select(Point)
        .where(Point.meeting_id == meeting_id, condition)
        .options(joinedload(Point.person).joinedload(Person.organisation), joinedload(Point.organisation))
        .order_by(Point.position, Point.id)
    )
    return list(db.session.scalars(query))


def _line(row: Point, session: plain.Session | None, submission: plain.Submission | None) -> PointLine:
    return PointLine(row.id, preview(point(row), session, submission), row.kind, tuple(row.themes))


def _heard(session_id: int) -> list[FloorRequest]:
    """Who has or had the floor, the present speaker first."""
    query = (
        sa.select(FloorRequest)
        .where(FloorRequest.session_id == session_id, FloorRequest.status.in_(_HEARD))
        .options(joinedload(FloorRequest.organisation), joinedload(FloorRequest.person).joinedload(Person.organisation))
        .order_by(FloorRequest.status.in_(_SPEAKING).desc(), FloorRequest.rank, FloorRequest.id)
    )
    return list(db.session.scalars(query))


def _voices(
    session: plain.Session,
    sessions: Iterable[plain.Session],
    heard: Iterable[FloorRequest],
    organisations: Iterable[tuple[int, str]],
) -> tuple[Choice, ...]:
    """Who can be chosen, each once: who has the floor, who has a role, who was heard, others, all organisations."""
    had_floor = [_of_request(row) for row in heard]
    choices = [choice for choice in had_floor if choice.group == "now"]
    choices += [Choice(Voice(r.person.id), r.person.name, "programme", r.role) for r in session.roles]
    choices += [choice for choice in had_floor if choice.group == "heard"]
    choices += [
        Choice(Voice(role.person.id), role.person.name, "elsewhere")
        for other in sessions
        if other.id != session.id
        for role in other.roles
    ]
    choices += [Choice(Voice(organisation=number), name, "organisations") for number, name in organisations]
    once: dict[Voice, Choice] = {}
    for choice in choices:
        once.setdefault(choice.voice, choice)
    return tuple(once.values())


def _of_request(row: FloorRequest) -> Choice:
    """A speaker from the floor: by organisation alone, unless that would give a protected person away."""
    group = "now" if row.status in _SPEAKING else "heard"
    who = person(row.person) if row.person else None
    body = organisation(row.organisation) if row.organisation else None
    if who is not None and (who.protected or body is None):
        return Choice(Voice(who.id), who.name, group)
    return Choice(Voice(organisation=body.id if body else None), body.name if body else "", group)


def _themes(meeting_id: int) -> tuple[str, ...]:
    """The themes used so far, most used first."""
    rows = db.session.scalars(
        sa.select(Point.themes).where(Point.meeting_id == meeting_id, Point.removed_at.is_(None)).order_by(Point.id)
    )
    used: dict[str, int] = {}
    for themes in rows:
        for theme in themes:
            used[theme] = used.get(theme, 0) + 1
    return tuple(sorted(used, key=lambda theme: -used[theme]))
