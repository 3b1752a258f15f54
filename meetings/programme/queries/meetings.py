"""Reads meetings: their heads, the list of them, and what a meeting's page shows."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from meetings.database import db
from meetings.models.meeting import Meeting, MeetingOrganiser
from meetings.models.people import Organisation
from meetings.programme.queries.lines import (
    ConceptNote,
    DocumentLine,
    MeetingHead,
    MeetingLine,
    MeetingPage,
    OrganisationLine,
    QuestionGroup,
)
from meetings.programme.queries.sessions import organisation_line, programme
from meetings.programme.rules.order import is_over


def meeting_head(slug: str) -> MeetingHead | None:
    """The meeting with this slug, or None; whether a reader may see a draft is the view's to decide."""
    row = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one_or_none()
    return None if row is None else head_line(row)


def meeting_lines(*, now: dt.datetime, drafts_of: Collection[int] | None = ()) -> list[MeetingLine]:
    """The published meetings, and those drafts whose meeting is in `drafts_of` (None: all), the latest first."""
    query = sa.select(Meeting).order_by(Meeting.start_date.desc().nulls_first(), Meeting.id.desc())
    if drafts_of is not None:
        query = query.where(Meeting.published_at.is_not(None) | Meeting.id.in_(drafts_of))
    return [
        MeetingLine(head_line(row), over=is_over(row.end_date or row.start_date, row.timezone, now))
        for row in db.session.scalars(query)
    ]


def meeting_page(slug: str) -> MeetingPage | None:
    """All that a meeting's public page shows: nobody who is protected, and no join link."""
    row = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one_or_none()
    if row is None:
        return None
    return MeetingPage(
        head=head_line(row), organisers=organisers(row.id), note=concept_note_of(row), programme=programme(row.id)
    )


def organisers(meeting_id: int) -> tuple[OrganisationLine, ...]:
    """The organisations that convene a meeting, in their order."""
    query = (
        sa.select(Organisation)
        .join(MeetingOrganiser, MeetingOrganiser.organisation_id == Organisation.id)
        .where(MeetingOrganiser.meeting_id == meeting_id)
        .order_by(MeetingOrganiser.position)
    )
    return tuple(organisation_line(each) for each in db.session.scalars(query))


def concept_note_of(row: Meeting) -> ConceptNote:
    """The concept note as it is stored."""
    return ConceptNote(
        mandate_body=row.mandate_body,
        mandate_resolution=row.mandate_resolution,
        background=row.background,
        objectives=tuple(row.objectives),
        modalities=row.modalities,
        guiding_questions=tuple(
            QuestionGroup(group.get("theme"), tuple(group.get("questions") or ())) for group in row.guiding_questions
        ),
        documents=tuple(DocumentLine(each["title"], each.get("symbol"), each.get("url")) for each in row.documents),
    )


def head_line(row: Meeting) -> MeetingHead:
    """A meeting's head as it is stored."""
    columns = {name: getattr(row, name) for name in MeetingHead.__slots__ if name not in ("languages", "published")}
    return MeetingHead(**columns, languages=tuple(row.languages), published=row.published_at is not None)
