"""Undo is a further act that mends the last one: what it brings back, what it refuses, and that no time comes back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from meetings.database import db, transaction
from meetings.floor import commands
from meetings.floor.rules.undoing import UNDOABLE, Undoing, undoing
from meetings.journal import Actor
from meetings.models.message import Message
from meetings.refusals import Refused, Stale
from tests import factories
from tests.floor.scene import Scene

NINE = dt.datetime.combine(factories.DAY, dt.time(9))  # wall clock


def stands(scene: Scene, request_id: int) -> tuple[str, int, str | None]:
    """What an undo brings back of a request."""
    row = scene.request(request_id)
    return row.status, row.rank, row.reason


def spent(scene: Scene) -> int:
    """What is charged to the floor now, the running turn included."""
    return scene.state().spent_ms


class TestARequestStandsAsBefore:
    """Call, absent, decline, put back."""

    @pytest.mark.parametrize(
        "act", [commands.call, commands.mark_absent, commands.decline], ids=["call", "absent", "decline"]
    )
    @pytest.mark.parametrize("was_called", [False, True])
    def test_who_waited_waits_at_their_place_again(
        self, scene: Scene, act: Callable[..., None], was_called: bool
    ) -> None:
        first, second, third = (scene.ask() for _ in range(3))
        if was_called:
            scene.act(commands.call, second)
            if act is commands.call:
                return  # called already: nothing to do
        before, order = stands(scene, second), scene.waiting()
        scene.act(act, second)
        scene.undo()
        assert (stands(scene, second), scene.waiting()) == (before, order)
        assert sorted(order) == [first, second, third]

    @pytest.mark.parametrize("act", [commands.mark_absent, commands.decline], ids=["absent", "decline"])
    def test_who_was_put_back_is_off_the_list_again_with_the_reason(
        self, scene: Scene, act: Callable[..., None]
    ) -> None:
        request_id = scene.ask()
        scene.act(act, request_id)
        before = stands(scene, request_id)
        scene.act(commands.put_back, request_id)
        assert stands(scene, request_id)[2] is None
        scene.undo()
        assert stands(scene, request_id) == before

    @pytest.mark.parametrize(
        "act", [commands.give_floor, commands.call, commands.decline], ids=lambda act: act.__name__
    )
    @pytest.mark.parametrize("who", ["the next", "the last"])
    def test_who_comes_back_stands_among_the_same_though_others_let_one_go_first(
        self, scene: Scene, act: Callable[..., None], who: str
    ) -> None:
        gone = [scene.ask() for _ in range(2)]
        first, second, third, fourth = (scene.ask() for _ in range(4))
        for each in gone:
            scene.do(commands.withdraw, each)
        target, lowers, expected = {
            "the next": (second, third, [first, second, fourth, third]),
            "the last": (fourth, first, [second, first, third, fourth]),
        }[who]
        scene.act(act, target)
        event = scene.last_event().id
        scene.do(commands.lower_place, lowers, place=scene.waiting().index(lowers) + 1, to_end=False)
        scene.after(seconds=1).undo(event)
        assert scene.waiting() == expected

    def test_who_comes_back_stands_among_the_same_though_newcomers_have_moved_the_ranks(self, scene: Scene) -> None:
        def of(category: str) -> int:
            return scene.add_speaker(
                f"Demonstration {category} {len(scene.waiting())}",
                category=category,
                organisation=f"Demonstration {category} {len(scene.waiting())}",
            )

        states = [of("states") for _ in range(2)]
        scene.order("round_robin")
        scene.act(commands.call, states[1])
        event = scene.last_event().id
        with transaction():
            cities = [
                scene.participant(
                    who=factories.person(
                        scene.meeting, organisation_id=factories.organisation(scene.meeting, category=category).id
                    )
                )
                for category in ("academia", "local_and_regional_governments", "human_rights_institutions")
            ]
        newcomers = [scene.ask(each) for each in cities]
        scene.undo(event)
        waiting = scene.waiting()
        assert waiting.index(states[0]) < waiting.index(states[1])
        assert sorted(waiting) == sorted([*states, *newcomers])

    def test_a_move_is_taken_back_and_what_others_did_stays(self, scene: Scene) -> None:
        first, second, third = (scene.ask() for _ in range(3))
        scene.act(commands.move, third, place=1)
        event = scene.last_event().id
        scene.do(commands.lower_place, first, place=2, to_end=True)
        scene.undo(event)
        assert scene.waiting() == [second, first, third]

    def test_newcomers_stay_behind_who_comes_back(self, scene: Scene) -> None:
        first, second, third = (scene.ask() for _ in range(3))
        scene.act(commands.decline, second)
        event = scene.last_event().id
        fourth = scene.ask()
        scene.undo(event)
        assert scene.waiting() == [first, second, third, fourth]

    def test_what_the_participant_did_since_stands(self, scene: Scene) -> None:
        registration = scene.participant()
        request_id = scene.ask(registration)
        scene.act(commands.call, request_id)
        event = scene.last_event().id
        participant = Actor.registration(registration.id)
        commands.withdraw(request_id=request_id, registration_id=registration.id, actor=participant, now=scene.now)
        with pytest.raises(Refused) as refusal:
            scene.undo(event)
        assert str(refusal.value) == (
            "This cannot be undone: the request of Ms. Demonstration "
            f"{registration.person.family} has changed since. Now: Withdrawn."
        )
        assert scene.status(request_id) == "withdrawn"

    def test_nobody_comes_back_beside_a_later_request_of_theirs(self, scene: Scene) -> None:
        registration = scene.participant()
        request_id = scene.ask(registration)
        scene.act(commands.mark_absent, request_id)
        event = scene.last_event().id
        scene.ask(registration, latest_seen=request_id)
        with pytest.raises(Refused, match="has asked for the floor again since"):
            scene.undo(event)

    def test_nobody_comes_back_beside_a_colleague_who_has_taken_the_place(self, scene: Scene) -> None:
        with transaction():
            body = factories.organisation(scene.meeting)
            people = [factories.person(scene.meeting, organisation_id=body.id) for _ in range(2)]
        first, second = (scene.participant(who=person) for person in people)
        declined = scene.ask(first)
        scene.act(commands.decline, declined)
        event = scene.last_event().id
        scene.ask(second)
        with pytest.raises(Refused, match="is on the list already"):
            scene.undo(event)


@pytest.mark.parametrize("undone", [True, False])
def test_a_mail_that_no_longer_holds_is_followed_by_one_that_does(scene: Scene, undone: bool) -> None:
    request_id = scene.ask()
    scene.act(commands.mark_absent, request_id)
    scene.act(commands.put_back, request_id)  # of an absence nobody was told
    scene.act(commands.decline, request_id)
    if undone:
        scene.undo()
    else:
        scene.act(commands.put_back, request_id)
        scene.undo()
    subjects = db.session.scalars(sa.select(Message.subject).order_by(Message.id))
    assert [subject.partition(":")[0] for subject in subjects] == [
        "Your request for the floor was declined",
        "You are on the list of speakers again",
        *([] if undone else ["Your request for the floor was declined"]),
    ]


class TestTurns:
    """Giving the floor, ending a turn, pausing: the clock and what is charged."""

    def test_a_floor_given_by_mistake_ends_the_turn_and_charges_it(self, scene: Scene) -> None:
        first, second = scene.ask(), scene.ask()
        scene.act(commands.call, second)
        before = stands(scene, second)
        scene.act(commands.give_floor, second)
        scene.after(seconds=7).undo()
        assert (stands(scene, second), scene.waiting()) == (before, [second, first])
        turn = scene.turn(second)
        assert (turn.used_ms, turn.ended_at) == (7_000, scene.now)
        assert scene.last_event().after == {
            "undone": "floor.give", "event": scene.events("floor.give")[0].id, "used_ms": 7_000,
            "version": scene.floor.version, "status": "called",
        }  # fmt: skip
        scene.act(commands.give_floor, first)
        assert scene.turn(first).spent_before_ms == 7_000

    @pytest.mark.parametrize(
        ("end", "status"),
        [(commands.end, "spoken"), (commands.set_aside, "set_aside"), (commands.mark_absent, "absent")],
        ids=["end", "set aside", "absent"],
    )
    def test_a_turn_ended_by_mistake_goes_on_with_what_was_left_of_it(
        self, scene: Scene, end: Callable[..., None], status: str
    ) -> None:
        speaker, other = scene.ask(), scene.ask()
        scene.act(commands.give_floor, speaker)
        scene.after(seconds=50).act(end, speaker)
        assert scene.status(speaker) == status
        scene.after(seconds=5).undo()  # the chair's silence of five seconds is nobody's time
        assert scene.status(speaker) == "speaking"
        assert scene.waiting() == [other]
        first, second = scene.request(speaker).turns
        assert (first.used_ms, second.used_ms) == (50_000, None)
        assert (second.granted_ms, second.spent_before_ms, second.started_at) == (70_000, 50_000, scene.now)
        scene.after(seconds=10).act(commands.end, speaker)
        assert spent(scene) == 60_000

    @pytest.mark.parametrize(
        ("spoken", "granted_ms"),
        [(100, 30_000), (150, 30_000)],  # twenty seconds left, or thirty too many: the minimum
    )
    def test_the_new_turn_is_at_least_the_shortest_one(self, scene: Scene, spoken: int, granted_ms: int) -> None:
        speaker = scene.ask()
        scene.speak(speaker, seconds=spoken)
        scene.undo()
        assert scene.turn(speaker).granted_ms == granted_ms

    def test_the_new_turn_is_never_more_than_what_is_left_under_the_cap(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=180_000, limit_ms=120_000)
        first, second = scene.ask(), scene.ask()
        scene.speak(first, seconds=20)
        scene.act(commands.give_floor, second)
        scene.after(seconds=10).act(commands.end, second)
        end = scene.last_event().id
        with transaction():
            scene.request(first).turns[0].used_ms = 120_000  # as no command leaves it
        scene.undo(end)
        turn = scene.turn(second)
        assert (turn.granted_ms, turn.spent_before_ms) == (50_000, 130_000)

    def test_with_too_little_under_the_cap_nobody_goes_on(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=180_000)
        first, second = scene.ask(), scene.ask()
        scene.speak(first, seconds=20)
        scene.speak(second, seconds=10)
        end = scene.last_event().id
        with transaction():
            scene.request(first).turns[0].used_ms = 145_000  # as no command leaves it
        with pytest.raises(Refused, match="Too little is left under the cap for Ms"):
            scene.undo(end)
        assert scene.status(second) == "spoken"

    def test_who_was_paused_when_the_turn_was_ended_is_paused_again(self, scene: Scene) -> None:
        speaker = scene.ask()
        scene.act(commands.give_floor, speaker)
        scene.after(seconds=20).act(commands.pause, speaker)
        scene.after(seconds=20).act(commands.end, speaker)
        scene.undo()
        assert scene.status(speaker) == "paused"
        scene.after(seconds=30)
        assert spent(scene) == 20_000
        scene.act(commands.resume, speaker)
        scene.after(seconds=3)
        assert spent(scene) == 23_000

    def test_a_pause_by_mistake_runs_on_and_a_resumption_by_mistake_stands_still(self, scene: Scene) -> None:
        speaker = scene.ask()
        scene.act(commands.give_floor, speaker)
        scene.after(seconds=10).act(commands.pause, speaker)
        scene.after(seconds=4).undo()
        assert (scene.status(speaker), scene.turn(speaker).paused_at, scene.turn(speaker).paused_ms) == (
            "speaking", None, 4_000,
        )  # fmt: skip
        scene.after(seconds=1).act(commands.pause, speaker)
        scene.after(seconds=5).act(commands.resume, speaker)
        scene.after(seconds=2).undo()
        assert (scene.status(speaker), scene.turn(speaker).paused_at) == ("paused", scene.now)
        scene.after(seconds=60)
        assert spent(scene) == 13_000

    def test_undoing_at_the_cap_closes_the_floor(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=60_000, limit_ms=60_000)
        first, second = scene.ask(), scene.ask()
        scene.act(commands.give_floor, first)
        scene.after(seconds=45).undo()
        assert scene.floor.closed_at == scene.now
        assert [scene.status(first), scene.status(second)] == ["not_reached", "not_reached"]

    def test_who_is_no_longer_registered_does_not_go_on(self, scene: Scene) -> None:
        registration = scene.participant()
        scene.speak(scene.ask(registration))
        end = scene.last_event().id
        with transaction():
            registration.status = "withdrawn"
        with pytest.raises(Refused, match="is no longer confirmed"):
            scene.undo(end)


class TestTheListAndItsSettings:
    """Moves, orders, opening and closing, limits, settings, dignitaries."""

    def test_a_move_is_taken_back_around_who_came_since(self, scene: Scene) -> None:
        first, second, third = (scene.ask() for _ in range(3))
        scene.act(commands.move, third, place=1)
        event = scene.last_event().id
        fourth = scene.ask()
        scene.undo(event)
        assert scene.waiting() == [first, second, third, fourth]

    def test_an_order_is_taken_back_with_its_rule(self, scene: Scene) -> None:
        requests = [scene.ask() for _ in range(5)]
        scene.order("quotas", quotas={"states": 2}, priority=True)
        scene.act(commands.move, requests[4], place=2)
        by_hand = scene.waiting()
        scene.order("draw", seed="Geneva")
        assert scene.waiting() != by_hand
        scene.undo()
        assert scene.waiting() == by_hand
        floor = scene.floor
        assert (floor.policy, floor.priority, floor.quotas, floor.draw_seed) == ("quotas", True, {"states": 2}, None)

    def test_the_list_is_open_or_closed_as_before_with_its_window(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(list_open=False, asking_closes=NINE)
        scene.act(commands.open_list)
        assert (scene.floor.list_open, scene.floor.asking_closes) == (True, None)
        scene.undo()
        assert (scene.floor.list_open, scene.floor.asking_closes) == (False, NINE)
        scene.act(commands.open_list)
        scene.act(commands.close_list)
        scene.undo()
        assert scene.floor.list_open

    def test_limits_are_as_before(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(limits_ms={"states": 180_000, "academia": 60_000})
        scene.act(commands.set_limit, limit_ms=90_000)
        scene.undo()
        assert (scene.floor.limit_ms, scene.floor.limits_ms) == (120_000, {"states": 180_000, "academia": 60_000})

    def test_settings_are_as_before(self, scene: Scene) -> None:
        def settings_now() -> tuple[Any, ...]:
            floor = scene.floor
            return (floor.limit_ms, floor.warning_ms, floor.asking_opens, floor.max_requests, floor.per_organisation)

        before = settings_now()
        scene.set(limit_ms=90_000, warning_ms=0, asking_opens=NINE, max_requests=3)
        first = settings_now()
        scene.set(asking_opens=None, per_organisation=2)
        scene.undo()
        assert settings_now() == first
        scene.set(limit_ms=120_000, warning_ms=30_000, asking_opens=None, max_requests=None)
        assert settings_now() == before

    def test_a_shortest_turn_that_no_longer_fits_does_not_come_back(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=180_000, minimum_ms=60_000)
        first, second, third = (scene.ask() for _ in range(3))
        scene.act(commands.give_floor, first)
        scene.after(seconds=100).set(minimum_ms=30_000)
        lowering = scene.last_event().id
        scene.after(seconds=40)
        with pytest.raises(Refused, match=r"longer than what is left under the cap, 0:40: the floor would close\.$"):
            scene.undo(lowering)
        scene.act(commands.end, first)
        scene.act(commands.mark_absent, second)
        assert (scene.floor.closed_at, scene.status(third)) == (None, "requested")

    def test_a_dignitary_is_none_again(self, scene: Scene) -> None:
        request_id = scene.ask()
        scene.act(commands.set_dignitary, request_id, dignitary=True)
        scene.undo()
        assert not scene.request(request_id).dignitary


class TestWhatIsRefused:
    """Only the last act, only once, only what can be undone."""

    def test_a_repeat_undoes_once(self, scene: Scene) -> None:
        request_id = scene.ask()
        scene.act(commands.decline, request_id)
        event, seen = scene.last_event().id, scene.floor.version
        for _ in range(2):
            scene.undo(event, version=seen)
        assert scene.status(request_id) == "requested"
        assert len(scene.events("floor.undone")) == 1

    def test_a_stale_undo_is_refused(self, scene: Scene) -> None:
        first, second = scene.ask(), scene.ask()
        scene.act(commands.decline, first)
        event, seen = scene.last_event().id, scene.floor.version
        scene.act(commands.call, second)
        with pytest.raises(Stale):
            scene.undo(event, version=seen)
        assert scene.status(first) == "declined"

    def test_only_the_last_act_is_undone(self, scene: Scene) -> None:
        first, second = scene.ask(), scene.ask()
        scene.act(commands.decline, first)
        event = scene.last_event().id
        scene.act(commands.call, second)
        with pytest.raises(Refused) as refusal:
            scene.undo(event)
        assert str(refusal.value) == "Only the last act can be undone; somebody has acted since."

    def test_an_undo_is_not_undone(self, scene: Scene) -> None:
        scene.act(commands.decline, scene.ask())
        scene.undo()
        with pytest.raises(Refused, match=r"^This cannot be undone\.$"):
            scene.undo()

    @pytest.mark.parametrize("what", ["correct", "close", "add", "ask", "at the cap"])
    def test_some_acts_stay_done(self, new_scene: Callable[..., Scene], what: str) -> None:
        scene = new_scene(cap_ms=90_000, limit_ms=60_000)
        request_id = scene.ask()
        match what:
            case "correct":
                scene.speak(request_id, seconds=20)
                scene.act(commands.correct_used, request_id, used_ms=10_000, reason="the clock ran on")
            case "close":
                scene.act(commands.close_floor)
            case "add":
                scene.add_speaker()
            case "at the cap":
                scene.speak(request_id, seconds=80)
        with pytest.raises(Refused, match="cannot be undone"):
            scene.undo()

    def test_the_end_at_which_the_floor_closed_stays(self, new_scene: Callable[..., Scene]) -> None:
        scene = new_scene(cap_ms=60_000, limit_ms=60_000)
        request_id = scene.ask()
        scene.speak(request_id, seconds=60)
        with pytest.raises(Refused, match="Only the last act"):
            scene.undo(scene.events("floor.end")[0].id)
        assert scene.status(request_id) == "spoken"

    def test_an_act_of_another_session_is_not_undone_here(self, new_scene: Callable[..., Scene]) -> None:
        here, elsewhere = new_scene(), new_scene()
        here.ask()
        elsewhere.act(commands.decline, elsewhere.ask())
        with pytest.raises(Refused, match="no such request in this session"):
            here.undo()
        elsewhere.act(commands.close_list)
        with pytest.raises(Refused) as refusal:
            here.undo()
        assert str(refusal.value) == "There is nothing of the kind to undo."
        assert not elsewhere.floor.list_open

    def test_what_never_was_is_not_undone(self, scene: Scene) -> None:
        with pytest.raises(Refused, match="There is nothing of the kind to undo"):
            scene.undo(10**6)


def test_every_act_that_can_be_undone_says_how() -> None:
    assert set(UNDOABLE.values()) == set(Undoing)
    assert undoing("floor.mark_absent", had_the_floor=True) is Undoing.NEW_TURN
    assert undoing("floor.mark_absent", had_the_floor=False) is Undoing.STATUS
    for kind in ("floor.undone", "floor.closed", "floor.corrected", "floor.set", "floor.requested", "floor.added"):
        assert undoing(kind, had_the_floor=True) is None
