"""Reads what is filled in for the report itself: its particulars, and the list of submissions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings.database import db
from meetings.models.inputs import Submission
from meetings.models.people import Organisation
from meetings.models.report import Point, Report
from meetings.report.queries.material import recommendation
from meetings.report.rules.material import Recommendation


@dataclass(frozen=True, slots=True)
class ReportValues:
    """The particulars as a form shows them."""

    symbol: str | None = None
    council_number: int | None = None
    council_start: dt.date | None = None
    council_end: dt.date | None = None
    agenda_items: tuple[int, ...] = ()
    date: dt.date | None = None
    original_language: str = "en"
    title: str | None = None
    focus: str | None = None
    conclusions: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmissionValues:
    """A submission as a form shows it; `organisation` is the row's id."""

    organisation: int | None = None
    category: str | None = None
    received: dt.date | None = None
    themes: tuple[str, ...] = ()
    consent: str = "confidential"
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission in the list, with the number of points taken of it."""

    id: int
    key: str
    organisation: str | None
    category: str | None
    received: dt.date | None
    themes: tuple[str, ...]
    consent: str
    title: str | None
    points: int


def report_values(meeting_id: int) -> tuple[ReportValues, int]:
    """The particulars with their version; empty ones with version 0 where nothing was entered yet."""
    row = db.session.get(Report, meeting_id, populate_existing=True)
    if row is None:
        return ReportValues(), 0
    values = ReportValues(
        row.symbol,
        row.council_number,
        row.council_start,
        row.council_end,
        tuple(row.agenda_items),
        row.date,
        row.original_language,
        row.title,
        row.focus,
        tuple(row.conclusions),
        tuple(recommendation(each) for each in row.recommendations),
    )
    return values, row.version


def submission_lines(meeting_id: int) -> list[SubmissionLine]:
    """The submissions of a meeting in order."""
    points = (
        sa.select(sa.func.count(Point.id))
        .where(Point.submission_id == Submission.id, Point.removed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(Submission, points)
        .where(Submission.meeting_id == meeting_id)
        .options(joinedload(Submission.organisation))
        .order_by(Submission.position, Submission.id)
    )
    return [
        SubmissionLine(
            row.id,
            row.key,
            row.organisation.name if row.organisation else None,
            row.category or (row.organisation.category if row.organisation else None),
            row.received,
            tuple(row.themes),
            row.consent,
            row.title,
            taken,
        )
        for row, taken in db.session.execute(query)
    ]


def submission_values(meeting_id: int, key: str) -> tuple[SubmissionValues, int] | None:
    """A submission with its version, or None."""
    query = sa.select(Submission).where(Submission.meeting_id == meeting_id, Submission.key == key)
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    values = SubmissionValues(
        row.organisation_id, row.category, row.received, tuple(row.themes), row.consent, row.title
    )
    return values, row.version


def organisation_choices(meeting_id: int) -> list[tuple[int, str]]:
    """The organisations of a meeting by name, for a list to choose from."""
    query = sa.select(Organisation.id, Organisation.name).where(Organisation.meeting_id == meeting_id)
    return sorted(((number, name) for number, name in db.session.execute(query)), key=lambda row: row[1].casefold())
