"""The correction of a forgotten "end": the chair sets what a turn really used, with a reason."""

from collections.abc import Callable

import pytest

from meetings.floor import commands
from meetings.floor.rules import Status
from meetings.refusals import Refused, Stale
from tests.floor import invariants
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

    def test_the_time_of_the_last_turn_may_be_raised_again_and_closes_the_floor_at_the_cap(
        self, new_scene: Callable[..., Scene]
    ) -> None:
        scene = new_scene(cap_ms=120_000)
        first, second = scene.ask(), scene.ask()
        scene.act(commands.give_floor, first)
        scene.after(seconds=110).act(commands.correct_used, first, used_ms=10_000, reason="the clock ran on")
        assert scene.status(second) == "requested"
        scene.act(commands.correct_used, first, used_ms=110_000, reason="it had not")
        assert (scene.floor.closed_at, scene.status(second)) == (scene.now, "not_reached")

    @pytest.mark.parametrize("ended", [True, False])
    def test_once_another_turn_has_begun_a_time_is_only_lowered(
        self, new_scene: Callable[..., Scene], ended: bool
    ) -> None:
        """Else the time of the first would be given twice: to those after it, and then to itself."""
        scene = new_scene(limit_ms=2_400_000)
        first, second, third = scene.ask(), scene.ask(), scene.ask()
        scene.speak(first, seconds=2_400)
        scene.act(commands.correct_used, first, used_ms=600_000, reason="the clock ran on")
        scene.act(commands.give_floor, second)
        scene.after(seconds=60)
        if ended:
            scene.act(commands.end, second)
        with pytest.raises(Refused) as refusal:
            scene.act(commands.correct_used, first, used_ms=2_400_000, reason="it had not")
        assert str(refusal.value) == (
            "Another turn has begun since: the time of this one can be lowered from 10:00, but not raised."
        )
        scene.act(commands.correct_used, first, used_ms=0, reason="it was nobody")
        assert scene.state().spent_ms == 60_000
        if ended:
            scene.act(commands.give_floor, third)
            assert scene.turn(third).granted_ms == 2_400_000
        else:
            scene.act(commands.correct_used, second, used_ms=59_000, reason="a second late")
        invariants.assert_sound(invariants.read(scene.session.id))

    def test_the_clock_of_the_floor_shows_it_while_somebody_speaks(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=120_000)
        first, second, _third = scene.ask(), scene.ask(), scene.ask()
        scene.speak(first, seconds=80)
        scene.act(commands.give_floor, second)
        state = scene.state()
        assert state.floor_clock is not None
        assert (state.floor_clock.left_ms, state.is_last_turn, state.forecast.fit) == (40_000, True, 0)
        scene.act(commands.correct_used, first, used_ms=10_000, reason="the clock ran on")
        state = scene.state()
        assert state.floor_clock is not None
        assert (state.floor_clock.left_ms, state.left_ms, state.is_last_turn) == (110_000, 110_000, False)
