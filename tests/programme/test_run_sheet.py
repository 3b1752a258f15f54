"""What the commands of the run sheet do, log, undo and refuse."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor, Turn
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event
from meetings.models.people import Person
from meetings.programme import commands
from meetings.programme.queries.edits import FloorValues, RoleValues, session_values
from meetings.programme.queries.run_sheet import steps
from meetings.refusals import Refused, Stale
from tests import factories
from tests.programme.test_commands import DAY, add, asked_for, edit, noted, opened, row

CLOSES = dt.datetime.combine(DAY, dt.time(8))
FLOOR = FloorValues(45 * 60_000, 120_000, 30_000)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    with transaction():
        return factories.meeting(slug="dialogue", timezone="Pacific/Auckland")


def act(command: Callable[..., Any], meeting: Meeting, key: str, **values: Any) -> Any:
    """Give a command for a session as it is stored."""
    version = row(Session, meeting, key).version
    return command(meeting_id=meeting.id, key=key, version=version, actor=COMMAND_LINE, now=now(), **values)


def retime(meeting: Meeting, key: str, start: str, minutes: int | None, *, rest: bool = True) -> None:
    act(commands.retime_session, meeting, key, start=dt.time.fromisoformat(start), minutes=minutes, rest=rest)


def split(meeting: Meeting, key: str, at: str | None = None) -> str:
    second: str = act(commands.split_session, meeting, key, at=dt.time.fromisoformat(at) if at else None)
    return second


def undo(meeting: Meeting, *, redo: bool = False) -> None:
    change = steps(meeting.id)[redo]
    assert change is not None
    command = commands.redo_change if redo else commands.undo_change
    command(meeting_id=meeting.id, change=change, actor=COMMAND_LINE, now=now())


def everything(meeting: Meeting) -> dict[str, Any]:
    """All sessions in all their values, by key."""
    keys = db.session.scalars(sa.select(Session.key).where(Session.meeting_id == meeting.id)).all()
    return {key: session_values(meeting.id, key) for key in keys}


def times(meeting: Meeting, *keys: str) -> list[str]:
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for key in keys if (each := session_values(meeting.id, key))]


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Event.kind).where(Event.kind.like("session.%")).order_by(Event.id)))


@pytest.fixture
def three(meeting: Meeting) -> tuple[str, str, str]:
    """Three panels from 9 to 12, the second with people, texts and a floor."""
    with transaction():
        for key in ("kim", "lee"):
            factories.person(meeting, key=key)
    roles = (RoleValues("moderator", "kim"), RoleValues("panellist", "lee"), RoleValues("panellist", "kim"))
    return (
        add(meeting, label=None, title="First"),
        add(
            meeting,
            label=None,
            title="Second",
            description="What it is about",
            start=dt.time(10),
            end=dt.time(11),
            room="Room XX",
            presentations_minutes=15,
            replies_minutes=0,
            floor=FLOOR,
            roles=roles,
        ),
        add(meeting, label=None, title="Third", start=dt.time(11), end=dt.time(12)),
    )


def test_a_length_is_set_and_the_rest_follows_or_not(meeting: Meeting, three: tuple[str, str, str]) -> None:
    retime(meeting, three[0], "09:00", 75)
    assert times(meeting, *three) == ["09:00-10:15", "10:15-11:15", "11:15-12:15"]
    retime(meeting, three[0], "09:00", 60, rest=False)
    assert times(meeting, *three) == ["09:00-10:00", "10:15-11:15", "11:15-12:15"]
    assert [row(Session, meeting, key).version for key in three] == [3, 2, 2]
    assert kinds()[-2:] == ["session.retimed"] * 2


def test_the_rest_ends_with_the_sitting(meeting: Meeting, three: tuple[str, str, str]) -> None:
    with transaction():
        factories.sitting(meeting, start=dt.time(9), end=dt.time(11))
    retime(meeting, three[0], "09:00", 75)
    assert times(meeting, *three) == ["09:00-10:15", "10:15-11:15", "11:00-12:00"]


def test_times_set_as_they_are_change_and_log_nothing(meeting: Meeting, three: tuple[str, str, str]) -> None:
    before = meeting.version
    edit(meeting, three[0], title="Another title")
    commands.retime_session(
        meeting_id=meeting.id,
        key=three[0],
        start=dt.time(9),
        minutes=60,
        rest=True,
        version=1,
        actor=COMMAND_LINE,
        now=now(),
    )
    assert meeting.version == before + 1
    assert "session.retimed" not in kinds()


def test_a_session_is_split_with_its_people_and_its_floor_stays_one(
    meeting: Meeting, three: tuple[str, str, str]
) -> None:
    early = add(meeting, part_of=three[1], start=dt.time(10), end=dt.time(10, 20))
    late = add(meeting, part_of=three[1], start=dt.time(10, 20), end=dt.time(11))
    second = split(meeting, three[1], "10:20")
    first, other = session_values(meeting.id, three[1]), session_values(meeting.id, second)
    assert first is not None
    assert other is not None
    assert times(meeting, three[1], second, three[2]) == ["10:00-10:20", "10:20-11:00", "11:00-12:00"]
    assert (first.title, other.title, other.room) == ("Second", "Second (2)", "Room XX")
    assert first.roles == other.roles
    assert (first.floor, other.floor) == (FLOOR, None)
    assert (first.presentations_minutes, other.presentations_minutes) == (15, None)
    parts = [session_values(meeting.id, key) for key in (early, late)]
    assert [each and each.part_of for each in parts] == [three[1], second]
    undo(meeting)
    assert session_values(meeting.id, second) is None
    assert times(meeting, *three) == ["09:00-10:00", "10:00-11:00", "11:00-12:00"]


def test_two_sessions_are_merged_and_nothing_of_them_is_lost(meeting: Meeting, three: tuple[str, str, str]) -> None:
    before = everything(meeting)
    act(commands.merge_session, meeting, three[0])
    merged = session_values(meeting.id, three[0])
    assert merged is not None
    assert times(meeting, three[0]) == ["09:00-11:00"]
    assert (merged.title, merged.description) == ("First; Second", "What it is about")
    assert merged.floor == FLOOR
    assert (merged.presentations_minutes, merged.replies_minutes) == (15, 0)
    assert merged.roles == before[three[1]].roles
    assert session_values(meeting.id, three[1]) is None
    undo(meeting)
    assert everything(meeting) == before


def test_halves_that_are_merged_are_the_session_again(meeting: Meeting, three: tuple[str, str, str]) -> None:
    before = everything(meeting)
    split(meeting, three[1])
    act(commands.merge_session, meeting, three[1])
    assert everything(meeting) == before


def test_a_break_is_put_in_and_the_rest_follows(meeting: Meeting, three: tuple[str, str, str]) -> None:
    key = act(commands.insert_break, meeting, three[0], minutes=15)
    found = session_values(meeting.id, key)
    assert found is not None
    assert (found.kind, found.title, found.date) == ("break", "Break", DAY)
    assert times(meeting, three[0], key, three[1], three[2]) == [
        "09:00-10:00",
        "10:00-10:15",
        "10:15-11:15",
        "11:15-12:15",
    ]


def test_a_press_that_comes_twice_does_its_work_once(meeting: Meeting, three: tuple[str, str, str]) -> None:
    again: dict[str, Any] = {"meeting_id": meeting.id, "key": three[0], "actor": COMMAND_LINE, "now": now()}
    again["version"] = row(Session, meeting, three[0]).version
    commands.insert_break(**again, minutes=5)
    for command, more in (
        (commands.insert_break, {"minutes": 5}),
        (commands.duplicate_session, {}),
        (commands.split_session, {"at": None}),
        (commands.merge_session, {}),
        (commands.place_session, {"before": None}),
    ):
        with pytest.raises(Stale):
            command(**again, **more)
    assert len(everything(meeting)) == 4


def test_a_copy_has_people_parts_and_a_floor_of_its_own(meeting: Meeting, three: tuple[str, str, str]) -> None:
    add(meeting, title="Part", part_of=three[1], start=dt.time(10, 30), end=dt.time(10, 45))
    key = act(commands.duplicate_session, meeting, three[1])
    assert times(meeting, three[1], key, three[2]) == ["10:00-11:00", "11:00-12:00", "12:00-13:00"]
    original, copy = session_values(meeting.id, three[1]), session_values(meeting.id, key)
    assert original is not None
    assert copy is not None
    assert (copy.title, copy.roles, copy.floor) == (original.title, original.roles, original.floor)
    (part,) = [each for each in everything(meeting).values() if each.part_of == key]
    assert (part.title, part.start) == ("Part", dt.time(11, 30))


def test_a_floor_that_has_opened_stays_one(meeting: Meeting, three: tuple[str, str, str]) -> None:
    with transaction():
        opened(row(Session, meeting, three[1]))
    for command, key, more in (
        (commands.split_session, three[1], {"at": None}),
        (commands.merge_session, three[1], {}),
        (commands.merge_session, three[0], {}),
    ):
        with pytest.raises(Refused, match="has opened"):
            act(command, meeting, key, **more)
    copy = act(commands.duplicate_session, meeting, three[1])
    found = session_values(meeting.id, copy)
    assert found is not None
    assert found.floor is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Floor)) == 1


def test_a_floor_that_was_spoken_on_in_a_file_stays_one(meeting: Meeting, three: tuple[str, str, str]) -> None:
    with transaction():
        request = factories.floor_request(row(Session, meeting, three[1]), status="spoken")
        turn = {"cap_ms": 60_000, "spent_before_ms": 0, "granted_ms": 60_000, "used_ms": 60_000}
        db.session.add(Turn(request_id=request.id, session_id=request.session_id, **turn))
    with pytest.raises(Refused, match="has opened"):
        split(meeting, three[1])


@pytest.mark.parametrize("happened", [asked_for, noted])
def test_what_has_happened_in_a_session_keeps_it_from_being_merged_away(
    meeting: Meeting, three: tuple[str, str, str], happened: Callable[[Session], None]
) -> None:
    with transaction():
        happened(row(Session, meeting, three[1]))
    before = everything(meeting)
    with pytest.raises(Refused):
        act(commands.merge_session, meeting, three[0])
    assert everything(meeting) == before


def test_the_last_session_has_none_to_be_merged_with(meeting: Meeting, three: tuple[str, str, str]) -> None:
    with pytest.raises(Refused, match="after it"):
        act(commands.merge_session, meeting, three[2])


@pytest.mark.parametrize(
    ("command", "values", "match"),
    [
        (commands.retime_session, {"start": dt.time(23, 30), "minutes": 60, "rest": True}, "past midnight"),
        (
            commands.retime_session,
            {"start": dt.time(8), "minutes": 60, "rest": True},
            "the order of .* at “First”",
        ),
        (commands.split_session, {"at": dt.time(9)}, "not a time within"),
        (commands.place_session, {"before": "part"}, "to change places with"),
    ],
)
def test_what_is_refused_changes_and_logs_nothing(
    meeting: Meeting, three: tuple[str, str, str], command: Callable[..., Any], values: dict[str, Any], match: str
) -> None:
    with transaction():
        whole = row(Session, meeting, three[0])
        factories.session(meeting, key="part", part_of_id=whole.id, start=None, end=None)
    before = everything(meeting), kinds()
    with pytest.raises(Refused, match=match):
        act(command, meeting, three[1], **values)
    assert (everything(meeting), kinds()) == before


def test_a_session_is_moved_to_a_place(meeting: Meeting, three: tuple[str, str, str]) -> None:
    act(commands.place_session, meeting, three[2], before=three[0])
    assert times(meeting, three[2], three[0], three[1]) == ["09:00-10:00", "10:00-11:00", "11:00-12:00"]
    act(commands.place_session, meeting, three[2], before=None)
    assert times(meeting, *three) == ["09:00-10:00", "10:00-11:00", "11:00-12:00"]
    assert kinds()[-2:] == ["session.moved"] * 2


# Undoing


def test_every_change_is_undone_step_by_step_and_done_again(meeting: Meeting, three: tuple[str, str, str]) -> None:
    add(meeting, title="Part", part_of=three[1], start=dt.time(10), end=dt.time(10, 30))
    states = [everything(meeting)]
    steps_made: list[Callable[[], Any]] = [
        lambda: act(commands.move_session, meeting, three[1], earlier=True),
        lambda: retime(meeting, three[1], "09:00", 90),
        lambda: act(commands.insert_break, meeting, three[1], minutes=30),
        lambda: act(commands.duplicate_session, meeting, three[1]),
        lambda: split(meeting, three[2]),
        lambda: act(commands.merge_session, meeting, three[0]),
        lambda: commands.remove_session(meeting_id=meeting.id, key=three[1], actor=COMMAND_LINE, now=now()),
        lambda: add(meeting, title="Late", start=dt.time(22), end=dt.time(23)),
    ]
    for step in steps_made:
        step()
        states.append(everything(meeting))
    for state in states[-2::-1]:
        undo(meeting)
        assert everything(meeting) == state
    for state in states[1:]:
        undo(meeting, redo=True)
        assert everything(meeting) == state
    for state in states[-2::-1]:
        undo(meeting)
        assert everything(meeting) == state


def test_a_removed_session_comes_back_with_key_roles_and_floor(meeting: Meeting, three: tuple[str, str, str]) -> None:
    part = add(meeting, title="Part", part_of=three[1], start=dt.time(10), end=dt.time(10, 30))
    with transaction():
        floor = db.session.get_one(Floor, row(Session, meeting, three[1]).id)
        floor.policy, floor.limits_ms, floor.asking_closes = "draw", {"academia": 90_000}, CLOSES
    before = everything(meeting)
    version = row(Session, meeting, three[1]).version
    commands.remove_session(meeting_id=meeting.id, key=three[1], actor=COMMAND_LINE, now=now())
    undo(meeting)
    assert everything(meeting) == before
    back = row(Session, meeting, three[1])
    assert back.version > version
    again = db.session.get_one(Floor, back.id)
    assert (again.policy, again.limits_ms, again.asking_closes) == ("draw", {"academia": 90_000}, CLOSES)
    found = session_values(meeting.id, part)
    assert found is not None
    assert found.part_of == three[1]


def test_what_somebody_has_changed_since_is_not_undone(meeting: Meeting, three: tuple[str, str, str]) -> None:
    retime(meeting, three[0], "09:00", 90)
    edit(meeting, three[2], start=dt.time(15), end=dt.time(16))
    before = everything(meeting)
    with pytest.raises(Stale, match="“Third” was changed in the meantime"):
        undo(meeting)
    assert everything(meeting) == before


def test_what_was_added_and_worked_on_is_not_taken_away_again(meeting: Meeting, three: tuple[str, str, str]) -> None:
    edit(meeting, three[2], description="An hour of work")
    with pytest.raises(Stale):
        undo(meeting)
    assert session_values(meeting.id, three[2]) is not None


def test_what_has_other_values_is_undone_as_far_as_it_was_changed(
    meeting: Meeting, three: tuple[str, str, str]
) -> None:
    retime(meeting, three[0], "09:00", 90)
    edit(meeting, three[2], title="Better title")
    undo(meeting)
    found = session_values(meeting.id, three[2])
    assert found is not None
    assert (found.title, found.start) == ("Better title", dt.time(11))


def test_an_undo_of_an_older_change_is_refused(meeting: Meeting, three: tuple[str, str, str]) -> None:
    retime(meeting, three[0], "09:00", 90)
    seen = steps(meeting.id)[0]
    act(commands.insert_break, meeting, three[0], minutes=5)
    before = everything(meeting)
    with pytest.raises(Stale, match="changed in the meantime"):
        commands.undo_change(meeting_id=meeting.id, change=seen or 0, actor=COMMAND_LINE, now=now())
    assert everything(meeting) == before


def test_undoing_twice_at_a_press_undoes_one_step(meeting: Meeting, three: tuple[str, str, str]) -> None:
    retime(meeting, three[0], "09:00", 75)
    retime(meeting, three[0], "09:00", 90)
    change = steps(meeting.id)[0] or 0
    commands.undo_change(meeting_id=meeting.id, change=change, actor=COMMAND_LINE, now=now())
    with pytest.raises(Stale):
        commands.undo_change(meeting_id=meeting.id, change=change, actor=COMMAND_LINE, now=now())
    assert times(meeting, three[0]) == ["09:00-10:15"]


def test_a_copy_whose_floor_was_asked_for_is_not_undone(meeting: Meeting, three: tuple[str, str, str]) -> None:
    key = act(commands.duplicate_session, meeting, three[1])
    with transaction():
        factories.floor_request(row(Session, meeting, key))
    before = everything(meeting)
    with pytest.raises(Refused, match="Participants have asked"):
        undo(meeting)
    assert everything(meeting) == before


def test_who_is_gone_does_not_come_back_with_a_session(meeting: Meeting, three: tuple[str, str, str]) -> None:
    commands.remove_session(meeting_id=meeting.id, key=three[1], actor=COMMAND_LINE, now=now())
    with transaction():
        db.session.execute(sa.delete(Person).where(Person.key == "lee"))
    undo(meeting)
    found = session_values(meeting.id, three[1])
    assert found is not None
    assert [each.person for each in found.roles] == ["kim", "kim"]


def test_undoing_is_logged_with_what_it_undid(meeting: Meeting, three: tuple[str, str, str]) -> None:
    retime(meeting, three[0], "09:00", 90)
    change = steps(meeting.id)[0]
    undo(meeting)
    event = db.session.scalars(sa.select(Event).where(Event.kind == "session.undone")).one()
    assert event.after is not None
    assert (event.after["of"], event.after["title"]) == (change, "First")
    assert event.after["sessions"][three[2]]["start"] == "11:00:00"
