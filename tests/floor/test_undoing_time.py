"""Whatever is done and undone, no time comes back and no grant passes the cap."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.database import db, transaction
from meetings.floor import commands, rules
from meetings.floor.commands import acting
from meetings.models.floor import Floor
from meetings.refusals import Refused
from tests.floor.scene import make_scene
from tests.floor.test_undoing import spent

STEPS = [
    commands.call, commands.give_floor, commands.pause, commands.resume, commands.end, commands.set_aside,
    commands.mark_absent, commands.decline, commands.put_back, commands.close_list, commands.open_list,
]  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 90), st.booleans(), st.integers(0, 40)),
        max_size=14,
    )
)
def test_whatever_is_undone_no_time_comes_back_and_no_grant_passes_the_cap(
    app: Flask, steps: list[tuple[Callable[..., None], int, int, bool, int]]
) -> None:
    scene = make_scene(cap_ms=400_000, limit_ms=90_000)
    requests = [scene.ask() for _ in range(3)]
    charged_ms = 0
    for command, which, seconds, undo, later in steps:
        target = [] if command in (commands.close_list, commands.open_list) else [requests[which]]
        refused(scene.act, command, *target)
        scene.after(seconds=seconds)
        if undo:
            before_ms = spent(scene)
            refused(scene.undo)
            assert spent(scene) >= before_ms
            scene.after(seconds=later)
        assert spent(scene) >= charged_ms
        charged_ms = spent(scene)
        with transaction():
            floor = db.session.get_one(Floor, scene.session.id)
            turns = [turn for each in requests for turn in acting.find(floor, each).turns]
            assert all(turn.spent_before_ms + turn.granted_ms <= floor.cap_ms for turn in turns)
            assert sum(acting.find(floor, each).status in rules.HOLDING for each in requests) <= 1


def refused(command: Callable[..., Any], *target: Any) -> None:
    """Do it, if it is possible."""
    try:
        command(*target)
    except Refused:
        db.session.rollback()
