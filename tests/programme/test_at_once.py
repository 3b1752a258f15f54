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
from meetings.programme.queries.run_sheet import steps
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


def hours_of_panels(meeting_id: int, count: int) -> list[str]:
    """So many panels of an hour, one after the other from nine."""
    return [
        commands.add_session(
            meeting_id=meeting_id,
            to=replace(PANEL, start=dt.time(9 + hour), end=dt.time(10 + hour)),
            actor=COMMAND_LINE,
            now=now(),
        )
        for hour in range(count)
    ]


def test_of_those_who_set_one_rows_times_at_once_one_does_and_the_others_are_told(app: Flask, meeting_id: int) -> None:
    keys = hours_of_panels(meeting_id, 3)

    def set_length(minutes: int) -> Callable[[], None]:
        return lambda: commands.retime_session(
            meeting_id=meeting_id,
            key=keys[0],
            start=dt.time(9),
            minutes=minutes,
            rest=True,
            version=1,
            actor=COMMAND_LINE,
            now=now(),
        )

    answers = Counter(type(answer) for answer in at_once(app, [set_length(70 + number) for number in range(MANY)]))
    assert answers == {type(None): 1, Stale: MANY - 1}
    found = [values for key in keys if (values := session_values(meeting_id, key))]
    assert [values.start for values in found[1:]] == [values.end for values in found[:-1]]


def test_what_two_change_of_different_sessions_at_once_is_both_there(app: Flask, meeting_id: int) -> None:
    keys = hours_of_panels(meeting_id, MANY)

    def lengthen(key: str, version: int, start: dt.time) -> None:
        commands.retime_session(
            meeting_id=meeting_id,
            key=key,
            start=start,
            minutes=65,
            rest=True,
            version=version,
            actor=COMMAND_LINE,
            now=now(),
        )

    def work(key: str) -> Callable[[], None]:
        def until_done() -> None:
            while True:
                db.session.rollback()
                row = db.session.scalars(sa.select(Session).where(Session.key == key)).one()
                try:
                    lengthen(key, row.version, row.start or dt.time(9))
                except Stale:
                    continue
                return

        return until_done

    assert at_once(app, [work(key) for key in keys]) == [None] * MANY
    found = [values for key in keys if (values := session_values(meeting_id, key))]
    assert [values.start for values in found[1:]] == [values.end for values in found[:-1]]
    assert found[-1].end == dt.time(9 + MANY, 5 * MANY)


def test_undoing_at_once_undoes_one_step(app: Flask, meeting_id: int) -> None:
    keys = hours_of_panels(meeting_id, 3)
    change = steps(meeting_id)[0] or 0

    def undo() -> None:
        commands.undo_change(meeting_id=meeting_id, change=change, actor=COMMAND_LINE, now=now())

    answers = Counter(type(answer) for answer in at_once(app, [undo] * MANY))
    assert answers == {type(None): 1, Stale: MANY - 1}
    assert [session_values(meeting_id, key) is not None for key in keys] == [True, True, False]
