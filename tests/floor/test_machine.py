"""Any sequence of the floor's commands, right and wrong, fresh and stale, repeated, over any time: the rules hold.

Hypothesis draws the sequences. They are the same in every run (`derandomize`), so that a run that fails can be had
again; how many there are is bounded by the time that the whole suite may take. Each example plays on a new session of
one meeting, on one database (tests/floor/machine.py).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from random import Random
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from meetings.database import transaction
from meetings.floor import commands, rules
from meetings.floor.rules import Act, Status
from meetings.journal import Actor
from meetings.models.message import Event
from meetings.models.people import Registration
from tests import factories
from tests.floor import invariants
from tests.floor.invariants import HOLDING, OPEN, WAITING, Row, Rows
from tests.floor.machine import PlayedFloor, Press

EXAMPLES, STEPS = 60, 40

ON_A_REQUEST: dict[Act, Callable[..., None]] = {
    Act.CALL: commands.call,
    Act.GIVE: commands.give_floor,
    Act.PAUSE: commands.pause,
    Act.RESUME: commands.resume,
    Act.END: commands.end,
    Act.SET_ASIDE: commands.set_aside,
    Act.MARK_ABSENT: commands.mark_absent,
    Act.DECLINE: commands.decline,
    Act.PUT_BACK: commands.put_back,
}
CATEGORY = "local_and_regional_governments"  # of everybody who is registered
SECONDS = [0, 0, 0, 0, 0.001, 1, 5, 10, 20, 25, 29.999, 30, 45, 60, 120, 4_000]


def statement(text: str) -> commands.Draft:
    """What somebody types."""
    return commands.Draft("as_delivered", text, None, None)


# What the machine must come to, beside each command carried out.
REACHED = (
    "a grant cut short by the cap",
    "a floor closed by its cap",
    "a shortest turn refused at the cap",
    "an order found again among others who had changed places",
)


class FloorMachine(PlayedFloor):
    """What participants, the chair and organisers do.

    Left to choose among many rules, Hypothesis repeats what it chose before, and most commands hardly come up. So it
    draws a number for each step, which is turned into dice together with the state of the floor: the steps differ, and
    are the same when the run is repeated.
    """

    @initialize(
        cap_s=st.sampled_from([60, 150, 150, 2_700]),
        limit_s=st.sampled_from([45, 120]),
        minimum_s=st.sampled_from([1, 30]),
    )
    def a_session_with_a_floor(self, cap_s: int, limit_s: int, minimum_s: int) -> None:
        self.open_session(cap_ms=cap_s * 1000, limit_ms=limit_s * 1000, minimum_ms=minimum_s * 1000)

    @rule(chance=st.integers(0, 2**32 - 1))
    def something_happens(self, chance: int) -> None:
        dice = self.dice(chance)
        dice.choice([self.the_chair] * 14 + [self.a_participant] * 6 + [self.an_organiser])(dice)

    # ---- participants

    def a_participant(self, dice: Random) -> None:
        dice.choice([self.asks, self.does_something_about_a_request])(dice)

    def asks(self, dice: Random) -> None:
        who = dice.choice(self.people)
        own = [row["id"] for row in self.rows.requests.values() if row["registration_id"] == who]
        waits = bool(own) and self.rows.requests[own[-1]]["status"] in WAITING
        kind = "floor.request_changed" if waits else "floor.requested"
        topic, text = (dice.choice([None, None, "Housing", "Migration"]) for _ in range(2))
        values: dict[str, Any] = {
            "session_id": self.session_id,
            "registration_id": who,
            "capacity": "national" if topic else "organisation",
            "on_behalf_of": None,
            "language": None,
            "topic": topic,
            "statement": statement(text) if text else None,
            "latest_seen": own[-1] if own and dice.random() < 0.7 else None,
            "actor": Actor.registration(who),
        }
        outcome = self.do(kind, commands.ask, **values)
        if not waits and outcome == "done":
            newest = list(self.rows.requests.values())[-1]
            assert (newest["registration_id"], newest["status"]) == (who, "requested")
            if self.rows.floor["policy"] in {"first_come", "draw"}:
                assert self.rows.waiting()[-1] == newest["id"]
        if outcome == "done":
            assert self.do(kind, commands.ask, **values) == "nothing"

    def does_something_about_a_request(self, dice: Random) -> None:
        request = self.pick(dice, dice.choice([OPEN, OPEN, OPEN, set(Status)]))
        kind, command, possible, values = self.what_a_participant_does(dice, request["id"])
        own = dice.random() < 0.8
        who = request["registration_id"] if own else self.people[5]
        values |= {"request_id": request["id"], "registration_id": who, "actor": Actor.registration(who)}
        outcome = self.do(kind, command, **values)
        if not own:
            assert outcome == "refused"
        elif outcome == "done":
            assert request["status"] in possible
            assert self.do(kind, command, **values) == "nothing"

    def lets_others_go_first(self, dice: Random) -> None:
        request = self.pick(dice, {"requested"})
        who = request["registration_id"]
        target = {"request_id": request["id"], "registration_id": who}
        values = target | {"place": self.place_of(request["id"]), "to_end": dice.random() < 0.5}
        self.do("floor.lowered", commands.lower_place, actor=Actor.registration(who or 0), **values)

    def place_of(self, request_id: int) -> int:
        """The place that a participant sees; of somebody who does not wait, any."""
        waiting = self.rows.waiting()
        return waiting.index(request_id) + 1 if request_id in waiting else 1

    def what_a_participant_does(
        self, dice: Random, request_id: int
    ) -> tuple[str, Callable[..., Any], set[Status], dict[str, Any]]:
        """The line in the log, the command, the states in which it is possible, and what it takes."""
        heard = {Status.SPOKEN, Status.NOT_REACHED}
        place = self.place_of(request_id)
        text, name = dice.choice(["Housing", "Migration"]), dice.choice([None, "A. Substitute"])
        table: list[tuple[str, Callable[..., Any], set[Status], dict[str, Any]]] = [
            ("floor.withdraw", commands.withdraw, set(rules.WAITING), {}),
            (
                "floor.substituted",
                commands.substitute,
                set(rules.WAITING),
                {"name": name},
            ),
            (
                "floor.lowered",
                commands.lower_place,
                {Status.REQUESTED},
                {"place": place, "to_end": dice.random() < 0.5},
            ),
            ("floor.statement_filed", commands.file_statement, set(rules.OPEN) | heard, {"draft": statement(text)}),
            ("floor.statement_removed", commands.remove_statement, set(Status), {}),
        ]
        return dice.choice(table)

    # ---- the chair and the desk

    def the_chair(self, dice: Random) -> None:
        stale, again = dice.random() < 0.15, dice.random() < 0.2
        dice.choice(self.what_makes_sense())(dice, Press(dice.choice(SECONDS), stale, again))

    def what_makes_sense(self) -> list[Callable[[Random, Press], None]]:
        """What the chair may have reason to do now, as often as it comes; and now and then anything."""
        held, waiting = self.rows.of_status(*HOLDING), self.rows.waiting()
        acts = [self.does_anything_to_anybody] * 2
        if self.rows.floor["closed_at"] is None:
            acts += [self.opens_or_closes_the_list] * 2
        if held:
            acts += [self.acts_on_the_speaker] * 6
        elif waiting:
            acts += [self.gives_the_floor] * 5
        if waiting:
            acts += [self.acts_on_one_who_waits] * 2 + [self.moves, self.calls_somebody_a_dignitary]
        if self.rows.of_status("absent", "declined"):
            acts.append(self.takes_a_word_back)
        if self.rows.turns:
            acts.append(self.corrects_the_time)
        if len(self.rows.turns) > 1 and not held:
            acts += [self.closes_the_floor] * 4
        if not held and waiting:
            acts += [self.raises_the_minimum] * 3 if self.left_ms() < 60_000 else [self.comes_to_the_last_minute]
        if self.undoable is not None:
            acts += [self.undoes] * (8 if self.moved_one() else 2)
        return [*acts, self.orders_the_list, self.adds_a_speaker, self.sets_the_limit, self.sets_everything]

    def does_anything_to_anybody(self, dice: Random, how: Press) -> None:
        self.act_on(dice.choice(list(ON_A_REQUEST)), self.pick(dice, set(Status)), how)

    def act_on(self, act: Act, request: Row, how: Press) -> None:
        """One of the chair's acts on a request: done where it is possible, and without a trace where it is not."""
        before = self.rows
        status = Status(request["status"])
        reason = {"reason": "Not this time."} if act is Act.DECLINE else {}
        outcome = self.press(f"floor.{act}", ON_A_REQUEST[act], how, request_id=request["id"], **reason)
        if rules.after(status, act) is None:
            done = status == rules.OUTCOMES[act] or (
                (act, status) == (Act.SET_ASIDE, Status.NOT_REACHED)
                and request["id"] in {turn["request_id"] for turn in before.turns.values()}
            )
            assert outcome == "nothing" if done else outcome in {"refused", "stale"}
        elif not how.stale and act not in {Act.CALL, Act.GIVE, Act.PUT_BACK}:
            assert outcome == "done", "a possible act was refused"
        if act is Act.GIVE and outcome == "done":
            self.assert_given(before, request)

    def left_ms(self) -> int:
        """What is left under the cap."""
        return int(self.rows.floor["cap_ms"] - invariants.spent_ms(self.rows, self.now))

    def assert_given(self, before: Rows, request: Row) -> None:
        """The grant is the limit, or what is left: never less than the shortest turn, nor while another speaks."""
        (turn,) = (self.rows.turns[each] for each in self.rows.turns.keys() - before.turns.keys())
        floor = before.floor
        left_ms = floor["cap_ms"] - invariants.spent_ms(before, self.now)
        limit_ms = (
            floor["limits_ms"].get(CATEGORY, floor["limit_ms"]) if request["registration_id"] else turn["granted_ms"]
        )
        assert turn["request_id"] == request["id"]
        assert turn["granted_ms"] == min(limit_ms, left_ms) >= floor["minimum_ms"]
        assert not before.of_status(*HOLDING)
        if left_ms < limit_ms:
            self.tally["a grant cut short by the cap"]["done"] += 1

    def acts_on_the_speaker(self, dice: Random, how: Press) -> None:
        (speaker,) = self.rows.of_status(*HOLDING)
        possible = [act for act in ON_A_REQUEST if rules.after(Status(speaker["status"]), act) is not None]
        likely = [act for act in possible if act in {Act.PAUSE, Act.RESUME, Act.END}]
        self.act_on(dice.choice([*possible, *likely, *likely]), speaker, how)

    def gives_the_floor(self, dice: Random, how: Press) -> None:
        self.act_on(Act.GIVE, self.pick(dice, WAITING), how)

    def acts_on_one_who_waits(self, dice: Random, how: Press) -> None:
        self.act_on(dice.choice([Act.CALL, Act.DECLINE, Act.MARK_ABSENT]), self.pick(dice, WAITING), how)

    def takes_a_word_back(self, dice: Random, how: Press) -> None:
        self.act_on(Act.PUT_BACK, self.pick(dice, {"absent", "declined"}), how)

    def moves(self, dice: Random, how: Press) -> None:
        request_id, place = self.pick(dice, WAITING)["id"], dice.randint(1, 7)
        waiting = self.rows.waiting()
        outcome = self.press("floor.moved", commands.move, how, request_id=request_id, place=place, reason="Balance.")
        if outcome == "done":
            assert self.rows.waiting().index(request_id) == min(place, len(waiting)) - 1
            others = [each for each in waiting if each != request_id]
            assert [each for each in self.rows.waiting() if each != request_id] == others

    def opens_or_closes_the_list(self, dice: Random, how: Press) -> None:
        if not self.rows.floor["list_open"] or dice.random() < 0.2:
            self.press("floor.list_opened", commands.open_list, how)
        else:
            self.press("floor.list_closed", commands.close_list, how)

    def closes_the_floor(self, dice: Random, how: Press) -> None:
        self.press("floor.closed", commands.close_floor, how)

    def corrects_the_time(self, dice: Random, how: Press) -> None:
        request_id = dice.choice([row["request_id"] for row in self.rows.turns.values()])
        used_ms = dice.choice([0, 1_000, 30_000, 119_000, 4_000_000])
        reason = dice.choice(["The end was forgotten."] * 4 + [" "])
        others = {key: turn for key, turn in self.rows.turns.items() if turn["request_id"] != request_id}
        outcome = self.press(
            "floor.corrected", commands.correct_used, how, request_id=request_id, used_ms=used_ms, reason=reason
        )
        if outcome == "done":
            assert others.items() <= self.rows.turns.items()
            assert used_ms in {turn["used_ms"] for turn in self.rows.turns.values() if turn["id"] not in others}
        if not reason.strip():
            assert outcome == "refused"

    def calls_somebody_a_dignitary(self, dice: Random, how: Press) -> None:
        request_id, dignitary = self.pick(dice, WAITING)["id"], dice.random() < 0.6
        self.press("floor.dignitary_set", commands.set_dignitary, how, request_id=request_id, dignitary=dignitary)

    def orders_the_list(self, dice: Random, how: Press) -> None:
        policy = dice.choice(["first_come", "round_robin", "least_heard", "one_each", "quotas", "draw"])
        rule = {"policy": policy, "priority": dice.random() < 0.5, "quotas": {CATEGORY: 2}, "seed": "1, 2, 3"}
        self.press("floor.ordered", commands.apply_order, how, **rule)

    def adds_a_speaker(self, dice: Random, how: Press) -> None:
        name = dice.choice(["A. Guest", "B. Guest"])
        who = {"name": name, "organisation": None, "category": None, "country": None, "language": None, "seat": "row 3"}
        self.press("floor.added", commands.add_speaker, how, **who, capacity="organisation")

    def sets_the_limit(self, dice: Random, how: Press) -> None:
        self.press("floor.limit_set", commands.set_limit, how, limit_ms=dice.choice([30_000, 90_000, 120_000]))

    def sets_everything(self, dice: Random, how: Press) -> None:
        opens, closes = dice.choice([None, dt.datetime(2025, 11, 26, 12, 30)]), dt.datetime(2025, 11, 26, 13)  # noqa: DTZ001  # wall clock
        self.press(
            "floor.settings_set",
            commands.set_settings,
            how,
            limit_ms=60_000,
            limits_ms=dice.choice([{}, {CATEGORY: 40_000}]),
            minimum_ms=dice.choice([1_000, 30_000, 40_000, 61_000]),
            warning_ms=30_000,
            asking_opens=opens,
            asking_closes=dice.choice([None, None, closes]),
            max_requests=dice.choice([None, None, 8]),
            per_organisation=dice.choice([1, 2]),
        )

    def raises_the_minimum(self, dice: Random, how: Press) -> None:
        """Perhaps to more than is left, which would close the floor."""
        values = {name: self.rows.floor[name] for name in ("warning_ms", "per_organisation")}
        values |= dict.fromkeys(("asking_opens", "asking_closes", "max_requests"))
        values |= {"limits_ms": {}, "limit_ms": 60_000, "minimum_ms": 60_000}
        outcome = self.press("floor.settings_set", commands.set_settings, how, **values)
        short = bool(self.rows.turns) and self.left_ms() < 60_000
        if short and self.rows.floor["minimum_ms"] < 60_000 and self.rows.floor["closed_at"] is None:
            assert outcome == "refused"
            self.tally["a shortest turn refused at the cap"]["done"] += 1

    def comes_to_the_last_minute(self, dice: Random, how: Press) -> None:
        """Somebody speaks until 45 seconds are left, and the chair wants turns of a minute."""
        too_long_s = (self.left_ms() - 45_000) / 1000
        self.act_on(Act.GIVE, self.pick(dice, WAITING), Press(0, stale=False, again=False))
        for speaker in self.rows.of_status(*HOLDING):
            self.act_on(Act.END, speaker, Press(too_long_s, stale=False, again=False))
        self.raises_the_minimum(dice, how)

    def moved_one(self) -> bool:
        """Whether one request was moved just now: rare, and worth undoing after others have changed places."""
        return self.undoable is not None and self.undoable[0].kind == "floor.moved"

    def undoes(self, dice: Random, how: Press) -> None:
        assert self.undoable is not None
        for _once in range(2 if self.moved_one() else 1):
            if dice.random() < 0.6:
                self.lets_others_go_first(dice)
        event, earlier = self.undoable
        before, lowered = self.rows, self.lowered
        last = event.after is not None and event.after["version"] == before.floor["chair_version"]
        outcome = self.press("floor.undone", commands.undo, how, event_id=event.id)
        if outcome == "done":
            assert last
            self.assert_undone(event, earlier, before)
            self.assert_order_undone(event, earlier, before, lowered=lowered)
        elif not last:
            assert outcome != "done"

    def assert_undone(self, event: Event, earlier: Rows, before: Rows) -> None:
        """Everything is as it was before the act, but for the time: what was used stays used."""
        times = {"version", "chair_version", "opened_at"}
        as_it_was, now = (
            {name: value for name, value in rows.floor.items() if name not in times} for rows in (earlier, self.rows)
        )
        if self.rows.floor["closed_at"] is not None:
            return  # with what the turn had used, too little was left
        assert now == as_it_was
        number = int((event.target or ":").partition(":")[2])
        if event.target == f"request:{number}":
            assert self.rows.requests[number]["status"] == earlier.requests[number]["status"]
        for key in self.rows.turns.keys() - before.turns.keys():
            turn, ended = self.rows.turns[key], list(before.turns.values())[-1]
            left_ms = self.rows.floor["cap_ms"] - turn["spent_before_ms"]
            kept_ms = max(ended["granted_ms"] - ended["used_ms"], self.rows.floor["minimum_ms"])
            assert turn["granted_ms"] == min(kept_ms, left_ms)

    def assert_order_undone(self, event: Event, earlier: Rows, before: Rows, *, lowered: bool) -> None:
        """Those who still wait stand as before the act; who let others go first since, and newcomers, stay there."""
        stood = [each for each in earlier.waiting() if each in self.rows.waiting()]
        stand = [each for each in self.rows.waiting() if each in stood]
        what, _colon, number = (event.target or "").partition(":")
        if not lowered:
            assert stand == stood
        elif event.kind == "floor.dignitary_set":  # it moves nobody
            assert self.rows.waiting() == before.waiting()
        elif what == "request" and int(number) in stood:
            self.tally["an order found again among others who had changed places"]["done"] += 1
            target = int(number)
            others = [each for each in stand if each != target]
            assert others == [each for each in before.waiting() if each in others]
            ahead = set(stood[: stood.index(target)])

            def wrong(place: int) -> int:
                return len(ahead - set(others[:place])) + len(set(others[:place]) - ahead)

            assert wrong(stand.index(target)) == min(map(wrong, range(len(stand))))

    # ---- organisers

    def an_organiser(self, dice: Random) -> None:
        cap_s, limit_s = dice.choice([60, 150, 2_700, 2_701]), dice.choice([20, 45, 120])
        values = {"session_id": self.session_id, "cap_ms": cap_s * 1000, "limit_ms": limit_s * 1000, "minimum_ms": 1000}
        before = self.rows
        outcome = self.do("floor.set", commands.set_floor, **values)
        if before.turns or cap_s > 2_700:
            assert self.rows.floor["cap_ms"] == before.floor["cap_ms"]
        if outcome == "done":
            assert self.do("floor.set", commands.set_floor, **values) == "nothing"
        with transaction() as session:
            registration = session.get_one(Registration, dice.choice(self.people[:5]))
            registration.status = dice.choice(["confirmed", "confirmed", "withdrawn"])


def test_whatever_is_done_in_whatever_order_the_rules_of_the_floor_hold(app: Flask) -> None:
    with transaction():
        meeting = factories.meeting(end_date=factories.DAY + dt.timedelta(days=30))
        city = factories.organisation(meeting).id
        colleagues = [factories.person(meeting, organisation_id=city) for _ in range(2)]
        others = [factories.person(meeting) for _ in range(3)]
        people = [factories.registration(meeting, each).id for each in colleagues + others]
        people.append(factories.registration(meeting, status="pending").id)
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter, {each: Counter() for each in REACHED})
    machine = type("Machine", (FloorMachine,), {"meeting": meeting, "people": people, "tally": tally})
    run_state_machine_as_test(
        machine,
        settings=settings(
            derandomize=True,
            database=None,
            deadline=None,
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # The machine reaches what it is for: no command came up only to be refused.
    assert not {name for name, outcomes in tally.items() if not outcomes["done"]}
