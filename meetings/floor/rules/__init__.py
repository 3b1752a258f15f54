"""Who may speak, for how long, and in which order. Pure: `now` is an argument, durations are whole milliseconds.

One slot of a Human Rights Council panel is 45 minutes for the floor and 15 for the panellists' replies (orders of the
day of the Council, 2014 to 2017); the dialogues keep the same 45 minutes. `CAP_MS` is the one place that says so; the
database holds the same number in the constraint of each turn.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

CAP_MS = 45 * 60 * 1000
# The round steps in which a limit for all is looked for.
ROUND_MS = 10_000


class Status(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    CALLED = "called"  # told to be ready: next to speak
    SPEAKING = "speaking"
    PAUSED = "paused"
    SPOKEN = "spoken"
    WITHDRAWN = "withdrawn"  # by the participant
    ABSENT = "absent"  # not there: the turn is lost
    NOT_REACHED = "not_reached"  # the time ran out before
    DECLINED = "declined"  # by the chair
    SET_ASIDE = "set_aside"  # the connection was lost: waits at the top again


class Act(StrEnum):
    """What may be done with a request; each is a command."""

    CALL = "call"
    GIVE = "give"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    SET_ASIDE = "set_aside"
    WITHDRAW = "withdraw"
    MARK_ABSENT = "mark_absent"
    DECLINE = "decline"
    CLOSE = "close"  # the floor closes before this request is reached
    PUT_BACK = "put_back"  # the chair takes back "absent" or "declined"


WAITING = frozenset({Status.REQUESTED, Status.CALLED, Status.SET_ASIDE})
HOLDING = frozenset({Status.SPEAKING, Status.PAUSED})
OPEN = WAITING | HOLDING

# Every arrow there is. Giving the floor to somebody who was not called before calls them in the same breath; somebody
# given the floor may turn out not to be there. A wrong press of "absent" or "decline" can be mended; who withdrew did
# it themselves, and asks again themselves.
TRANSITIONS: dict[tuple[Status, Act], Status] = {
    (Status.REQUESTED, Act.CALL): Status.CALLED,
    (Status.SET_ASIDE, Act.CALL): Status.CALLED,
    (Status.SPEAKING, Act.PAUSE): Status.PAUSED,
    (Status.PAUSED, Act.RESUME): Status.SPEAKING,
    **{(waiting, Act.GIVE): Status.SPEAKING for waiting in WAITING},
    **{(holding, Act.END): Status.SPOKEN for holding in HOLDING},
    **{(holding, Act.SET_ASIDE): Status.SET_ASIDE for holding in HOLDING},
    **{(waiting, Act.WITHDRAW): Status.WITHDRAWN for waiting in WAITING},
    **{(waiting, Act.DECLINE): Status.DECLINED for waiting in WAITING},
    **{(waiting, Act.CLOSE): Status.NOT_REACHED for waiting in WAITING},
    **{(any_open, Act.MARK_ABSENT): Status.ABSENT for any_open in OPEN},
    (Status.ABSENT, Act.PUT_BACK): Status.REQUESTED,
    (Status.DECLINED, Act.PUT_BACK): Status.REQUESTED,
}
# Where a request stands after an act, whatever was before: how a repeated act is known.
OUTCOMES = {act: status for (_, act), status in TRANSITIONS.items()}


def after(status: Status, act: Act) -> Status | None:
    """Where a request stands after the act, or None where the act is not possible."""
    return TRANSITIONS.get((status, act))


def is_stale(seen: int, chair_version: int) -> bool:
    """Whether the chair or the desk acted after the version that somebody saw.

    New requests come onto the list where its rule puts them, and withdrawn ones leave it. As every act names the
    request that it is on, they make no view of the list wrong; a chair could otherwise never act while many ask.
    """
    return seen < chair_version


class Timing(Protocol):
    """The times of one turn. `used_ms` is None while it lasts, `paused_ms` is of the pauses that have ended."""

    @property
    def started_at(self) -> dt.datetime | None: ...
    @property
    def paused_at(self) -> dt.datetime | None: ...
    @property
    def paused_ms(self) -> int: ...
    @property
    def used_ms(self) -> int | None: ...


def milliseconds(duration: dt.timedelta) -> int:
    """A duration in whole milliseconds."""
    return duration // dt.timedelta(milliseconds=1)


def since_epoch(instant: dt.datetime) -> int:
    """An instant as a number that scripts in a page understand: milliseconds since 1970."""
    return milliseconds(instant - dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


def is_to_come(date: dt.date | None, start: dt.time | None, timezone: str, now: dt.datetime) -> bool:
    """Whether a wall-clock time in a zone is still to come; without a time the day itself, without a day never."""
    local = now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    return date is not None and local < dt.datetime.combine(date, start or dt.time.min)


def used(turn: Timing, now: dt.datetime) -> int:
    """The speaking time of a turn without its pauses, overrun included, in milliseconds; never below zero."""
    if turn.used_ms is not None:
        return turn.used_ms
    if turn.started_at is None:
        return 0
    until = turn.paused_at or now
    return max(0, milliseconds(until - turn.started_at) - turn.paused_ms)


def spent(turns: Iterable[Timing], now: dt.datetime) -> int:
    """What a session's turns have used of its cap."""
    return sum(used(turn, now) for turn in turns)


def left(cap_ms: int, spent_ms: int) -> int:
    """What is left under the cap; negative where the last speaker overran it."""
    return cap_ms - spent_ms


def limit_for(category: str | None, limit_ms: int, limits_ms: Mapping[str, int]) -> int:
    """The speaking limit of a category: its own where it has one."""
    return limits_ms.get(category or "", limit_ms)


def trimmed(limits_ms: Mapping[str, int], limit_ms: int) -> dict[str, int]:
    """The limits by category under a limit for all: those that are shorter stay."""
    return {category: own_ms for category, own_ms in limits_ms.items() if own_ms < limit_ms}


def granted(limit_ms: int, left_ms: int, minimum_ms: int) -> int | None:
    """The time given to the next speaker: the limit, or what is left. None where that is less than the minimum."""
    grant = min(limit_ms, left_ms)
    return grant if grant >= minimum_ms else None


def granted_again(remaining_ms: int, left_ms: int, minimum_ms: int) -> int | None:
    """The time given to a speaker whose turn was ended by mistake: what they still had, at least the minimum.

    Never more than what is left under the cap; None where that is less than the minimum.
    """
    return granted(max(remaining_ms, minimum_ms), left_ms, minimum_ms)


def is_over(left_ms: int, minimum_ms: int) -> bool:
    """Whether the floor closes: too little is left to give it to anybody."""
    return left_ms < minimum_ms


def stage(left_ms: int, warning_ms: int) -> str:
    """How a running clock looks: `over` from the first whole second of overrun, `ending` before that, or `running`."""
    return "over" if left_ms <= -1000 else "ending" if left_ms <= warning_ms else "running"


class Waiting(Protocol):
    """What the order of the list rests on."""

    @property
    def id(self) -> int: ...
    @property
    def rank(self) -> int: ...


W = TypeVar("W", bound=Waiting)


def in_order(requests: Iterable[W]) -> list[W]:
    """Those who wait, next speaker first. Who is called or set aside was given a rank before all others."""
    return sorted(requests, key=lambda request: (request.rank, request.id))


def rank_at_front(ranks: Iterable[int]) -> int:
    """The rank of a request that goes before all others."""
    return min(ranks, default=1) - 1


def rank_at_end(ranks: Iterable[int]) -> int:
    """The rank of a request that goes behind all others."""
    return max(ranks, default=0) + 1


def moved(ids: Sequence[int], target: int, place: int) -> list[int]:
    """The list with one request at another place, counted from 1; a place beyond the end is the last one."""
    others = [each for each in ids if each != target]
    index = max(0, place - 1)
    return [*others[:index], target, *others[index:]]


def returned(others: Sequence[int], target: int, before: Sequence[int]) -> list[int]:
    """The list with somebody back on it, among others who may have changed places and be joined by newcomers.

    They stand where the fewest of those who were before them on the former list are behind them, and the other way
    round; of several such places at the first one.
    """
    ahead = set(before[: before.index(target)])
    behind = set(before) - ahead - {target}
    wrong = list(accumulate(((each in behind) - (each in ahead) for each in others), initial=0))
    place = wrong.index(min(wrong))
    return [*others[:place], target, *others[place:]]


def restored(now: Sequence[int], before: Sequence[int]) -> list[int]:
    """The list with those who were on it before in their former order again; who came since keeps their place."""
    returning = iter([each for each in before if each in now])
    return [next(returning) if each in before else each for each in now]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Whether those who wait can all be heard: of the `needed_ms` for all of them, `fit` fit into `left_ms`.

    `limit_ms` is the limit of each, where it is the same for all who wait.
    """

    waiting: int
    limit_ms: int | None
    needed_ms: int
    left_ms: int
    fit: int


def forecast(limits_ms: Sequence[int], left_ms: int) -> Forecast:
    """How many of those who wait fit, in their order and each with the full limit (the Council's: budget ÷ limit)."""
    left_ms = max(0, left_ms)
    fit = sum(total_ms <= left_ms for total_ms in accumulate(limits_ms))
    limit_ms = limits_ms[0] if len(set(limits_ms)) == 1 else None
    return Forecast(len(limits_ms), limit_ms, sum(limits_ms), left_ms, fit)


def limit_for_all(left_ms: int, waiting: int, minimum_ms: int) -> int | None:
    """The longest limit at which all who wait fit, in whole steps of ten seconds; None where the minimum is longer."""
    if waiting == 0:
        return None
    limit_ms = left_ms // waiting // ROUND_MS * ROUND_MS
    return limit_ms if limit_ms >= minimum_ms else None


def expected_wait(before_ms: int, minimum_ms: int, current_ms: int, left_ms: int) -> int | None:
    """How long until a request is heard, if those before it use their limits (`before_ms`); None if not reached.

    `current_ms` is what the speaker of the moment still has (0 with nobody speaking), `left_ms` is left after them.
    """
    return None if left_ms - before_ms < minimum_ms else current_ms + before_ms
