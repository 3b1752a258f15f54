"""Reads the texts that words are lifted from while notes are taken, but for statements, which are the floor's."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from meetings.database import db
from meetings.models.floor import FloorRequest
from meetings.models.inputs import Submission, SubmissionFile
from meetings.report.queries.voices import choice_of


@dataclass(frozen=True, slots=True)
class InputText:
    """What a submission says: typed, and in its files; `unread` are the names of those without a text."""

    title: str
    language: str | None
    texts: tuple[str, ...]
    unread: tuple[str, ...]


def input_text(meeting_id: int, submission_id: int) -> InputText | None:
    """The text of a submission; None where there is none, or it was withdrawn."""
    query = sa.select(Submission).where(Submission.id == submission_id, Submission.meeting_id == meeting_id)
    row = db.session.scalars(query.where(Submission.withdrawn_at.is_(None))).one_or_none()
    if row is None:
        return None
    named = row.organisation.name if row.organisation else row.organisation_name
    of_row = sa.select(SubmissionFile).where(SubmissionFile.submission_id == row.id).order_by(SubmissionFile.position)
    files = list(db.session.scalars(of_row.options(undefer(SubmissionFile.text))))
    texts = [*(answer for answer in row.answers if answer), *(file.text for file in files if file.text)]
    unread = tuple(file.name for file in files if not file.text)
    return InputText(named or row.title or row.key, row.language, tuple(texts), unread)


def speaker_of(request_id: int) -> str:
    """Who asked for the floor, as the notes name them; empty where they are not known."""
    row = db.session.get(FloorRequest, request_id)
    return choice_of(row).name if row else ""
