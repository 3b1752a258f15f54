"""Who asks for the floor by a personal link."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings.database import db
from meetings.floor.queries.heads import FloorHead
from meetings.floor.queries.lines import RequestLine, line_of, with_details
from meetings.models.floor import FloorRequest
from meetings.models.meeting import Meeting
from meetings.models.people import Person, Registration


@dataclass(frozen=True, slots=True)
class Participant:
    """Whose personal link was opened: their registration and the meeting it is for."""

    registration_id: int
    status: str
    language: str | None  # that they are likely to speak
    category: str | None  # of their organisation: the speaking limit depends on it
    slug: str

    @property
    def confirmed(self) -> bool:
        """Whether they may ask for the floor at all."""
        return self.status == "confirmed"


def participant(registration_id: int, link_serial: int) -> Participant | None:
    """Who holds a personal link; None when a newer link has replaced it, and while the meeting is a draft."""
    query = (
        sa.select(Registration, Meeting.slug)
        .join(Meeting, Meeting.id == Registration.meeting_id)
        .where(Registration.id == registration_id, Registration.link_serial == link_serial)
        .where(Meeting.published_at.is_not(None))
        .options(joinedload(Registration.person).joinedload(Person.organisation))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    registration, slug = row
    person = registration.person
    category = person.organisation.category if person.organisation else None
    language = likely_language(person.language, registration.languages)
    return Participant(registration.id, registration.status, language, category, slug)


def likely_language(own: str | None, understood: Sequence[str]) -> str | None:
    """The language that somebody is likely to speak: the one they are written to in, if they say they understand it."""
    return understood[0] if understood and own not in understood else own


def newest_request(head: FloorHead, registration_id: int) -> RequestLine | None:
    """A participant's newest request in a session."""
    row = db.session.scalars(
        with_details()
        .where(FloorRequest.session_id == head.session_id, FloorRequest.registration_id == registration_id)
        .order_by(FloorRequest.id.desc())
        .limit(1)
    ).one_or_none()
    return line_of(row) if row else None


def own_request(request_id: int, registration_id: int) -> RequestLine | None:
    """A request, if it is this participant's."""
    row = db.session.scalars(
        with_details().where(FloorRequest.id == request_id, FloorRequest.registration_id == registration_id)
    ).one_or_none()
    return line_of(row) if row else None
