"""What an organiser should look at again in a programme. Nothing here stops anybody from doing anything.

Times are wall clock in the meeting's zone; a session takes part in a check only as far as its times are known.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

# Sessions that people attend to hear and to speak, hence need a sitting with its join link and interpretation.
_HELD_IN_A_SITTING = {"opening", "keynote", "panel", "dialogue", "interactive_dialogue", "closing"}


class Kind(StrEnum):
    """What is odd."""

    OVERLAP = "overlap"  # two sessions of one track at the same time
    PERSON_TWICE = "person_twice"  # a person in two places at once
    GAP = "gap"  # nothing between two sessions of a sitting
    OUTSIDE_SITTING = "outside_sitting"
    NO_SITTING = "no_sitting"
    FLOOR_TOO_LONG = "floor_too_long"  # more than the session's presentations and replies leave
    PARTS_TOO_LONG = "parts_too_long"  # 17 June 2019: three blocs of 45 minutes in 120
    PART_OUTSIDE = "part_outside"  # a part before, after or on another day than its whole


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """A sitting, as far as the warnings need it."""

    id: int
    date: dt.date
    start: dt.time
    end: dt.time


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session, as far as the warnings need it. `sitting_id` is its own or the one it falls into.

    `people` are those with a role in it: id and name.
    """

    id: int
    kind: str
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    part_of_id: int | None = None
    track: str | None = None
    sitting_id: int | None = None
    presentations_minutes: int | None = None
    replies_minutes: int | None = None
    floor_minutes: int | None = None
    people: tuple[tuple[int, str], ...] = ()

    @property
    def minutes(self) -> int | None:
        """How long it lasts, where that is known."""
        return None if self.start is None or self.end is None else minutes_between(self.start, self.end)

    @property
    def needed_minutes(self) -> int | None:
        """How long it takes: its times, else the sum of what is planned in it, else unknown."""
        planned = (self.presentations_minutes, self.replies_minutes, self.floor_minutes)
        if self.minutes is not None:
            return self.minutes
        return sum(each or 0 for each in planned) if any(planned) else None


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing to look at: the sessions it is about (the one to change first), and figures for its text."""

    kind: Kind
    sessions: tuple[int, ...]
    minutes: int = 0
    available: int = 0
    person: str = ""


def minutes_between(start: dt.time, end: dt.time) -> int:
    """The minutes from one time of day to another."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def warnings(sessions: Sequence[PlannedSession], sittings: Sequence[PlannedSitting]) -> list[Oddity]:
    """Everything odd in a programme, by kind; nothing for a sound one."""
    return [
        *_overlaps(sessions),
        *_people_twice(sessions),
        *_gaps(sessions, sittings),
        *_outside(sessions, sittings),
        *_floors(sessions),
        *_parts(sessions),
    ]


def _together(one: PlannedSession, other: PlannedSession) -> int:
    """For how many minutes two sessions run at the same time."""
    if one.date is None or one.date != other.date:
        return 0
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max(0, minutes_between(max(one.start, other.start), min(one.end, other.end)))


def _overlaps(sessions: Sequence[PlannedSession]) -> Iterable[Oddity]:
    for one, other in _pairs(sessions):
        if one.part_of_id == other.part_of_id and one.track == other.track and (shared := _together(one, other)):
            yield Oddity(Kind.OVERLAP, (other.id, one.id), minutes=shared)


def _people_twice(sessions: Sequence[PlannedSession]) -> Iterable[Oddity]:
    wholes = {session.id: session.part_of_id for session in sessions}
    for one, other in _pairs(sessions):
        if not _together(one, other) or one.id in _around(other, wholes) or other.id in _around(one, wholes):
            continue
        for person in dict.fromkeys(one.people):
            if person in other.people:
                yield Oddity(Kind.PERSON_TWICE, (other.id, one.id), person=person[1])


def _pairs(sessions: Sequence[PlannedSession]) -> Iterable[tuple[PlannedSession, PlannedSession]]:
    timed = sorted(
        (each for each in sessions if each.start is not None), key=lambda each: (each.start, each.date or dt.date.min)
    )
    return combinations(timed, 2)


def _around(session: PlannedSession, wholes: dict[int, int | None]) -> set[int]:
    """The wholes that a session is part of, directly or through another part."""
    found: set[int] = set()
    whole = session.part_of_id
    while whole is not None and whole not in found:
        found.add(whole)
        whole = wholes.get(whole)
    return found


def _gaps(sessions: Sequence[PlannedSession], sittings: Sequence[PlannedSitting]) -> Iterable[Oddity]:
    """Stretches without a session between two sessions of a sitting; without an end, a session lasts to the next."""
    for sitting in sittings:
        inside = [
            each
            for each in sessions
            if each.sitting_id == sitting.id
            and each.part_of_id is None
            and each.date == sitting.date
            and each.start is not None
        ]
        inside.sort(key=lambda each: each.start or dt.time.min)
        reached: PlannedSession | None = None
        for session in inside:
            if reached and reached.end and session.start and session.start > reached.end:
                idle = minutes_between(reached.end, session.start)
                yield Oddity(Kind.GAP, (session.id, reached.id), minutes=idle)
            if reached is None or session.end is None or (reached.end or dt.time.min) < session.end:
                reached = session


def _outside(sessions: Sequence[PlannedSession], sittings: Sequence[PlannedSitting]) -> Iterable[Oddity]:
    by_id = {sitting.id: sitting for sitting in sittings}
    for session in sessions:
        sitting = by_id.get(session.sitting_id) if session.sitting_id is not None else None
        if session.date is None or session.start is None or session.part_of_id is not None:
            continue
        if sitting is None:
            if sittings and session.kind in _HELD_IN_A_SITTING:
                yield Oddity(Kind.NO_SITTING, (session.id,))
        elif (
            session.date != sitting.date
            or session.start < sitting.start
            or session.start >= sitting.end
            or (session.end is not None and session.end > sitting.end)
        ):
            yield Oddity(Kind.OUTSIDE_SITTING, (session.id,))


def _floors(sessions: Sequence[PlannedSession]) -> Iterable[Oddity]:
    for session in sessions:
        if session.floor_minutes is None or session.minutes is None:
            continue
        left = session.minutes - (session.presentations_minutes or 0) - (session.replies_minutes or 0)
        if session.floor_minutes > left:
            yield Oddity(Kind.FLOOR_TOO_LONG, (session.id,), minutes=session.floor_minutes, available=max(0, left))


def _parts(sessions: Sequence[PlannedSession]) -> Iterable[Oddity]:
    """Parts outside their whole; and parts without times that need more together than their whole has.

    Parts of one track come one after the other, tracks run side by side; what has no track comes before or after all.
    """
    for whole in sessions:
        parts = [each for each in sessions if each.part_of_id == whole.id]
        outside = [part for part in parts if _sticks_out(part, whole)]
        yield from (Oddity(Kind.PART_OUTSIDE, (part.id, whole.id)) for part in outside)
        if whole.minutes is None or not any(part.minutes is None for part in parts):
            continue
        by_track: dict[str | None, int] = {}
        for part in parts:
            by_track[part.track] = by_track.get(part.track, 0) + (part.needed_minutes or 0)
        needed = by_track.pop(None, 0) + max(by_track.values(), default=0)
        if needed > whole.minutes:
            yield Oddity(Kind.PARTS_TOO_LONG, (whole.id,), minutes=needed, available=whole.minutes)


def _sticks_out(part: PlannedSession, whole: PlannedSession) -> bool:
    if part.date is not None and whole.date is not None and part.date != whole.date:
        return True
    if part.start is None or whole.start is None:
        return False
    ends = part.end or part.start
    return part.start < whole.start or (whole.end is not None and ends > whole.end)
