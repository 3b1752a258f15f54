"""Who was heard how often and for how long: by category, region and gender, and who for the first time. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, get_args

from exports.countries import countries
from exports.meeting_file_types import Category

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


class Intervention(Protocol):
    """What an intervention counts by; a request with the times of its turns. Milliseconds."""

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
    granted_ms: int
    used_ms: int

    @property
    def average_ms(self) -> int:
        """The average length of an intervention, in whole milliseconds; 0 with none."""
        return self.used_ms // self.interventions if self.interventions else 0


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


def region(country: str | None) -> str | None:
    """The regional group of a country's code, NO_GROUP for one that is no Member State, None without a country."""
    found = countries().get(country or "")
    return None if found is None else found.regional_group or NO_GROUP


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, halves rounded up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _group(code: str | None, members: Sequence[Intervention]) -> Group:
    granted, used = sum(each.granted_ms for each in members), sum(each.used_ms for each in members)
    return Group(code, len(members), granted, used)


def _first(known: bool | None) -> str | None:
    return None if known is None else FIRST if known else AGAIN
