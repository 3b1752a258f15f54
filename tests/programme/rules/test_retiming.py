"""Setting a start or a length, with or without what follows; putting something in; splitting."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.moving import Movable, minutes_between, minutes_of
from meetings.programme.rules.order import in_order
from meetings.programme.rules.retiming import Changes, Untimely, Why, halves, rest_until, retime, room_after
from tests.programme.rules.test_moving import DAY, line, written

NINE, TEN, NOON = dt.time(9), dt.time(10), dt.time(12)


def carried_out(changes: Changes, sessions: Sequence[Movable]) -> list[Movable]:
    """The sessions with these times."""
    return [
        replace(each, start=changes[each.id].start, end=changes[each.id].end) if each.id in changes else each
        for each in sessions
    ]


def after(sessions: list[Movable], start: str | None, minutes: int | None, *, rest: bool = True) -> list[str]:
    """What the programme is once session 2 has this start and length."""
    two = next(each for each in sessions if each.id == 2)
    time = dt.time.fromisoformat(start) if start else None
    return written(carried_out(retime(two, sessions, start=time, minutes=minutes, rest=rest), sessions))


THREE = [line(1, "09:00-09:30"), line(2, "10:00-11:00"), line(3, "11:15-12:00")]


@pytest.mark.parametrize(
    ("sessions", "start", "minutes", "rest", "expected"),
    [
        # A longer session pushes what follows, gaps included; what comes before stays.
        (THREE, "10:00", 90, True, ["1 09:00-09:30", "2 10:00-11:30", "3 11:45-12:30"]),
        (THREE, "10:00", 90, False, ["1 09:00-09:30", "2 10:00-11:30", "3 11:15-12:00"]),
        (THREE, "10:00", 30, True, ["1 09:00-09:30", "2 10:00-10:30", "3 10:45-11:30"]),
        # A start moves the session in its length.
        (THREE, "10:20", 60, True, ["1 09:00-09:30", "2 10:20-11:20", "3 11:35-12:20"]),
        (THREE, "10:20", 60, False, ["1 09:00-09:30", "2 10:20-11:20", "3 11:15-12:00"]),
        (THREE, "09:30", 60, True, ["1 09:00-09:30", "2 09:30-10:30", "3 10:45-11:30"]),
        # A later start with the same end leaves the rest where it is.
        (THREE, "10:30", 30, True, ["1 09:00-09:30", "2 10:30-11:00", "3 11:15-12:00"]),
        # Only this one may go anywhere.
        (THREE, "08:00", 60, False, ["2 08:00-09:00", "1 09:00-09:30", "3 11:15-12:00"]),
        # Parts go with their whole, with their own parts; not those of another day. A length moves none.
        (
            [line(2, "10:00-11:00"), line(4, "10:00-10:30", part_of_id=2), line(5, "10:10-10:20", part_of_id=4)],
            "10:30", 60, False,
            ["2 10:30-11:30", "4 10:30-11:00", "5 10:40-10:50"],
        ),
        (
            [line(2, "10:00-11:00"), line(4, "10:30-11:00", part_of_id=2)],
            "10:00", 90, True,
            ["2 10:00-11:30", "4 10:30-11:00"],
        ),
        # Parts of what follows go along too.
        (
            [line(2, "10:00-11:00"), line(3, "11:00-12:00"), line(4, "11:30-12:00", part_of_id=3)],
            "10:00", 70, True,
            ["2 10:00-11:10", "3 11:10-12:10", "4 11:40-12:10"],
        ),
        # A part is followed by the other parts of its whole alone.
        (
            [line(1, "10:00-11:00"), line(2, "10:00-10:20", part_of_id=1), line(3, "10:20-10:40", part_of_id=1)],
            "10:00", 30, True,
            ["1 10:00-11:00", "2 10:00-10:30", "3 10:30-10:50"],
        ),
        # A track is followed by itself, as far as what is for all.
        (
            [
                line(2, "10:00-10:30", track="A"),
                line(3, "10:30-10:40", track="A"),
                line(4, "10:30-11:00", track="B"),
                line(5, "11:00-12:00"),
                line(6, "12:00-12:30", track="A"),
            ],
            "10:00", 40, True,
            ["2 10:00-10:40", "4 10:30-11:00", "3 10:40-10:50", "5 11:00-12:00", "6 12:00-12:30"],
        ),
        # What is for all is followed by all tracks.
        (
            [line(2, "10:00-10:30"), line(3, "10:30-11:00", track="A"), line(4, "10:30-11:00", track="B")],
            "10:00", 40, True,
            ["2 10:00-10:40", "3 10:40-11:10", "4 10:40-11:10"],
        ),
        # Another day is not reached, and what has no time stays.
        (
            [line(2, "10:00-11:00"), line(3), line(4, "11:00-12:00", date=DAY + dt.timedelta(1))],
            "10:00", 90, True,
            ["2 10:00-11:30", "3", "4 11:00-12:00"],
        ),
        # A first time, a length for the first time, and none any more.
        ([line(2), line(3, "11:00-12:00")], "10:00", 90, True, ["2 10:00-11:30", "3 11:00-12:00"]),
        ([line(2, "10:00"), line(3, "11:00-12:00")], "10:00", 30, True, ["2 10:00-10:30", "3 11:00-12:00"]),
        ([line(2, "10:00"), line(3, "11:00-12:00")], "10:15", None, True, ["2 10:15", "3 11:15-12:15"]),
        (THREE, "10:15", None, True, ["1 09:00-09:30", "2 10:15", "3 11:30-12:15"]),
        ([line(2, "10:00-11:00"), line(3, "11:00-12:00")], None, None, True, ["2", "3 11:00-12:00"]),
    ],
)  # fmt: skip
def test_what_follows_moves_or_not(
    sessions: list[Movable], start: str | None, minutes: int | None, rest: bool, expected: list[str]
) -> None:
    assert after(sessions, start, minutes, rest=rest) == expected


@pytest.mark.parametrize(
    ("sessions", "start", "minutes", "rest", "why", "which"),
    [
        ([line(2, "22:00-23:00")], "23:30", 30, False, Why.MIDNIGHT, 2),
        ([line(2, "22:00-23:00")], "22:00", 120, False, Why.MIDNIGHT, 2),
        ([line(2, "20:00-21:00"), line(3, "22:00-23:30")], "20:00", 90, True, Why.MIDNIGHT, 3),
        ([line(2, "00:30-01:00"), line(4, "00:10-00:20", part_of_id=2)], "00:10", 30, False, Why.MIDNIGHT, 4),
        (THREE, "08:30", 60, True, Why.ORDER, 1),
        # An overlapping session that follows would come before what it follows.
        ([line(2, "10:00-11:00"), line(3, "10:10-10:30")], "10:00", 40, True, Why.ORDER, 3),
        # The rest of a track would run past what is for all.
        ([line(2, "10:00-10:30", track="A"), line(3, "10:30-11:00", track="A"), line(5, "11:00-12:00")],
         "10:00", 90, True, Why.ORDER, 5),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    sessions: list[Movable], start: str, minutes: int, rest: bool, why: Why, which: int
) -> None:
    with pytest.raises(Untimely) as refusal:
        after(sessions, start, minutes, rest=rest)
    assert (refusal.value.why, refusal.value.session_id) == (why, which)


@dataclass(frozen=True)
class Sitting:
    """A sitting as the rules take it."""

    start: dt.time
    end: dt.time
    date: dt.date = DAY
    position: int = 0
    room: str | None = None


MORNING, AFTERNOON = Sitting(NINE, NOON), Sitting(dt.time(14), dt.time(17))


@pytest.mark.parametrize(
    ("session", "own", "sittings", "until"),
    [
        (line(2, "10:00-11:00"), None, [], None),
        (line(2, "10:00-11:00"), None, [MORNING, AFTERNOON], NOON),
        (line(2, "12:00-14:00"), None, [MORNING, AFTERNOON], dt.time(14)),
        (line(2, "17:00-18:00"), None, [MORNING, AFTERNOON], None),
        (line(2, "12:00-14:00"), MORNING, [MORNING, AFTERNOON], NOON),
        (line(2, "12:00-14:00", date=DAY + dt.timedelta(1)), MORNING, [MORNING, AFTERNOON], None),
        (line(2), None, [MORNING, AFTERNOON], NINE),
    ],
)
def test_the_rest_reaches_to_the_end_of_the_sitting(
    session: Movable, own: Sitting | None, sittings: list[Sitting], until: dt.time | None
) -> None:
    assert rest_until(session, own, sittings) == until


def test_what_begins_after_the_sitting_does_not_follow() -> None:
    sessions = [line(2, "10:00-11:00"), line(3, "11:00-12:00"), line(4, "12:00-13:00"), line(5, "14:00-15:00")]
    changes = retime(sessions[0], sessions, start=TEN, minutes=70, rest=True, until=NOON)
    assert sorted(changes) == [2, 3]


@st.composite
def days(draw: st.DrawFn) -> list[Movable]:
    """A day's sessions one after the other, some with parts that fill them."""
    sessions: list[Movable] = []
    minute = draw(st.integers(0, 12 * 60))
    for number in range(1, draw(st.integers(2, 7))):
        length, gap = draw(st.integers(2, 120)), draw(st.integers(0, 30))
        if minute + length + gap >= 24 * 60:
            break
        start, end = clock(minute), clock(minute + length)
        sessions.append(replace(line(number), start=start, end=end))
        if draw(st.booleans()):
            sessions.append(replace(line(number + 100), start=start, end=end, part_of_id=number))
        minute += length + gap
    return sessions or [line(1, "10:00-11:00")]


def clock(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)


def lengths(sessions: list[Movable]) -> dict[int, int | None]:
    return {each.id: minutes_between(each.start, each.end) for each in sessions}


def gaps(sessions: list[Movable]) -> list[int]:
    """The minutes between each session and the next, parts left out."""
    row = in_order(each for each in sessions if each.part_of_id is None)
    return [minutes_between(a.end, b.start) or 0 for a, b in pairwise(row)]


def order(sessions: list[Movable]) -> list[int]:
    """The sessions that are no part, as the programme has them."""
    return [each.id for each in in_order(each for each in sessions if each.part_of_id is None)]


@given(days(), st.data())
def test_the_rest_keeps_its_order_its_lengths_and_its_gaps(sessions: list[Movable], data: st.DataObject) -> None:
    wholes = [each for each in sessions if each.part_of_id is None]
    chosen = data.draw(st.sampled_from(wholes))
    start, minutes = data.draw(st.integers(0, 24 * 60 - 1)), data.draw(st.integers(1, 24 * 60))
    try:
        changes = retime(chosen, sessions, start=clock(start), minutes=minutes, rest=True)
    except Untimely:
        return
    moved = carried_out(changes, sessions)
    assert order(moved) == order(sessions)
    assert lengths(moved) == lengths(sessions) | {chosen.id: minutes}
    place = wholes.index(chosen)
    assert gaps(moved)[place:] == gaps(sessions)[place:]
    assert moved[: sessions.index(chosen)] == sessions[: sessions.index(chosen)]
    for part in (each for each in moved if each.part_of_id is not None):
        whole = next(each for each in moved if each.id == part.part_of_id)
        assert part.start == whole.start


@given(days(), st.data())
def test_what_is_set_back_is_as_it_was(sessions: list[Movable], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from([each for each in sessions if each.part_of_id is None]))
    minutes = data.draw(st.integers(1, 600))
    assert chosen.start is not None
    length = minutes_between(chosen.start, chosen.end)
    try:
        moved = carried_out(retime(chosen, sessions, start=chosen.start, minutes=minutes, rest=True), sessions)
    except Untimely:
        return
    again = next(each for each in moved if each.id == chosen.id)
    assert carried_out(retime(again, moved, start=chosen.start, minutes=length, rest=True), moved) == sessions


@given(days(), st.data(), st.integers(1, 60))
def test_what_is_put_in_has_its_room_and_the_rest_follows(
    sessions: list[Movable], data: st.DataObject, minutes: int
) -> None:
    chosen = data.draw(st.sampled_from([each for each in sessions if each.part_of_id is None]))
    try:
        times, changes = room_after(chosen, sessions, minutes=minutes)
    except Untimely as refusal:
        assert refusal.why is Why.MIDNIGHT  # noqa: PT017  # only a full day may refuse it
        return
    moved = carried_out(changes, sessions)
    assert (times.start, minutes_between(times.start, times.end)) == (chosen.end, minutes)
    assert lengths(moved) == lengths(sessions)
    assert times.end is not None
    assert all(
        each.end <= times.start or each.start >= times.end
        for each in moved
        if each.part_of_id is None and each.start and each.end and times.start
    )


def test_nothing_is_put_in_after_a_session_without_an_end() -> None:
    with pytest.raises(Untimely) as refusal:
        room_after(line(2, "10:00"), [line(2, "10:00")], minutes=5)
    assert refusal.value.why is Why.NO_TIMES


PARTED = [line(2, "10:00-11:00"), line(4, "10:00-10:30", part_of_id=2), line(5, "10:30-11:00", part_of_id=2)]


@pytest.mark.parametrize(
    ("sessions", "at", "expected"),
    [
        ([line(2, "10:00-11:00")], None, (dt.time(10, 30), [])),
        ([line(2, "10:00-10:45")], None, (dt.time(10, 22), [])),
        ([line(2, "10:00-11:00")], dt.time(10, 59), (dt.time(10, 59), [])),
        (PARTED, None, (dt.time(10, 30), [5])),
        ([*PARTED, line(6, part_of_id=2)], None, (dt.time(10, 30), [5])),
        (PARTED, TEN, Why.OUTSIDE),
        (PARTED, dt.time(11), Why.OUTSIDE),
        (PARTED, dt.time(10, 20), Why.ACROSS),
        ([line(2, "10:00")], None, Why.NO_TIMES),
        ([line(2)], TEN, Why.NO_TIMES),
        ([line(2, "10:00-10:01")], None, Why.OUTSIDE),
    ],
)
def test_a_session_is_split_within_itself_and_not_across_a_part(
    sessions: list[Movable], at: dt.time | None, expected: tuple[dt.time, list[int]] | Why
) -> None:
    if isinstance(expected, Why):
        with pytest.raises(Untimely) as refusal:
            halves(sessions[0], sessions, at)
        assert refusal.value.why is expected
    else:
        assert halves(sessions[0], sessions, at) == expected
        assert minutes_of(expected[0]) > minutes_of(TEN)
