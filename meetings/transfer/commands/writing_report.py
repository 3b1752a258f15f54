"""Writes the report's parts of a meeting file as rows. Points, paragraphs and ledger that stood there before go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from exports.meeting_file import MeetingFile
from exports.meeting_file_report import Submission as SubmissionPart
from meetings.database import db
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.meeting import Meeting
from meetings.models.report import DraftParagraph, LedgerEntry, Point, Report
from meetings.transfer import columns
from meetings.transfer.columns import assign, copied

Ids = Mapping[str | None, int | None]


def fill_submission(row: Submission, part: SubmissionPart, organisations: Ids) -> None:
    """What is not the same in file and row: the source, the consent, who sent it in."""
    row.organisation_id = organisations[part.organisation]
    row.consent = part.real_consent
    row.contact_name, row.contact_email = part.contact.name, part.contact.email
    row.answers = [answer or "" for answer in part.answers]


def write_points(
    meeting: Meeting, file: MeetingFile, sessions: Ids, submissions: Ids, people: Ids, organisations: Ids
) -> None:
    """The points, each under its id or, without one, under its place; then who speaks for whom."""
    rows: dict[str | None, Point] = {}
    for position, part in enumerate(file.points):
        uid = part.id or f"p{position + 1}"
        rows[uid] = Point(
            meeting_id=meeting.id,
            position=position,
            uid=uid,
            session_id=sessions[part.session],
            submission_id=submissions[part.submission],
            person_id=people[part.person],
            organisation_id=organisations[part.organisation],
            text=part.text or "",
            **copied(part, columns.POINT),
        )
    db.session.add_all(rows.values())
    db.session.flush()
    for row, part in zip(rows.values(), file.points, strict=True):
        row.merged_into_id = rows[part.merged_into].id if part.merged_into else None


def write_call(meeting: Meeting, file: MeetingFile) -> None:
    """The call for inputs; none where the file has none."""
    row = db.session.get(CallForInputs, meeting.id)
    if file.call is None:
        if row is not None:
            db.session.delete(row)
        return
    row = row or CallForInputs(meeting_id=meeting.id, version=0)
    part = file.call
    assign(row, copied(part, columns.CALL))
    row.questions = [each.model_dump() for each in part.questions]
    row.deadlines = [each.model_dump() | {"at": each.at.isoformat(timespec="minutes")} for each in part.deadlines]
    row.version += 1
    db.session.add(row)


def write_report(meeting: Meeting, file: MeetingFile, now: dt.datetime) -> None:
    """The report, its paragraphs (edited when they were imported) and the ledger."""
    db.session.execute(sa.delete(DraftParagraph).where(DraftParagraph.meeting_id == meeting.id))
    db.session.execute(sa.delete(LedgerEntry).where(LedgerEntry.meeting_id == meeting.id))
    for position, entry in enumerate(file.ledger):
        follow_up = [_plain(each.model_dump()) for each in entry.follow_up]
        values = copied(entry, columns.LEDGER_ENTRY) | {"points": entry.points, "follow_up": follow_up}
        db.session.add(LedgerEntry(meeting_id=meeting.id, key=entry.id, position=position, **values))
    row = db.session.get(Report, meeting.id)
    if file.report is None:
        if row is not None:
            db.session.delete(row)
        return
    row = row or Report(meeting_id=meeting.id, version=0)
    part = file.report
    assign(row, copied(part, columns.REPORT))
    council = part.council_session
    row.council_number, row.council_start, row.council_end = council.number, council.start, council.end
    row.recommendations = [each.model_dump() for each in part.recommendations]
    row.plan = part.plan.model_dump()
    row.version += 1
    db.session.add(row)
    for position, paragraph in enumerate(part.paragraphs):
        values = copied(paragraph, columns.PARAGRAPH)
        words = {name: values[name] or "" for name in ("text", "base")}
        db.session.add(DraftParagraph(meeting_id=meeting.id, position=position, edited_at=now, **values | words))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"date": values["date"].isoformat() if values["date"] else None}
