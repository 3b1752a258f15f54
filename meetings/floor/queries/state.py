"""How a floor stands at an instant: who has it, who waits, and what became of the others."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import accumulate

from meetings.database import db
from meetings.floor import rules
from meetings.floor.queries.heads import FloorHead
from meetings.floor.queries.lines import Countdown, RequestLine, TurnLine, line_of, with_details
from meetings.floor.rules import Status
from meetings.floor.rules.ordering import Heard, Ordering, follows, order
from meetings.models.floor import FloorRequest


@dataclass(frozen=True, slots=True)
class FloorState:
    """A floor as it stands at `now`: who has it, who waits (in order), and what became of the others."""

    head: FloorHead
    now: dt.datetime
    speaker: RequestLine | None
    waiting: tuple[RequestLine, ...]
    heard: tuple[RequestLine, ...]  # whoever had the floor before, by the start of their first turn
    unheard: tuple[RequestLine, ...]  # whose request ended without a turn, and who was absent in theirs
    spent_ms: int  # what the running turn has used included
    limits_ms: tuple[int, ...]  # the speaking limits of those who wait, in their order
    before_ms: tuple[int, ...]  # for each of them, the limits of those before, together

    @property
    def left_ms(self) -> int:
        """What is left under the cap; negative once it is overrun."""
        return rules.left(self.head.cap_ms, self.spent_ms)

    @property
    def is_used_up(self) -> bool:
        """Whether too little is left for another turn, though the floor was not closed: imported so, or cut since."""
        left_ms, minimum_ms = self.left_ms, self.head.minimum_ms
        return self.speaker is None and self.head.closed_at is None and rules.is_over(left_ms, minimum_ms)

    @property
    def turn_clock(self) -> Countdown | None:
        """The countdown of the turn that runs or is paused."""
        turn = self.speaker.turns[-1] if self.speaker else None
        return Countdown(turn.granted_ms, turn, self.now, self.head.warning_ms) if turn else None

    @property
    def floor_clock(self) -> Countdown | None:
        """The countdown of the whole floor while a turn runs or is paused; corrections of earlier turns are in it."""
        turn = self.speaker.turns[-1] if self.speaker else None
        if turn is None:
            return None
        return Countdown(self.left_ms + rules.used(turn, self.now), turn, self.now, self.head.warning_ms)

    @property
    def current_ms(self) -> int:
        """What the speaker of the moment still has of their grant; 0 with nobody speaking."""
        return max(0, self.turn_clock.left_ms) if self.turn_clock else 0

    @property
    def is_last_turn(self) -> bool:
        """Whether nobody else is reached if the speaker of the moment uses all of the grant."""
        return self.speaker is not None and rules.is_over(self.left_ms - self.current_ms, self.head.minimum_ms)

    @property
    def free_ms(self) -> int:
        """What is left for those who wait, once the speaker of the moment has used their grant; negative if overrun."""
        return self.left_ms - self.current_ms

    @property
    def forecast(self) -> rules.Forecast:
        """How many of those who wait fit, once the speaker of the moment has used their grant."""
        return rules.forecast(self.limits_ms, self.free_ms)

    @property
    def limit_for_all(self) -> int | None:
        """The limit at which all who wait fit; None where they do already, and where no limit lets them."""
        if self.forecast.fit == len(self.waiting):
            return None
        return rules.limit_for_all(self.free_ms, len(self.waiting), self.head.minimum_ms)

    @property
    def follows_rule(self) -> bool:
        """Whether the list stands as its rule gives it now."""
        return follows(self.waiting, self.head.ordering, self._heard_so_far)

    def ordered_by(self, rule: Ordering) -> list[RequestLine]:
        """Those who wait as a rule would order them; the limits are the floor's own."""
        rule = replace(rule, limit_ms=self.head.limit_ms, limits_ms=self.head.limits_ms)
        return order(self.waiting, rule, self._heard_so_far)

    @property
    def _heard_so_far(self) -> list[Heard]:
        """Who has had the floor and does not wait to have it again, last turns last; the speaker counts as granted."""
        lines = sorted(self.heard, key=_last_heard) + ([self.speaker] if self.speaker else [])
        return [Heard(line.category, sum(_charged(turn) for turn in line.turns)) for line in lines]

    @property
    def with_turns(self) -> tuple[RequestLine, ...]:
        """All who have had the floor, whoever has it now, waits to have it again or was absent included."""
        return tuple(line for line in self._everybody if line.turns)

    @property
    def _everybody(self) -> tuple[RequestLine, ...]:
        return (*((self.speaker,) if self.speaker else ()), *self.waiting, *self.heard, *self.unheard)

    @property
    def may_return(self) -> frozenset[int]:
        """The requests that may be put back on the list while the floor is not closed.

        Of each registered person the newest; of others, who is not on the list meanwhile.
        """
        if self.head.closed_at is not None:
            return frozenset()
        newest: dict[int | None, int] = {}
        for line in self._everybody:
            newest[line.registration_id] = max(line.id, newest.get(line.registration_id, line.id))
        listed = {_unregistered(line) for line in self._everybody if line.status in rules.OPEN} - {None}
        return frozenset(
            line.id
            for line in self.unheard
            if rules.after(line.status, rules.Act.PUT_BACK)
            and (line.registration_id is None or newest[line.registration_id] == line.id)
            and _unregistered(line) not in listed
        )

    def place_of(self, request_id: int) -> int | None:
        """The place of a waiting request, counted from 1."""
        ids = [each.id for each in self.waiting]
        return ids.index(request_id) + 1 if request_id in ids else None

    def expected_wait(self, place: int) -> int | None:
        """How many milliseconds until the request at this place is heard; None if it is not reached."""
        return rules.expected_wait(self.before_ms[place - 1], self.head.minimum_ms, self.current_ms, self.free_ms)


def floor_state(head: FloorHead, now: dt.datetime) -> FloorState:
    """The floor with all its requests, at an instant."""
    rows = db.session.scalars(with_details().where(FloorRequest.session_id == head.session_id))
    lines = [line_of(row) for row in rows]
    others = [line for line in lines if line.status not in rules.OPEN]
    waiting = tuple(rules.in_order(line for line in lines if line.status in rules.WAITING))
    limits_ms = tuple(head.limit_for(line.category) for line in waiting)
    return FloorState(
        head=head,
        now=now,
        speaker=next((line for line in lines if line.status in rules.HOLDING), None),
        waiting=waiting,
        heard=tuple(sorted((line for line in others if _was_heard(line)), key=_first_heard)),
        unheard=tuple(rules.in_order(line for line in others if not _was_heard(line))),
        spent_ms=rules.spent((turn for line in lines for turn in line.turns), now),
        limits_ms=limits_ms,
        before_ms=tuple(accumulate(limits_ms, initial=0)),
    )


def _unregistered(line: RequestLine) -> tuple[str, str | None] | None:
    """By what a speaker without registration is known: the same as in commands/acting.py."""
    who = (line.name, line.organisation)
    return who if line.registration_id is None and any(who) else None


def _charged(turn: TurnLine) -> int:
    return turn.granted_ms if turn.used_ms is None else turn.used_ms


def _was_heard(line: RequestLine) -> bool:
    """Whether a request that has ended led to a turn; not the turn of somebody who was not there."""
    return bool(line.turns) and line.status is not Status.ABSENT


def _first_heard(line: RequestLine) -> tuple[bool, dt.datetime, int, int]:
    return _by_start(line.turns[0], line)


def _last_heard(line: RequestLine) -> tuple[bool, dt.datetime, int, int]:
    return _by_start(line.turns[-1], line)


def _by_start(turn: TurnLine, line: RequestLine) -> tuple[bool, dt.datetime, int, int]:
    """Turns from a meeting file have no times: they come first, in the order of the file."""
    started = turn.started_at
    return (started is not None, started or dt.datetime.min.replace(tzinfo=dt.UTC), line.rank, line.id)
