"""Reads what is filled in for the report itself: its particulars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.models.people import Organisation
from meetings.models.report import Report
from meetings.report.queries.material import material, recommendation
from meetings.report.rules.material import Recommendation
from meetings.report.rules.speech import preview


@dataclass(frozen=True, slots=True)
class Resting:
    """A point that a recommendation may rest on: as a sentence with who said it, and in its own words."""

    uid: str
    kind: str
    sentence: str
    text: str


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


def points_to_rest_on(meeting_id: int) -> list[Resting]:
    """All points in the order of the notes, with those that were merged into another."""
    read = material(meeting_id)
    sessions = {session.id: session for session in read.sessions}
    submissions = {submission.id: submission for submission in read.submissions}
    return [
        Resting(
            each.uid,
            each.kind,
            preview(each, sessions.get(each.session or 0), submissions.get(each.submission or 0)),
            each.text,
        )
        for point in read.points
        for each in (point, *point.merged)
    ]


def organisation_choices(meeting_id: int) -> list[tuple[int, str]]:
    """The organisations of a meeting by name, for a list to choose from."""
    query = sa.select(Organisation.id, Organisation.name).where(Organisation.meeting_id == meeting_id)
    return sorted(((number, name) for number, name in db.session.execute(query)), key=lambda row: row[1].casefold())
