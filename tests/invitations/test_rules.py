"""Which messages bring a calendar to what it shall show."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.invitations import rules

NOW = dt.datetime(2025, 11, 26, 8, tzinfo=dt.UTC)
MORNING = rules.Entry("m.sitting.a@rostrum", NOW + dt.timedelta(hours=1), NOW + dt.timedelta(hours=3), "M", "", None)


def told(entry: rules.Entry, sequence: int = 0, state: str = "invited") -> rules.Told:
    return rules.Told(entry.uid, sequence, state, rules.fingerprint(entry), entry.starts_at, entry.ends_at)


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        pytest.param([MORNING], [], [("invitation", 0)], id="new"),
        pytest.param([MORNING], [told(MORNING)], [], id="told already"),
        pytest.param([replace(MORNING, title="N")], [told(MORNING)], [("update", 1)], id="another title"),
        pytest.param([replace(MORNING, join_url="https://x")], [told(MORNING, 4)], [("update", 5)], id="a join link"),
        pytest.param([], [told(MORNING, 2)], [("cancellation", 3)], id="no longer wanted"),
        pytest.param([], [told(MORNING, 3, "cancelled")], [], id="cancelled already"),
        pytest.param([MORNING], [told(MORNING, 3, "cancelled")], [("invitation", 4)], id="wanted again"),
    ],
)
def test_what_differs_is_told_under_the_next_sequence(
    wanted: list[rules.Entry], known: list[rules.Told], expected: list[tuple[str, int]]
) -> None:
    found = rules.changes({each.uid: each for each in wanted}, known, NOW)
    assert [(each.kind, each.sequence) for each in found] == expected


@pytest.mark.parametrize(
    ("wanted", "known"), [([MORNING], []), ([], [told(MORNING)]), ([replace(MORNING, title="N")], [told(MORNING)])]
)
def test_what_is_over_is_left_alone(wanted: list[rules.Entry], known: list[rules.Told]) -> None:
    assert rules.changes({each.uid: each for each in wanted}, known, NOW + dt.timedelta(hours=3)) == []


def test_what_was_moved_into_the_past_is_cancelled_once() -> None:
    moved = replace(MORNING, starts_at=NOW - dt.timedelta(hours=5), ends_at=NOW - dt.timedelta(hours=3))
    (change,) = rules.changes({moved.uid: moved}, [told(MORNING)], NOW)
    assert (change.kind, change.starts_at) == ("cancellation", MORNING.starts_at)
    assert rules.changes({moved.uid: moved}, [told(MORNING, 1, "cancelled")], NOW) == []


@pytest.mark.parametrize(
    "other",
    [
        replace(MORNING, starts_at=MORNING.starts_at + dt.timedelta(minutes=1)),
        replace(MORNING, ends_at=MORNING.ends_at + dt.timedelta(minutes=1)),
        replace(MORNING, title="اجتماع"),
        replace(MORNING, place="Room XXIV"),
        replace(MORNING, join_url="https://teams.example/1"),
    ],
)
def test_whatever_a_calendar_shows_changes_the_fingerprint(other: rules.Entry) -> None:
    assert rules.fingerprint(other) != rules.fingerprint(MORNING)


def test_the_same_instant_in_another_zone_is_no_change() -> None:
    elsewhere = dt.timezone(dt.timedelta(hours=9))
    same = replace(MORNING, starts_at=MORNING.starts_at.astimezone(elsewhere))
    assert rules.fingerprint(same) == rules.fingerprint(MORNING)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, rules.Entry]]:
    """What a calendar shall show at several moments: entries come, change and go."""
    entries = st.builds(
        lambda key, title, hours: replace(
            MORNING, uid=f"m.sitting.{key}@rostrum", title=title, ends_at=MORNING.starts_at + dt.timedelta(hours=hours)
        ),
        st.sampled_from("abc"),
        st.sampled_from(["M", "N"]),
        st.integers(1, 3),
    )
    states = draw(st.lists(st.lists(entries, max_size=3), max_size=6))
    return [{each.uid: each for each in state} for state in states]


@given(histories())
def test_told_of_each_change_a_calendar_shows_what_is_wanted_and_sequences_only_rise(
    history: list[dict[str, rules.Entry]],
) -> None:
    known: dict[str, rules.Told] = {}
    for wanted in history:
        for change in rules.changes(wanted, known.values(), NOW):
            before = known.get(change.uid)
            assert change.sequence == (before.sequence + 1 if before else 0)
            if change.entry:
                known[change.uid] = told(change.entry, change.sequence)
            else:
                assert before is not None
                known[change.uid] = replace(before, sequence=change.sequence, state="cancelled")
        shown = {each.uid: each.fingerprint for each in known.values() if each.state == "invited"}
        assert shown == {uid: rules.fingerprint(entry) for uid, entry in wanted.items()}
        assert rules.changes(wanted, known.values(), NOW) == []


def test_a_meeting_without_sittings_sits_from_its_first_start_to_its_last_end_each_day() -> None:
    first, second = dt.date(2025, 11, 26), dt.date(2025, 11, 27)
    times = [
        (second, dt.time(10), dt.time(11)),
        (first, dt.time(14), dt.time(16, 30)),
        (first, dt.time(9, 20), dt.time(11)),
        (first, dt.time(16), None),
        (first, None, None),
        (None, dt.time(9), dt.time(10)),
    ]
    assert rules.days(times) == [
        rules.Stretch("2025-11-26", first, dt.time(9, 20), dt.time(16, 30)),
        rules.Stretch("2025-11-27", second, dt.time(10), dt.time(11)),
    ]


def test_a_day_of_which_only_one_moment_is_known_has_no_length_to_invite_to() -> None:
    assert rules.days([(dt.date(2025, 11, 26), dt.time(9), None)]) == []


@pytest.mark.parametrize(
    ("status", "attendance", "mode", "joins"),
    [
        ("confirmed", "online", "online", True),
        ("confirmed", "online", "hybrid", True),
        ("confirmed", "in_person", "hybrid", True),
        ("confirmed", "in_person", "in_person", False),
        ("pending", "online", "online", False),
        ("withdrawn", "online", "hybrid", False),
        ("declined", "in_person", "hybrid", False),
        ("unverified", "online", "online", False),
    ],
)
def test_the_join_link_is_for_the_confirmed_where_the_meeting_is_online_for_them(
    status: str, attendance: str, mode: str, joins: bool
) -> None:
    assert rules.may_join(status, attendance, mode) is joins
