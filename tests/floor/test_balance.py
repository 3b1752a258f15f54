import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.categories import CATEGORY_HEADINGS
from exports.countries import countries
from meetings.floor.rules import Status
from meetings.floor.rules.balance import (
    AGAIN,
    CATEGORIES,
    FIRST,
    GENDERS,
    HEARD,
    NO_GROUP,
    REGIONS,
    WAITS,
    Balance,
    Group,
    balance,
    first_time,
    outcome,
    percent,
    region,
    was_heard,
)


@dataclass(frozen=True)
class Spoken:
    """An intervention that was heard."""

    id: int
    used_ms: int = 120_000
    granted_ms: int = 120_000
    category: str | None = None
    country: str | None = None
    gender: str | None = None


def of(groups: tuple[Group, ...]) -> dict[str | None, tuple[int, int]]:
    """Number and time by code, of those that are not empty."""
    return {group.code: (group.interventions, group.used_ms) for group in groups if group.interventions}


def test_the_nine_categories_come_in_the_order_of_the_concept_note() -> None:
    assert tuple(CATEGORY_HEADINGS) == CATEGORIES
    assert tuple(group.code for group in balance([]).categories) == CATEGORIES


def test_every_regional_group_of_member_states_is_there() -> None:
    assert {country.regional_group for country in countries().values()} == {*REGIONS, None}


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("SN", "African States"),
        ("KR", "Asia-Pacific States"),
        ("UA", "Eastern European States"),
        ("UY", "Latin American and Caribbean States"),
        ("CH", "Western European and other States"),
        ("AS", NO_GROUP),
        ("??", None),
        ("", None),
        (None, None),
    ],
)
def test_the_region_is_the_regional_group_of_the_country(country: str | None, expected: str | None) -> None:
    assert region(country) == expected


def test_time_and_number_are_counted_by_each_kind() -> None:
    heard = [
        Spoken(1, 100_000, category="states", country="SN", gender="woman"),
        Spoken(2, 50_500, category="states", country="SN", gender="man"),
        Spoken(3, 30_000, category="academia", country="AS"),
        Spoken(4, 1, gender="other"),
    ]
    found = balance(heard, first={1: True, 2: False, 3: True})
    assert (found.total.interventions, found.total.used_ms, found.total.granted_ms) == (4, 180_501, 480_000)
    assert of(found.categories) == {"states": (2, 150_500), "academia": (1, 30_000), None: (1, 1)}
    assert of(found.regions) == {"African States": (2, 150_500), NO_GROUP: (1, 30_000), None: (1, 1)}
    assert of(found.genders) == {"woman": (1, 100_000), "man": (1, 50_500), "other": (1, 1), None: (1, 30_000)}
    assert of(found.firsts) == {FIRST: (2, 130_000), AGAIN: (1, 50_500), None: (1, 1)}


def test_whose_kind_is_known_of_all_has_no_line_for_the_unknown() -> None:
    assert [group.code for group in balance([Spoken(1, gender="woman")]).genders] == [*GENDERS]
    assert [group.code for group in balance([Spoken(1)]).genders] == [*GENDERS, None]


def test_the_average_leaves_out_of_whom_no_time_is_known() -> None:
    total = balance([Spoken(1, 90_000), Spoken(2, 30_001), Spoken(3, used_ms=0, granted_ms=0)]).total
    assert (total.interventions, total.timed, total.average_ms) == (3, 2, 60_000)


def test_nobody_heard_is_nothing() -> None:
    empty = balance([])
    assert (empty.total.interventions, empty.total.used_ms, empty.total.average_ms) == (0, 0, None)


@dataclass(frozen=True)
class Request:
    """A request, with or without a turn."""

    status: Status
    turns: tuple["Turn", ...] = ()


@dataclass(frozen=True)
class Turn:
    """A turn; None while it lasts."""

    used_ms: int | None = None


ENDED, RUNNING = (Turn(0),), (Turn(),)


@pytest.mark.parametrize(
    ("status", "turned", "without_a_turn"),
    [
        (Status.SPOKEN, HEARD, HEARD),
        (Status.SPEAKING, HEARD, None),
        (Status.PAUSED, HEARD, None),
        (Status.SET_ASIDE, HEARD, None),
        (Status.CALLED, HEARD, WAITS),
        (Status.REQUESTED, HEARD, WAITS),
        (Status.WITHDRAWN, HEARD, Status.WITHDRAWN),
        (Status.NOT_REACHED, HEARD, Status.NOT_REACHED),
        (Status.DECLINED, HEARD, Status.DECLINED),
        (Status.ABSENT, Status.ABSENT, Status.ABSENT),
    ],
)
def test_what_became_of_a_request(status: Status, turned: str, without_a_turn: str | None) -> None:
    assert outcome(Request(status, ENDED)) == turned
    assert was_heard(Request(status, ENDED)) == (turned == HEARD)
    if without_a_turn is not None:  # nobody holds the floor, or was interrupted, without a turn
        assert outcome(Request(status)) == without_a_turn


@pytest.mark.parametrize("status", [Status.SPEAKING, Status.PAUSED])
def test_who_speaks_counts_once_a_turn_has_ended(status: Status) -> None:
    assert (outcome(Request(status, RUNNING)), was_heard(Request(status, RUNNING))) == (WAITS, False)
    again = Request(status, (*ENDED, *RUNNING))
    assert (outcome(again), was_heard(again)) == (HEARD, True)


EARLY, LATE = dt.date(2025, 7, 22), dt.date(2025, 11, 26)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([], {}),
        ([(1, "a@example.org", EARLY)], {1: True}),
        ([(1, "a@example.org", LATE), (2, "A@example.org", EARLY)], {1: False, 2: True}),
        ([(1, "a@example.org", EARLY), (2, "a@example.org", LATE)], {1: True, 2: False}),
        ([(1, "a@example.org", EARLY), (2, "a@example.org", EARLY)], {1: True, 2: True}),
        ([(1, "a@example.org", EARLY), (2, "b@example.org", LATE)], {1: True, 2: True}),
        ([(1, None, EARLY), (2, "", LATE), (3, "a@example.org", None)], {}),
        ([(1, "a@example.org", None), (2, "a@example.org", LATE)], {2: True}),
    ],
)
def test_who_was_heard_at_an_earlier_meeting_is_no_first_time_speaker(
    heard: list[tuple[int, str | None, dt.date | None]], expected: dict[int, bool]
) -> None:
    assert first_time(heard) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (0, 5, 0), (5, 5, 100), (1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0)]
)
def test_a_share_is_rounded_to_the_whole_per_cent(part: int, whole: int, expected: int) -> None:
    assert percent(part, whole) == expected


spoken = st.lists(
    st.builds(
        Spoken,
        id=st.integers(1, 60),
        used_ms=st.integers(0, 2_800_000),
        granted_ms=st.integers(0, 2_700_000),
        category=st.sampled_from([*CATEGORIES, None, "a category of another time"]),
        country=st.sampled_from([*countries(), None, "??"]),
        gender=st.sampled_from([*GENDERS, None]),
    ),
    max_size=60,
)


@given(spoken, st.dictionaries(st.integers(1, 60), st.booleans()))
def test_every_tally_adds_up_to_the_total(heard: list[Spoken], first: dict[int, bool]) -> None:
    found: Balance = balance(heard, first)
    assert found.total.interventions == len(heard)
    for groups in (found.categories, found.regions, found.genders, found.firsts):
        assert sum(group.interventions for group in groups) == found.total.interventions
        assert sum(group.used_ms for group in groups) == found.total.used_ms
        assert sum(group.granted_ms for group in groups) == found.total.granted_ms
        assert sum(group.timed for group in groups) == found.total.timed
        assert len({group.code for group in groups}) == len(groups)


@given(st.permutations([Spoken(1, 1), Spoken(2, 20, gender="man"), Spoken(3, 300, country="SN")]))
def test_the_order_of_those_heard_makes_no_difference(heard: list[Spoken]) -> None:
    assert balance(heard) == balance(sorted(heard, key=lambda each: each.id))
