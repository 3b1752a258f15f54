"""What an organiser edits, as plain values: a form shows them, a command takes them, the log compares them.

Others are named by their keys, which stay; times are wall clock in the meeting's zone.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.models.floor import Floor
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.people import Organisation, Person
from meetings.programme.queries.lines import ConceptNote
from meetings.programme.queries.meetings import concept_note_of, organisers


@dataclass(frozen=True, slots=True)
class Named:
    """One of the meeting's people or organisations by its key; or, without a key, a new one by its name."""

    key: str | None
    new_name: str | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What identifies a meeting: title, when, where, by whom."""

    title: str
    subtitle: str | None
    series: str | None
    mode: str
    timezone: str
    start_date: dt.date | None
    end_date: dt.date | None
    venue: str | None
    room: str | None
    city: str | None
    country: str | None
    languages: tuple[str, ...]
    contact: str | None
    organisers: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SittingValues:
    """A sitting, without its join link."""

    date: dt.date
    start: dt.time
    end: dt.time
    room: str | None
    interpretation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FloorValues:
    """A floor's settings, in milliseconds."""

    cap_ms: int
    limit_ms: int
    minimum_ms: int


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody entered together with their role. The organisation may be new too."""

    honorific: str | None
    given: str | None
    family: str | None
    function: str | None
    organisation: Named | None


@dataclass(frozen=True, slots=True)
class RoleValues:
    """A role in a session: of one of the meeting's people by key, or of somebody new."""

    role: str
    person: str | None
    new: NewPerson | None = None


@dataclass(frozen=True, slots=True)
class SessionValues:
    """A session with its floor and roles."""

    kind: str
    label: str | None
    title: str
    description: str | None
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    part_of: str | None
    track: str | None
    sitting: str | None
    room: str | None
    presentations_minutes: int | None
    replies_minutes: int | None
    floor: FloorValues | None
    roles: tuple[RoleValues, ...]


@dataclass(frozen=True, slots=True)
class PersonValues:
    """Everything that is kept of a person. `gender` is declared by the person, or None."""

    honorific: str | None
    given: str | None
    family: str | None
    name_order: str
    report_surname: str | None
    function: str | None
    unit: str | None
    former: bool
    indefinite: bool
    organisation: Named | None
    email: str | None
    language: str | None
    gender: str | None
    protected: bool


@dataclass(frozen=True, slots=True)
class OrganisationValues:
    """Everything that is kept of an organisation."""

    name: str
    acronym: str | None
    category: str | None
    country: str | None
    show_country: bool
    article: str | None


def concept_note(meeting_id: int) -> ConceptNote:
    """A meeting's concept note, for its form."""
    return concept_note_of(db.session.get_one(Meeting, meeting_id))


def particulars(meeting_id: int) -> Particulars:
    """A meeting's particulars, for their form."""
    return particulars_of(db.session.get_one(Meeting, meeting_id))


def particulars_of(row: Meeting) -> Particulars:
    """The particulars as they are stored."""
    own = ("languages", "organisers")
    return Particulars(
        **{name: getattr(row, name) for name in Particulars.__slots__ if name not in own},
        languages=tuple(row.languages),
        organisers=tuple(Named(each.key) for each in organisers(row.id)),
    )


def sitting_values(meeting_id: int, key: str) -> SittingValues | None:
    """A sitting, for its form, or None."""
    query = sa.select(Sitting).where(Sitting.meeting_id == meeting_id, Sitting.key == key)
    row = db.session.scalars(query).one_or_none()
    return None if row is None else sitting_values_of(row)


def sitting_values_of(row: Sitting) -> SittingValues:
    """A sitting as it is stored."""
    return SittingValues(row.date, row.start, row.end, row.room, tuple(row.interpretation))


def session_values(meeting_id: int, key: str) -> SessionValues | None:
    """A session, for its form, or None."""
    query = sa.select(Session).where(Session.meeting_id == meeting_id, Session.key == key)
    row = db.session.scalars(query).one_or_none()
    return None if row is None else session_values_of(row)


def session_values_of(row: Session) -> SessionValues:
    """A session as it is stored."""
    floor = db.session.scalar(sa.select(Floor).where(Floor.session_id == row.id))
    roles = db.session.execute(
        sa.select(Role.role, Person.key)
        .join(Role.person)
        .where(Role.session_id == row.id)
        .order_by(Role.position, Role.id)
    )
    part_of = db.session.scalar(sa.select(Session.key).where(Session.id == row.part_of_id))
    sitting = db.session.scalar(sa.select(Sitting.key).where(Sitting.id == row.sitting_id))
    other = ("part_of", "sitting", "floor", "roles")
    return SessionValues(
        **{name: getattr(row, name) for name in SessionValues.__slots__ if name not in other},
        part_of=part_of,
        sitting=sitting,
        floor=FloorValues(floor.cap_ms, floor.limit_ms, floor.minimum_ms) if floor else None,
        roles=tuple(RoleValues(role, person) for role, person in roles),
    )


def person_values(meeting_id: int, key: str) -> PersonValues | None:
    """A person, for the form, or None."""
    query = sa.select(Person).where(Person.meeting_id == meeting_id, Person.key == key)
    row = db.session.scalars(query).one_or_none()
    return None if row is None else person_values_of(row)


def person_values_of(row: Person) -> PersonValues:
    """A person as stored."""
    return PersonValues(
        **{name: getattr(row, name) for name in PersonValues.__slots__ if name != "organisation"},
        organisation=Named(row.organisation.key) if row.organisation else None,
    )


def organisation_values(meeting_id: int, key: str) -> OrganisationValues | None:
    """An organisation, for its form, or None."""
    query = sa.select(Organisation).where(Organisation.meeting_id == meeting_id, Organisation.key == key)
    row = db.session.scalars(query).one_or_none()
    return None if row is None else organisation_values_of(row)


def organisation_values_of(row: Organisation) -> OrganisationValues:
    """An organisation as it is stored."""
    return OrganisationValues(**{name: getattr(row, name) for name in OrganisationValues.__slots__})
