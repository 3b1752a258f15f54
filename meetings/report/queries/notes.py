"""Reads what the pages of the rapporteur's notes show: of a session, live, and of the submissions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from meetings.database import db
from meetings.models.floor import FloorRequest, Statement
from meetings.models.meeting import Meeting, Session
from meetings.models.report import Point
from meetings.report.queries import points as notes_of
from meetings.report.queries.material import sessions_of, submissions_of
from meetings.report.queries.points import PointLine
from meetings.report.queries.report import organisation_choices
from meetings.report.queries.voices import HEARD, SPEAKING, Choice, Heard, heard_in, voices_of
from meetings.report.rules import material as plain
from meetings.report.rules.notes import UNREPORTED, in_progress

# So many of the newest points stand beside the line; all of them have a page of their own.
NEWEST = 20


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
class LiveNotes:
    """The part of a notes page that changes by itself: who has the floor, and the newest points, the newest first.

    `topic` and `version` are what a stream of it listens by.
    """

    topic: int
    version: str
    newest: tuple[PointLine, ...]
    total: int
    verbs: tuple[str, ...]
    heard: Heard


@dataclass(frozen=True, slots=True)
class SessionNotes:
    """What else the notes page of a session shows."""

    id: int
    key: str
    label: str | None
    title: str
    voices: tuple[Choice, ...]
    themes: tuple[str, ...]
    live: LiveNotes


@dataclass(frozen=True, slots=True)
class InputNotes:
    """What the notes page of the submissions shows."""

    submissions: tuple[plain.Submission, ...]
    themes: tuple[str, ...]
    live: LiveNotes


@dataclass(frozen=True, slots=True)
class PointsPage:
    """A page of all points of a session, or of the submissions (`key` is None), to put them in order."""

    key: str | None
    title: str | None
    shown: tuple[PointLine, ...]
    removed: tuple[PointLine, ...]
    total: int
    page: int
    pages: int
    offset: int
    voices: tuple[Choice, ...]
    submissions: tuple[plain.Submission, ...]


def session_choices(meeting_id: int) -> list[SessionChoice]:
    """The sessions that notes can be taken of, in the order of the programme."""
    listed = (Point.meeting_id == meeting_id, Point.session_id.is_not(None), Point.removed_at.is_(None))
    counted = (
        sa.select(Point.session_id, sa.func.count(Point.id))
        .where(*listed, Point.merged_into_id.is_(None))
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
        .where(Session.meeting_id == meeting_id, FloorRequest.status.in_(SPEAKING))
        .order_by(Session.position)
    )
    if (key := db.session.scalars(speaking).first()) is not None:
        return key
    sessions = [session for session in sessions_of(meeting_id) if session.kind not in UNREPORTED]
    running = in_progress(sessions, now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None))
    return running.key if running else None


def session_number(meeting_id: int, key: str) -> int | None:
    """The number of a session, None where there is none."""
    return db.session.scalar(sa.select(Session.id).where(Session.meeting_id == meeting_id, Session.key == key))


def session_notes(meeting_id: int, key: str) -> SessionNotes | None:
    """The notes of a session, or None where there is no such session."""
    sessions = sessions_of(meeting_id)
    session = next((each for each in sessions if each.key == key), None)
    if session is None:
        return None
    live = _live_of(meeting_id, session)
    return SessionNotes(
        id=session.id,
        key=session.key,
        label=session.label,
        title=session.title,
        voices=voices_of(session, sessions, live.heard, organisation_choices(meeting_id)),
        themes=notes_of.themes_used(meeting_id),
        live=live,
    )


def input_notes(meeting_id: int) -> InputNotes:
    """The notes taken of the submissions."""
    submissions = submissions_of(meeting_id)
    return InputNotes(submissions, notes_of.themes_used(meeting_id), _live_of(meeting_id, submissions))


def live_notes(topic: int) -> LiveNotes | None:
    """What a stream shows of a topic (topic_of); None where the session or the meeting is gone."""
    if topic < 0:
        meeting_id = -topic
        return _live_of(meeting_id, submissions_of(meeting_id)) if db.session.get(Meeting, meeting_id) else None
    meeting_of = sa.select(Session.meeting_id).where(Session.id == topic)
    found = db.session.scalar(meeting_of)
    session = next((each for each in sessions_of(found) if each.id == topic), None) if found else None
    return _live_of(found, session) if found and session else None


def _live_of(meeting_id: int, about: plain.Session | tuple[plain.Submission, ...]) -> LiveNotes:
    """The version is read first: what is written meanwhile is shown with an older one, and shown once more."""
    session = about if isinstance(about, plain.Session) else None
    topic = topic_of(meeting_id, session.id if session else None)
    where = notes_of.of_session(session.id) if session else notes_of.of_submissions(meeting_id)
    return LiveNotes(
        topic=topic,
        version=live_versions([topic]).get(topic, ""),
        newest=notes_of.newest_lines(where, about, NEWEST),
        total=notes_of.count_of(where),
        verbs=notes_of.recent_verbs(where),
        heard=heard_in(session.id) if session else Heard(),
    )


def topic_of(meeting_id: int, session_id: int | None) -> int:
    """What streams of notes listen to: a session's number, or a meeting's as a negative one for its submissions."""
    return -meeting_id if session_id is None else session_id


def live_versions(topics: Collection[int]) -> Mapping[int, str]:
    """The versions of topics: each changes with the points, the names in them, and with who has the floor."""
    sessions = [topic for topic in topics if topic > 0]
    meetings = [-topic for topic in topics if topic < 0]
    facts: dict[int, list[object]] = defaultdict(list)
    heads = sa.select(Session.id, Meeting.version).join(Meeting, Meeting.id == Session.meeting_id)
    for number, version in db.session.execute(heads.where(Session.id.in_(sessions))):
        facts[number].append(version)
    if meetings:
        for number, version in db.session.execute(
            sa.select(Meeting.id, Meeting.version).where(Meeting.id.in_(meetings))
        ):
            facts[-number].append(version)
    for row in db.session.execute(_point_facts(sessions, meetings)):
        facts[topic_of(row.meeting_id, row.session_id)].append(tuple(row))
    if sessions:
        for request in db.session.execute(_floor_facts(sessions)):
            facts[request.session_id].append(tuple(request))
    return {topic: hashlib.sha256(repr(each).encode()).hexdigest()[:16] for topic, each in facts.items()}


def _point_facts(
    sessions: Collection[int], meetings: Collection[int]
) -> sa.Select[int, int | None, int, int, int, int | None, bool]:
    about = sa.or_(Point.session_id.in_(sessions), sa.and_(Point.meeting_id.in_(meetings), Point.session_id.is_(None)))
    removed = Point.removed_at.is_(None)
    columns = (Point.meeting_id, Point.session_id, Point.id, Point.version, Point.position, Point.merged_into_id)
    return sa.select(*columns, removed).where(about).order_by(Point.id)


def _floor_facts(sessions: Collection[int]) -> sa.Select[int, int, str, dt.datetime]:
    return (
        sa.select(FloorRequest.session_id, FloorRequest.id, FloorRequest.status, Statement.filed_at)
        .outerjoin(Statement, Statement.request_id == FloorRequest.id)
        .where(FloorRequest.session_id.in_(sessions), FloorRequest.status.in_(HEARD))
        .order_by(FloorRequest.id)
    )


def points_page(meeting_id: int, key: str | None, page: int | None, on_a_page: int) -> PointsPage | None:
    """A page of the points of a session, or without a key of the submissions; the last unless another is asked for."""
    sessions = sessions_of(meeting_id)
    session = next((each for each in sessions if each.key == key), None)
    if key is not None and session is None:
        return None
    submissions = () if session else submissions_of(meeting_id)
    about = session or submissions
    where = notes_of.of_session(session.id) if session else notes_of.of_submissions(meeting_id)
    total = notes_of.count_of(where)
    pages = max(1, -(-total // on_a_page))
    number = min(max(1, pages if page is None else page), pages)  # the last page may be gone by now
    offset = (number - 1) * on_a_page
    organisations = organisation_choices(meeting_id) if session else []
    return PointsPage(
        key=key,
        title=session.title if session else None,
        shown=notes_of.lines_of(where, about, offset, on_a_page),
        removed=notes_of.removed_lines(where, about),
        total=total,
        page=number,
        pages=pages,
        offset=offset,
        voices=voices_of(session, sessions, heard_in(session.id), organisations) if session else (),
        submissions=submissions,
    )
