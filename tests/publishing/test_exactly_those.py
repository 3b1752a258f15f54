"""Whatever is changed in a programme: those and only those are mailed whose calendars shall show something else."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.database import db, transaction
from meetings.invitations.queries import invitees, plan_of, wanted_entries
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.message import Message
from meetings.models.people import Person, Registration
from meetings.refusals import Refused
from tests import factories
from tests.conftest import Clock
from tests.publishing.house import draft, publish, work

Edit = Callable[[Meeting], object]


def rows(model: Any, meeting: Meeting) -> list[Any]:
    """The working copy's rows of a kind, in their order."""
    return list(db.session.scalars(sa.select(model).where(model.meeting_id == meeting.id).order_by(model.id)))


def first(model: Any, **values: Any) -> Edit:
    """An edit of the first row of a kind, where there is one."""

    def edit(meeting: Meeting) -> None:
        for row in rows(model, meeting)[:1]:
            for name, value in values.items():
                setattr(row, name, value)

    return edit


def last(model: Any, edit: Callable[[Any], object]) -> Edit:
    """An edit of the last row of a kind, where there is one."""
    return lambda meeting: [edit(row) for row in rows(model, meeting)[-1:]]


def new_speaker(meeting: Meeting) -> None:
    """Give a role in the last session to somebody registered who has none in it; nothing where all have."""
    for session in rows(Session, meeting)[-1:]:
        taken = sa.select(Role.person_id).where(Role.session_id == session.id)
        free = sa.select(Person).join(Registration, Registration.person_id == Person.id)
        free = free.where(Registration.meeting_id == meeting.id, Person.id.not_in(taken)).order_by(Person.id)
        for person in db.session.scalars(free.limit(1)).all():
            factories.role(session, person)


EDITS: dict[str, Edit] = {
    "sitting moved": first(Sitting, start=dt.time(8, 30)),
    "sitting moved back": first(Sitting, start=dt.time(9)),
    "sitting's room": first(Sitting, room="Room 7"),
    "sitting's languages": first(Sitting, interpretation=["fr"]),
    "sitting gone": last(Sitting, db.session.delete),
    "session of nobody": first(Session, title="Welcome", start=dt.time(9, 5)),
    "session moved": last(Session, lambda row: setattr(row, "start", dt.time(15, 10))),
    "session's room": last(Session, lambda row: setattr(row, "room", "Room 9")),
    "session renamed": last(Session, lambda row: setattr(row, "title", "Another talk")),
    "session described": last(Session, lambda row: setattr(row, "description", "Why")),
    "session gone": last(Session, db.session.delete),
    "session new": lambda meeting: factories.session(meeting, start=dt.time(16), end=dt.time(17)),
    "speaker new": new_speaker,
    "speaker gone": lambda meeting: db.session.execute(sa.delete(Role)),
    "meeting renamed": lambda meeting: setattr(meeting, "title", "Renamed"),
    "meeting's zone": lambda meeting: setattr(meeting, "timezone", "America/Bogota"),  # the same hours in December
    "meeting's other zone": lambda meeting: setattr(meeting, "timezone", "Europe/Zurich"),
    "meeting's city": lambda meeting: setattr(meeting, "city", "Albany"),
    "note": lambda meeting: setattr(meeting, "background", "New"),
}


def shown(meeting: Meeting) -> dict[int, Any]:
    """What each person's calendar shall show by now."""
    db.session.rollback()
    plan = plan_of(meeting.id)
    return {each.person_id: {entry.uid: entry for entry in wanted_entries(plan, each)} for each in invitees(plan)}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rounds=st.lists(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=4), min_size=1, max_size=3))
def test_the_people_mailed_are_those_whose_calendar_shall_show_something_else(
    app: Flask, clock: Clock, rounds: list[list[str]]
) -> None:
    with transaction():
        db.session.execute(sa.delete(Meeting))
    meeting = draft()
    with transaction():
        factories.registration(meeting, attendance="in_person")
        factories.registration(meeting, status="pending")
        factories.registration(meeting, factories.person(meeting, email=None))
    publish(meeting, clock)
    work()
    for edits in rounds:
        before = shown(meeting)
        with transaction():
            row = db.session.get_one(Meeting, meeting.id)
            for name in edits:
                EDITS[name](row)
                db.session.flush()
            row.version += 1
        newest = db.session.scalar(sa.select(sa.func.max(Message.id))) or 0
        done = None
        with suppress(Refused):  # where nothing differs from what is public
            done = publish(meeting, clock, final=True, note="Changed.")
        work()
        after = shown(meeting)
        concerned = {person for person in after if before.get(person, {}) != after[person]}
        mailed = set(db.session.scalars(sa.select(Message.person_id).where(Message.id > newest)))
        reachable = set(db.session.scalars(sa.select(Person.id).where(Person.email.is_not(None))))
        assert mailed == concerned & reachable
        assert (done.people if done else 0) == len(mailed)
