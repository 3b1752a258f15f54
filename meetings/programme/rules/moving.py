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
    other = next_to(session, everything, earlier=earlier)
    first, second = (other, session) if earlier else (session, other)
    if first.start is None or second.start is None:
        row = [each.id for each in _row(session, everything)]
        at = row.index(first.id)
        row[at : at + 2] = [second.id, first.id]
        return Move(order=tuple(row))
    return Move(shifts=_exchanged(first, second, minutes_of(first.start), minutes_of(second.start)))


def next_to(session: Movable, everything: Sequence[Movable], *, earlier: bool) -> Movable:
    """The session before or after one, of its day, track and whole. Refuses with Immovable where there is none."""
    row = _row(session, everything)
    at = [each.id for each in row].index(session.id) + (-1 if earlier else 1)
    if not 0 <= at < len(row):
        raise Immovable(last=True)
    return row[at]


def place(session: Movable, everything: Sequence[Movable], before: int | None) -> list[bool]:
    """The moves (earlier: True) that bring a session to stand before another one; None: after all beside it.

    Refuses with Immovable one that is not beside it.
    """
    row = [each.id for each in _row(session, everything)]
    others = [each for each in row if each != session.id]
    if before is not None and before not in others:
        raise Immovable(last=True)
    wanted = len(others) if before is None else others.index(before)
    way = wanted - row.index(session.id)
    return [way < 0] * abs(way)


def _row(session: Movable, everything: Sequence[Movable]) -> list[Movable]:
    """A session and what stands beside it, in order."""
    return in_order(each for each in everything if _group(each) == _group(session))


def _group(session: Movable) -> tuple[dt.date | None, str | None, int | None]:
    return session.date, session.track, session.part_of_id


def _exchanged(first: Movable, second: Movable, first_start: int, second_start: int) -> tuple[tuple[int, int], ...]:
    """The minutes by which each shifts. Two that overlap have no gap afterwards; without an end, starts change."""
    if first.end is None or second.end is None:
        later = second_start - first_start
    else:
        gap = max(0, second_start - minutes_of(first.end))
        later = minutes_of(second.end) - second_start + gap
    end = minutes_of(first.end) if first.end else first_start
    if end + later >= 24 * 60:
        raise Immovable(last=False)
    return (first.id, later), (second.id, first_start - second_start)


def shifted(time: dt.time | None, minutes: int) -> dt.time | None:
    """A time of day some minutes later (or earlier); None stays None. Refuses with ValueError to leave the day."""
    if time is None:
        return None
    total = minutes_of(time) + minutes
    return dt.time(total // 60, total % 60)


def minutes_of(time: dt.time) -> int:
    """Minutes since midnight."""
    return time.hour * 60 + time.minute


def minutes_between(start: dt.time | None, end: dt.time | None) -> int | None:
    """How long something lasts on its day, where start and end are known."""
    return None if start is None or end is None else minutes_of(end) - minutes_of(start)
