"""Reads a programme: sittings, sessions with their parts, floors, and who has which role."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from meetings.database import db
from meetings.models.floor import Floor
from meetings.models.meeting import Role, Session, Sitting
from meetings.models.people import Organisation, Person
from meetings.programme.queries.lines import (
    FloorLine,
    OrganisationLine,
    PersonLine,
    Programme,
    ProgrammeDay,
    RoleLine,
    SessionLine,
    SittingLine,
)
from meetings.programme.rules.order import in_order


def programme(meeting_id: int, *, private: bool = False) -> Programme:
    """A meeting's programme of work in four statements.

    Without `private` it is fit for everyone: no protected person in it, and no join link.
    """
    sittings = db.session.scalars(sa.select(Sitting).where(Sitting.meeting_id == meeting_id))
    lines = tuple(sitting_line(each, private=private) for each in in_order(sittings))
    return Programme(days=_by_day(_session_lines(Session.meeting_id == meeting_id, private=private)), sittings=lines)


def session_line(meeting_id: int, key: str, *, private: bool = False) -> SessionLine | None:
    """One session of a meeting with its parts, or None."""
    own = sa.select(Session.id).where(Session.meeting_id == meeting_id, Session.key == key)
    found = _session_lines(Session.meeting_id == meeting_id, private=private)
    wanted = db.session.scalar(own)
    return next((each for each in _flat(found) if each.id == wanted), None)


def _flat(lines: Iterable[SessionLine]) -> Iterable[SessionLine]:
    for line in lines:
        yield line
        yield from _flat(line.parts)


def _session_lines(*conditions: sa.ColumnElement[bool], private: bool) -> list[SessionLine]:
    """The sessions that are no part of another, in the order of the programme."""
    rows = in_order(db.session.scalars(sa.select(Session).where(*conditions)))
    floors = {
        floor.session_id: floor_line(floor)
        for floor in db.session.scalars(sa.select(Floor).join(Floor.session).where(*conditions))
    }
    roles = _roles(conditions, private=private)
    parts: dict[int | None, list[Session]] = defaultdict(list)
    ids = {row.id for row in rows}
    for row in rows:
        parts[row.part_of_id if row.part_of_id in ids else None].append(row)

    def line(row: Session) -> SessionLine:
        return SessionLine(
            **{name: getattr(row, name) for name in _OWN_COLUMNS},
            floor=floors.get(row.id),
            roles=tuple(roles[row.id]),
            parts=tuple(line(part) for part in parts[row.id]),
        )

    return [line(row) for row in parts[None]]


_OWN_COLUMNS = tuple(name for name in SessionLine.__slots__ if name not in ("floor", "roles", "parts"))


def _roles(conditions: Iterable[sa.ColumnElement[bool]], *, private: bool) -> dict[int, list[RoleLine]]:
    query = (
        sa.select(Role)
        .join(Session, Session.id == Role.session_id)
        .join(Role.person)
        .outerjoin(Person.organisation)
        .options(contains_eager(Role.person).contains_eager(Person.organisation))
        .where(*conditions)
        .order_by(Role.position, Role.id)
    )
    if not private:
        query = query.where(~Person.protected)
    found: dict[int, list[RoleLine]] = defaultdict(list)
    for role in db.session.scalars(query):
        found[role.session_id].append(RoleLine(role.role, person_line(role.person)))
    return found


def person_line(person: Person) -> PersonLine:
    """A person as lists and programmes show them."""
    own = ("name", "function", "organisation")
    return PersonLine(
        **{name: getattr(person, name) for name in PersonLine.__slots__ if name not in own},
        name=" ".join(part for part in (person.honorific, person.name) if part),
        function=f"former {person.function}" if person.former and person.function else person.function,
        organisation=organisation_line(person.organisation) if person.organisation else None,
    )


def organisation_line(row: Organisation) -> OrganisationLine:
    """An organisation as lists and programmes show it."""
    return OrganisationLine(**{name: getattr(row, name) for name in OrganisationLine.__slots__})


def floor_line(floor: Floor) -> FloorLine:
    """A floor's settings."""
    return FloorLine(floor.cap_ms, floor.limit_ms, floor.minimum_ms, floor.opened_at is not None)


def sitting_line(row: Sitting, *, private: bool) -> SittingLine:
    """A sitting; its join link only for those who run the meeting."""
    return SittingLine(
        **{name: getattr(row, name) for name in ("id", "key", "position", "date", "start", "end", "room")},
        interpretation=tuple(row.interpretation),
        join_url=row.join_url if private else None,
        teams_state=row.teams_state if private else None,
        teams_error=row.teams_error if private else None,
    )


def _by_day(sessions: list[SessionLine]) -> tuple[ProgrammeDay, ...]:
    return tuple(ProgrammeDay(date, tuple(lines)) for date, lines in groupby(sessions, key=lambda each: each.date))
