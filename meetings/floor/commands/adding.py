"""Adding somebody to the list who is not registered: "they are in row 3"."""

import datetime as dt

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.directory.commands import new_key, next_position, organisation_named
from meetings.floor.commands import acting
from meetings.floor.rules import OPEN, Status, is_stale
from meetings.floor.rules.balance import CATEGORIES
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Organisation, Person
from meetings.refusals import Refused


def add_speaker(
    *,
    session_id: int,
    name: str | None,
    organisation: str | None,
    category: str | None,
    country: str | None,
    language: str | None,
    seat: str | None,
    capacity: str,
    version: int,
    actor: Actor,
    now: dt.datetime,
) -> int:
    """Put somebody on the list who has no registration; gives the request. Also while the list is closed.

    `name` or `organisation` may be left out, not both. An organisation of the meeting is known by its name as when
    people register, else it is new, with the category and country given. A repeat gives the request that is there.
    Refused once the floor has closed, and for an organisation that has as many requests open as the floor allows.
    """
    name, organisation = (name or "").strip(), (organisation or "").strip()
    _refuse_values(name, organisation, category, capacity)
    with transaction():
        # Whoever enters people holds the meeting's lock, and takes it before that of a floor.
        locked(Meeting, Meeting.id == sa.select(Session.meeting_id).where(Session.id == session_id).scalar_subquery())
        floor = acting.lock_floor(session_id)
        acting.refuse_closed(floor)
        meeting = floor.session.meeting
        body = organisation_named(meeting, organisation, category, country)
        there = _same_speaker(floor, name, body)
        if there is not None and is_stale(version, floor.chair_version):
            return there.id
        acting.refuse_stale(floor, version)
        if there is not None:
            raise Refused(_("%(name)s is on the list already.", name=acting.name_of(there)))
        acting.refuse_full_organisation(floor, body.id if body else None, body.name if body else "")
        person = _new_person(meeting, name, body) if name else None
        request = _new_request(floor, person, body, capacity, now)
        request.language, request.seat = language, (seat or "").strip() or None
        acting.chair_acted(floor)
        acting.log(floor, "floor.added", request, actor=actor, now=now, after={"seat": request.seat})
        return request.id


def _refuse_values(name: str, organisation: str, category: str | None, capacity: str) -> None:
    if not name and not organisation:
        raise Refused(_("Enter the speaker’s name, or the organization."))
    if category is not None and category not in CATEGORIES:
        raise Refused(_("There is no such category of stakeholders."))
    if capacity not in ("organisation", "joint", "national"):
        raise Refused(_("Say on whose behalf they will speak."))


def _same_speaker(floor: Floor, name: str, body: Organisation | None) -> FloorRequest | None:
    """The open request of a speaker without registration who has the same name and organisation."""
    query = sa.select(FloorRequest).where(
        FloorRequest.session_id == floor.session_id,
        FloorRequest.registration_id.is_(None),
        FloorRequest.organisation_id.is_not_distinct_from(body.id if body else None),
        FloorRequest.status.in_(OPEN),
    )
    for request in db.session.scalars(query):
        if (request.person.name if request.person else "") == name:
            return request
    return None


def _new_person(meeting: Meeting, name: str, body: Organisation | None) -> Person:
    """A person of whom the name alone is known, without a mail address."""
    person = Person(
        meeting_id=meeting.id,
        key=new_key(Person, meeting),
        position=next_position(Person, meeting),
        family=name,
        organisation=body,
    )
    db.session.add(person)
    return person


def _new_request(
    floor: Floor, person: Person | None, body: Organisation | None, capacity: str, now: dt.datetime
) -> FloorRequest:
    request = FloorRequest(
        session_id=floor.session_id,
        person=person,
        organisation=body,
        capacity=capacity,
        status=Status.REQUESTED,
        rank=acting.rank_for_newcomer(floor, body.id if body else None, capacity),
        requested_at=now,
    )
    db.session.add(request)
    return request
