"""What stands side by side in a programme."""

import datetime as dt

import pytest

from meetings.programme.rules.moving import Movable
from meetings.programme.rules.order import in_order
from meetings.programme.rules.parallel import blocks
from tests.programme.rules.test_moving import line


def shown(sessions: list[Movable]) -> list[int | dict[str, list[int]]]:
    """The blocks: a session by its number, or the numbers of each track."""
    return [
        block.session.id if block.session else {name: [each.id for each in row] for name, row in block.tracks}
        for block in blocks(in_order(sessions))
    ]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([], []),
        ([line(1, "09:00-10:00"), line(2, "10:00-11:00")], [1, 2]),
        ([line(1, "09:00-10:00", track="A"), line(2, "09:00-10:00", track="B")], [{"A": [1], "B": [2]}]),
        # One time after the other: two blocks. A long one beside two short ones: one.
        (
            [
                line(1, "09:00-10:00", track="A"),
                line(2, "09:00-10:00", track="B"),
                line(3, "10:00-11:00", track="B"),
                line(4, "10:00-11:00", track="A"),
            ],
            [{"A": [1], "B": [2]}, {"B": [3], "A": [4]}],
        ),
        (
            [line(1, "09:00-11:00", track="A"), line(2, "09:00-10:00", track="B"), line(3, "10:00-11:00", track="B")],
            [{"A": [1], "B": [2, 3]}],
        ),
        # Not in parallel: one track alone, one without a track, without times, at another time.
        ([line(1, "09:00-10:00", track="A"), line(2, "09:00-10:00", track="A")], [1, 2]),
        ([line(1, "09:00-10:00", track="A"), line(2, "09:00-10:00")], [1, 2]),
        ([line(1, track="A"), line(2, track="B")], [1, 2]),
        ([line(1, "09:00-10:00", track="A"), line(2, "10:00-11:00", track="B")], [1, 2]),
        # Without ends: those that begin together.
        (
            [line(1, "09:00", track="A"), line(2, "09:00", track="B"), line(3, "09:30", track="C")],
            [{"A": [1], "B": [2]}, 3],
        ),
    ],
)  # fmt: skip
def test_sessions_of_one_time_with_different_tracks_stand_side_by_side(
    sessions: list[Movable], expected: list[int | dict[str, list[int]]]
) -> None:
    assert shown(sessions) == expected


def test_a_block_lasts_from_its_first_start_to_its_last_end() -> None:
    (block,) = blocks([line(1, "09:00-11:00", track="A"), line(2, "09:30-11:30", track="B")])
    assert (block.start, block.end) == (dt.time(9), dt.time(11, 30))
    (block,) = blocks([line(1, "09:00-11:00", track="A"), line(2, "09:30", track="B")])
    assert (block.start, block.end) == (dt.time(9), None)
