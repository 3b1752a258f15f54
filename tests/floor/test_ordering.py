"""The order of the list: each policy as a table of cases, what holds for all of them, and newcomers."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.display import categories
from meetings.floor.rules import Status, in_order, ordering
from meetings.floor.rules.balance import CATEGORIES
from meetings.floor.rules.ordering import Heard, Ordering, Policy, follows, lot, order, place_of_newcomer

START = dt.datetime(2025, 11, 26, 9, 30, tzinfo=dt.UTC)
# Short names of categories, by which the cases below are written; a dot is somebody who belongs to none.
SHORT: dict[str, str | None] = {
    "S": "states",
    "L": "local_and_regional_governments",
    "H": "human_rights_institutions",
    "A": "academia",
    ".": None,
}


@dataclass(frozen=True)
class Listed:
    id: int
    rank: int
    category: str | None = None
    status: Status = Status.REQUESTED
    capacity: str = "organisation"
    dignitary: bool = False
    requested_at: dt.datetime | None = START


def those(words: str) -> list[Listed]:
    """Those who wait, as `S1 L2+ A3& S4!`: category and number (also the order of asking), and what they are.

    `+` a dignitary, `&` a joint statement, `!` called. The list is in the order written.
    """
    found = []
    for rank, word in enumerate(words.split()):
        marks = word.lstrip("SLHA.0123456789")
        number = int(word.strip("SLHA.+&!"))
        found.append(
            Listed(
                number,
                rank,
                SHORT[word[0]],
                Status.CALLED if "!" in marks else Status.REQUESTED,
                "joint" if "&" in marks else "organisation",
                "+" in marks,
                START + dt.timedelta(seconds=number),
            )
        )
    return found


def before(words: str) -> list[Heard]:
    """Who was heard, as `S60 L120`: categories and seconds."""
    return [Heard(SHORT[word[0]], int(word[1:]) * 1000) for word in words.split()]


def rule(policy: str, **values: Any) -> Ordering:
    return Ordering(Policy(policy), limit_ms=120_000, **values)


def ids(requests: Sequence[Listed]) -> list[int]:
    return [each.id for each in requests]


def test_the_categories_are_those_that_pages_show_in_their_order() -> None:
    assert tuple(categories()) == CATEGORIES


CASES = [
    # first come: as they asked, whatever the list is now
    ("first_come", "S3 L1 S2", "", {}, [1, 2, 3]),
    ("first_come", "S3 L1 S2!", "", {}, [2, 1, 3]),
    ("first_come", "S1 L2& A3+ S4& L5+", "", {"priority": True}, [3, 5, 2, 4, 1]),
    ("first_come", "S1 L2& A3+", "", {}, [1, 2, 3]),
    # round robin: in the order of the nine, from behind the category heard last; who has none is last
    ("round_robin", "A1 A2 S3 S4 L5", "", {}, [3, 5, 1, 4, 2]),
    ("round_robin", "A1 A2 S3 S4 L5", "S60", {}, [5, 1, 3, 2, 4]),
    ("round_robin", "A1 A2 S3 S4 L5", "A60", {}, [3, 5, 1, 4, 2]),
    ("round_robin", "S1 S2 .3 .4 L5", "L60", {}, [3, 1, 5, 4, 2]),
    ("round_robin", "S1 L2 A3 A4!", "", {}, [4, 1, 2, 3]),
    ("round_robin", "S1 S2 L3", "S60 L60", {}, [1, 3, 2]),
    # a dignitary of the States was just picked: the ring goes on behind them
    ("round_robin", "S1 S2+ L3 A4", "", {"priority": True}, [2, 3, 4, 1]),
    # least heard: each pick adds the limit, here of two minutes
    ("least_heard", "S1 S2 L3 L4 A5", "S120", {}, [3, 5, 1, 4, 2]),
    ("least_heard", "S1 S2 S3 L4", "L600", {}, [1, 2, 3, 4]),
    ("least_heard", "S1 S2 S3 L4", "L180", {}, [1, 2, 4, 3]),
    ("least_heard", "S1 S2 L3 L4", "S60 L60", {"limits_ms": {"states": 30_000}}, [1, 3, 2, 4]),
    # one each: the first of every category that nobody was heard of, then the others
    ("one_each", "S1 S2 L3 S4 A5", "", {}, [1, 3, 5, 2, 4]),
    ("one_each", "S1 S2 L3 S4 A5", "S60", {}, [3, 5, 1, 2, 4]),
    ("one_each", "S1 S2! L3", "", {}, [2, 3, 1]),
    ("one_each", ".1 .2 S3", "", {}, [3, 1, 2]),
    ("one_each", "S1 L2 S3+ A4", "", {"priority": True}, [3, 2, 4, 1]),
    # quotas: places less those heard, first come; the places nobody uses are the others'
    ("quotas", "S1 S2 S3 L4 A5", "", {"quotas": {"states": 1, "academia": 2}}, [1, 5, 2, 3, 4]),
    ("quotas", "S1 S2 L4 A5", "S60", {"quotas": {"states": 1, "academia": 2}}, [5, 1, 2, 4]),
    ("quotas", "S1 S2 L4 A5", "S60 S60 S60", {"quotas": {"states": 1}}, [1, 2, 4, 5]),
    ("quotas", "S1! S2 L3", "", {"quotas": {"states": 1, "local_and_regional_governments": 1}}, [1, 3, 2]),
    ("quotas", "S1 L2 S3&", "", {"quotas": {"states": 1}, "priority": True}, [3, 1, 2]),
]


@pytest.mark.parametrize(("policy", "waiting", "was_heard", "values", "expected"), CASES)
def test_a_policy_orders_those_who_wait(
    policy: str, waiting: str, was_heard: str, values: dict[str, Any], expected: list[int]
) -> None:
    assert ids(order(those(waiting), rule(policy, **values), before(was_heard))) == expected


def test_a_draw_is_what_anybody_can_draw_again() -> None:
    drawn = ids(order(those("S1 S2 S3 S4 S5"), rule("draw", seed="Geneva"), []))
    assert drawn == sorted(range(1, 6), key=lambda each: hashlib.sha256(b"Geneva:%d" % each).digest())
    assert lot("Geneva", 1) == hashlib.sha256(b"Geneva:1").hexdigest()
    assert drawn != ids(order(those("S1 S2 S3 S4 S5"), rule("draw", seed="another word"), []))


requests = st.builds(
    lambda rank, category, status, capacity, dignitary, at: (rank, category, status, capacity, dignitary, at),
    st.integers(-5, 40),
    st.sampled_from([*CATEGORIES[:4], None]),
    st.sampled_from([Status.REQUESTED] * 5 + [Status.CALLED, Status.SET_ASIDE]),
    st.sampled_from(["organisation", "joint", "national"]),
    st.booleans(),
    st.none() | st.integers(0, 20).map(lambda seconds: START + dt.timedelta(seconds=seconds)),
)
lists = st.lists(requests, max_size=12).map(
    lambda rows: [
        Listed(number, rank, category, status, capacity, dignitary, at)
        for number, (rank, category, status, capacity, dignitary, at) in enumerate(rows, start=1)
    ]
)
orderings = st.builds(
    Ordering,
    st.sampled_from(Policy),
    st.booleans(),
    st.dictionaries(st.sampled_from(CATEGORIES[:4]), st.integers(0, 3)),
    st.text(max_size=8),
    st.sampled_from([60_000, 120_000]),
    st.dictionaries(st.sampled_from(CATEGORIES[:4]), st.sampled_from([30_000, 180_000])),
)
histories = st.lists(st.builds(Heard, st.sampled_from([*CATEGORIES[:4], None]), st.integers(0, 200_000)), max_size=6)


def reranked(requests: Sequence[Listed]) -> list[Listed]:
    return [
        Listed(r.id, place, r.category, r.status, r.capacity, r.dignitary, r.requested_at)
        for place, r in enumerate(requests)
    ]


@given(lists, orderings, histories)
def test_whatever_the_rule_nobody_is_lost_and_who_is_on_top_stays_there(
    waiting: list[Listed], policy: Ordering, was_heard: list[Heard]
) -> None:
    result = order(waiting, policy, was_heard)
    assert sorted(ids(result)) == sorted(ids(waiting))
    top = [each for each in in_order(waiting) if each.status is not Status.REQUESTED]
    assert result[: len(top)] == top
    assert ids(order(list(reversed(waiting)), policy, was_heard)) == ids(result)


@given(lists, orderings, histories)
def test_a_list_that_was_ordered_follows_its_rule_and_ordering_it_again_changes_nothing(
    waiting: list[Listed], policy: Ordering, was_heard: list[Heard]
) -> None:
    ordered = reranked(order(waiting, policy, was_heard))
    assert follows(ordered, policy, was_heard)
    assert ids(order(ordered, policy, was_heard)) == ids(ordered)


@given(lists, orderings, histories)
def test_within_a_category_and_standing_first_come_is_kept_but_by_a_draw(
    waiting: list[Listed], policy: Ordering, was_heard: list[Heard]
) -> None:
    asked = ids(order(waiting, Ordering(Policy.FIRST_COME), was_heard))
    kinds: dict[Any, list[int]] = {}
    for each in order(waiting, policy, was_heard):
        standing = (each.dignitary, each.capacity == "joint") if policy.priority else ()
        if each.status is Status.REQUESTED:
            kinds.setdefault((each.category, standing), []).append(each.id)
    if policy.policy is not Policy.DRAW:
        assert all(found == sorted(found, key=asked.index) for found in kinds.values())


@given(lists, orderings, histories)
def test_with_priority_dignitaries_are_before_joint_statements_and_these_before_all_others(
    waiting: list[Listed], policy: Ordering, was_heard: list[Heard]
) -> None:
    if policy.priority:
        rest = [each for each in order(waiting, policy, was_heard) if each.status is Status.REQUESTED]
        standings = [0 if each.dignitary else 1 if each.capacity == "joint" else 2 for each in rest]
        assert standings == sorted(standings)


@given(lists, orderings, histories, requests)
def test_a_newcomer_goes_where_the_rule_has_them_and_the_others_stay_in_order(
    waiting: list[Listed], policy: Ordering, was_heard: list[Heard], row: Any
) -> None:
    ordered = reranked(order(waiting, policy, was_heard))
    _rank, category, _status, capacity, dignitary, _at = row
    late = START + dt.timedelta(hours=1)
    newcomer = Listed(99, 99, category, Status.REQUESTED, capacity, dignitary, late)
    place = place_of_newcomer(ordered, newcomer, policy, was_heard)
    with_them = reranked([*ordered[: place - 1], newcomer, *ordered[place - 1 :]])
    assert all(each.status is Status.REQUESTED for each in with_them[place - 1 :])
    if policy.policy is Policy.DRAW:
        assert follows(with_them, policy, was_heard)
        return
    # One more dignitary may turn the rule round for those behind all dignitaries; the list waits to be ordered again.
    turned = policy.priority and (dignitary or capacity == "joint")
    standing = place + sum(_same_standing(each, newcomer) for each in ordered[place - 1 :]) if turned else None
    assert ids(with_them)[:standing] == ids(order([*ordered, newcomer], policy, was_heard))[:standing]


def _same_standing(one: Listed, other: Listed) -> bool:
    return one.dignitary == other.dignitary and (one.dignitary or one.capacity == other.capacity)


@pytest.mark.parametrize(
    ("policy", "waiting", "newcomer", "values", "place"),
    [
        ("first_come", "S2 L1", "A3", {}, 3),
        ("first_come", "S2 L1", "A3+", {}, 3),
        ("first_come", "S2+ L1&", "A3+", {"priority": True}, 2),
        ("first_come", "S2+ L1&", "A3&", {"priority": True}, 3),
        ("first_come", "L1 S2!", "A3+", {"priority": True}, 3),  # behind whoever is called
        ("draw", "S2 L1", "A3", {"seed": "Geneva"}, 3),
        ("draw", "S2+ L1", "A3+", {"seed": "Geneva", "priority": True}, 2),
        ("one_each", "S1 L2 S3 S4", "A5", {}, 3),
        ("one_each", "S1 L2 S3 S4", "S5", {}, 5),
        ("round_robin", "S1 L2 S3 S4", "L5", {}, 4),
        ("quotas", "S1 S2", "A3", {"quotas": {"academia": 1}}, 1),
    ],
)
def test_the_place_of_a_newcomer(policy: str, waiting: str, newcomer: str, values: dict[str, Any], place: int) -> None:
    (late,) = those(newcomer)
    assert place_of_newcomer(those(waiting), late, rule(policy, **values), []) == place


@pytest.mark.parametrize(
    ("policy", "waiting", "values", "follow"),
    [
        ("first_come", "S1 L2 S3", {}, True),
        ("first_come", "S2 L1 S3", {}, True),  # moved, put back, or polite: a hand did it
        ("first_come", "S2 L1! S3", {}, True),
        ("first_come", "S2+ L4& L3& S5 S1", {"priority": True}, True),
        ("first_come", "S2& L1+", {"priority": True}, False),
        ("first_come", "S2! L1 S3", {}, True),
        ("round_robin", "S1 S2 L3", {}, False),
        ("first_come", "S1 L2+", {"priority": True}, False),
        ("first_come", "", {}, True),
        ("draw", "", {}, True),
    ],
)
def test_whether_a_list_follows_its_rule(policy: str, waiting: str, values: dict[str, Any], follow: bool) -> None:
    assert follows(those(waiting), rule(policy, **values), []) is follow


def test_after_a_draw_the_newcomers_stand_behind_those_drawn_and_that_is_the_rule() -> None:
    draw = rule("draw", seed="Geneva")
    drawn = order(those("S1 S2 S3 S4"), draw, [])
    late = those("S5 S6")
    assert follows(reranked([*drawn, *late]), draw, [])
    assert not follows(reranked([*drawn, late[1], late[0]]), draw, [])
    assert not follows(reranked([late[0], *drawn]), draw, [])
    assert not follows(reranked([*reversed(drawn), *late]), draw, [])


@given(
    st.permutations(range(1, 7)),
    st.integers(0, 6),
    st.booleans(),
)
def test_a_drawn_list_is_known_as_trying_every_number_of_those_drawn_would_know_it(
    order_now: list[int], drawn: int, as_drawn: bool
) -> None:
    """Six who asked one after the other; the first few were drawn, or they stand in any order."""
    first = sorted(range(1, drawn + 1), key=lambda each: lot("Geneva", each))
    now = [*first, *range(drawn + 1, 7)] if as_drawn else order_now
    expected = any(
        now == [*sorted(range(1, number + 1), key=lambda each: lot("Geneva", each)), *range(number + 1, 7)]
        for number in range(7)
    )
    assert expected or not as_drawn
    assert follows(those(" ".join(f"S{each}" for each in now)), rule("draw", seed="Geneva"), []) is expected


def test_a_long_drawn_list_draws_each_lot_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def counted(seed: str, request_id: int) -> str:
        drawn.append(request_id)
        return lot(seed, request_id)

    waiting = list(reversed(those(" ".join(f"S{each}" for each in range(1, 1001)))))
    monkeypatch.setattr(ordering, "lot", counted)
    assert not follows(reranked(waiting), rule("draw", seed="Geneva"), [])
    assert len(drawn) <= 1000
