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
from meetings.programme.queries.published import Published, public_heads, published
from meetings.programme.queries.sessions import organisation_line, programme
from meetings.programme.rules.order import is_over


def meeting_head(slug: str) -> MeetingHead | None:
    """The meeting with this slug, or None; whether a reader may see a draft is the view's to decide."""
    row = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one_or_none()
    return None if row is None else head_line(row)


def meeting_lines(
    *, now: dt.datetime, drafts_of: Collection[int] | None = (), working: bool = False
) -> list[MeetingLine]:
    """The published meetings, and those drafts whose meeting is in `drafts_of` (None: all), the latest first.

    As the public knows them; `working` gives them as their organisers have them by now.
    """
    query = sa.select(Meeting).order_by(Meeting.id.desc())
    if drafts_of is not None:
        query = query.where(Meeting.published_at.is_not(None) | Meeting.id.in_(drafts_of))
    heads = [head_line(row) for row in db.session.scalars(query)]
    heads = heads if working else public_heads(heads)
    heads.sort(key=lambda each: each.start_date or dt.date.max, reverse=True)
    return [MeetingLine(each, over=is_over(each.end_date or each.start_date, each.timezone, now)) for each in heads]


def earlier_meetings(of: Collection[int] | None) -> dict[str, str]:
    """The titles of meetings by their slug, with the year, the latest first: of these meetings, or of all (None)."""
    query = sa.select(Meeting.slug, Meeting.title, Meeting.start_date)
    if of is not None:
        query = query.where(Meeting.id.in_(of))
    rows = db.session.execute(query.order_by(Meeting.start_date.desc().nulls_first(), Meeting.id.desc()))
    return {slug: f"{title} ({start.year})" if start else title for slug, title, start in rows}


def meeting_page(slug: str, *, working: bool = False) -> MeetingPage | None:
    """All that a meeting's public page shows: nobody who is protected, and no join link.

    By its newest version, once there is one; `working` gives what its organisers work on instead.
    """
    row = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one_or_none()
    if row is None:
        return None
    head = head_line(row)
    holds = Published(head, programme(row.id)) if working else published(head)
    return MeetingPage(
        head=holds.head,
        organisers=organisers(row.id),
        note=concept_note_of(row),
        programme=holds.programme,
        mark=holds.mark,
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
