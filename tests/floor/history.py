"""Floors as they were: interventions of a known length, put into the database without being played."""

from typing import Any

from meetings.database import db, transaction
from meetings.models.floor import FloorRequest, Turn
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Person
from tests import factories


def meeting_with_floor(**values: Any) -> Session:
    """A meeting with one session that has a floor; gives the session."""
    with transaction():
        session = factories.session(factories.meeting(**values), kind="dialogue")
        factories.floor(session)
    return session


def speaker(session: Session, *, organisation: dict[str, Any] | None = None, **values: Any) -> Person:
    """A person of an organisation of their own."""
    with transaction():
        meeting = db.session.get_one(Meeting, session.meeting_id)
        body = factories.organisation(meeting, **(organisation or {}))
        return factories.person(meeting, organisation_id=body.id, **values)


def request(session: Session, who: Person | None = None, minutes: float | None = None, **values: Any) -> FloorRequest:
    """A request that was heard for so many minutes of two (None: how long is not known), unless told otherwise."""
    who = who or speaker(session)
    with transaction():
        given: dict[str, Any] = {"status": "spoken", "person_id": who.id, "organisation_id": who.organisation_id}
        row = factories.floor_request(session, **(given | values))
        if minutes is not None:
            turn = {
                "cap_ms": 2_700_000,
                "spent_before_ms": 0,
                "granted_ms": 120_000,
                "used_ms": round(minutes * 60_000),
            }
            db.session.add(Turn(request_id=row.id, session_id=session.id, **turn))
    return row
