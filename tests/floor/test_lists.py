"""The list as a whole: its order, opening and closing, the end of the floor."""

import datetime as dt
from collections.abc import Callable

import pytest

from meetings.database import db
from meetings.floor import commands, queries
from meetings.floor.rules.ordering import Ordering, Policy
from meetings.journal import Actor
from meetings.refusals import Refused, Stale
from tests import factories
from tests.conftest import ExactQueries
from tests.floor.scene import Scene


def test_a_request_is_moved_to_a_place_and_the_log_says_from_where(scene: Scene) -> None:
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.move, third, place=1)
    assert scene.waiting() == [third, first, second]
    scene.act(commands.move, third, place=2)
    assert scene.waiting() == [first, third, second]
    line = scene.events("floor.moved")[-1]
    assert line.before == {"place": 1, "order": [third, first, second]}
    assert line.after is not None
    assert (line.after["place"], line.after["reason"]) == (2, "balance between the categories")
    assert scene.ask() == scene.waiting()[-1]


def test_somebody_may_be_put_before_who_was_set_aside(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.act(commands.set_aside, first)
    scene.act(commands.move, second, place=1)
    assert scene.waiting() == [second, first]


def test_moving_twice_to_the_same_place_moves_once(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    seen = scene.floor.version
    for _ in range(2):
        scene.act(commands.move, second, place=1, version=seen)
    assert scene.waiting() == [second, first]
    assert len(scene.events("floor.moved")) == 1
    with pytest.raises(Stale):
        scene.act(commands.move, second, place=2, version=seen)


def test_who_does_not_wait_is_not_moved(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.decline, request_id)
    with pytest.raises(Refused, match="not waiting any more"):
        scene.act(commands.move, request_id, place=1)


@pytest.mark.parametrize("twice", [1, 2])
def test_the_list_is_closed_and_opened_again(scene: Scene, twice: int) -> None:
    for command, is_open, kind in (
        (commands.close_list, False, "floor.list_closed"),
        (commands.open_list, True, "floor.list_opened"),
    ):
        seen = scene.floor.version
        for _ in range(twice):
            scene.act(command, version=seen)
        assert scene.floor.list_open is is_open
        assert len(scene.events(kind)) == 1


def test_a_stale_switch_of_the_list_is_refused(scene: Scene) -> None:
    seen = scene.floor.version
    scene.act(commands.close_list)
    with pytest.raises(Stale):
        scene.act(commands.open_list, version=seen)


def test_who_waits_when_the_floor_is_closed_was_not_reached(scene: Scene) -> None:
    requests = [scene.ask(), scene.ask()]
    scene.act(commands.call, requests[1])
    seen = scene.floor.version
    for _ in range(2):
        scene.act(commands.close_floor, version=seen)
    assert [scene.status(request) for request in requests] == ["not_reached", "not_reached"]
    assert scene.floor.closed_at == scene.now
    assert len(scene.events("floor.closed")) == 1
    with pytest.raises(Refused, match="closed"):
        scene.act(commands.open_list)


def test_the_floor_is_not_closed_under_a_speaker(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    with pytest.raises(Refused, match="has the floor"):
        scene.act(commands.close_floor)
    assert scene.floor.closed_at is None


def test_a_stale_closing_is_refused(scene: Scene) -> None:
    request_id = scene.ask()
    seen = scene.floor.version
    scene.act(commands.call, request_id)
    with pytest.raises(Stale):
        scene.act(commands.close_floor, version=seen)


@pytest.mark.parametrize(
    ("opens", "closes", "kept"),
    [
        (None, None, (None, None)),
        (dt.time(14), None, (None, None)),  # it was to open at 14:00
        (dt.time(14), dt.time(16), (None, dt.time(16))),
        (dt.time(9), dt.time(11), (dt.time(9), None)),  # it closed at 11:00
        (dt.time(9), dt.time(16), (dt.time(9), dt.time(16))),  # neither is in the way at 12:00 in Geneva
    ],
)
@pytest.mark.parametrize("list_open", [True, False])
def test_opening_the_list_by_hand_drops_the_bound_of_the_window_that_is_in_the_way(
    new_scene: Callable[..., Scene],
    opens: dt.time | None,
    closes: dt.time | None,
    kept: tuple[dt.time | None, dt.time | None],
    list_open: bool,
) -> None:
    def wall(time: dt.time | None) -> dt.datetime | None:
        return dt.datetime.combine(factories.DAY, time) if time else None

    scene = new_scene(list_open=list_open, asking_opens=wall(opens), asking_closes=wall(closes))
    seen = scene.floor.version
    for _ in range(2):
        scene.act(commands.open_list, version=seen)
    floor = scene.floor
    assert (floor.list_open, floor.asking_opens, floor.asking_closes) == (True, wall(kept[0]), wall(kept[1]))
    dropped = (opens, closes) != kept
    assert len(scene.events("floor.list_opened")) == (dropped or not list_open)
    if dropped:
        line = scene.last_event()
        assert line.before is not None
        assert [name for name in ("asking_opens", "asking_closes") if name in line.before] == [
            "asking_opens" if kept[0] != opens else "asking_closes"
        ]
    scene.ask()


def test_a_move_needs_a_reason(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    with pytest.raises(Refused, match=r"^Say why; the reason is kept in the log\.$"):
        scene.act(commands.move, second, place=1, reason="  ")
    assert scene.waiting() == [first, second]


@pytest.mark.parametrize("length", [1, 5])
def test_however_long_the_list_a_floor_is_read_in_three_statements(
    scene: Scene, exact_queries: ExactQueries, length: int
) -> None:
    requests = [scene.ask() for _ in range(length + 1)]
    scene.speak(requests[0])
    session_id, now = scene.session.id, scene.now
    db.session.rollback()
    with exact_queries(3):  # the head; requests with people, organizations, statements; turns
        head = queries.floor_head_by_id(session_id, now)
        assert head is not None
        state = queries.floor_state(head, now)
        assert (state.forecast.waiting, state.follows_rule) == (length, True)
        assert len(state.ordered_by(Ordering(Policy.ONE_EACH))) == length


def test_the_chair_reads_the_name_of_the_colleague_who_will_speak(scene: Scene) -> None:
    registration = scene.participant()
    request_id = scene.ask(registration)
    commands.substitute(
        request_id=request_id,
        registration_id=registration.id,
        name="Demonstration Colleague",
        actor=Actor.registration(registration.id),
        now=scene.now,
    )
    scene.act(commands.give_floor, request_id)
    with pytest.raises(Refused, match=r"^Demonstration Colleague has the floor\. End their turn first\.$"):
        scene.act(commands.close_floor)
