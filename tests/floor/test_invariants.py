"""What holds whatever happens: by the lock where many act at once, and by the database where a rule is bypassed."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings import database
from meetings.database import db, transaction
from meetings.floor import commands, rules
from meetings.floor.commands.acting import lock_floor
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.refusals import Refused, Stale
from tests import factories
from tests.conftest import ExactQueries
from tests.floor.scene import CHAIR, NOON, Scene
from tests.threads import at_once


def asks(session_id: int, registration_id: int) -> Callable[[], commands.Asked]:
    def job() -> commands.Asked:
        return commands.ask(
            session_id=session_id,
            registration_id=registration_id,
            capacity="organisation",
            on_behalf_of=None,
            statement=None,
            language=None,
            topic=None,
            latest_seen=None,
            actor=Actor.registration(registration_id),
            now=NOON,
        )

    return job


def acts(command: Callable[..., None], **values: Any) -> Callable[[], None]:
    return lambda: command(actor=CHAIR, now=NOON, **values)


def test_200_simultaneous_requests_by_100_people_leave_100(app: Flask, scene: Scene) -> None:
    with transaction():
        people = [factories.registration(scene.meeting).id for _ in range(100)]
    session_id = scene.session.id
    answers = at_once(app, [asks(session_id, person) for person in people * 2])
    assert Counter(type(answer) for answer in answers) == {commands.Asked: 200}
    assert Counter(answer.added for answer in answers) == {True: 100, False: 100}
    rows = db.session.scalars(sa.select(FloorRequest).where(FloorRequest.session_id == session_id)).all()
    assert Counter(row.registration_id for row in rows) == dict.fromkeys(people, 1)
    assert {row.id for row in rows} == {answer.request_id for answer in answers}
    assert sorted(row.rank for row in rows) == list(range(1, 101))
    assert scene.floor.version == 101
    assert len(scene.events("floor.requested")) == 100


@pytest.mark.sqlite_only("PostgreSQL locks rows, and whoever waits for one stops nobody else")
def test_writers_of_one_process_queue_before_the_file_and_never_meet_its_lock(
    app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A greenlet that waits inside SQLite for the file's lock would stop all the others, its holder too."""
    met: list[float] = []
    monkeypatch.setattr(database, "time", SimpleNamespace(monotonic=time.monotonic, sleep=met.append))
    with transaction():
        people = [factories.registration(scene.meeting).id for _ in range(30)]
    answers = at_once(app, [asks(scene.session.id, person) for person in people])
    assert Counter(type(answer) for answer in answers) == {commands.Asked: 30}
    assert not met


def test_a_floor_is_locked_alone_and_read_with_its_meeting_in_one_statement(
    app: Flask, scene: Scene, exact_queries: ExactQueries
) -> None:
    """So many who ask at once wait for as few readings as can be."""
    session_id, title = scene.session.id, scene.meeting.title
    with transaction(), exact_queries(1) as statements:
        assert lock_floor(session_id).session.meeting.title == title
    if db.engine.dialect.name == "postgresql":
        assert statements[0].rstrip().endswith("FOR NO KEY UPDATE OF floor")


def test_colleagues_who_ask_at_once_leave_one_request_for_each_organisation(app: Flask, scene: Scene) -> None:
    with transaction():
        cities = [factories.organisation(scene.meeting).id for _ in range(10)]
        people = [
            factories.registration(scene.meeting, factories.person(scene.meeting, organisation_id=city)).id
            for city in cities * 8
        ]
    answers = at_once(app, [asks(scene.session.id, person) for person in people])
    assert Counter(type(answer) for answer in answers) == {commands.Asked: 10, Refused: 70}
    assert Counter(scene.request(each).organisation_id for each in scene.waiting()) == dict.fromkeys(cities, 1)


def test_two_chairs_who_give_the_floor_at_once_leave_one_speaker(app: Flask, scene: Scene) -> None:
    for _ in range(5):
        first, second = scene.ask(), scene.ask()
        target: dict[str, Any] = {"session_id": scene.session.id, "version": scene.floor.version}
        answers = at_once(
            app,
            [
                acts(commands.give_floor, request_id=first, **target),
                acts(commands.give_floor, request_id=second, **target),
            ],
        )
        assert Counter(answer is None for answer in answers) == {True: 1, False: 1}
        assert all(answer is None or isinstance(answer, Refused) for answer in answers)
        statuses = [scene.status(first), scene.status(second)]
        assert sorted(statuses) == ["requested", "speaking"]
        speaker = [first, second][statuses.index("speaking")]
        scene.after(seconds=30).act(commands.end, speaker)


def test_two_chairs_who_end_and_set_aside_at_once_charge_the_turn_once(app: Flask, scene: Scene) -> None:
    for _ in range(10):
        request_id = scene.ask()
        scene.act(commands.give_floor, request_id)
        target = {"session_id": scene.session.id, "request_id": request_id, "version": scene.floor.version}
        answers = at_once(app, [acts(commands.end, **target), acts(commands.set_aside, **target)] * 3)
        # The repeats of the act that came first do nothing, the other act is refused.
        assert Counter(type(answer) for answer in answers) == {type(None): 3, Stale: 3}
        assert len(scene.request(request_id).turns) == 1
        if scene.status(request_id) == "set_aside":
            scene.act(commands.decline, request_id)


def test_a_floor_is_made_once_when_two_organisers_make_it(app: Flask) -> None:
    with transaction():
        session = factories.session(factories.meeting())
    settings: dict[str, Any] = {"session_id": session.id, "cap_ms": 60_000, "limit_ms": 60_000, "minimum_ms": 30_000}
    answers = at_once(app, [acts(commands.set_floor, **settings)] * 4)
    assert answers == [None] * 4


def test_under_many_hands_there_is_one_speaker_and_no_grant_passes_the_cap(
    app: Flask, new_scene: Callable[..., Scene]
) -> None:
    scene = new_scene(cap_ms=300_000, limit_ms=60_000)
    requests = [scene.ask() for _ in range(12)]
    session_id = scene.session.id

    def chair() -> None:
        for step in range(12):
            for request_id in requests:
                version = db.session.scalar(sa.select(Floor.version).where(Floor.session_id == session_id))
                db.session.rollback()
                target: dict[str, Any] = {
                    "session_id": session_id,
                    "request_id": request_id,
                    "version": version,
                    "actor": CHAIR,
                }
                now = NOON + dt.timedelta(seconds=55 * step)
                for command in (commands.give_floor, commands.end):
                    try:
                        command(now=now, **target)
                    except Refused:
                        db.session.rollback()

    answers = at_once(app, [chair] * 4)
    assert answers == [None] * 4
    turns = db.session.scalars(sa.select(Turn).where(Turn.session_id == session_id).order_by(Turn.id)).all()
    assert turns
    spent_ms = 0
    for turn in turns:
        assert turn.spent_before_ms == spent_ms
        assert turn.spent_before_ms + turn.granted_ms <= turn.cap_ms
        assert turn.used_ms is not None
        spent_ms += turn.used_ms


class TestTheDatabaseItselfRefuses:
    """Rows written past all rules."""

    def turn(self, scene: Scene, **values: Any) -> Turn:
        request = factories.floor_request(scene.session)
        usual: dict[str, Any] = {
            "request_id": request.id,
            "session_id": scene.session.id,
            "cap_ms": rules.CAP_MS,
            "spent_before_ms": 0,
            "granted_ms": 120_000,
            "used_ms": 120_000,
        }
        return Turn(**(usual | values))

    @pytest.mark.parametrize(
        "values",
        [
            {"spent_before_ms": rules.CAP_MS - 119_999},
            {"cap_ms": rules.CAP_MS + 1},
            {"cap_ms": 119_999},
            {"granted_ms": 0},
            {"spent_before_ms": -1},
        ],
    )
    def test_a_grant_that_passes_the_cap(self, scene: Scene, values: dict[str, int]) -> None:
        with pytest.raises(IntegrityError, match="within_the_cap"), transaction() as session:
            session.add(self.turn(scene, **values))

    def test_no_grant_at_the_cap_itself(self, scene: Scene) -> None:
        with transaction() as session:
            session.add(self.turn(scene, spent_before_ms=rules.CAP_MS - 120_000))

    def test_a_floor_with_a_longer_cap(self, scene: Scene) -> None:
        with pytest.raises(IntegrityError, match="ck_floor_cap"), transaction() as session:
            session.get_one(Floor, scene.session.id).cap_ms = rules.CAP_MS + 1

    def test_a_second_running_turn(self, scene: Scene) -> None:
        with transaction() as session:
            session.add(self.turn(scene, used_ms=None))
        with pytest.raises(IntegrityError, match=r"ux_turn_running|turn\.session_id"), transaction() as session:
            session.add(self.turn(scene, used_ms=None))

    @pytest.mark.parametrize("statuses", [("speaking", "speaking"), ("speaking", "paused"), ("paused", "paused")])
    def test_a_second_speaker(self, scene: Scene, statuses: tuple[str, str]) -> None:
        first, second = statuses
        with transaction():
            factories.floor_request(scene.session, status=first)
        with pytest.raises(IntegrityError, match=r"ux_floor_request_speaking|session_id"), transaction():
            factories.floor_request(scene.session, status=second)

    @pytest.mark.parametrize("status", sorted(rules.OPEN))
    def test_a_second_open_request_of_one_participant(self, scene: Scene, status: str) -> None:
        registration = scene.participant()
        with transaction():
            factories.floor_request(scene.session, registration, status="requested")
        with pytest.raises(IntegrityError, match=r"ux_floor_request_open|registration_id"), transaction():
            factories.floor_request(scene.session, registration, status=status)

    def test_nothing_where_the_first_request_is_over(self, scene: Scene) -> None:
        registration = scene.participant()
        with transaction():
            for status in sorted(set(rules.Status) - rules.OPEN):
                factories.floor_request(scene.session, registration, status=status)
            factories.floor_request(scene.session, registration)

    def test_a_state_that_does_not_exist(self, scene: Scene) -> None:
        with pytest.raises(IntegrityError, match="status"), transaction():
            factories.floor_request(scene.session, status="shouting")
