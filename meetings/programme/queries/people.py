"""Reads the people and organisations of a meeting, for lists and for what forms offer."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from meetings.database import db
from meetings.models.meeting import Role, Session, Sitting
from meetings.models.people import Organisation, Person, Registration
from meetings.programme.queries.lines import OrganisationLine, PersonLine, SittingLine
from meetings.programme.queries.sessions import organisation_line, person_line, sitting_line
from meetings.programme.rules.names import labels
from meetings.programme.rules.order import in_order

# Longer lists would make the page heavy; the rest is found by searching.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that somebody has, with the session it is in."""

    role: str
    session_key: str
    session_title: str


@dataclass(frozen=True, slots=True)
class PersonListing:
    """A person in the list of a meeting's people."""

    person: PersonLine
    roles: tuple[RoleHeld, ...]
    registered: bool


@dataclass(frozen=True, slots=True)
class OrganisationListing:
    """An organisation in a list, with how many of the meeting's people belong to it."""

    organisation: OrganisationLine
    people: int


def people(meeting_id: int, *, search: str = "") -> list[PersonListing]:
    """Those with a role and those not registered, or those of a name; the first 100, in two statements."""
    registered = sa.exists().where(Registration.person_id == Person.id)
    query = (
        sa.select(Person, registered)
        .outerjoin(Person.organisation)
        .options(contains_eager(Person.organisation))
        .where(Person.meeting_id == meeting_id)
        .order_by(Person.position, Person.id)
        .limit(MOST_SHOWN)
    )
    if search:
        names = (Person.given, Person.family, Person.function, Person.email, Organisation.name, Organisation.acronym)
        query = query.where(sa.or_(*(name.icontains(search, autoescape=True) for name in names)))
    else:
        query = query.where(sa.exists().where(Role.person_id == Person.id) | ~registered)
    held = _roles_held(meeting_id)
    return [
        PersonListing(person_line(person), tuple(held.get(person.id, ())), is_registered)
        for person, is_registered in db.session.execute(query)
    ]


def _roles_held(meeting_id: int) -> dict[int, list[RoleHeld]]:
    query = (
        sa.select(Role.person_id, Role.role, Session.key, Session.title)
        .join(Session, Session.id == Role.session_id)
        .where(Session.meeting_id == meeting_id)
        .order_by(Session.date, Session.start, Session.position)
    )
    found: dict[int, list[RoleHeld]] = {}
    for person_id, role, key, title in db.session.execute(query):
        found.setdefault(person_id, []).append(RoleHeld(role, key, title))
    return found


def organisations(meeting_id: int, *, search: str = "") -> list[OrganisationListing]:
    """All organisations but those of mere participants, or those of a name; the first 100, in one statement."""
    members = sa.select(sa.func.count(Person.id)).where(Person.organisation_id == Organisation.id)
    registered = members.where(
        sa.exists().where(Registration.person_id == Person.id), ~sa.exists().where(Role.person_id == Person.id)
    )
    count = members.scalar_subquery()
    query = (
        sa.select(Organisation, count)
        .where(Organisation.meeting_id == meeting_id)
        .order_by(Organisation.position, Organisation.id)
        .limit(MOST_SHOWN)
    )
    if search:
        names = (Organisation.name, Organisation.acronym)
        query = query.where(sa.or_(*(name.icontains(search, autoescape=True) for name in names)))
    else:
        query = query.where((count == 0) | (count > registered.scalar_subquery()))
    return [OrganisationListing(organisation_line(row), number) for row, number in db.session.execute(query)]


def organisation_labels(meeting_id: int) -> dict[str, str]:
    """What forms call each organisation, by key."""
    query = (
        sa.select(Organisation.key, Organisation.name)
        .where(Organisation.meeting_id == meeting_id)
        .order_by(Organisation.position, Organisation.id)
    )
    return labels({key: name for key, name in db.session.execute(query)})


def person_labels(meeting_id: int) -> dict[str, str]:
    """What forms call each person, by key: name (or function) and organisation."""
    query = (
        sa.select(Person)
        .outerjoin(Person.organisation)
        .options(contains_eager(Person.organisation))
        .where(Person.meeting_id == meeting_id)
        .order_by(Person.position, Person.id)
    )
    return labels({person.key: _called(person) for person in db.session.scalars(query)})


def _called(person: Person) -> str:
    organisation = person.organisation.acronym or person.organisation.name if person.organisation else None
    return ", ".join(part for part in (person.name or person.function, organisation) if part)


def session_labels(meeting_id: int, *, without: str | None = None) -> dict[str, str]:
    """The titles of a meeting's sessions by key, but for one, in the order of the programme."""
    rows = in_order(db.session.scalars(sa.select(Session).where(Session.meeting_id == meeting_id)))
    return {row.key: ": ".join(part for part in (row.label, row.title) if part) for row in rows if row.key != without}


def sittings(meeting_id: int) -> list[SittingLine]:
    """A meeting's sittings in their order, with their join links: for those who run it."""
    rows = in_order(db.session.scalars(sa.select(Sitting).where(Sitting.meeting_id == meeting_id)))
    return [sitting_line(row, private=True) for row in rows]
