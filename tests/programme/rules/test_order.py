"""Sessions stand in the order of time, others after the one before; meetings end where they are held."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.order import in_order, is_over, sitting_of

DAY = dt.date(2025, 11, 26)
NEXT = dt.date(2025, 11, 27)


@dataclass(frozen=True)
class Line:
    name: str
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    position: int = 0
    room: str | None = None


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        ([Line("b", position=2), Line("a", position=1)], "ab"),
        ([Line("b", DAY, dt.time(10)), Line("a", DAY, dt.time(9), position=1)], "ab"),
        ([Line("b", NEXT, dt.time(9)), Line("a", DAY, dt.time(10), position=1)], "ab"),
        # Without a time: after the one that its position follows, wherever that one goes.
        ([Line("b", DAY, dt.time(10)), Line("c", DAY, position=1), Line("a", DAY, dt.time(9), position=2)], "abc"),
        ([Line("a", DAY, position=0), Line("b", DAY, dt.time(9), position=1)], "ab"),
        # Without a day: at the end.
        ([Line("b", position=0), Line("a", DAY, dt.time(23), position=1)], "ab"),
        # Two days in turn do not disturb each other.
        (
            [
                Line("c", NEXT, dt.time(9)),
                Line("a", DAY, dt.time(9), position=1),
                Line("d", NEXT, position=2),
                Line("b", DAY, position=3),
            ],
            "abcd",
        ),
    ],
)
def test_the_order_of_a_programme(lines: list[Line], order: str) -> None:
    assert "".join(line.name for line in in_order(lines)) == order


times = st.none() | st.builds(dt.time, st.integers(8, 11))
some_lines = st.lists(st.builds(Line, st.uuids().map(str), st.sampled_from([None, DAY, NEXT]), times), max_size=6).map(
    lambda lines: [Line(line.name, line.date, line.start, position=n) for n, line in enumerate(lines)]
)


@given(some_lines)
def test_nothing_is_lost_and_days_and_times_rise(lines: list[Line]) -> None:
    found = in_order(lines)
    assert sorted(line.name for line in found) == sorted(line.name for line in lines)
    timed = [(line.date, line.start) for line in found if line.date and line.start]
    assert timed == sorted(timed)


MORNING = Line("morning", DAY, dt.time(9), dt.time(12))
ROOM_A = Line("a", DAY, dt.time(14), dt.time(16), room="A")
ROOM_B = Line("b", DAY, dt.time(14), dt.time(16), room="B")


@pytest.mark.parametrize(
    ("session", "sitting"),
    [
        (Line("", DAY, dt.time(9)), MORNING),
        (Line("", DAY, dt.time(11, 59), dt.time(13)), MORNING),
        (Line("", DAY, dt.time(12)), None),
        (Line("", NEXT, dt.time(9)), None),
        (Line("", DAY), None),
        (Line("", DAY, dt.time(10), room="A"), MORNING),
        (Line("", DAY, dt.time(14), room="B"), ROOM_B),
        (Line("", DAY, dt.time(14), room="C"), None),
    ],
)
def test_the_sitting_that_a_session_falls_into(session: Line, sitting: Line | None) -> None:
    assert sitting_of(session, [MORNING, ROOM_A, ROOM_B]) == sitting


@pytest.mark.parametrize(
    ("zone", "now", "over"),
    [
        ("Europe/Zurich", "2025-11-26T22:59:00+00:00", False),
        ("Europe/Zurich", "2025-11-26T23:00:00+00:00", True),
        ("Pacific/Auckland", "2025-11-26T10:59:00+00:00", False),
        ("Pacific/Auckland", "2025-11-26T11:00:00+00:00", True),
        ("America/Bogota", "2025-11-27T04:59:00+00:00", False),
        ("America/Bogota", "2025-11-27T05:00:00+00:00", True),
    ],
)
def test_a_meeting_is_over_when_its_last_day_is_where_it_is_held(zone: str, now: str, over: bool) -> None:
    assert is_over(DAY, zone, dt.datetime.fromisoformat(now)) is over
    assert not is_over(None, zone, dt.datetime.fromisoformat(now))
