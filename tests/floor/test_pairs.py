"""Two commands at the same moment, every pair of them: it is as if one had come after the other.

Each pair is tried on the same request, in a state in which both make sense, and on different ones. Whatever comes
of it, the answers are clear, the invariants hold, and of two of the chair's acts on the same list one is done. On the
same request, what the two answered and left behind is besides what they do one after the other, in the one order or
the other, on a floor that was brought to the same state.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations_with_replacement
from typing import Any

import pytest
from flask import Flask

from meetings.database import db, transaction
from meetings.floor import commands
from meetings.journal import Actor
from meetings.models.floor import FloorRequest
from meetings.models.message import Event
from meetings.refusals import Refused
from tests import factories
from tests.floor import invariants
from tests.floor.invariants import Rows
from tests.floor.scene import CHAIR, Scene
from tests.threads import at_once

CATEGORY = "local_and_regional_governments"

# The acts that bring a request from the list to a state.
PATHS: dict[str, list[Callable[..., Any]]] = {
    "requested": [],
    "called": [commands.call],
    "speaking": [commands.give_floor],
    "paused": [commands.give_floor, commands.pause],
    "set_aside": [commands.give_floor, commands.set_aside],
    "spoken": [commands.give_floor, commands.end],
    "absent": [commands.mark_absent],
    "declined": [commands.decline],
}
HELD = {"speaking", "paused"}
WAITS = ("requested", "called", "set_aside")


@dataclass
class Stage:
    """A floor with one target for each of two commands, two more who wait, and somebody who may ask."""

    scene: Scene
    targets: list[int] = field(default_factory=list)
    version: int = 0
    last_event: int = 0
    colleague: int = 0

    def act(self, command: Callable[..., Any], target: int | None = None, **values: Any) -> Callable[[], Any]:
        """One of the chair's commands, on the list as both have seen it."""
        on = {} if target is None else {"request_id": self.targets[target]}
        version, session_id = self.version, self.scene.session.id
        return partial(command, session_id=session_id, version=version, actor=CHAIR, now=self.scene.now, **on, **values)

    def own(self, command: Callable[..., Any], target: int, **values: Any) -> Callable[[], Any]:
        """A participant's command on their own request."""
        who = self.scene.request(self.targets[target]).registration_id
        assert who is not None
        on = {"request_id": self.targets[target], "registration_id": who, "actor": Actor.registration(who)}
        return partial(command, now=self.scene.now, **on, **values)

    def ask(self, who: int | None, latest_seen: int | None) -> Callable[[], Any]:
        """A participant asks."""
        assert who is not None
        blank = dict.fromkeys(("on_behalf_of", "language", "statement"))
        return partial(
            commands.ask,
            session_id=self.scene.session.id,
            registration_id=who,
            actor=Actor.registration(who),
            now=self.scene.now,
            latest_seen=latest_seen,
            topic="Housing",
            capacity="organisation",
            **blank,
        )


@dataclass(frozen=True)
class Case:
    """A command: its name, the states of its target (none: it is about the floor), and how it is made ready."""

    name: str
    states: tuple[str, ...]
    ready: Callable[[Stage, int], Callable[[], Any]]


def on_request(command: Callable[..., Any], *states: str, **values: Any) -> Case:
    return Case(command.__name__, states, lambda stage, target: stage.act(command, target, **values))


def on_floor(command: Callable[..., Any], **values: Any) -> Case:
    return Case(command.__name__, (), lambda stage, _target: stage.act(command, **values))


def by_participant(command: Callable[..., Any], *states: str, **values: Any) -> Case:
    return Case(command.__name__, states, lambda stage, target: stage.own(command, target, **values))


def goes_to_the_end(stage: Stage, target: int) -> Callable[[], Any]:
    place = stage.scene.waiting().index(stage.targets[target]) + 1
    return stage.own(commands.lower_place, target, place=place, to_end=True)


def asks_again(stage: Stage, target: int) -> Callable[[], Any]:
    request = stage.scene.request(stage.targets[target])
    return stage.ask(request.registration_id, request.id)


def undoes(stage: Stage, _target: int) -> Callable[[], Any]:
    return stage.act(commands.undo, event_id=stage.last_event)


def sets_floor(stage: Stage, _target: int) -> Callable[[], Any]:
    values = {"cap_ms": 2_700_000, "limit_ms": 100_000, "minimum_ms": 20_000}
    return partial(commands.set_floor, session_id=stage.scene.session.id, actor=CHAIR, now=stage.scene.now, **values)


GUEST: dict[str, Any] = {
    **dict.fromkeys(("organisation", "category", "country", "language", "seat", "on_behalf_of")),
    "name": "A. Guest",
    "capacity": "organisation",
}
SETTINGS: dict[str, Any] = {
    **dict.fromkeys(("asking_opens", "asking_closes", "max_requests")),
    "limit_ms": 60_000,
    "limits_ms": {CATEGORY: 50_000},
    "minimum_ms": 30_000,
    "warning_ms": 20_000,
    "per_organisation": 2,
}
CASES = [
    on_request(commands.call, "requested", "set_aside"),
    on_request(commands.give_floor, *WAITS),
    on_request(commands.pause, "speaking"),
    on_request(commands.resume, "paused"),
    on_request(commands.end, "speaking", "paused"),
    on_request(commands.set_aside, "speaking", "paused"),
    on_request(commands.mark_absent, "requested", "speaking"),
    on_request(commands.decline, "requested", "called", reason="Not this time."),
    on_request(commands.put_back, "absent", "declined"),
    on_request(commands.move, "requested", place=3, reason="Balance."),
    on_request(commands.set_dignitary, "requested", dignitary=True),
    on_request(commands.correct_used, "spoken", "speaking", used_ms=10_000, reason="The end was forgotten."),
    by_participant(commands.withdraw, *WAITS),
    by_participant(commands.substitute, "requested", "called", name="A. Substitute"),
    Case("lower_place", ("requested",), goes_to_the_end),
    by_participant(
        commands.file_statement,
        "requested",
        "speaking",
        "spoken",
        draft=commands.Draft("as_delivered", "Housing", None, None),
    ),
    by_participant(commands.remove_statement, "requested", "spoken"),
    Case("ask", ("requested", "absent", "declined", "spoken"), asks_again),
    Case("ask_as_colleague", ("absent", "declined"), lambda stage, _target: stage.ask(stage.colleague, None)),
    Case("undo", ("called", "speaking", "paused", "spoken", "set_aside", "absent", "declined"), undoes),
    on_floor(commands.open_list),
    on_floor(commands.close_list),
    on_floor(commands.close_floor),
    on_floor(commands.set_limit, limit_ms=90_000),
    on_floor(commands.set_settings, **SETTINGS),
    on_floor(commands.apply_order, policy="round_robin", priority=True, quotas={}, seed=None),
    on_floor(commands.add_speaker, **GUEST),
    Case("set_floor", (), sets_floor),
]
UNVERSIONED = {
    "withdraw",
    "substitute",
    "lower_place",
    "file_statement",
    "remove_statement",
    "ask",
    "ask_as_colleague",
    "set_floor",
}


@dataclass(frozen=True)
class Pair:
    """Two commands and the states of their targets: of one and the same where there is one state only."""

    first: Case
    second: Case
    states: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.first.name} and {self.second.name} on {', '.join(self.states) or 'the floor'}"


def pairs_of(first: Case, second: Case) -> Iterator[Pair]:
    if both := [state for state in first.states if state in second.states]:
        yield Pair(first, second, (both[0],))
    states = tuple(case.states[0] for case in (first, second) if case.states)
    one_holds = len(HELD & set(states)) < 2 and not (len(states) == 2 and states[0] == states[1] and states[0] in HELD)
    undone_first = first.name == "undo" and second.states  # the last act would be on the other target
    if one_holds and not undone_first and not (first.name == second.name == "undo"):
        yield Pair(first, second, states if len(states) != 1 else (*states, "requested"))


PAIRS = [pair for each in combinations_with_replacement(CASES, 2) for pair in pairs_of(*each)]


class House:
    """A meeting with four participants of their own organisations, and a colleague of the first one."""

    def __init__(self) -> None:
        with transaction():
            self.meeting = factories.meeting()
            people = [factories.registration(self.meeting) for _ in range(4)]
            colleague = factories.person(self.meeting, organisation_id=people[0].person.organisation_id)
            self.colleague = factories.registration(self.meeting, colleague).id
            self.request_of = [
                {
                    "registration_id": each.id,
                    "person_id": each.person_id,
                    "organisation_id": each.person.organisation_id,
                    "status": "requested",
                    "rank": rank,
                }
                for rank, each in enumerate(people)
            ]

    def set_up(self, pair: Pair) -> tuple[Stage, list[Callable[[], Any]]]:
        """A new floor in the state that the pair needs, and the two commands, ready."""
        names = {pair.first.name, pair.second.name}
        with transaction():
            session = factories.session(self.meeting)
            factories.floor(session, list_open="open_list" not in names)
            requests = [FloorRequest(session_id=session.id, **each) for each in self.request_of]
            db.session.add_all(requests)
            db.session.flush()
            if "remove_statement" in names:
                for request in requests[:2]:
                    factories.statement(request)
            ids = [request.id for request in requests]
        scene = Scene(self.meeting, session)
        stage = Stage(scene, [ids[0], ids[0]] if len(pair.states) == 1 else ids[:2], colleague=self.colleague)
        # Whoever is to have the floor gets it last: another turn may have to come before.
        for state, target in sorted(zip(pair.states, stage.targets, strict=False), key=lambda each: each[0] in HELD):
            for command in PATHS[state]:
                scene.act(command, target)
                scene.after(seconds=20)
        stage.version = scene.floor.version
        stage.last_event = invariants.newest_event()
        jobs = [case.ready(stage, number) for number, case in enumerate((pair.first, pair.second))]
        db.session.rollback()
        return stage, jobs


def outcome(rows: Rows, events: list[Event], answers: list[Any]) -> tuple[Any, ...]:
    """What two commands answered and left behind, in terms that do not depend on the rows' ids."""
    number = {request_id: place for place, request_id in enumerate(rows.requests)}

    def of(event: Event) -> tuple[Any, ...]:
        what, _colon, row = (event.target or "").partition(":")
        facts = event.after or {}
        return event.kind, number[int(row)] if what == "request" else what, facts.get("status"), facts["version"]

    own = {"session_id", "display_serial"}
    said = [type(answer).__name__ for answer in answers]
    requests = [(each["status"], each["substitute"], each["topic"], each["reason"]) for each in rows.requests.values()]
    columns = ("spent_before_ms", "granted_ms", "used_ms", "paused_at")
    turns = [(number[turn["request_id"]], *(turn[name] for name in columns)) for turn in rows.turns.values()]
    return (
        said,
        {name: value for name, value in rows.floor.items() if name not in own},
        requests,
        [number[each] for each in rows.waiting()],
        turns,
        sorted(number[each["request_id"]] for each in rows.statements.values()),
        [of(event) for event in events],
    )


def one_after_the_other(house: House, pair: Pair, order: tuple[int, int]) -> tuple[Any, ...]:
    """The same two commands, in turn."""
    stage, jobs = house.set_up(pair)
    before = invariants.newest_event()
    answers: list[Any] = [None, None]
    for each in order:
        try:
            answers[each] = jobs[each]()
        except Refused as refusal:
            answers[each] = refusal
    return outcome(invariants.read(stage.scene.session.id), invariants.events_after(before), answers)


def problem(app: Flask, house: House, pair: Pair) -> str | None:
    """Try a pair; what was wrong, if anything."""
    stage, jobs = house.set_up(pair)
    before = invariants.read(stage.scene.session.id)
    answers = at_once(app, jobs)
    if not all(isinstance(answer, type(None) | int | commands.Asked | Refused) for answer in answers):
        return f"{pair}: no answer, but {answers}"
    after = invariants.read(stage.scene.session.id)
    events = invariants.events_after(before.last_event)
    invariants.assert_sound(after)
    invariants.assert_step(before, after, events, stage.scene.now)
    acts = [event.kind for event in events if event.kind != "floor.not_reached"]
    if len(acts) > 1 and not {pair.first.name, pair.second.name} & UNVERSIONED:
        return f"{pair}: both acted on the list as it was, {acts}"
    if len(pair.states) == 2:
        return None
    found = outcome(after, events, answers)
    if found not in (one_after_the_other(house, pair, order) for order in ((0, 1), (1, 0))):
        return f"{pair}: neither order gives {found}"
    return None


@pytest.mark.parametrize("targets", [0, 1, 2])
def test_two_commands_at_once_do_what_they_do_in_turn(app: Flask, targets: int) -> None:
    """Both on the floor as a whole; both on one and the same request; each on another request, or one on the floor."""
    house = House()
    problems = [problem(app, house, pair) for pair in PAIRS if len(pair.states) == targets]
    assert problems
    assert not [each for each in problems if each is not None]
