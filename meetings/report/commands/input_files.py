"""The files of a submission: added, removed, and their text read by the outbox, for the rapporteur to lift words from.

Reading a text may take long (a PDF made to keep a reader busy), so nobody waits for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import undefer

from meetings import outbox
from meetings.database import db, transaction
from meetings.floor.file_text import text_of
from meetings.floor.rules.statements import Examined, count_words, shown_name
from meetings.models.inputs import Submission, SubmissionFile
from meetings.refusals import Refused
from meetings.report.rules.call import MOST_FILES

JOB = "input_file_text"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was sent, `examined` by whoever took it. `name` is as it was sent."""

    name: str | None
    content: bytes
    examined: Examined


def files_of(submission_id: int) -> list[SubmissionFile]:
    """The files of a submission in order, without their content."""
    query = sa.select(SubmissionFile).where(SubmissionFile.submission_id == submission_id)
    return list(db.session.scalars(query.order_by(SubmissionFile.position, SubmissionFile.id)))


def change_files(row: Submission, added: Sequence[NewFile], removed: Collection[int], now: dt.datetime) -> bool:
    """Add and remove files inside a command; False where nothing changes. Refuses more than MOST_FILES in the end."""
    present = files_of(row.id)
    kept = [file for file in present if file.id not in removed]
    if len(kept) + len(added) > MOST_FILES:
        raise Refused(_("A submission takes %(most)d files. Remove one first.", most=MOST_FILES))
    for stored in present:
        if stored not in kept:
            db.session.delete(stored)
    last = kept[-1].position if kept else -1
    for place, file in enumerate(added, last + 1):
        _keep(row, file, place, now)
    return bool(added) or len(kept) < len(present)


def _keep(row: Submission, file: NewFile, place: int, now: dt.datetime) -> None:
    found = file.examined
    stored = SubmissionFile(
        submission_id=row.id,
        position=place,
        name=shown_name(file.name) or f"submission.{found.file_type}",
        file_type=found.file_type,
        size=len(file.content),
        words=found.words,
        content=file.content,
    )
    db.session.add(stored)
    db.session.flush()
    outbox.enqueue(JOB, {"file": stored.id}, at=now, meeting_id=row.meeting_id)


def same_files(submission_id: int, files: Sequence[NewFile]) -> bool:
    """Whether a submission has just these files."""
    query = sa.select(SubmissionFile.content).where(SubmissionFile.submission_id == submission_id)
    stored = db.session.scalars(query.order_by(SubmissionFile.position, SubmissionFile.id))
    return list(stored) == [file.content for file in files]


def read_text(payload: dict[str, int]) -> None:
    """The outbox's handler: read the text of a file, and its words where they were not known. Safe to repeat."""
    query = sa.select(SubmissionFile).where(SubmissionFile.id == payload["file"])
    row = db.session.scalars(query.options(undefer(SubmissionFile.content))).one_or_none()
    if row is None:
        return
    file_type, content = row.file_type, row.content
    db.session.rollback()  # nothing is held while the file is read
    text = text_of(file_type, content)
    if text is None:
        return
    with transaction() as session:
        stored = session.get(SubmissionFile, payload["file"])
        if stored is not None:
            stored.text = text
            stored.words = count_words(text) if stored.words is None else stored.words
