"""Reads whose paragraph was sent to whom, and what they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings import mail
from meetings.database import db
from meetings.models.meeting import Meeting
from meetings.models.people import Person
from meetings.models.report import ParagraphCheck
from meetings.report.queries.draft import draft_with_material
from meetings.report.rules.checks import OwnParagraph, Standing, own_paragraphs, standing
from meetings.report.rules.draft import Block, numbered


@dataclass(frozen=True, slots=True)
class Check:
    """What a speaker was sent, and the answer. `text` is the paragraph as it was sent."""

    id: int
    key: str
    name: str
    text: str
    asked_at: dt.datetime
    answer_by: dt.date | None
    standing: Standing
    comment: str | None
    answered_at: dt.datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A named speaker's paragraph in the list of the right of check.

    `label` is its number in the report, `changed`: its words are others than those that were sent. Without
    `reachable`, no mail can reach the speaker.
    """

    own: OwnParagraph
    label: str
    reachable: bool
    check: Check | None
    changed: bool


@dataclass(frozen=True, slots=True)
class SpeakersCheck:
    """The page behind a speaker's link."""

    check: Check
    slug: str
    open: bool


def check_lines(meeting_id: int) -> list[CheckLine]:
    """Every paragraph of a named speaker, with what was asked and answered."""
    material, draft = draft_with_material(meeting_id)
    labels = {line.part.key: line.label for line in numbered(draft.body) if isinstance(line.part, Block)}
    asked = {(row.key, row.person_id): row for row in _rows(meeting_id)}
    query = sa.select(Person.id, Person.email).where(Person.meeting_id == meeting_id)
    reachable = {number for number, email in db.session.execute(query) if mail.usable(email)}
    return [
        CheckLine(
            own,
            labels.get(own.key, ""),
            own.person.id in reachable,
            _check(row) if row else None,
            row is not None and row.text != own.text,
        )
        for own in own_paragraphs(material, draft)
        for row in [asked.get((own.key, own.person.id))]
    ]


def checks_by_key(meeting_id: int) -> Mapping[str, list[Check]]:
    """What speakers were asked and answered, by the key of their paragraph; one statement."""
    by_key: dict[str, list[Check]] = {}
    for row in _rows(meeting_id):
        by_key.setdefault(row.key, []).append(_check(row))
    return by_key


def speakers_check(check_id: int, serial: int) -> SpeakersCheck | None:
    """What the link shows; None for a link that was replaced or taken back."""
    query = (
        sa.select(ParagraphCheck, Meeting.slug)
        .join(Meeting, Meeting.id == ParagraphCheck.meeting_id)
        .where(ParagraphCheck.id == check_id, ParagraphCheck.serial == serial)
        .options(joinedload(ParagraphCheck.person))
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    row, slug = found
    return SpeakersCheck(_check(row), slug, row.settled_at is None)


def _rows(meeting_id: int) -> list[ParagraphCheck]:
    query = (
        sa.select(ParagraphCheck)
        .where(ParagraphCheck.meeting_id == meeting_id)
        .options(joinedload(ParagraphCheck.person))
        .order_by(ParagraphCheck.id)
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _check(row: ParagraphCheck) -> Check:
    return Check(
        row.id,
        row.key,
        row.person.name,
        row.text,
        row.asked_at,
        row.answer_by,
        standing(row.answer, row.settled_at),
        row.comment,
        row.answered_at,
        row.version,
    )
