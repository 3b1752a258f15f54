"""The correction of a forgotten "end": the chair sets what a turn really used, with a reason."""

from collections.abc import Callable

import pytest

from meetings.floor import commands, queries
from meetings.floor.rules import Status
from meetings.refusals import Refused, Stale
from tests.floor.scene import Scene
from tests.floor.test_speaking import put_into


class TestCorrectingAForgottenEnd:
    """The chair sets what a turn really used; nothing else gives time back."""

    def test_it_ends_the_running_turn_at_the_time_given(self, scene: Scene) -> None:
        first, second = scene.ask(), scene.ask()
        scene.act(commands.give_floor, first)
        scene.after(minutes=6).act(commands.correct_used, first, used_ms=115_000, reason="forgot to press end")
        assert scene.status(first) == "spoken"
        assert (scene.turn(first).used_ms, scene.turn(first).ended_at) == (115_000, scene.now)
        scene.act(commands.give_floor, second)
        assert scene.turn(second).spent_before_ms == 115_000

    def test_it_mends_a_turn_that_has_ended_and_is_logged_with_its_reason(self, scene: Scene) -> None:
        request_id = put_into(scene, Status.SPOKEN)
        ended_at = scene.turn(request_id).ended_at
        scene.after(minutes=1).act(commands.correct_used, request_id, used_ms=4_000, reason=" the clock ran on ")
        assert (scene.turn(request_id).used_ms, scene.turn(request_id).ended_at) == (4_000, ended_at)
        line = scene.events("floor.corrected")[0]
        assert line.before == {"used_ms": 10_000, "status": "spoken"}
        assert line.after is not None
        assert (line.after["used_ms"], line.after["reason"]) == (4_000, "the clock ran on")

    @pytest.mark.parametrize("used_ms", [-1, 10_001])
    def test_it_must_lie_within_the_turn(self, scene: Scene, used_ms: int) -> None:
        request_id = put_into(scene, Status.SPOKEN)
        with pytest.raises(Refused, match="lasted 0:10"):
            scene.act(commands.correct_used, request_id, used_ms=used_ms, reason="mistake")
        assert scene.turn(request_id).used_ms == 10_000

    def test_it_needs_a_reason(self, scene: Scene) -> None:
        request_id = put_into(scene, Status.SPOKEN)
        with pytest.raises(Refused, match="Say why"):
            scene.act(commands.correct_used, request_id, used_ms=5_000, reason="  ")

    def test_who_has_not_spoken_has_nothing_to_correct(self, scene: Scene) -> None:
        request_id = scene.ask()
        with pytest.raises(Refused, match="has not had the floor"):
            scene.act(commands.correct_used, request_id, used_ms=5_000, reason="mistake")

    def test_a_repeat_does_nothing_and_a_stale_one_is_refused(self, scene: Scene) -> None:
        request_id = put_into(scene, Status.SPOKEN)
        seen = scene.floor.version
        for _ in range(2):
            scene.act(commands.correct_used, request_id, used_ms=4_000, reason="mistake", version=seen)
        assert len(scene.events("floor.corrected")) == 1
        with pytest.raises(Stale):
            scene.act(commands.correct_used, request_id, used_ms=9_000, reason="mistake", version=seen)

    def test_a_floor_that_has_closed_stays_closed(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=60_000, limit_ms=60_000)
        first, second = scene.ask(), scene.ask()
        scene.act(commands.give_floor, first)
        scene.after(seconds=70).act(commands.end, first)
        scene.act(commands.correct_used, first, used_ms=10_000, reason="mistake")
        assert scene.floor.closed_at is not None
        assert scene.status(second) == "not_reached"

    def test_the_floor_does_not_close_under_a_speaker_but_with_their_turn(
        self, new_scene: Callable[..., Scene]
    ) -> None:
        scene, first, second, third = corrected_upwards(new_scene)
        assert (scene.floor.closed_at, scene.status(third)) == (None, "requested")
        scene.after(seconds=5).act(commands.end, second)
        assert scene.floor.closed_at == scene.now
        assert [scene.status(each) for each in (first, second, third)] == ["spoken", "spoken", "not_reached"]

    def test_who_is_set_aside_then_is_not_reached(self, new_scene: Callable[..., Scene]) -> None:
        scene, _, second, third = corrected_upwards(new_scene)
        scene.after(seconds=5).act(commands.set_aside, second)
        assert scene.floor.closed_at == scene.now
        assert [scene.status(second), scene.status(third)] == ["not_reached", "not_reached"]

    def test_the_clock_of_the_floor_shows_it_while_somebody_speaks(self, new_scene: Callable[..., Scene]) -> None:
        scene, *_ = corrected_upwards(new_scene)
        head = queries.floor_head_by_id(scene.session.id, scene.now)
        assert head is not None
        state = queries.floor_state(head, scene.now)
        assert state.floor_clock is not None
        assert (state.floor_clock.left_ms, state.left_ms) == (10_000, 10_000)
        assert (state.is_last_turn, state.forecast.fit) == (True, 0)


def corrected_upwards(new_scene: Callable[..., Scene]) -> tuple[Scene, int, int, int]:
    """While the second speaks, the first turn is corrected back from 10 s to 110 s: 10 s of two minutes are left."""
    scene = new_scene(cap_ms=120_000)
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=110).act(commands.correct_used, first, used_ms=10_000, reason="the clock ran on")
    scene.act(commands.give_floor, second)
    scene.act(commands.correct_used, first, used_ms=110_000, reason="it had not")
    return scene, first, second, third
