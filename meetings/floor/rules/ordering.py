"""The order of the list: what each policy makes of those who wait, and where a newcomer goes. Pure.

The list never reorders by itself. A policy is applied when the chair says so; from then on it decides where a newcomer
is put, and whether the list, with what was moved by hand since, still is what the policy gives.

The models: inscription in the order of asking (lists of speakers of the Human Rights Council); places by group whose
unused ones the others get (the secretariat's paper on the review's list of 60 speakers); the President's draw of lots
when more ask than there are slots; dignitaries and statements of groups before all others (the Council's panels).
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from meetings.floor.rules import Status, in_order, limit_for
from meetings.floor.rules.balance import CATEGORIES

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
# Who was called is told to be ready, who was set aside goes on where they were cut off: no rule moves them.
_ON_TOP = frozenset({Status.CALLED, Status.SET_ASIDE})


class Policy(StrEnum):
    """What orders the list."""

    FIRST_COME = "first_come"
    ROUND_ROBIN = "round_robin"  # one of each category in turn, after the category heard last
    LEAST_HEARD = "least_heard"  # the category that has had the least time is next
    ONE_EACH = "one_each"  # one of each category that was not heard yet, then first come
    QUOTAS = "quotas"  # so many places for each category, then the others
    DRAW = "draw"  # by lot


class Listed(Protocol):
    """What a policy looks at in somebody who waits. `category` is of their organisation."""

    @property
    def id(self) -> int: ...
    @property
    def rank(self) -> int: ...
    @property
    def status(self) -> Status: ...
    @property
    def category(self) -> str | None: ...
    @property
    def capacity(self) -> str: ...
    @property
    def dignitary(self) -> bool: ...
    @property
    def requested_at(self) -> dt.datetime | None: ...


L = TypeVar("L", bound=Listed)


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who has had the floor: their category, and the time they used (or have been given, while it lasts)."""

    category: str | None
    used_ms: int


@dataclass(frozen=True, slots=True)
class Ordering:
    """A policy with what it needs: places by category for quotas, the seed of a draw, the speaking limits.

    `priority`: dignitaries go first, then joint statements, then all others, the policy holding within each.
    """

    policy: Policy
    priority: bool = False
    quotas: Mapping[str, int] = field(default_factory=dict)
    seed: str | None = None
    limit_ms: int = 0
    limits_ms: Mapping[str, int] = field(default_factory=dict)


def order(waiting: Iterable[L], rule: Ordering, heard: Sequence[Heard]) -> list[L]:
    """Those who wait as the rule puts them. Called and set aside stay on top, as they are.

    `heard`: who has had the floor and does not wait to have it again, in that order; whoever has it now is the last.
    """
    listed = in_order(waiting)
    top = [each for each in listed if each.status in _ON_TOP]
    return [*top, *_arranged(top, _as_asked(each for each in listed if each.status not in _ON_TOP), rule, heard)]


def place_of_newcomer(waiting: Iterable[L], newcomer: L, rule: Ordering, heard: Sequence[Heard]) -> int:
    """Where on the list somebody goes who comes last of all who wait, counted from 1.

    First come and a draw know only the end (with `priority`: of those of the same standing). The other policies put a
    newcomer where they would on a list that is theirs: on one that was moved by hand, behind just as many.
    """
    listed = in_order(waiting)
    top = [each for each in listed if each.status in _ON_TOP]
    if rule.policy in {Policy.FIRST_COME, Policy.DRAW}:
        standing = _standing(newcomer, rule)
        before = [
            place
            for place, each in enumerate(listed, start=1)
            if each.status in _ON_TOP or _standing(each, rule) <= standing
        ]
        return max(before, default=0) + 1
    rest = _as_asked(each for each in listed if each.status not in _ON_TOP)
    ordered = [*top, *_arranged(top, [*rest, newcomer], rule, heard)]
    return next(place for place, each in enumerate(ordered, start=1) if each.id == newcomer.id)


def follows(waiting: Iterable[L], rule: Ordering, heard: Sequence[Heard]) -> bool:
    """Whether the list is what the rule gives now. After a draw, whoever asked since stands behind those drawn.

    On a list of first come only a hand changes the order of asking, for good reason: the chair moves somebody or puts
    them back, a participant lets others go first. Ordering again would take that away, so it still follows; what is
    looked at is who has priority.
    """
    listed = in_order(waiting)
    top = [each for each in listed if each.status in _ON_TOP]
    rest = [each for each in listed if each.status not in _ON_TOP]
    groups = _by_standing(rest, rule)
    if rule.policy is Policy.FIRST_COME:
        return rest == [each for group in groups for each in group]
    if rule.policy is Policy.DRAW:
        return listed == [*top, *(each for group in groups for each in group)] and all(
            _is_drawn(group, rule.seed or "") for group in groups
        )
    return [each.id for each in listed] == [each.id for each in order(listed, rule, heard)]


def _is_drawn(group: Sequence[L], seed: str) -> bool:
    """Whether some were drawn, and the others stand behind them as they asked, all of them later than those drawn.

    Those at the end who stand as they asked may have been drawn or not; if the ones before them are in the order of
    their lots, it is so at least where these alone were drawn.
    """
    drawn = len(group)
    for each, asked in zip(reversed(group), reversed(_as_asked(group)), strict=True):
        if each.id != asked.id:
            break
        drawn -= 1
    lots = [lot(seed, each.id) for each in group[:drawn]]
    return lots == sorted(lots)


def lot(seed: str, request_id: int) -> str:
    """What a request draws: SHA-256 of `seed:number`, so that anybody can draw again. The smallest goes first."""
    return hashlib.sha256(f"{seed}:{request_id}".encode()).hexdigest()


def _as_asked(requests: Iterable[L]) -> list[L]:
    """First come first; requests of a meeting file may have no time and come before those that have."""
    return sorted(requests, key=lambda each: (each.requested_at is not None, each.requested_at or _LONG_AGO, each.id))


def _standing(request: Listed, rule: Ordering) -> int:
    if not rule.priority or request.dignitary:
        return 0
    return 1 if request.capacity == "joint" else 2


def _by_standing(requests: Iterable[L], rule: Ordering) -> list[list[L]]:
    groups: tuple[list[L], ...] = ([], [], [])
    for each in requests:
        groups[_standing(each, rule)].append(each)
    return [group for group in groups if group]


def _arranged(top: Sequence[L], asked: Sequence[L], rule: Ordering, heard: Sequence[Heard]) -> list[L]:
    """Those who asked, as the rule puts them behind whoever was heard and is on top."""
    before = [*heard, *(_expected(each, rule) for each in top)]
    result: list[L] = []
    for group in _by_standing(asked, rule):
        picked = _by_policy(group, rule, before)
        before += [_expected(each, rule) for each in picked]
        result += picked
    return result


def _expected(request: Listed, rule: Ordering) -> Heard:
    return Heard(request.category, limit_for(request.category, rule.limit_ms, rule.limits_ms))


def _by_policy(asked: Sequence[L], rule: Ordering, heard: Sequence[Heard]) -> list[L]:
    match rule.policy:
        case Policy.FIRST_COME:
            return list(asked)
        case Policy.ROUND_ROBIN:
            return _round_robin(asked, heard)
        case Policy.LEAST_HEARD:
            return _least_heard(asked, rule, heard)
        case Policy.ONE_EACH:
            return _one_each(asked, heard)
        case Policy.QUOTAS:
            return _quotas(asked, rule, heard)
        case Policy.DRAW:
            return sorted(asked, key=lambda each: lot(rule.seed or "", each.id))


def _one_each(asked: Sequence[L], heard: Sequence[Heard]) -> list[L]:
    """Nobody is the first of no category: who belongs to none comes with the others."""
    known = {None, *(each.category for each in heard)}
    first: list[L] = []
    for each in asked:
        if each.category not in known:
            known.add(each.category)
            first.append(each)
    return _before_others(first, asked)


def _quotas(asked: Sequence[L], rule: Ordering, heard: Sequence[Heard]) -> list[L]:
    """The places that a category does not use spill over: behind those within their quotas, all others, first come."""
    taken = Counter(each.category for each in heard)
    within: list[L] = []
    for each in asked:
        if taken[each.category] < rule.quotas.get(each.category or "", 0):
            taken[each.category] += 1
            within.append(each)
    return _before_others(within, asked)


def _before_others(first: list[L], asked: Sequence[L]) -> list[L]:
    ids = {each.id for each in first}
    return [*first, *(each for each in asked if each.id not in ids)]


def _round_robin(asked: Sequence[L], heard: Sequence[Heard]) -> list[L]:
    ring = len(CATEGORIES) + 1
    last = _position(heard[-1].category) if heard else -1
    result: list[L] = []
    queues = _queues(asked)
    while queues:
        start = last
        last = min(queues, key=lambda position: (position - start - 1) % ring)
        result.append(queues[last].pop(0))
        if not queues[last]:
            del queues[last]
    return result


def _least_heard(asked: Sequence[L], rule: Ordering, heard: Sequence[Heard]) -> list[L]:
    """Each pick counts as if it used its limit. Of two categories with the same time, the one heard less often, then
    the one whose first speaker asked earlier, is next."""
    times: Counter[int] = Counter()
    turns: Counter[int] = Counter()
    for each in heard:
        times[_position(each.category)] += each.used_ms
        turns[_position(each.category)] += 1
    places = {each.id: place for place, each in enumerate(asked)}
    result: list[L] = []
    queues = _queues(asked)
    while queues:
        chosen = min(queues, key=lambda at: (times[at], turns[at], places[queues[at][0].id]))
        picked = queues[chosen].pop(0)
        times[chosen] += _expected(picked, rule).used_ms
        turns[chosen] += 1
        result.append(picked)
        if not queues[chosen]:
            del queues[chosen]
    return result


def _queues(asked: Iterable[L]) -> dict[int, list[L]]:
    """Those who asked, by the position of their category."""
    queues: dict[int, list[L]] = {}
    for each in asked:
        queues.setdefault(_position(each.category), []).append(each)
    return queues


def _position(category: str | None) -> int:
    """The place of a category among the nine, from 0; who belongs to none of them comes behind."""
    return CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
