"""What holds when several organisers act at the same moment: real threads, each with a connection of its own."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event
from meetings.programme import commands
from meetings.programme.queries.edits import concept_note, session_values
from meetings.programme.rules.edits import mark
from meetings.refusals import Refused, Stale
from tests import factories
from tests.programme.test_commands import PANEL, PARTICULARS
from tests.threads import at_once

MANY = 8


@pytest.fixture
def meeting_id(app: Flask) -> int:
    with transaction():
        return factories.meeting(slug="m").id


def test_sessions_added_at_once_get_keys_and_places_of_their_own(app: Flask, meeting_id: int) -> None:
    def add() -> str:
        return commands.add_session(meeting_id=meeting_id, to=PANEL, actor=COMMAND_LINE, now=now())

    keys = at_once(app, [add] * MANY)
    assert sorted(keys) == sorted(f"s{number}" for number in range(1, MANY + 1))
    positions = list(db.session.scalars(sa.select(Session.position)))
    assert sorted(positions) == list(range(MANY))
    assert db.session.get_one(Meeting, meeting_id).version == 1 + MANY


def test_of_those_who_save_the_same_page_at_once_one_saves(app: Flask, meeting_id: int) -> None:
    stored = concept_note(meeting_id)
    shown = mark(asdict(stored))

    def save(number: int) -> Callable[[], None]:
        to = replace(stored, background=f"Version {number}")
        return lambda: commands.edit_concept_note(
            meeting_id=meeting_id, to=to, shown=shown, actor=COMMAND_LINE, now=now()
        )

    answers = Counter(type(answer) for answer in at_once(app, [save(number) for number in range(MANY)]))
    assert answers == {type(None): 1, Stale: MANY - 1}
    assert db.session.scalar(sa.select(sa.func.count()).where(Event.kind == "meeting.concept_note_edited")) == 1


def test_one_press_moves_a_session_once_however_many_press(app: Flask, meeting_id: int) -> None:
    keys = [
        commands.add_session(
            meeting_id=meeting_id,
            to=replace(PANEL, start=dt.time(9 + hour), end=dt.time(10 + hour)),
            actor=COMMAND_LINE,
            now=now(),
        )
        for hour in range(4)
    ]

    def move() -> None:
        commands.move_session(
            meeting_id=meeting_id, key=keys[3], earlier=True, version=1, actor=COMMAND_LINE, now=now()
        )

    answers = Counter(type(answer) for answer in at_once(app, [move] * MANY))
    assert answers == {type(None): 1, Stale: MANY - 1}
    starts = [values.start for key in keys if (values := session_values(meeting_id, key))]
    assert starts == [dt.time(9), dt.time(10), dt.time(12), dt.time(11)]


def test_meetings_created_at_once_get_slugs_of_their_own(app: Flask) -> None:
    def create() -> str:
        return commands.create_meeting(slug=None, to=PARTICULARS, organiser=None, actor=COMMAND_LINE, now=now())

    slugs = at_once(app, [create] * MANY)
    expected = ["cities-and-rights", *(f"cities-and-rights-{number}" for number in range(2, MANY + 1))]
    assert sorted(slugs) == sorted(expected)


def test_a_chosen_slug_goes_to_one_of_those_who_ask_at_once(app: Flask) -> None:
    def create() -> str:
        return commands.create_meeting(slug="chosen", to=PARTICULARS, organiser=None, actor=COMMAND_LINE, now=now())

    answers = Counter(type(answer) for answer in at_once(app, [create] * MANY))
    assert answers == {str: 1, Refused: MANY - 1}
