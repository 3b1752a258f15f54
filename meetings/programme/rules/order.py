"""The order in which sessions stand in a programme, and which sitting a session belongs to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from meetings.calendar_days import is_over as is_over


class Planned(Protocol):
    """What has a place in a programme: a day and times (wall clock in the meeting's zone) as far as they are known."""

    @property
    def date(self) -> dt.date | None: ...
    @property
    def start(self) -> dt.time | None: ...
    @property
    def end(self) -> dt.time | None: ...
    @property
    def position(self) -> int: ...
    @property
    def room(self) -> str | None: ...


# What is not held in a sitting; a break is, where it is in the middle of one.
_BETWEEN_SITTINGS = {"lunch", "registration"}

P = TypeVar("P", bound=Planned)
S = TypeVar("S", bound=Planned)


def in_order(sessions: Iterable[P]) -> list[P]:
    """The sessions as a programme lists them: by day and time, those without a day last.

    One without a time keeps its place after the one that its position follows.
    """
    reached: dict[dt.date, dt.time] = {}
    keys: list[tuple[dt.date, dt.time, P]] = []
    for session in sorted(sessions, key=lambda each: each.position):
        date = session.date or dt.date.max
        reached[date] = session.start or reached.get(date, dt.time.min)
        keys.append((date, reached[date], session))
    return [session for _, _, session in sorted(keys, key=lambda each: each[:2])]


def sitting_of(session: Planned, sittings: Sequence[S]) -> S | None:
    """The sitting that a session without one of its own falls into: same day, within its hours, the same room first.

    A sitting in another room is none of its own when either names a room and they differ.
    """
    if session.date is None or session.start is None:
        return None
    around = [
        sitting
        for sitting in sittings
        if sitting.date == session.date
        and sitting.start is not None
        and sitting.end is not None
        and sitting.start <= session.start < sitting.end
        and (session.room is None or sitting.room is None or session.room == sitting.room)
    ]
    return min(around, key=lambda sitting: sitting.room != session.room, default=None)


class Held(Planned, Protocol):
    """A session, as far as it is asked which sitting it may belong to."""

    @property
    def kind(self) -> str: ...
    @property
    def sitting_id(self) -> int | None: ...


def loose_stretch(sessions: Iterable[Held], sittings: Sequence[Planned]) -> tuple[dt.date, dt.time, dt.time] | None:
    """The first unbroken stretch of sessions that are in no sitting: its day, start and end. Lunch ends one."""
    found: tuple[dt.date, dt.time, dt.time] | None = None
    for each in in_order(sessions):
        if each.date is None or each.start is None or each.end is None or each.kind in _BETWEEN_SITTINGS:
            continue
        if each.sitting_id is not None or sitting_of(each, sittings) is not None:
            continue
        if found is None:
            found = each.date, each.start, each.end
        elif each.date == found[0] and each.start <= found[2]:
            found = each.date, found[1], max(found[2], each.end)
    return found
