"""The rules of the floor, as tables of cases and as properties."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.floor import rules
from meetings.floor.rules import Act, Status

START = dt.datetime(2025, 11, 26, 9, 30, tzinfo=dt.UTC)
MINUTE = 60_000


def at(ms: int) -> dt.datetime:
    return START + dt.timedelta(milliseconds=ms)


@dataclass(frozen=True)
class Timing:
    started_at: dt.datetime | None = START
    paused_at: dt.datetime | None = None
    paused_ms: int = 0
    used_ms: int | None = None


@dataclass(frozen=True)
class Waiting:
    id: int
    rank: int


def test_the_cap_is_45_minutes() -> None:
    assert rules.CAP_MS == 45 * MINUTE


# One line for each state, one column for each act; a dot where the act is not possible.
MATRIX = """
            call   give     pause  resume   end    set_aside withdraw  mark_absent decline  close       put_back
requested   called speaking .      .        .      .         withdrawn absent      declined not_reached .
called      .      speaking .      .        .      .         withdrawn absent      declined not_reached .
speaking    .      .        paused .        spoken set_aside .         absent      .        .           .
paused      .      .        .      speaking spoken set_aside .         absent      .        .           .
spoken      .      .        .      .        .      .         .         .           .        .           .
withdrawn   .      .        .      .        .      .         .         .           .        .           .
absent      .      .        .      .        .      .         .         .           .        .           requested
not_reached .      .        .      .        .      .         .         .           .        .           .
declined    .      .        .      .        .      .         .         .           .        .           requested
set_aside   called speaking .      .        .      .         withdrawn absent      declined not_reached .
"""


def matrix() -> list[tuple[str, str, str | None]]:
    header, *lines = MATRIX.strip("\n").splitlines()
    acts = header.split()
    cases = []
    for line in lines:
        status, *outcomes = line.split()
        cases += [
            (status, act, None if outcome == "." else outcome) for act, outcome in zip(acts, outcomes, strict=True)
        ]
    return cases


def test_the_table_of_cases_names_every_state_and_every_act() -> None:
    assert {(status, act) for status, act, _ in matrix()} == {(s.value, a.value) for s in Status for a in Act}


@pytest.mark.parametrize(("status", "act", "outcome"), matrix())
def test_an_act_leads_from_a_state_to_another_or_is_not_possible(status: str, act: str, outcome: str | None) -> None:
    assert rules.after(Status(status), Act(act)) == outcome


def test_each_act_has_one_outcome_by_which_a_repeat_is_known() -> None:
    assert set(rules.OUTCOMES) == set(Act)
    assert {act: {status for (_, a), status in rules.TRANSITIONS.items() if a is act} for act in Act} == {
        act: {status} for act, status in rules.OUTCOMES.items()
    }


@pytest.mark.parametrize(("seen", "chair_version", "stale"), [(5, 4, False), (5, 5, False), (4, 5, True)])
def test_a_command_is_stale_when_the_chair_has_acted_since(seen: int, chair_version: int, stale: bool) -> None:
    assert rules.is_stale(seen, chair_version) is stale


@pytest.mark.parametrize(
    ("turn", "now_ms", "used_ms"),
    [
        (Timing(), 0, 0),
        (Timing(), 119_999, 119_999),
        (Timing(), 130_000, 130_000),  # an overrun counts
        (Timing(paused_ms=20_000), 60_000, 40_000),
        (Timing(paused_at=at(30_000)), 90_000, 30_000),  # the clock stands while it is paused
        (Timing(paused_at=at(50_000), paused_ms=20_000), 90_000, 30_000),
        (Timing(used_ms=118_000), 999_000, 118_000),  # once ended, what was written counts
        (Timing(started_at=None, used_ms=118_000), 0, 118_000),
        (Timing(started_at=None), 0, 0),
        (Timing(), -5, 0),  # a command that waited for another's lock may carry an earlier instant
    ],
)
def test_used_is_speaking_time_without_pauses(turn: Timing, now_ms: int, used_ms: int) -> None:
    assert rules.used(turn, at(now_ms)) == used_ms


@given(
    st.lists(st.tuples(st.integers(0, 300_000), st.integers(0, 300_000)), min_size=1, max_size=8),
    st.integers(0, 300_000),
)
def test_used_is_the_sum_of_the_stretches_between_pauses(stretches: list[tuple[int, int]], last: int) -> None:
    spoken = sum(speaking for speaking, _ in stretches) + last
    paused = sum(pause for _, pause in stretches)
    assert rules.used(Timing(paused_ms=paused), at(spoken + paused)) == spoken


def test_an_interval_is_measured_in_whole_milliseconds() -> None:
    assert rules.milliseconds(dt.timedelta(seconds=1, microseconds=1999)) == 1001


@pytest.mark.parametrize(
    ("limit_ms", "left_ms", "minimum_ms", "granted_ms"),
    [
        (120_000, 2_700_000, 30_000, 120_000),
        (120_000, 90_000, 30_000, 90_000),  # what is left under the cap
        (120_000, 30_000, 30_000, 30_000),
        (120_000, 29_999, 30_000, None),
        (120_000, 0, 30_000, None),
        (120_000, -12_000, 30_000, None),  # overrun
        (20_000, 2_700_000, 30_000, None),
    ],
)
def test_the_grant_is_the_limit_or_what_is_left(
    limit_ms: int, left_ms: int, minimum_ms: int, granted_ms: int | None
) -> None:
    assert rules.granted(limit_ms, left_ms, minimum_ms) == granted_ms


@given(
    cap_ms=st.integers(1, rules.CAP_MS),
    limit_ms=st.integers(1, 600_000),
    minimum_ms=st.integers(1, 120_000),
    speeches=st.lists(st.integers(0, 900_000), max_size=60),
)
def test_whatever_speakers_do_no_grant_passes_the_cap(
    cap_ms: int, limit_ms: int, minimum_ms: int, speeches: list[int]
) -> None:
    turns: list[Timing] = []
    overruns = 0
    for speech_ms in speeches:
        spent_ms = rules.spent(turns, START)
        left_ms = rules.left(cap_ms, spent_ms)
        granted_ms = rules.granted(limit_ms, left_ms, minimum_ms)
        assert (granted_ms is None) == (rules.is_over(left_ms, minimum_ms) or limit_ms < minimum_ms)
        if granted_ms is None:
            break
        assert spent_ms + granted_ms <= cap_ms
        assert minimum_ms <= granted_ms <= limit_ms
        overruns = max(0, speech_ms - granted_ms)
        turns.append(Timing(used_ms=speech_ms))
    # Only the last speaker's own overrun stands beyond the cap.
    assert rules.spent(turns, START) <= cap_ms + overruns


def test_who_waits_speaks_in_the_order_of_the_ranks_and_then_of_asking() -> None:
    requests = [Waiting(1, 7), Waiting(4, 2), Waiting(3, 2), Waiting(2, -1)]
    assert [each.id for each in rules.in_order(requests)] == [2, 3, 4, 1]


@given(st.lists(st.integers()))
def test_ranks_at_the_ends_are_before_and_behind_all_others(ranks: list[int]) -> None:
    assert all(rules.rank_at_front(ranks) < rank < rules.rank_at_end(ranks) for rank in ranks)


@pytest.mark.parametrize(
    ("target", "place", "ids"),
    [
        (3, 1, [3, 1, 2, 4]),
        (3, 2, [1, 3, 2, 4]),
        (3, 3, [1, 2, 3, 4]),
        (3, 4, [1, 2, 4, 3]),
        (3, 99, [1, 2, 4, 3]),
        (3, 0, [3, 1, 2, 4]),
        (3, -5, [3, 1, 2, 4]),
    ],
)
def test_a_request_is_moved_to_a_place(target: int, place: int, ids: list[int]) -> None:
    assert rules.moved([1, 2, 3, 4], target, place) == ids


@given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.integers(-3, 30))
def test_moving_one_keeps_all_and_the_order_of_the_others(ids: list[int], data: st.DataObject, place: int) -> None:
    target = data.draw(st.sampled_from(ids))
    result = rules.moved(ids, target, place)
    assert sorted(result) == sorted(ids)
    assert [each for each in result if each != target] == [each for each in ids if each != target]
    assert result.index(target) == min(max(place, 1), len(ids)) - 1


def test_the_forecast_says_how_many_fit() -> None:
    # 18 waiting × 2:00 = 36:00; left 31:20: 15 fit
    assert rules.forecast([120_000] * 18, 1_880_000) == rules.Forecast(18, 120_000, 2_160_000, 1_880_000, 15)


@pytest.mark.parametrize(
    ("limits_ms", "left_ms", "forecast"),
    [
        ([], 2_700_000, (0, None, 0, 2_700_000, 0)),
        ([120_000] * 3, 2_700_000, (3, 120_000, 360_000, 2_700_000, 3)),
        ([120_000] * 3, 0, (3, 120_000, 360_000, 0, 0)),
        ([120_000] * 3, -5, (3, 120_000, 360_000, 0, 0)),  # an overrun leaves nothing, not less
        ([180_000, 60_000, 120_000], 240_000, (3, None, 360_000, 240_000, 2)),
        (
            [60_000, 180_000, 60_000],
            130_000,
            (3, None, 300_000, 130_000, 1),
        ),  # in order, none jumps
        ([60_000, 180_000, 60_000], 300_000, (3, None, 300_000, 300_000, 3)),
    ],
)
def test_the_forecast_counts_each_with_the_limit_of_their_category(
    limits_ms: list[int], left_ms: int, forecast: tuple[int, int | None, int, int, int]
) -> None:
    assert rules.forecast(limits_ms, left_ms) == rules.Forecast(*forecast)


@pytest.mark.parametrize(
    ("limit_ms", "speakers"), [(180_000, 15), (150_000, 18), (120_000, 22), (90_000, 30), (60_000, 45)]
)
def test_45_minutes_hold_as_many_speakers_as_the_councils_rule_says(limit_ms: int, speakers: int) -> None:
    assert rules.forecast([limit_ms] * 100, rules.CAP_MS).fit == speakers


@pytest.mark.parametrize(
    ("left_ms", "waiting", "limit_ms"),
    [
        (1_880_000, 18, 100_000),  # left 31:20, 18 waiting: at 1:40 all fit
        (1_800_000, 18, 100_000),
        (1_799_999, 18, 90_000),
        (600_000, 20, 30_000),
        (599_999, 20, None),  # less than the minimum of 30 s
        (-5, 3, None),
        (2_700_000, 0, None),
    ],
)
def test_the_limit_at_which_all_fit_is_round_and_not_below_the_minimum(
    left_ms: int, waiting: int, limit_ms: int | None
) -> None:
    assert rules.limit_for_all(left_ms, waiting, 30_000) == limit_ms


@given(st.integers(0, rules.CAP_MS), st.integers(1, 100), st.integers(1_000, 60_000))
def test_at_the_limit_for_all_everybody_fits_and_at_the_next_step_somebody_does_not(
    left_ms: int, waiting: int, minimum_ms: int
) -> None:
    limit_ms = rules.limit_for_all(left_ms, waiting, minimum_ms)
    longer = (limit_ms or left_ms // waiting // 10_000 * 10_000) + 10_000
    assert rules.forecast([longer] * waiting, left_ms).fit < waiting
    if limit_ms is not None:
        assert rules.forecast([limit_ms] * waiting, left_ms).fit == waiting
        assert (limit_ms % 10_000, limit_ms >= minimum_ms) == (0, True)


@pytest.mark.parametrize(
    ("before_ms", "current_ms", "left_ms", "wait_ms"),
    [
        (0, 0, 2_700_000, 0),
        (0, 70_000, 2_700_000, 70_000),
        (360_000, 70_000, 2_700_000, 430_000),
        (360_000, 0, 390_000, 360_000),  # the shortest turn of 30 s is still left
        (360_000, 0, 389_999, None),
        (0, 0, 0, None),
    ],
)
def test_the_expected_wait(before_ms: int, current_ms: int, left_ms: int, wait_ms: int | None) -> None:
    assert rules.expected_wait(before_ms, 30_000, current_ms, left_ms) == wait_ms


@pytest.mark.parametrize(
    ("left_ms", "warning_ms", "stage"),
    [
        (30_001, 30_000, "running"),
        (30_000, 30_000, "ending"),
        (-999, 30_000, "ending"),
        (-1_000, 30_000, "over"),
        (60_000, 60_000, "ending"),
        (1, 0, "running"),
        (0, 0, "ending"),
    ],
)
def test_a_clock_warns_from_the_time_that_the_floor_sets_and_is_over_with_the_first_second(
    left_ms: int, warning_ms: int, stage: str
) -> None:
    assert rules.stage(left_ms, warning_ms) == stage


@pytest.mark.parametrize(
    ("category", "limit_ms"), [("states", 180_000), ("academia", 120_000), (None, 120_000), ("", 120_000)]
)
def test_a_category_may_have_a_limit_of_its_own(category: str | None, limit_ms: int) -> None:
    assert rules.limit_for(category, 120_000, {"states": 180_000}) == limit_ms


def test_under_a_limit_for_all_only_shorter_ones_stay() -> None:
    assert rules.trimmed({"states": 180_000, "academia": 60_000, "city_networks": 90_000}, 90_000) == {
        "academia": 60_000
    }


@pytest.mark.parametrize(
    ("remaining_ms", "left_ms", "granted_ms"),
    [
        (70_000, 2_700_000, 70_000),
        (70_000, 50_000, 50_000),  # never more than what is left under the cap
        (10_000, 2_700_000, 30_000),  # at least the minimum
        (-20_000, 2_700_000, 30_000),  # after an overrun too
        (-20_000, 30_000, 30_000),
        (-20_000, 29_999, None),
        (70_000, 29_999, None),
    ],
)
def test_who_goes_on_after_a_mistake_has_what_they_still_had(
    remaining_ms: int, left_ms: int, granted_ms: int | None
) -> None:
    assert rules.granted_again(remaining_ms, left_ms, 30_000) == granted_ms


@pytest.mark.parametrize(
    ("now", "before", "restored"),
    [
        ([3, 1, 2], [1, 2, 3], [1, 2, 3]),
        ([3, 1, 2, 9], [1, 2, 3], [1, 2, 3, 9]),  # who came since keeps their place
        ([3, 9, 1, 2], [1, 2, 3], [1, 9, 2, 3]),
        ([3, 1], [1, 2, 3], [1, 3]),  # who left does not come back
        ([9], [1, 2], [9]),
        ([], [1], []),
    ],
)
def test_a_list_is_restored_around_who_came_since(now: list[int], before: list[int], restored: list[int]) -> None:
    assert rules.restored(now, before) == restored


@pytest.mark.parametrize(
    ("others", "before", "expected"),
    [
        ([1, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]),
        ([1, 4, 3], [1, 2, 3, 4], [1, 2, 4, 3]),  # 3 has let 4 go first
        ([3, 4, 1], [1, 2, 3, 4], [2, 3, 4, 1]),  # 1 has let all others go first
        ([1, 3, 9], [1, 2, 3], [1, 2, 3, 9]),
        ([9, 1, 8, 3], [1, 2, 3], [9, 1, 2, 8, 3]),
        ([1, 3, 9], [1, 3, 2], [1, 3, 2, 9]),  # newcomers stay behind
        ([8, 9], [2], [2, 8, 9]),
        ([], [2], [2]),
    ],
)
def test_who_comes_back_stands_behind_and_before_the_same(
    others: list[int], before: list[int], expected: list[int]
) -> None:
    assert rules.returned(others, 2, before) == expected
