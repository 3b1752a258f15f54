"""Reads the report's parts of a meeting file out of the database: points, inputs, what was made of the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from meetings.database import db
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.report import DraftParagraph, LedgerEntry, Point, Report
from meetings.transfer import columns
from meetings.transfer.columns import copied

Keys = Mapping[int | None, str | None]


def points(
    rows: Sequence[Point], sessions: Keys, submissions: Keys, people: Keys, organisations: Keys
) -> list[dict[str, Any]]:
    """The points in their order. One called by its place in the list needs no id."""
    uids = {row.id: row.uid for row in rows}
    return [
        {
            "id": None if row.uid == f"p{place}" else row.uid,
            "session": sessions[row.session_id],
            "submission": submissions[row.submission_id],
            "person": people[row.person_id],
            "organisation": organisations[row.organisation_id],
            "text": row.text,
            "merged_into": uids.get(row.merged_into_id or 0),
        }
        | copied(row, columns.POINT)
        for place, row in enumerate(rows, 1)
    ]


def submissions(rows: Sequence[Submission], organisations: Keys) -> list[dict[str, Any]]:
    """The submissions in their order, withdrawn ones too: points may rest on them. Their files are not carried."""
    return [
        {
            "id": row.key,
            "organisation": organisations[row.organisation_id],
            "publish": row.consent == "named",
            "consent": "anonymous" if row.consent == "anonymous" else None,
            "contact": {"name": row.contact_name, "email": row.contact_email},
            "answers": [(answer.strip() and answer) or None for answer in row.answers],
        }
        | copied(row, columns.SUBMISSION)
        for row in rows
    ]


def call(meeting_id: int) -> dict[str, Any] | None:
    """The call for inputs, where there is one."""
    row = db.session.get(CallForInputs, meeting_id)
    return None if row is None else copied(row, columns.CALL)


def report(meeting_id: int, kept: Sequence[Point]) -> dict[str, Any] | None:
    """The report with what was made of its draft. `kept` are the points that the file carries."""
    row = db.session.get(Report, meeting_id)
    if row is None:
        return None
    uids = {point.uid for point in kept}
    council = {"number": row.council_number, "start": row.council_start, "end": row.council_end}
    return copied(row, columns.REPORT) | {
        "council_session": council,
        "recommendations": [each | {"points": _known(each.get("points", ()), uids)} for each in row.recommendations],
        "paragraphs": _paragraphs(meeting_id),
    }


def _known(points: Sequence[str], uids: set[str]) -> list[str]:
    """The points that the file has: those removed since are not carried."""
    return [uid for uid in points if uid in uids]


def _paragraphs(meeting_id: int) -> list[dict[str, Any]]:
    query = sa.select(DraftParagraph).where(DraftParagraph.meeting_id == meeting_id)
    rows = db.session.scalars(query.order_by(DraftParagraph.position, DraftParagraph.id))
    return [copied(row, columns.PARAGRAPH) for row in rows]


def ledger(meeting_id: int, kept: Sequence[Point]) -> list[dict[str, Any]]:
    """The meeting's recommendations in the ledger of its series."""
    uids = {point.uid for point in kept}
    query = sa.select(LedgerEntry).where(LedgerEntry.meeting_id == meeting_id)
    return [
        copied(row, columns.LEDGER_ENTRY) | {"id": row.key, "points": _known(row.points, uids)}
        for row in db.session.scalars(query.order_by(LedgerEntry.position, LedgerEntry.id))
    ]
