"""Reads all that a report is compiled from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings.database import db
from meetings.models.floor import FloorRequest
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.meeting import Meeting, Role, Session
from meetings.models.people import Organisation, Person
from meetings.models.report import Point, Report
from meetings.programme.rules.order import in_order
from meetings.report.queries.inputs import of_protected
from meetings.report.rules import material as plain
from meetings.report.rules.options import from_stored


def material(meeting_id: int) -> plain.Material:
    """A meeting as its report needs it, in eight statements. Removed points are left out."""
    meeting = db.session.get_one(Meeting, meeting_id)
    report, call = db.session.get(Report, meeting_id), db.session.get(CallForInputs, meeting_id)
    return plain.Material(
        meeting=_meeting(meeting),
        sessions=sessions_of(meeting_id),
        points=_with_merged(points_of(meeting_id)),
        interventions=_interventions(meeting_id),
        submissions=submissions_of(meeting_id),
        particulars=_particulars(report),
        options=from_stored(report.plan if report else {}),
        addressees=call.addressees if call else None,
    )


def sessions_of(meeting_id: int) -> tuple[plain.Session, ...]:
    """The sessions in the order of the programme, with those who have a role in them."""
    query = (
        sa.select(Role)
        .join(Session, Session.id == Role.session_id)
        .where(Session.meeting_id == meeting_id)
        .options(joinedload(Role.person).joinedload(Person.organisation))
        .order_by(Role.position, Role.id)
    )
    roles: dict[int, list[plain.Role]] = defaultdict(list)
    for row in db.session.scalars(query):
        roles[row.session_id].append(plain.Role(row.id, row.role, person(row.person)))
    rows = db.session.scalars(sa.select(Session).where(Session.meeting_id == meeting_id))
    return tuple(_session(row, roles[row.id]) for row in in_order(rows))


def points_of(meeting_id: int, *conditions: sa.ColumnElement[bool]) -> Iterable[Point]:
    """The points of a meeting that were not removed, in order, with whom they are about."""
    query = (
        sa.select(Point)
        .where(Point.meeting_id == meeting_id, Point.removed_at.is_(None), *conditions)
        .options(joinedload(Point.person).joinedload(Person.organisation), joinedload(Point.organisation))
        .order_by(Point.position, Point.id)
    )
    return db.session.scalars(query)


def _with_merged(rows: Iterable[Point]) -> tuple[plain.Point, ...]:
    """The points in order, each with those merged into it, and into these; they are no longer in the list.

    What was merged into a point that was removed since is gone with it.
    """
    into: dict[int | None, list[Point]] = defaultdict(list)
    for row in rows:
        into[row.merged_into_id].append(row)

    def below(row: Point) -> Iterator[Point]:
        for each in into.pop(row.id, []):
            yield each
            yield from below(each)

    return tuple(replace(point(row), merged=tuple(map(point, below(row)))) for row in into.pop(None, []))


def submissions_of(meeting_id: int) -> tuple[plain.Submission, ...]:
    """The submissions in order, without those withdrawn. One without a category has that of its organisation.

    None that came from a protected person's address is named.
    """
    query = (
        sa.select(Submission, of_protected)
        .where(Submission.meeting_id == meeting_id, Submission.withdrawn_at.is_(None))
        .options(joinedload(Submission.organisation))
        .order_by(Submission.position, Submission.id)
    )
    return tuple(_submission(row, protected=protected) for row, protected in db.session.execute(query))


def _submission(row: Submission, *, protected: bool) -> plain.Submission:
    body = row.organisation
    return plain.Submission(
        row.id,
        row.key,
        organisation(body) if body else None,
        row.category or (body.category if body else None),
        tuple(row.themes),
        row.consent == "named" and not protected,
        row.organisation_name or row.title,
    )


def point(row: Point) -> plain.Point:
    """A point as plain data."""
    return plain.Point(
        row.id,
        row.text,
        row.kind,
        row.verb,
        row.session_id,
        row.submission_id,
        person(row.person) if row.person else None,
        organisation(row.organisation) if row.organisation else None,
        row.collective,
        tuple(row.themes),
        row.uid,
    )


def person(row: Person) -> plain.Person:
    """A person as plain data, with the organisation."""
    own = {name: getattr(row, name) for name in plain.Person.__slots__ if name != "organisation"}
    return plain.Person(**own, organisation=organisation(row.organisation) if row.organisation else None)


def organisation(row: Organisation) -> plain.Organisation:
    """An organisation as plain data."""
    return plain.Organisation(**{name: getattr(row, name) for name in plain.Organisation.__slots__})


def _session(row: Session, roles: list[plain.Role]) -> plain.Session:
    own = {name: getattr(row, name) for name in plain.Session.__slots__ if name not in ("part_of", "roles")}
    return plain.Session(**own, part_of=row.part_of_id, roles=tuple(roles))


def _interventions(meeting_id: int) -> tuple[plain.Intervention, ...]:
    query = (
        sa.select(FloorRequest)
        .join(Session, Session.id == FloorRequest.session_id)
        .where(Session.meeting_id == meeting_id, FloorRequest.status == "spoken")
        .options(joinedload(FloorRequest.organisation), joinedload(FloorRequest.person))
        .order_by(FloorRequest.session_id, FloorRequest.rank, FloorRequest.id)
    )
    return tuple(map(_intervention, db.session.scalars(query)))


def _intervention(row: FloorRequest) -> plain.Intervention:
    """Somebody had the floor; where that was a protected person, it counts and says nothing of whom."""
    if row.organisation is None or (row.person is not None and row.person.protected):
        return plain.Intervention(row.session_id, None)
    return plain.Intervention(row.session_id, organisation(row.organisation), row.on_behalf_of)


def _particulars(row: Report | None) -> plain.Particulars:
    if row is None:
        return plain.Particulars()
    return plain.Particulars(
        row.symbol,
        row.council_number,
        row.council_start,
        row.council_end,
        tuple(row.agenda_items),
        row.date,
        row.original_language,
        row.title,
        row.focus,
        tuple(row.conclusions),
        tuple(recommendation(each) for each in row.recommendations),
    )


def recommendation(stored: dict[str, object]) -> plain.Recommendation:
    """One of the recommendations as they are stored: {addressee, lead, items, points}."""
    return plain.Recommendation(
        _text(stored.get("addressee")),
        _text(stored.get("lead")),
        _texts(stored.get("items")),
        _texts(stored.get("points")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _meeting(row: Meeting) -> plain.Meeting:
    return plain.Meeting(
        row.title,
        row.mode,
        row.city,
        row.country,
        row.mandate_body,
        row.mandate_resolution,
        row.start_date,
        row.end_date,
        tuple(row.objectives),
    )
