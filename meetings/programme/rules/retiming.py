"""A session's start and length, and what follows it: what changes when one of them is set, or when something is put in.

What follows a session ("the rest") is what comes after it on its day, among the parts of its whole or, for a session of
its own, until its sitting ends; where it is in no sitting, until the next one begins. A session of a track is followed
by its track alone, as far as the next session that is for all tracks. Parts go with their whole.

Times are wall clock in the meeting's zone. Nothing here goes past midnight.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from meetings.programme.rules.moving import Movable, minutes_between, minutes_of
from meetings.programme.rules.order import Planned, in_order, sitting_of

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Times:
    """When a session is from now on; both None: not fixed."""

    start: dt.time | None
    end: dt.time | None


# The sessions that change, by their id.
Changes = Mapping[int, Times]


class Why(StrEnum):
    """Why times cannot be set like this."""

    MIDNIGHT = "midnight"  # something would begin before the day or end after it
    ORDER = "order"  # what follows would come before what it follows, or the session before the one before it
    NO_TIMES = "no_times"  # the session has no start or no end yet
    OUTSIDE = "outside"  # not within the session
    ACROSS = "across"  # a part lies across the time of the split


class Untimely(Exception):  # not an error: the answer to a wish
    """The times cannot be like this. `session_id` names the session that stands in the way."""

    def __init__(self, why: Why, session_id: int) -> None:
        super().__init__(f"{why}: {session_id}")
        self.why = why
        self.session_id = session_id


def rest_until(session: Planned, own: Planned | None, sittings: Sequence[Planned]) -> dt.time | None:
    """Until when the rest of a session reaches; None to the end of its day. `own` is its own sitting, if chosen."""
    sitting = own if own is not None and own.date == session.date else sitting_of(session, sittings)
    if sitting is not None:
        return sitting.end
    begins = [each.start for each in sittings if each.date == session.date and each.start is not None]
    return min((each for each in begins if session.start is None or each > session.start), default=None)


def retime(
    session: Movable,
    everything: Sequence[Movable],
    *,
    start: dt.time | None,
    minutes: int | None,
    rest: bool,
    until: dt.time | None = None,
) -> Changes:
    """What changes when a session gets this start and length; its parts move with its start.

    With `rest`, what follows moves by as much as the session's end (or its start, where it had no length or has none
    from now on), so that lengths, gaps and order stay. Refuses with Untimely.
    """
    changed = {session.id: _times(session, start, minutes)}
    moved = minutes_between(session.start, start)
    if moved:
        changed |= _all_shifted(_parts([session.id], everything), moved)
    by = moved if session.end is None or minutes is None else minutes_between(session.end, changed[session.id].end)
    if rest and by:
        changed |= _with_parts_shifted(followers(session, everything, until), everything, by)
    after = [_changed(each, changed) for each in everything]
    if rest:
        _refuse_another_order(session, everything, after)
    return {each.id: Times(each.start, each.end) for each, old in zip(after, everything, strict=True) if each != old}


def room_after(
    session: Movable, everything: Sequence[Movable], *, minutes: int, until: dt.time | None = None
) -> tuple[Times, Changes]:
    """When something of so many minutes is if it is put in after a session, and what changes: the rest follows.

    Refuses with Untimely, also for a session without an end.
    """
    if session.end is None:
        raise Untimely(Why.NO_TIMES, session.id)
    inserted = Times(session.end, _clock(minutes_of(session.end) + minutes, session.id))
    return inserted, _with_parts_shifted(followers(session, everything, until), everything, minutes)


def halves(session: Movable, everything: Sequence[Movable], at: dt.time | None) -> tuple[dt.time, list[int]]:
    """Where a session is split (at this time, else at half), and which of its parts go with its second half.

    Parts without times stay with the first. Refuses with Untimely.
    """
    length = minutes_between(session.start, session.end)
    if session.start is None or length is None:
        raise Untimely(Why.NO_TIMES, session.id)
    begin = minutes_of(session.start)
    place = begin + length // 2 if at is None else minutes_of(at)
    if not begin < place < begin + length:
        raise Untimely(Why.OUTSIDE, session.id)
    second = []
    for part in everything:
        if part.part_of_id != session.id or part.start is None or part.date != session.date:
            continue
        if minutes_of(part.start) >= place:
            second.append(part.id)
        elif part.end is not None and minutes_of(part.end) > place:
            raise Untimely(Why.ACROSS, part.id)
    return _clock(place, session.id), second


def followers(session: Movable, everything: Sequence[Movable], until: dt.time | None = None) -> list[Movable]:
    """What follows a session, in its order; only what has a start."""
    row = _peers(session, everything)
    found: list[Movable] = []
    for each in row[[each.id for each in row].index(session.id) + 1 :]:
        if session.track is not None and each.track is None:
            break
        if each.start is None or (session.track is not None and each.track != session.track):
            continue
        if until is not None and session.part_of_id is None and each.start >= until:
            break
        found.append(each)
    return found


def _peers(session: Movable, everything: Iterable[Movable]) -> list[Movable]:
    """What stands beside a session on its day: the parts of the same whole, or all that are no part."""
    return in_order(each for each in everything if (each.date, each.part_of_id) == (session.date, session.part_of_id))


def _refuse_another_order(session: Movable, before: Sequence[Movable], after: Sequence[Movable]) -> None:
    """Refuse where two that are not in parallel would change places."""
    was = [each for each in _peers(session, before) if each.start is not None]
    places = {each.id: place for place, each in enumerate(_peers(session, after))}
    for place, first in enumerate(was):
        for second in was[place + 1 :]:
            parallel = first.track != second.track and None not in (first.track, second.track)
            if not parallel and places[first.id] > places[second.id]:
                raise Untimely(Why.ORDER, first.id if second.id == session.id else second.id)


def _parts(of: Iterable[int], everything: Sequence[Movable]) -> list[Movable]:
    """The parts of these, with their own parts, on the day of their whole."""
    dates = {each.id: each.date for each in everything}
    wholes, found = set(of), []
    while wholes:
        level = [each for each in everything if each.part_of_id in wholes and each.date == dates[each.part_of_id]]
        found += level
        wholes = {each.id for each in level}
    return found


def _with_parts_shifted(sessions: list[Movable], everything: Sequence[Movable], minutes: int) -> dict[int, Times]:
    return _all_shifted([*sessions, *_parts([each.id for each in sessions], everything)], minutes)


def _all_shifted(sessions: Iterable[Movable], minutes: int) -> dict[int, Times]:
    return {
        each.id: Times(
            _clock(minutes_of(each.start) + minutes, each.id),
            None if each.end is None else _clock(minutes_of(each.end) + minutes, each.id),
        )
        for each in sessions
        if each.start is not None
    }


def _changed(session: Movable, changed: Mapping[int, Times]) -> Movable:
    times = changed.get(session.id)
    return session if times is None else replace(session, start=times.start, end=times.end)


def _times(session: Movable, start: dt.time | None, minutes: int | None) -> Times:
    if start is None:
        return Times(None, None)
    return Times(start, None if minutes is None else _clock(minutes_of(start) + minutes, session.id))


def _clock(minutes: int, session_id: int) -> dt.time:
    if not 0 <= minutes < _DAY:
        raise Untimely(Why.MIDNIGHT, session_id)
    return dt.time(minutes // 60, minutes % 60)
