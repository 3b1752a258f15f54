"""A session that moves changes places with its neighbour."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meetings.programme.rules.moving import Immovable, Movable, Move, move, shifted
from meetings.programme.rules.order import in_order

DAY = dt.date(2025, 7, 22)


def at(text: str) -> tuple[dt.time, dt.time | None]:
    """Start and end out of 10:00-11:00, or a start alone."""
    start, _, end = text.partition("-")
    return dt.time.fromisoformat(start), dt.time.fromisoformat(end) if end else None


def line(number: int, times: str | None = None, **other: object) -> Movable:
    """The session with this number, which is its position too."""
    start, end = at(times) if times else (None, None)
    return replace(Movable(number, number, DAY, start, end), **other)  # type: ignore[arg-type]  # any of its fields


def carried_out(change: Move, sessions: list[Movable]) -> list[Movable]:
    """The sessions after a move, as the command does it."""
    shifts = dict(change.shifts)
    places = sorted(each.position for each in sessions if each.id in change.order)
    positions = dict(zip(change.order, places, strict=True))
    return [
        replace(
            each,
            start=shifted(each.start, shifts.get(each.id, 0)),
            end=shifted(each.end, shifts.get(each.id, 0)),
            position=positions.get(each.id, each.position),
        )
        for each in sessions
    ]


def written(sessions: list[Movable]) -> list[str]:
    """Number and times in the order of the programme."""
    return [
        f"{each.id} {each.start:%H:%M}" + (f"-{each.end:%H:%M}" if each.end else "") if each.start else str(each.id)
        for each in in_order(sessions)
    ]


@pytest.mark.parametrize(
    ("sessions", "earlier", "after"),
    [
        # Lengths stay: half an hour and an hour change places.
        ([line(1, "10:00-10:30"), line(2, "10:30-11:30")], True, ["2 10:00-11:00", "1 11:00-11:30"]),
        # The gap between them stays too.
        ([line(1, "10:00-10:30"), line(2, "11:00-12:00")], True, ["2 10:00-11:00", "1 11:30-12:00"]),
        # Two that overlap follow each other.
        ([line(1, "10:00-11:00"), line(2, "10:30-11:00")], True, ["2 10:00-10:30", "1 10:30-11:30"]),
        # Without an end the starts are exchanged.
        ([line(1, "10:00-10:30"), line(2, "11:00")], True, ["2 10:00", "1 11:00-11:30"]),
        # Without times the positions are.
        ([line(1), line(2)], True, ["2", "1"]),
        ([line(1, "10:00-10:30"), line(2)], True, ["2", "1 10:00-10:30"]),
        # What runs in parallel stays; the neighbour is the next of the same track.
        (
            [line(1, "10:00-11:00", track="A"), line(3, "10:00-12:00", track="B"), line(2, "11:00-12:00", track="A")],
            True,
            ["2 10:00-11:00", "3 10:00-12:00", "1 11:00-12:00"],
        ),
        # A part changes places with the other parts of its whole, not with a session of its own.
        (
            [line(1, "10:00-10:30"), line(2, "11:00-11:30", part_of_id=9), line(3, "11:30-12:00", part_of_id=9)],
            False,
            ["1 10:00-10:30", "3 11:00-11:30", "2 11:30-12:00"],
        ),
        # Sessions without times keep their order when one of them passes a timed one that stands elsewhere.
        ([line(3, "08:00-09:00"), line(1, "09:00-09:30"), line(2)], True, ["3 08:00-09:00", "2", "1 09:00-09:30"]),
    ],
)
def test_two_neighbours_change_places(sessions: list[Movable], earlier: bool, after: list[str]) -> None:
    two = next(each for each in sessions if each.id == 2)
    assert written(carried_out(move(two, sessions, earlier=earlier), sessions)) == after


@pytest.mark.parametrize(
    ("sessions", "last"),
    [
        ([line(2, "10:00-11:00")], True),
        ([line(2, "10:00-11:00"), line(1, "08:00-09:00")], True),
        ([line(2, "10:00-11:00"), line(1, "11:00-12:00", date=DAY + dt.timedelta(1))], True),
        ([line(2, "10:00-11:00"), line(1, "11:00-12:00", track="A")], True),
        ([line(2, "22:00-23:50"), line(1, "22:30-23:00")], False),
    ],
)
def test_what_cannot_move_later(sessions: list[Movable], last: bool) -> None:
    with pytest.raises(Immovable) as refusal:
        move(sessions[0], sessions, earlier=False)
    assert refusal.value.last is last


@given(st.lists(st.tuples(st.integers(5, 90), st.integers(0, 30)), min_size=2, max_size=6), st.data())
def test_later_and_earlier_again_is_where_it_was(lengths: list[tuple[int, int]], data: st.DataObject) -> None:
    sessions, minute = [], 8 * 60
    for number, (length, gap) in enumerate(lengths):
        times = f"{minute // 60:02}:{minute % 60:02}-{(minute + length) // 60:02}:{(minute + length) % 60:02}"
        sessions.append(line(number, times))
        minute += length + gap
    assume(minute < 24 * 60)
    chosen = data.draw(st.sampled_from(sessions[:-1]))
    moved = carried_out(move(chosen, sessions, earlier=False), sessions)
    back = next(each for each in moved if each.id == chosen.id)
    assert carried_out(move(back, moved, earlier=True), moved) == sessions
    assert sum(each.id != other.id for each, other in zip(in_order(moved), sessions, strict=True)) == 2
