"""No two things that calendars were ever told of share a UID, whatever is removed, added or imported anew."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import meeting_file
from meetings.database import db, now, transaction
from meetings.invitations.commands import bring_up_to_date
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Message
from meetings.models.people import CalendarEntry, Person
from meetings.programme import commands
from meetings.programme.queries.edits import RoleValues, SessionValues, SittingValues
from meetings.transfer.commands import import_meeting
from meetings.transfer.queries import export_meeting
from tests import factories
from tests.conftest import Clock
from tests.invitations.reading import event_of

DAY = dt.date(2025, 12, 10)
SITTING = SittingValues(date=DAY, start=dt.time(9), end=dt.time(12), room=None, interpretation=())


def session(person: str) -> SessionValues:
    return SessionValues(
        date=DAY, start=dt.time(9), end=dt.time(10), kind="panel", label=None, title="Panel", description=None,
        part_of=None, track=None, sitting=None, room=None, presentations_minutes=None, replies_minutes=None, floor=None,
        roles=(RoleValues("panellist", person),),
    )  # fmt: skip


class House:
    """Two meetings in which the same person takes part and speaks, and what was told of each thing."""

    def __init__(self) -> None:
        with transaction():
            self.ids = []
            for _ in range(2):
                meeting = factories.meeting(start_date=DAY, end_date=DAY)
                person = factories.person(meeting, key="p", email="ana@example.org")
                factories.registration(meeting, person)
                self.ids.append(meeting.id)
        self.things: dict[str, set[tuple[int, str, int]]] = defaultdict(set)

    def act(self, number: int, step: str) -> None:
        """Change one of the meetings, and tell everybody."""
        meeting_id = self.ids[number]
        common: dict[str, Any] = {"actor": COMMAND_LINE, "now": now()}
        if step == "add sitting":
            commands.add_sitting(meeting_id=meeting_id, to=SITTING, **common)
        elif step == "add session":
            commands.add_session(meeting_id=meeting_id, to=session("p"), **common)
        elif step == "import":
            self._import_over(meeting_id)
        else:
            model, remove = (
                (Sitting, commands.remove_sitting) if step == "remove sitting" else (Session, commands.remove_session)
            )
            newest = sa.select(model.key).where(model.meeting_id == meeting_id).order_by(model.id.desc()).limit(1)
            key = db.session.scalar(newest)
            if key is not None:
                remove(meeting_id=meeting_id, key=key, **common)
        bring_up_to_date(meeting_id=meeting_id, **common)
        self._note(meeting_id)

    def _import_over(self, meeting_id: int) -> None:
        slug = db.session.get_one(Meeting, meeting_id).slug
        file = meeting_file.read(meeting_file.write(export_meeting(slug)), "file")
        import_meeting(file, actor=COMMAND_LINE, now=now())

    def _note(self, meeting_id: int) -> None:
        db.session.rollback()
        slug = db.session.get_one(Meeting, meeting_id).slug
        self.things[f"{slug}.sitting.{DAY}@rostrum"] = {(meeting_id, "day", 0)}  # of a meeting without sittings
        models: dict[str, Any] = {"sitting": Sitting, "session": Session}
        for name, model in models.items():
            for row in db.session.scalars(sa.select(model).where(model.meeting_id == meeting_id)):
                self.things[f"{slug}.{name}.{row.key}@rostrum"].add((meeting_id, name, row.id))


STEPS = ["add sitting", "remove sitting", "add session", "remove session", "import"]


@pytest.mark.sqlite_only("keys are made the same on both")
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(STEPS)), min_size=4, max_size=8))
def test_a_uid_is_of_one_thing_for_ever_and_its_sequence_only_rises(
    app: Flask, clock: Clock, steps: list[tuple[int, str]]
) -> None:
    house = House()
    last = db.session.scalar(sa.select(sa.func.max(Message.id))) or 0
    for number, step in steps:
        house.act(number, step)
    told: dict[tuple[int, str], list[int]] = defaultdict(list)
    for message in db.session.scalars(sa.select(Message).where(Message.id > last).order_by(Message.id)):
        event = event_of(message.calendar or b"", message.calendar_method)
        told[message.meeting_id or 0, str(event["UID"])].append(int(event["SEQUENCE"]))
    uids = [uid for _meeting, uid in told]
    assert len(uids) == len(set(uids))
    assert {uid for uid in uids} <= set(house.things)
    assert all(len(of) == 1 for of in house.things.values())
    assert all(numbers == list(range(len(numbers))) for numbers in told.values())


def test_what_calendars_were_told_outlives_an_import_over_the_meeting(app: Flask, clock: Clock) -> None:
    house = House()
    for step in ("add sitting", "add session", "import", "import"):
        house.act(0, step)
    person = sa.select(Person.id).where(Person.meeting_id == house.ids[0])
    rows = db.session.scalars(sa.select(CalendarEntry).where(CalendarEntry.person_id.in_(person))).all()
    assert [(row.state, row.sequence) for row in rows] == [("invited", 0), ("invited", 0)]
