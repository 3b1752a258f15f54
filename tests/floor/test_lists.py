"""The list as a whole: its order, opening and closing, the end of the floor."""

import pytest

from meetings.floor import commands
from meetings.refusals import Refused, Stale
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
