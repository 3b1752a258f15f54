"""Reads who can be chosen as the speaker of a note, who has the floor, and whose statement there is to lift from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetings.database import db
from meetings.models.floor import FloorRequest, Statement
from meetings.models.people import Person
from meetings.models.report import Point
from meetings.report.queries.material import organisation, person, points_of, sessions_of
from meetings.report.queries.report import organisation_choices
from meetings.report.rules import material as plain
from meetings.report.rules.notes import Voice

HEARD = ("speaking", "paused", "spoken", "called", "set_aside")
SPEAKING = ("speaking", "paused")


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to choose as the speaker. `group` says why they are on offer, `role` what they do in the session."""

    voice: Voice
    name: str
    group: str  # now, programme, heard, elsewhere, organisations
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Who has the floor of a session (`request` is the number of their turn at it), and who had it.

    `statements` are the requests with a statement, by the voice whose words they are.
    """

    choices: tuple[Choice, ...] = ()
    request: int | None = None
    statements: tuple[tuple[str, int], ...] = ()

    @property
    def speaker(self) -> Choice | None:
        """Who has the floor now."""
        return next((choice for choice in self.choices if choice.group == "now"), None)


def heard_in(session_id: int) -> Heard:
    """Who has or had the floor of a session, the present speaker first."""
    query = (
        sa.select(FloorRequest, Statement.id)
        .outerjoin(Statement, Statement.request_id == FloorRequest.id)
        .where(FloorRequest.session_id == session_id, FloorRequest.status.in_(HEARD))
        .options(joinedload(FloorRequest.organisation), joinedload(FloorRequest.person).joinedload(Person.organisation))
        .order_by(FloorRequest.status.in_(SPEAKING).desc(), FloorRequest.rank, FloorRequest.id)
    )
    rows = db.session.execute(query).all()
    statements: dict[str, int] = {}
    for row, statement in rows:
        if statement is not None:
            statements.setdefault(choice_of(row).voice.value, row.id)
    return Heard(
        tuple(choice_of(row) for row, _statement in rows),
        next((row.id for row, _statement in rows if row.status in SPEAKING), None),
        tuple(statements.items()),
    )


def voices_for_point(meeting_id: int, session_id: int, chosen: Voice) -> tuple[str, str, tuple[Choice, ...]]:
    """The key and title of a point's session, and who can be chosen in it, whoever is chosen now among them."""
    sessions = sessions_of(meeting_id)
    session = next(each for each in sessions if each.id == session_id)
    voices = voices_of(session, sessions, heard_in(session_id), organisation_choices(meeting_id))
    if chosen not in {choice.voice for choice in voices} and (chosen.person or chosen.organisation):
        row = next(iter(points_of(meeting_id, *_about(session_id, chosen))))
        name = row.person.name if row.person else row.organisation.name if row.organisation else ""
        voices = (Choice(chosen, name, "heard"), *voices)
    return session.key, session.title, voices


def _about(session_id: int, chosen: Voice) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Point.session_id == session_id,
        Point.person_id.is_not_distinct_from(chosen.person),
        Point.organisation_id.is_not_distinct_from(chosen.organisation),
    )


def voices_of(
    session: plain.Session,
    sessions: Iterable[plain.Session],
    heard: Heard,
    organisations: Iterable[tuple[int, str]],
) -> tuple[Choice, ...]:
    """Who can be chosen, each once: who has the floor, who has a role, who was heard, others, all organisations."""
    choices = [choice for choice in heard.choices if choice.group == "now"]
    choices += [Choice(Voice(r.person.id), r.person.name, "programme", r.role) for r in session.roles]
    choices += [choice for choice in heard.choices if choice.group == "heard"]
    choices += [
        Choice(Voice(role.person.id), role.person.name, "elsewhere")
        for other in sessions
        if other.id != session.id
        for role in other.roles
    ]
    choices += [Choice(Voice(organisation=number), name, "organisations") for number, name in organisations]
    once: dict[Voice, Choice] = {}
    for choice in choices:
        once.setdefault(choice.voice, choice)
    return tuple(once.values())


def choice_of(row: FloorRequest) -> Choice:
    """A request as a choice: by organisation alone, unless that would give a protected person away."""
    group = "now" if row.status in SPEAKING else "heard"
    who = person(row.person) if row.person else None
    body = organisation(row.organisation) if row.organisation else None
    if who is not None and (who.protected or body is None):
        return Choice(Voice(who.id), who.name, group)
    return Choice(Voice(organisation=body.id if body else None), body.name if body else "", group)
