"""Moving a session earlier or later: it changes places with its neighbour.

Both keep their length, and the gap between them stays; without times they change positions. The neighbour is the next
one of the same day, the same track and the same whole, so that what runs in parallel stays where it is.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from meetings.programme.rules.order import in_order


@dataclass(frozen=True, slots=True)
class Movable:
    """A session, as far as moving needs it. Times are wall clock in the meeting's zone."""

    id: int
    position: int
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    part_of_id: int | None = None
    track: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What changes: by how many minutes each of the two shifts, or the new order of those beside them without times."""

    shifts: tuple[tuple[int, int], ...] = ()
    order: tuple[int, ...] = ()


class Immovable(Exception):  # not an error: the answer to a wish
    """The session cannot go there. `last`: there is nothing to change places with; otherwise it would pass midnight."""

    def __init__(self, *, last: bool) -> None:
        super().__init__("nothing beside it" if last else "past midnight")
        self.last = last


def move(session: Movable, everything: Sequence[Movable], *, earlier: bool) -> Move:
    """How a session changes places with its neighbour. Refuses with Immovable."""
    row = in_order(each for each in everything if _group(each) == _group(session))
    place = next(number for number, each in enumerate(row) if each.id == session.id)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(row):
        raise Immovable(last=True)
    first, second = row[min(place, other)], row[max(place, other)]
    if first.start is None or second.start is None:
        row[place], row[other] = row[other], row[place]
        return Move(order=tuple(each.id for each in row))
    return Move(shifts=_exchanged(first, second, _minutes(first.start), _minutes(second.start)))


def _group(session: Movable) -> tuple[dt.date | None, str | None, int | None]:
    return session.date, session.track, session.part_of_id


def _exchanged(first: Movable, second: Movable, first_start: int, second_start: int) -> tuple[tuple[int, int], ...]:
    """The minutes by which each shifts. Two that overlap have no gap afterwards; without an end, starts change."""
    if first.end is None or second.end is None:
        later = second_start - first_start
    else:
        gap = max(0, second_start - _minutes(first.end))
        later = _minutes(second.end) - second_start + gap
    end = _minutes(first.end) if first.end else first_start
    if end + later >= 24 * 60:
        raise Immovable(last=False)
    return (first.id, later), (second.id, first_start - second_start)


def shifted(time: dt.time | None, minutes: int) -> dt.time | None:
    """A time of day some minutes later (or earlier); None stays None. Refuses with ValueError to leave the day."""
    if time is None:
        return None
    total = _minutes(time) + minutes
    return dt.time(total // 60, total % 60)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
