"""What an organiser may decide of a floor."""

from typing import Any

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
