"""Reads the rapporteur's points: as lines of a list, one to edit, and what was used in them before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings.database import db
from meetings.models.account import Account
from meetings.models.message import Event
from meetings.models.people import Person
from meetings.models.report import Point
from meetings.report.queries.material import point
from meetings.report.rules import material as plain
from meetings.report.rules.notes import Voice
from meetings.report.rules.speech import preview

# So many verbs of a session are looked back on for a fresh one: more than are suggested for any kind.
VERBS_BACK = 12


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point in the list: as a sentence of the report. `by` is who noted it; `merged` says the same."""

    id: int
    uid: str
    version: int
    sentence: str
    kind: str
    themes: tuple[str, ...]
    by: str | None = None
    merged: tuple[PointLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PointValues:
    """A point as a form shows it."""

    voice: Voice
    kind: str = "point"
    verb: str | None = None
    themes: tuple[str, ...] = ()
    text: str = ""


def of_session(session_id: int) -> sa.ColumnElement[bool]:
    """The points of a session."""
    return Point.session_id == session_id


def of_submissions(meeting_id: int) -> sa.ColumnElement[bool]:
    """The points of a meeting's submissions."""
    return sa.and_(Point.meeting_id == meeting_id, Point.session_id.is_(None))


def count_of(where: sa.ColumnElement[bool]) -> int:
    """How many points a list has."""
    return db.session.scalar(sa.select(sa.func.count(Point.id)).where(where, *_LISTED)) or 0


def newest_lines(
    where: sa.ColumnElement[bool], about: plain.Session | Sequence[plain.Submission], number: int
) -> tuple[PointLine, ...]:
    """The newest points of a list, the newest first."""
    query = _details(where, *_LISTED).order_by(Point.position.desc(), Point.id.desc()).limit(number)
    return _lines(list(db.session.scalars(query)), about)


def lines_of(
    where: sa.ColumnElement[bool], about: plain.Session | Sequence[plain.Submission], first: int, number: int
) -> tuple[PointLine, ...]:
    """So many points of a list in order, from a place counted from 0."""
    query = _details(where, *_LISTED).order_by(Point.position, Point.id).offset(first).limit(number)
    return _lines(list(db.session.scalars(query)), about)


def removed_lines(
    where: sa.ColumnElement[bool], about: plain.Session | Sequence[plain.Submission]
) -> tuple[PointLine, ...]:
    """The points that were removed from a list, in order."""
    query = _details(where, Point.removed_at.is_not(None), Point.merged_into_id.is_(None))
    return _lines(list(db.session.scalars(query.order_by(Point.position, Point.id))), about)


_LISTED = (Point.removed_at.is_(None), Point.merged_into_id.is_(None))


def _details(*conditions: sa.ColumnElement[bool]) -> sa.Select[Point]:
    return (
        sa.select(Point)
        .where(*conditions)
        .options(joinedload(Point.person).joinedload(Person.organisation), joinedload(Point.organisation))
    )


def _lines(rows: Sequence[Point], about: plain.Session | Sequence[plain.Submission]) -> tuple[PointLine, ...]:
    merged: dict[int | None, list[Point]] = defaultdict(list)
    ids = [row.id for row in rows]
    for row in db.session.scalars(_details(Point.merged_into_id.in_(ids)).order_by(Point.position, Point.id)):
        merged[row.merged_into_id].append(row)
    names = _noted_by([row for each in (rows, *merged.values()) for row in each])
    return tuple(
        replace(_line(row, about, names), merged=tuple(_line(each, about, names) for each in merged[row.id]))
        for row in rows
    )


def _line(row: Point, about: plain.Session | Sequence[plain.Submission], names: Mapping[str, str]) -> PointLine:
    session = about if isinstance(about, plain.Session) else None
    submissions = () if isinstance(about, plain.Session) else about
    submission = next((each for each in submissions if each.id == row.submission_id), None)
    sentence = preview(point(row), session, submission)
    return PointLine(row.id, row.uid, row.version, sentence, row.kind, tuple(row.themes), names.get(f"point:{row.id}"))


def _noted_by(rows: Iterable[Point]) -> dict[str, str]:
    """Who noted points, by their targets in the log: the account's name, else what its address begins with."""
    query = (
        sa.select(Event.target, Account.name, Account.email)
        .join(Account, Event.actor == sa.literal("account:") + sa.cast(Account.id, sa.String))
        .where(Event.target.in_([f"point:{row.id}" for row in rows]), Event.kind == "point.added")
        .order_by(Event.id)
    )
    return {str(target): name or email.partition("@")[0] for target, name, email in db.session.execute(query)}


def point_values(meeting_id: int, point_id: int) -> tuple[PointValues, int, int | None] | None:
    """A point, its version and the id of its session (None: it rests on submissions); None where there is none."""
    query = sa.select(Point).where(Point.id == point_id, Point.meeting_id == meeting_id, Point.removed_at.is_(None))
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    spoken = Voice(row.person_id, row.organisation_id, row.submission_id, row.collective)
    return PointValues(spoken, row.kind, row.verb, tuple(row.themes), row.text), row.version, row.session_id


def themes_used(meeting_id: int) -> tuple[str, ...]:
    """The themes used so far, most used first."""
    rows = db.session.scalars(
        sa.select(Point.themes).where(Point.meeting_id == meeting_id, Point.removed_at.is_(None)).order_by(Point.id)
    )
    used: dict[str, int] = {}
    for themes in rows:
        for theme in themes:
            used[theme] = used.get(theme, 0) + 1
    return tuple(sorted(used, key=lambda theme: -used[theme]))


def recent_verbs(where: sa.ColumnElement[bool]) -> tuple[str, ...]:
    """The verbs of the newest points of a list, the newest first."""
    query = sa.select(Point.verb).where(where, *_LISTED).order_by(Point.id.desc()).limit(VERBS_BACK)
    return tuple(verb for verb in db.session.scalars(query) if verb)
