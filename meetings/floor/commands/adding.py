"""Adding somebody to the list who is not registered: "they are in row 3"."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.directory.commands import new_key, next_position, organisation_named
from meetings.floor.commands import acting, placing
from meetings.floor.rules import Status, is_stale
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
    on_behalf_of: str | None = None,
    version: int,
    actor: Actor,
    now: dt.datetime,
) -> int:
    """Put somebody on the list who has no registration; gives the request. Also while the list is closed.

    `name` or `organisation` may be left out, not both; a joint statement names the others in `on_behalf_of`. An
    organisation of the meeting is known by its name as when people register, else it is new, with the category and
    country given. A repeat gives the request that is there. Refused once the floor has closed, and for an organisation
    that has as many requests open as the floor allows.
    """
    name, organisation = (name or "").strip(), (organisation or "").strip()
    details = {
        "capacity": capacity,
        "on_behalf_of": (on_behalf_of or "").strip() or None,
        "language": language,
        "seat": (seat or "").strip() or None,
    }
    _refuse_values(name, organisation, category, details)
    with transaction():
        # Whoever enters people holds the meeting's lock, and takes it before that of a floor.
        locked(Meeting, Meeting.id == sa.select(Session.meeting_id).where(Session.id == session_id).scalar_subquery())
        floor = acting.lock_floor(session_id)
        acting.refuse_closed(floor)
        body = organisation_named(floor.session.meeting, organisation, category, country)
        if there := _there_already(floor, name, body, version):
            return there.id
        return _put_on_list(floor, name, body, details, actor=actor, now=now)


def _refuse_values(name: str, organisation: str, category: str | None, details: Mapping[str, str | None]) -> None:
    if not name and not organisation:
        raise Refused(_("Enter the speaker’s name, or the organization."))
    if category is not None and category not in CATEGORIES:
        raise Refused(_("There is no such category of stakeholders."))
    if details["capacity"] not in ("organisation", "joint", "national"):
        raise Refused(_("Say on whose behalf they will speak."))
    if details["capacity"] == "joint" and not details["on_behalf_of"]:
        raise Refused(_("Name the others that the joint statement is made with."))
    if details["capacity"] != "joint" and details["on_behalf_of"]:
        raise Refused(_("You have named other organizations: choose a joint statement, or leave the names out."))


def _there_already(floor: Floor, name: str, body: Organisation | None, version: int) -> FloorRequest | None:
    """The request that an earlier press of the same button made. Refuses what is stale, and a speaker on the list."""
    there = acting.unregistered_speaker(floor, name, body.id if body else None)
    if there is not None and is_stale(version, floor.chair_version):
        return there
    acting.refuse_stale(floor, version)
    if there is not None:
        raise Refused(_("%(name)s is on the list already.", name=acting.name_of(there)))
    acting.refuse_full_organisation(floor, body.id if body else None, body.name if body else "")
    return None


def _put_on_list(
    floor: Floor,
    name: str,
    body: Organisation | None,
    details: Mapping[str, str | None],
    *,
    actor: Actor,
    now: dt.datetime,
) -> int:
    request = FloorRequest(
        session_id=floor.session_id,
        person=_new_person(floor.session.meeting, name, body) if name else None,
        organisation=body,
        status=Status.REQUESTED,
        rank=placing.rank_for_newcomer(floor, body.id if body else None, str(details["capacity"])),
        requested_at=now,
        **details,
    )
    db.session.add(request)
    acting.chair_acted(floor)
    acting.log(floor, "floor.added", request, actor=actor, now=now, after={"seat": request.seat})
    return request.id


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
