"""What an organiser may decide of a floor."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.floor import commands, rules
from meetings.journal import Actor
from meetings.models.floor import Floor, Turn
from meetings.refusals import Refused, Stale
from tests import factories
from tests.floor.scene import NOON, Scene

BY: dict[str, Any] = {"actor": Actor("account:1"), "now": NOON}
USUAL: dict[str, Any] = {"cap_ms": rules.CAP_MS, "limit_ms": 120_000, "minimum_ms": 30_000}

WALL = dt.datetime.combine(factories.DAY, dt.time(9))  # wall clock


def test_a_session_gets_a_floor_once(app: Flask) -> None:
    with transaction():
        session = factories.session(factories.meeting())
    for _ in range(2):
        commands.set_floor(session_id=session.id, **USUAL, **BY)
    floor = db.session.get_one(Floor, session.id)
    assert (floor.cap_ms, floor.limit_ms, floor.minimum_ms, floor.list_open) == (2_700_000, 120_000, 30_000, True)
    assert floor.version == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"cap_ms": rules.CAP_MS + 1}, "at most 45 minutes"),
        ({"cap_ms": 0}, "at most 45 minutes"),
        ({"minimum_ms": 0}, "shortest turn must be"),
        ({"limit_ms": 29_999}, "shortest turn must be"),
        ({"cap_ms": 20_000}, "cannot be longer than the whole floor"),
    ],
)
def test_settings_that_make_no_floor_are_refused(scene: Scene, changed: dict[str, int], message: str) -> None:
    with pytest.raises(Refused, match=message):
        commands.set_floor(session_id=scene.session.id, **(USUAL | changed), **BY)
    assert scene.floor.cap_ms == rules.CAP_MS


def test_the_cap_stands_once_the_floor_was_given_and_the_limit_may_still_change(scene: Scene) -> None:
    commands.set_floor(session_id=scene.session.id, **(USUAL | {"cap_ms": 1_800_000}), **BY)
    scene.act(commands.give_floor, scene.ask())
    seen = scene.floor.version
    with pytest.raises(Refused, match="can no longer change"):
        commands.set_floor(session_id=scene.session.id, **USUAL, **BY)
    commands.set_floor(session_id=scene.session.id, cap_ms=1_800_000, limit_ms=90_000, minimum_ms=30_000, **BY)
    assert (scene.floor.cap_ms, scene.floor.limit_ms) == (1_800_000, 90_000)
    with pytest.raises(Stale):
        scene.act(commands.close_list, version=seen)


def test_the_cap_stands_where_a_meeting_file_brought_turns(scene: Scene) -> None:
    with transaction():
        request = factories.floor_request(scene.session, status="spoken", requested_at=None)
        turn = {"cap_ms": rules.CAP_MS, "spent_before_ms": 0, "granted_ms": 120_000, "used_ms": 90_000}
        db.session.add(Turn(request_id=request.id, session_id=scene.session.id, **turn))
    assert scene.floor.opened_at is None
    with pytest.raises(Refused, match="can no longer change"):
        commands.set_floor(session_id=scene.session.id, **(USUAL | {"cap_ms": 1_800_000}), **BY)
    commands.set_floor(session_id=scene.session.id, **(USUAL | {"limit_ms": 90_000}), **BY)
    assert (scene.floor.cap_ms, scene.floor.limit_ms) == (rules.CAP_MS, 90_000)


def test_settings_saved_unchanged_change_nothing(scene: Scene) -> None:
    version = scene.floor.version
    commands.set_floor(session_id=scene.session.id, **USUAL, **BY)
    assert scene.floor.version == version
    assert scene.events("floor.set") == []


def test_a_floor_is_removed_while_nobody_has_asked(scene: Scene) -> None:
    for _ in range(2):
        commands.remove_floor(session_id=scene.session.id, **BY)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Floor)) == 0
    assert len(scene.events("floor.removed")) == 1


def test_a_floor_that_was_asked_for_is_not_removed(scene: Scene) -> None:
    scene.ask()
    with pytest.raises(Refused, match="have asked for the floor"):
        commands.remove_floor(session_id=scene.session.id, **BY)


def test_a_session_that_is_gone_gets_no_floor(app: Flask) -> None:
    with pytest.raises(Refused, match="no longer in the programme"):
        commands.set_floor(session_id=10**6, **USUAL, **BY)


class TestALimitForAll:
    """The forecast's button: one limit, under which shorter ones stay."""

    def test_it_is_set_and_trims_what_is_longer(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(limits_ms={"states": 180_000, "academia": 60_000})
        seen = scene.floor.version
        for _ in range(2):
            scene.act(commands.set_limit, limit_ms=90_000, version=seen)
        assert (scene.floor.limit_ms, scene.floor.limits_ms) == (90_000, {"academia": 60_000})
        (line,) = scene.events("floor.limit_set")
        assert line.before == {"limit_ms": 120_000, "limits_ms": {"states": 180_000, "academia": 60_000}}
        with pytest.raises(Stale):
            scene.act(commands.set_limit, limit_ms=60_000, version=seen)

    def test_at_the_limit_that_the_forecast_offers_all_fit(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=600_000, limits_ms={"states": 180_000})
        for _ in range(7):
            scene.ask()
        scene.act(commands.give_floor, scene.waiting()[0])
        scene.after(seconds=30)
        state = scene.state()
        assert (state.forecast.fit, state.forecast.waiting, state.limit_for_all) == (4, 6, 80_000)
        scene.act(commands.set_limit, limit_ms=state.limit_for_all)
        state = scene.state()
        assert (state.forecast.fit, state.limit_for_all) == (6, None)
        scene.after(seconds=150)  # an overrun of a minute takes it from those who wait
        state = scene.state()
        assert (state.forecast.left_ms, state.forecast.fit, state.limit_for_all) == (420_000, 5, 70_000)

    def test_nobody_is_offered_less_than_the_shortest_turn(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=120_000)
        for _ in range(5):
            scene.ask()
        assert scene.state().limit_for_all is None

    def test_the_turn_that_runs_keeps_its_grant(self, scene: Scene) -> None:
        request_id = scene.ask()
        scene.act(commands.give_floor, request_id)
        scene.act(commands.set_limit, limit_ms=60_000)
        assert scene.turn(request_id).granted_ms == 120_000

    @pytest.mark.parametrize("limit_ms", [29_999, 0, -1])
    def test_less_than_the_shortest_turn_is_refused(self, scene: Scene, limit_ms: int) -> None:
        with pytest.raises(Refused) as refusal:
            scene.act(commands.set_limit, limit_ms=limit_ms)
        assert str(refusal.value) == (
            "The shortest turn must be longer than nothing and not longer than any speaking limit."
        )

    def test_who_waits_waits_for_the_limits_of_those_before(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=400_000, limits_ms={"states": 180_000, "academia": 60_000})
        for category in ("states", "academia", "city_networks", "states"):
            scene.add_speaker(organisation=f"Demonstration {category} {len(scene.waiting())}", category=category)
        state = scene.state()
        assert state.limits_ms == (180_000, 60_000, 120_000, 180_000)
        # The fourth is not reached in full, but the shortest turn is left for it.
        assert (state.forecast.needed_ms, state.forecast.limit_ms, state.forecast.fit) == (540_000, None, 3)
        assert [state.expected_wait(place) for place in range(1, 5)] == [0, 180_000, 240_000, 360_000]
        scene.act(commands.give_floor, scene.waiting()[0])
        state = scene.after(seconds=30).state()
        assert [state.expected_wait(place) for place in range(1, 4)] == [150_000, 210_000, 330_000]
        state = scene.after(seconds=170).state()  # 20 s over: that is taken from the last
        assert [state.expected_wait(place) for place in range(1, 4)] == [0, 60_000, None]

    def test_a_closed_floor_has_no_limit_to_set(self, scene: Scene) -> None:
        scene.act(commands.close_floor)
        with pytest.raises(Refused, match="The floor of this session is closed"):
            scene.act(commands.set_limit, limit_ms=60_000)


class TestTheSettings:
    """Everything of a floor but its cap."""

    ALL: ClassVar[dict[str, Any]] = {
        "limit_ms": 90_000,
        "limits_ms": {"states": 180_000},
        "minimum_ms": 20_000,
        "warning_ms": 15_000,
        "asking_opens": WALL,
        "asking_closes": WALL + dt.timedelta(hours=2),
        "max_requests": 60,
        "per_organisation": 2,
    }

    def test_they_are_set_and_logged_with_what_was_before(self, scene: Scene) -> None:
        seen = scene.floor.version
        for _ in range(2):
            scene.act(commands.set_settings, **self.ALL, version=seen)
        floor = scene.floor
        assert {name: getattr(floor, name) for name in self.ALL} == self.ALL
        (line,) = scene.events("floor.settings_set")
        assert line.before is not None
        assert line.after is not None
        assert (line.before["asking_opens"], line.after["asking_opens"]) == (None, "2025-11-26T09:00:00")
        assert (line.before["limits_ms"], line.after["limits_ms"]) == ({}, {"states": 180_000})
        with pytest.raises(Stale):
            scene.act(commands.set_settings, **(self.ALL | {"max_requests": None}), version=seen)

    def test_saved_unchanged_they_change_nothing(self, scene: Scene) -> None:
        scene.act(commands.set_settings, **self.ALL)
        version = scene.floor.version
        scene.set()
        assert scene.floor.version == version

    def test_only_what_differs_is_logged(self, scene: Scene) -> None:
        scene.set(per_organisation=3)
        (line,) = scene.events("floor.settings_set")
        assert line.before == {"per_organisation": 1}

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"minimum_ms": 0}, "The shortest turn must be longer than nothing and not longer than any speaking"
                " limit."),
            ({"minimum_ms": 90_001}, "The shortest turn must be longer than nothing and not longer than any speaking"
                " limit."),
            ({"limits_ms": {"states": 19_999}}, "The shortest turn must be longer than nothing and not longer than any"
                " speaking limit."),
            ({"limit_ms": 3_000_000, "limits_ms": {}, "minimum_ms": 2_700_001},
                "The shortest turn cannot be longer than the whole floor."),
            ({"limits_ms": {"kings": 60_000}}, "There is no such category of stakeholders."),
            ({"warning_ms": -1}, "The warning before the end of a turn lies between nothing and 45 minutes."),
            ({"warning_ms": 2_700_001}, "The warning before the end of a turn lies between nothing and 45 minutes."),
            ({"asking_closes": WALL}, "The list must open before it closes."),
            ({"asking_closes": WALL - dt.timedelta(minutes=1)}, "The list must open before it closes."),
            ({"max_requests": 0}, "The list takes at least one request, or leave its maximum empty."),
            ({"per_organisation": 0}, "At least one request of an organization can be on the list at a time."),
        ],
    )  # fmt: skip
    def test_what_makes_no_floor_is_refused(self, scene: Scene, changed: dict[str, Any], message: str) -> None:
        with pytest.raises(Refused) as refusal:
            scene.act(commands.set_settings, **(self.ALL | changed))
        assert str(refusal.value) == message
        assert scene.events("floor.settings_set") == []

    @pytest.mark.parametrize("by", ["settings", "programme"])
    def test_a_shortest_turn_above_what_is_left_is_refused_and_who_waits_can_still_be_heard(
        self, new_scene: Callable[..., Scene], by: str
    ) -> None:
        scene = new_scene(cap_ms=180_000)
        first, second, third = scene.ask(), scene.ask(), scene.ask()
        scene.speak(first, seconds=140)

        def set_minimum(minimum_ms: int) -> None:
            if by == "settings":
                scene.set(minimum_ms=minimum_ms)
            else:
                times = {"cap_ms": 180_000, "limit_ms": 120_000, "minimum_ms": minimum_ms}
                commands.set_floor(session_id=scene.session.id, **times, actor=BY["actor"], now=scene.now)

        with pytest.raises(Refused) as refusal:
            set_minimum(40_001)
        assert str(refusal.value) == (
            "The shortest turn cannot be longer than what is left under the cap, 0:40: the floor would close."
        )
        scene.act(commands.mark_absent, second)
        assert scene.status(third) == "requested"
        set_minimum(40_000)
        scene.act(commands.give_floor, third)
        scene.after(seconds=90).set(warning_ms=10_000)  # the overrun keeps nobody from changing what is not of time

    @pytest.mark.parametrize("where", ["all", "a category", "the button", "the programme"])
    def test_no_limit_is_longer_than_the_whole_floor(self, new_scene: Callable[..., Scene], where: str) -> None:
        scene = new_scene(cap_ms=600_000)
        commanded: dict[str, Callable[[int], Any]] = {
            "all": lambda limit_ms: scene.set(limit_ms=limit_ms),
            "a category": lambda limit_ms: scene.set(limits_ms={"states": limit_ms}),
            "the button": lambda limit_ms: scene.act(commands.set_limit, limit_ms=limit_ms),
            "the programme": lambda limit_ms: commands.set_floor(
                session_id=scene.session.id, cap_ms=600_000, limit_ms=limit_ms, minimum_ms=30_000, **BY
            ),
        }
        for limit_ms in (600_001, 2_000_000_000):
            with pytest.raises(Refused) as refusal:
                commanded[where](limit_ms)
            assert str(refusal.value) == "A speaking limit cannot be longer than the whole floor (10:00)."
        commanded[where](600_000)
        assert 600_000 in (scene.floor.limit_ms, scene.floor.limits_ms.get("states"))

    def test_a_window_may_have_one_end(self, scene: Scene) -> None:
        scene.set(asking_opens=WALL)
        scene.set(asking_opens=None, asking_closes=WALL)
        assert (scene.floor.asking_opens, scene.floor.asking_closes) == (None, WALL)

    def test_a_closed_floor_has_nothing_to_set(self, scene: Scene) -> None:
        scene.act(commands.close_floor)
        with pytest.raises(Refused, match="The floor of this session is closed"):
            scene.set(limit_ms=60_000)

    def test_the_programme_does_not_set_a_shortest_turn_above_the_limit_of_a_category(
        self, new_scene: Callable[..., Scene]
    ) -> None:
        scene = new_scene(limits_ms={"academia": 40_000})
        with pytest.raises(Refused, match="not longer than any speaking limit"):
            commands.set_floor(session_id=scene.session.id, **(USUAL | {"minimum_ms": 60_000}), **BY)

    def test_a_floor_says_from_when_its_clocks_warn(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(warning_ms=45_000)
        scene.act(commands.give_floor, scene.ask())
        clock = scene.after(seconds=75).state().turn_clock
        assert clock is not None
        assert (clock.stage, clock.attributes["data-warning"]) == ("ending", 45_000)
        clock = scene.state().floor_clock
        assert clock is not None
        assert (clock.stage, clock.attributes["data-warning"]) == ("running", 45_000)


def test_the_interpreters_link_is_renewed_once(scene: Scene) -> None:
    for _ in range(2):
        commands.renew_interpreters(session_id=scene.session.id, serial=1, **BY)
    assert scene.floor.interpreters_serial == 2
    assert len(scene.events("floor.interpreters_renewed")) == 1
