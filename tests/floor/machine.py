"""A floor on which commands are played, each looked at from all sides (tests/floor/test_machine.py)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from meetings.database import db, transaction
from meetings.models.meeting import Meeting
from meetings.models.message import Event
from meetings.models.people import Registration
from meetings.refusals import Refused, Stale
from tests import factories
from tests.floor import invariants
from tests.floor.invariants import Row, Rows
from tests.floor.scene import CHAIR, NOON

# What may stand in the log beside the command's own line: what comes of its closing the floor, and a statement that
# came with a request.
CLOSING = {"floor.closed", "floor.not_reached"}
STATEMENT = {"floor.statement_filed", "floor.statement_removed"}


@dataclass(frozen=True)
class Press:
    """How a button is pressed: so long after what was done before, having seen an old list, and perhaps twice."""

    after_s: float
    stale: bool
    again: bool


class PlayedFloor(RuleBasedStateMachine):
    """One session's floor and its participants: five confirmed ones, two of them colleagues, and one who is not."""

    meeting: ClassVar[Meeting]
    people: ClassVar[list[int]]
    tally: ClassVar[defaultdict[str, Counter[str]]]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.session_id = 0
        self.events: list[Event] = []  # of the last command
        self.undoable: tuple[Event, Rows] | None = None  # the chair's last act, and how it stood before
        self.lowered = False  # somebody has let others go first since

    def open_session(self, **floor: int) -> None:
        """A new session with three on its list."""
        with transaction() as session:
            here = factories.session(session.merge(self.meeting))
            factories.floor(here, **floor)
            for registration_id in self.people[:5]:
                session.get_one(Registration, registration_id).status = "confirmed"
            for registration_id in self.people[1:4]:
                factories.floor_request(here, session.get_one(Registration, registration_id))
            self.session_id = here.id
        self.rows = invariants.read(self.session_id)

    # ---- doing something, and what is looked at whatever it is

    def do(self, kind: str, command: Callable[..., Any], **values: Any) -> str:
        """Carry out a command and look at what it made of the rows: `done`, `nothing`, `refused` or `stale`."""
        before = self.rows
        try:
            command(**({"actor": CHAIR, "now": self.now} | values))
            outcome = "done"
        except Stale:
            outcome = "stale"
        except Refused:
            outcome = "refused"
        self.rows = invariants.read(self.session_id)
        self.events = events = (
            invariants.events_after(before.last_event) if self.rows.last_event > before.last_event else []
        )
        invariants.assert_step(before, self.rows, events, self.now)
        if not events:
            assert self.rows == before
            outcome = "nothing" if outcome == "done" else outcome
        else:
            self.assert_logged(kind, before, [event.kind for event in events])
            assert outcome == "done", "refused, but not without a trace"
        self.tally[command.__name__][outcome] += 1
        self.lowered |= (kind, outcome) == ("floor.lowered", "done")
        note(f"{self.now:%H:%M:%S} {command.__name__} {values}: {outcome}")
        return outcome

    def assert_logged(self, kind: str, before: Rows, kinds: list[str]) -> None:
        """One line for the command; where it closes the floor, one for that and one for each who was not reached."""
        closes = self.rows.floor["closed_at"] is not None and before.floor["closed_at"] is None
        unreached = len(self.rows.of_status("not_reached")) - len(before.of_status("not_reached"))
        assert kinds.count("floor.closed") == closes
        if closes and kind != "floor.closed":
            self.tally["a floor closed by its cap"]["done"] += 1
        assert kinds.count("floor.not_reached") == unreached
        own = [each for each in kinds if each not in CLOSING] or ["floor.closed"]
        if kind in {"floor.requested", "floor.request_changed"}:
            assert len([each for each in own if each in STATEMENT]) <= 1
            own = [each for each in own if each not in STATEMENT] or [kind]
        assert own == [kind]

    def press(self, kind: str, command: Callable[..., Any], how: Press, **values: Any) -> str:
        """The chair presses a button."""
        self.now += dt.timedelta(seconds=how.after_s)
        before = self.rows
        version = before.floor["chair_version"] - 1 if how.stale else before.floor["version"]
        target = {"session_id": self.session_id, "version": version, **values}
        outcome = self.do(kind, command, **target)
        if how.stale:
            assert self.rows == before, "a stale press changed something"
        else:
            assert outcome != "stale"
        if outcome == "done":
            self.undoable, self.lowered = (self.events[0], before), False
        if how.again and outcome == "done":
            assert self.do(kind, command, **target) == "nothing", "a repeat is not known as one"
        return outcome

    def dice(self, chance: int) -> Random:
        """Dice that fall as this number, the floor's version and the time have it."""
        return Random(f"{chance} {self.rows.floor['version']} {self.now}")  # noqa: S311  # to be had again

    def pick(self, dice: Random, statuses: set[str]) -> Row:
        """One of the requests that stand so; any other where there is none."""
        return dice.choice(self.rows.of_status(*statuses) or list(self.rows.requests.values()))

    @invariant()
    def all_rules_hold(self) -> None:
        if self.session_id:
            invariants.assert_sound(self.rows)

    def teardown(self) -> None:
        db.session.rollback()
