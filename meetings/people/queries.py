"""What is read of registrations: a person's own, and a meeting's."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from meetings.database import db
from meetings.models.floor import FloorRequest
from meetings.models.meeting import Meeting, Role, Session
from meetings.models.people import Organisation, Person, Registration
from meetings.programme.queries import MeetingHead, meeting_head
from meetings.programme.queries.published import public_head
from meetings.programme.rules.order import is_over

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a participant says of their part in a meeting, and may correct later.

    `gender` as they declare it, or None. It serves totals of speaking time alone and is in no table or document.
    """

    function: str | None
    organisation: str
    category: str | None
    country: str | None
    languages: tuple[str, ...]
    attendance: str
    accessibility: str | None
    gender: str | None
    consent_listed: bool
    consent_photographed: bool
    consent_recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What somebody enters to register. `email` is in lower case (rules.mail_address)."""

    honorific: str | None
    given: str | None
    family: str
    name_order: str
    email: str
    particulars: Particulars


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationLine:
    """A registration with its person and organisation. `name` is in the person's own order, with honorific."""

    id: int
    status: str
    name: str
    honorific: str | None
    given: str | None
    family: str | None
    name_order: str
    unit: str | None
    former: bool
    email: str | None
    protected: bool
    show_country: bool
    particulars: Particulars
    created_at: dt.datetime | None
    link_serial: int
    version: int


@dataclass(frozen=True, slots=True)
class Own:
    """A participant's own registration, in its meeting; `in_programme` says that they have a role there."""

    meeting: MeetingHead
    line: RegistrationLine
    over: bool
    in_programme: bool


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A participant's wish to take the floor in a session; `status` is one of the floor's."""

    session_key: str
    session_label: str | None
    session_title: str
    status: str
    topic: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which registrations a list shows: all where a value is empty. `words` are sought in names and addresses."""

    status: str = ""
    category: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RegistrationPage:
    """One page of a list, the newest first, and how many there are on all pages."""

    lines: tuple[RegistrationLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of registrations by category (None: without organisation or category) and status."""

    by_both: dict[tuple[str | None, str], int]

    def of(self, category: str | None, status: str) -> int:
        """How many there are of one category and status."""
        return self.by_both.get((category, status), 0)

    def in_category(self, category: str | None) -> int:
        """How many there are of one category."""
        return sum(count for (of, _status), count in self.by_both.items() if of == category)

    def in_status(self, status: str) -> int:
        """How many there are in one status."""
        return sum(count for (_category, of), count in self.by_both.items() if of == status)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_both.values())


def is_open(meeting: MeetingHead, now: dt.datetime) -> bool:
    """Whether anyone may register: while the meeting is published and not over."""
    return meeting.published and not is_over(meeting.end_date or meeting.start_date, meeting.timezone, now)


def serial_holds(registration_id: int, serial: int) -> bool:
    """Whether a personal link with this serial is still good: it is not once a newer one has replaced it."""
    found = db.session.scalar(sa.select(Registration.link_serial).where(Registration.id == registration_id))
    return found == serial


def own(registration_id: int, now: dt.datetime) -> Own:
    """What a participant sees of their own registration."""
    query = _query().join(Meeting, Meeting.id == Registration.meeting_id).add_columns(Meeting.slug)
    row, slug = db.session.execute(query.where(Registration.id == registration_id)).one()
    meeting = meeting_head(slug)
    if meeting is None:
        raise LookupError(f"meeting {slug} is gone")
    meeting = public_head(meeting)
    over = is_over(meeting.end_date or meeting.start_date, meeting.timezone, now)
    return Own(meeting, line_of(row), over, is_in_programme(row.person_id))


def is_in_programme(person_id: int) -> bool:
    """Whether a person has a role in their meeting, so that its programme names their function and organisation."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Role.person_id == person_id))))


def own_requests(registration_id: int) -> list[OwnRequest]:
    """What a participant asked the floor for, in the order of asking."""
    query = (
        sa.select(FloorRequest, Session)
        .join(Session, Session.id == FloorRequest.session_id)
        .where(FloorRequest.registration_id == registration_id)
        .order_by(FloorRequest.id)
    )
    return [
        OwnRequest(session.key, session.label, session.title, row.status, row.topic)
        for row, session in db.session.execute(query)
    ]


def registration(meeting_id: int, registration_id: int) -> RegistrationLine | None:
    """One registration of a meeting, or None."""
    query = _query().where(Registration.meeting_id == meeting_id, Registration.id == registration_id)
    row = db.session.scalars(query).one_or_none()
    return None if row is None else line_of(row)


def registration_page(meeting_id: int, chosen: Filter, page: int = 1) -> RegistrationPage:
    """The registrations of a meeting that a filter leaves, a page at a time."""
    conditions = [Registration.meeting_id == meeting_id, *_conditions(chosen)]
    counted = sa.select(sa.func.count(Registration.id)).join(Registration.person).outerjoin(Person.organisation)
    total = db.session.scalar(counted.where(*conditions)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = _query().where(*conditions).order_by(Registration.position.desc(), Registration.id.desc())
    rows = db.session.scalars(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return RegistrationPage(tuple(line_of(row) for row in rows), total, page, pages)


def all_registrations(meeting_id: int, chosen: Filter | None = None) -> list[RegistrationLine]:
    """All registrations of a meeting that a filter leaves, in the order in which they came."""
    conditions = [Registration.meeting_id == meeting_id, *_conditions(chosen or Filter())]
    query = _query().where(*conditions).order_by(Registration.position, Registration.id)
    return [line_of(row) for row in db.session.scalars(query)]


def counts(meeting_id: int) -> Counts:
    """How many registrations a meeting has, by category and status."""
    query = (
        sa.select(Organisation.category, Registration.status, sa.func.count())
        .select_from(Registration)
        .join(Registration.person)
        .outerjoin(Person.organisation)
        .where(Registration.meeting_id == meeting_id)
        .group_by(Organisation.category, Registration.status)
    )
    return Counts({(category, status): count for category, status, count in db.session.execute(query)})


def _query() -> sa.Select[Registration]:
    return (
        sa.select(Registration)
        .join(Registration.person)
        .outerjoin(Person.organisation)
        .options(contains_eager(Registration.person).contains_eager(Person.organisation))
    )


def _conditions(chosen: Filter) -> Collection[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if chosen.status:
        found.append(Registration.status == chosen.status)
    if chosen.category:
        found.append(Organisation.category == chosen.category)
    columns = (Person.given, Person.family, Person.email, Person.function, Organisation.name, Organisation.acronym)
    for word in chosen.words.split():
        found.append(sa.or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return found


def particulars_of(row: Registration) -> Particulars:
    """What a registration says of a participant's part."""
    person, organisation = row.person, row.person.organisation
    return Particulars(
        function=person.function,
        organisation=organisation.name if organisation else "",
        category=organisation.category if organisation else None,
        country=organisation.country if organisation else None,
        languages=tuple(row.languages),
        attendance=row.attendance,
        accessibility=row.accessibility,
        gender=person.gender,
        consent_listed=row.consent_listed,
        consent_photographed=row.consent_photographed,
        consent_recorded=row.consent_recorded,
    )


def line_of(row: Registration) -> RegistrationLine:
    """A registration as lists and pages show it."""
    person = row.person
    return RegistrationLine(
        id=row.id,
        status=row.status,
        name=" ".join(part for part in (person.honorific, person.name) if part),
        honorific=person.honorific,
        given=person.given,
        family=person.family,
        name_order=person.name_order,
        unit=person.unit,
        former=person.former,
        email=person.email,
        protected=person.protected,
        show_country=bool(person.organisation and person.organisation.show_country),
        particulars=particulars_of(row),
        created_at=row.created_at,
        link_serial=row.link_serial,
        version=row.version,
    )
