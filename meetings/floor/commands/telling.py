"""The mails that the floor sends: to whom the time did not reach, whom the chair declined, who is listed again."""

import datetime as dt
from collections.abc import Collection, Iterable

import sqlalchemy as sa
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from meetings import mail
from meetings.database import db
from meetings.models.floor import Floor, FloorRequest, Statement
from meetings.models.message import Message
from meetings.models.people import Registration


def tell_not_reached(floor: Floor, requests: Collection[FloorRequest], *, now: dt.datetime) -> None:
    """Mail everybody of these whom the time did not reach how to file their statement for the record.

    Inside the transaction that closes the floor. Who has no registration or no mail address gets none.
    """
    sent = set(db.session.scalars(sa.select(Statement.request_id).where(Statement.request_id.in_(_ids(requests)))))
    for request, registration in _reachable(requests):
        with mail.in_language(_language_of(registration)) as language:
            subject = _("You were not reached: %(session)s", session=_session(floor))
            text = _text("not_reached", floor, registration, has_statement=request.id in sent)
            _send(floor, registration, language, subject, text, now)


def tell_declined(floor: Floor, request: FloorRequest, *, now: dt.datetime) -> None:
    """Mail somebody that the chair declined their request, with the reason where one is given (`request.reason`)."""
    for _request, registration in _reachable([request]):
        with mail.in_language(_language_of(registration)) as language:
            subject = _("Your request for the floor was declined: %(session)s", session=_session(floor))
            text = _text("declined", floor, registration, reason=request.reason)
            _send(floor, registration, language, subject, text, now)


def tell_listed_again(floor: Floor, request: FloorRequest, now: dt.datetime) -> None:
    """Mail somebody whose request waits again after it was declined: the mail that said so no longer holds."""
    for _request, registration in _reachable([request]):
        with mail.in_language(_language_of(registration)) as language:
            subject = _("You are on the list of speakers again: %(session)s", session=_session(floor))
            _send(floor, registration, language, subject, _text("listed_again", floor, registration), now)


def _ids(requests: Iterable[FloorRequest]) -> list[int]:
    return [request.id for request in requests]


def _reachable(requests: Collection[FloorRequest]) -> list[tuple[FloorRequest, Registration]]:
    """The requests of those who can be mailed, with their registrations and persons read in one query.

    Not of those whose registration was withdrawn or declined since they asked: they no longer take part.
    """
    ids = [request.registration_id for request in requests if request.registration_id is not None]
    query = (
        sa.select(Registration)
        .where(Registration.id.in_(ids), Registration.status == "confirmed")
        .options(joinedload(Registration.person))
    )
    found = {row.id: row for row in db.session.scalars(query) if row.person.email}
    pairs = ((request, found.get(request.registration_id or 0)) for request in requests)
    return [(request, registration) for request, registration in pairs if registration is not None]


def _text(template: str, floor: Floor, registration: Registration, **facts: object) -> str:
    person = registration.person
    return mail.render(
        f"floor/mail/{template}.txt",
        name=" ".join(part for part in (person.honorific, person.name) if part),
        meeting=floor.session.meeting.title,
        session=_session(floor),
        # The page of a session lies under the page that the personal link leads to (floor/views/participant.py).
        page=f"{mail.LINK}sessions/{floor.session.key}/floor",
        **facts,
    )


def _send(floor: Floor, registration: Registration, language: str, subject: str, text: str, now: dt.datetime) -> None:
    person, meeting = registration.person, floor.session.meeting
    message = Message(
        meeting_id=meeting.id,
        registration_id=registration.id,
        kind="floor",
        recipient=str(person.email),
        recipient_name=person.name,
        reply_to=meeting.contact,
        language=language,
        subject=subject,
        text=text,
        link_purpose="personal",
        link_claim=[registration.id, registration.link_serial],
    )
    mail.send(message, at=now)


def _session(floor: Floor) -> str:
    return ": ".join(part for part in (floor.session.label, floor.session.title) if part)


def _language_of(registration: Registration) -> str:
    return registration.person.language or str(get_locale() or "").replace("_", "-")
