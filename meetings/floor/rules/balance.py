"""Who was heard how often and for how long: by category, region and gender, and who for the first time. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, get_args

from exports.categories import Category
from exports.countries import countries
from meetings.floor.rules import OPEN, Status

# The nine of the concept note of November 2025, in its order.
CATEGORIES: tuple[str, ...] = get_args(Category)
# The regional groups of Member States, in the order in which the United Nations names them.
REGIONS = (
    "African States",
    "Asia-Pacific States",
    "Eastern European States",
    "Latin American and Caribbean States",
    "Western European and other States",
)
NO_GROUP = "no_group"  # a country or area that is no Member State
GENDERS = ("woman", "man", "other")
FIRST, AGAIN = "first", "again"


HEARD, WAITS = "heard", "waiting"
# What becomes of a request, in the order in which it is told.
OUTCOMES = (HEARD, WAITS, Status.NOT_REACHED, Status.WITHDRAWN, Status.ABSENT, Status.DECLINED)


class Ended(Protocol):
    """A turn; `used_ms` is None while it lasts."""

    @property
    def used_ms(self) -> int | None: ...


class Asked(Protocol):
    """A request with its turns."""

    @property
    def status(self) -> Status: ...
    @property
    def turns(self) -> Sequence[Ended]: ...


class Intervention(Protocol):
    """What an intervention counts by; a request with the times of its turns. Milliseconds.

    Where nothing was granted the time is not known: an intervention that came with a meeting file.
    """

    @property
    def id(self) -> int: ...
    @property
    def category(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def gender(self) -> str | None: ...
    @property
    def granted_ms(self) -> int: ...
    @property
    def used_ms(self) -> int: ...


Heard = TypeVar("Heard", bound=Intervention)


@dataclass(frozen=True, slots=True)
class Group:
    """What falls to those of one kind. `code` is None where the kind is not known or was not declared."""

    code: str | None
    interventions: int
    timed: int  # those of them whose time is known
    granted_ms: int
    used_ms: int

    @property
    def average_ms(self) -> int | None:
        """The average length of those whose time is known, in whole milliseconds; None with none."""
        return self.used_ms // self.timed if self.timed else None


@dataclass(frozen=True, slots=True)
class Balance:
    """How the time heard was shared out. Every tally adds up to `total`, and names the kinds nobody came from too."""

    total: Group
    categories: tuple[Group, ...]
    regions: tuple[Group, ...]
    genders: tuple[Group, ...]
    firsts: tuple[Group, ...]


def balance(interventions: Iterable[Heard], first: Mapping[int, bool] | None = None) -> Balance:
    """The shares of those who were heard; `first` says by request who speaks for the first time, where it is known."""
    heard = tuple(interventions)
    known = first or {}
    return Balance(
        total=_group(None, heard),
        categories=tally(heard, CATEGORIES, lambda each: each.category),
        regions=tally(heard, (*REGIONS, NO_GROUP), lambda each: region(each.country)),
        genders=tally(heard, GENDERS, lambda each: each.gender),
        firsts=tally(heard, (FIRST, AGAIN), lambda each: _first(known.get(each.id))),
    )


def tally(heard: Iterable[Heard], codes: Sequence[str], code_of: Callable[[Heard], str | None]) -> tuple[Group, ...]:
    """One group for every code, in their order, and a last one for those of whom it is not known, if there are any."""
    of: dict[str | None, list[Heard]] = defaultdict(list)
    for each in heard:
        code = code_of(each)
        of[code if code in codes else None].append(each)
    unknown = (_group(None, of[None]),) if None in of else ()
    return (*(_group(code, of[code]) for code in codes), *unknown)


def was_heard(request: Asked) -> bool:
    """Whether a request led to an intervention; not the turn of somebody who was not there.

    Only turns that have ended count, as only their time does: who speaks in a first turn is not yet among those heard,
    who was interrupted and waits to go on is. Interventions of a meeting file have no turn where their time is not
    known.
    """
    ended = any(turn.used_ms is not None for turn in request.turns)
    return request.status is Status.SPOKEN or (ended and request.status is not Status.ABSENT)


def outcome(request: Asked) -> str:
    """What became of a request; one of OUTCOMES."""
    return HEARD if was_heard(request) else WAITS if request.status in OPEN else request.status


def first_time(heard: Iterable[tuple[int, str | None, dt.date | None]]) -> dict[int, bool]:
    """By intervention, whether its speaker was not heard at an earlier meeting; left out where it is not known.

    Each is given with the speaker's address (or None) and the day its meeting began; the same address is the same
    person. A second intervention at the same meeting, or on the same day, does not count as one at a later meeting.
    """
    known = [(each, address.casefold(), day) for each, address, day in heard if address and day]
    began: dict[str, dt.date] = {}
    for _, address, day in known:
        began[address] = min(day, began.get(address, day))
    return {each: day == began[address] for each, address, day in known}


def region(country: str | None) -> str | None:
    """The regional group of a country's code, NO_GROUP for one that is no Member State, None without a country."""
    found = countries().get(country or "")
    return None if found is None else found.regional_group or NO_GROUP


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, halves rounded up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _group(code: str | None, members: Sequence[Intervention]) -> Group:
    granted, used = sum(each.granted_ms for each in members), sum(each.used_ms for each in members)
    return Group(code, len(members), sum(each.granted_ms > 0 for each in members), granted, used)


def _first(known: bool | None) -> str | None:
    return None if known is None else FIRST if known else AGAIN
