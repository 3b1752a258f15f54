"""Times that contradict each other: overlaps, gaps, sums that do not fit, sessions beyond their sitting.

A session takes part in a check only as far as its times are known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from meetings.programme.rules.proof.facts import (
    HELD_IN_A_SITTING,
    PAUSES,
    Facts,
    PlannedSession,
    PlannedSitting,
    minutes_between,
)
from meetings.programme.rules.proof.finding import N_, Assign, Check, Finding, Fix, Minutes, Severity

OVERLAP = Check(
    "overlap", Severity.FIRST,
    N_("Two sessions of one track at the same time"),
    N_("Change a time, or give them different tracks if they run in parallel."),
    N_("The times of the sessions. Side events and the registration desk may run beside others."),
)  # fmt: skip
PERSON_TWICE = Check(
    "person-twice", Severity.FIRST,
    N_("A person with roles in two sessions at the same time"),
    N_("Change a time, or give one of the roles to somebody else."),
    N_("The roles. A role in a session and one in a part of it are one place."),
)  # fmt: skip
GAP = Check(
    "gap", Severity.LOOK,
    N_("Time within a sitting for which nothing is planned"),
    N_("Change a time, add a break, or end the sitting and begin another one."),
    N_("The times of the sessions of each sitting, all tracks together"),
)  # fmt: skip
OUTSIDE_SITTING = Check(
    "outside-sitting", Severity.FIRST,
    N_("A session beyond the hours of its sitting"),
    N_("Change its time or its sitting, or the hours of the sitting."),
    N_("Interpretation and the join link end with the sitting. The fix chooses the one sitting in which it fits."),
    fixes=True,
)  # fmt: skip
NO_SITTING = Check(
    "no-sitting", Severity.FIRST,
    N_("A session that belongs to no sitting"),
    N_("Choose its sitting, or add one for this time."),
    N_("Invitations and join links belong to sittings; pauses and side events need none."),
)  # fmt: skip
FLOOR_TOO_LONG = Check(
    "floor-too-long", Severity.FIRST,
    N_("A floor longer than presentations and replies leave"),
    N_("Shorten the floor, the presentations or the replies, or make the session longer."),
    N_("The minutes of the session. The floor is what is meant as “at most”: the fix shortens it to what is left."),
    fixes=True,
)  # fmt: skip
PARTS_TOO_LONG = Check(
    "parts-too-long", Severity.FIRST,
    N_("Parts that take longer together than their session"),
    N_("Make the session longer or the parts shorter, or give the parts tracks if they run in parallel."),
    N_("The programme of 17 June 2019: three blocs of 45 minutes in 120"),
)  # fmt: skip
PART_OUTSIDE = Check(
    "part-outside", Severity.FIRST,
    N_("A part that is not within the time of its session"),
    N_("Change its time, or let it be a session of its own."),
    N_("The times of the sessions"),
)  # fmt: skip


def overlaps(facts: Facts) -> Iterator[Finding]:
    """Two sessions of one track and one whole that run at the same time."""
    for one, other in _pairs(facts.sessions):
        if one.part_of_id == other.part_of_id and one.track == other.track and (shared := _together(one, other)):
            if _runs_beside(one, other):
                continue
            reason = N_("%(this)s and %(other)s overlap by %(minutes)s.")
            yield OVERLAP.at(
                other.at("start"), reason, about=one.key, this=other.name, other=one.name, minutes=Minutes(shared)
            )


def _runs_beside(one: PlannedSession, other: PlannedSession) -> bool:
    """Whether these two kinds are meant to run at the same time: a side event, or the desk while others go on."""
    return not {"side_event", "registration"}.isdisjoint({one.kind, other.kind}) and one.kind != other.kind


def people_twice(facts: Facts) -> Iterator[Finding]:
    """A person who would have to be in two sessions at once."""
    wholes = {session.id: session.part_of_id for session in facts.sessions}
    for one, other in _pairs(facts.sessions):
        if not _together(one, other) or one.id in _around(other, wholes) or other.id in _around(one, wholes):
            continue
        for number, person in dict.fromkeys(one.people):
            if (number, person) in other.people:
                reason = N_("%(person)s has a role in %(this)s and %(other)s at the same time.")
                about = f"{one.key} {number}"
                yield PERSON_TWICE.at(
                    other.at("roles"), reason, about=about, person=person, this=other.name, other=one.name
                )


def _together(one: PlannedSession, other: PlannedSession) -> int:
    """For how many minutes two sessions run at the same time."""
    if one.date is None or one.date != other.date:
        return 0
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max(0, minutes_between(max(one.start, other.start), min(one.end, other.end)))


def _pairs(sessions: Sequence[PlannedSession]) -> Iterable[tuple[PlannedSession, PlannedSession]]:
    """Every two sessions of one day whose starts are known, the earlier one first."""
    days: dict[dt.date, list[PlannedSession]] = {}
    for session in sorted(sessions, key=lambda each: (each.date or dt.date.min, each.start or dt.time.min)):
        if session.date is not None and session.start is not None:
            days.setdefault(session.date, []).append(session)
    for of_day in days.values():
        yield from combinations(of_day, 2)


def _around(session: PlannedSession, wholes: dict[int, int | None]) -> set[int]:
    """The wholes that a session is part of, directly or through another part."""
    found: set[int] = set()
    whole = session.part_of_id
    while whole is not None and whole not in found:
        found.add(whole)
        whole = wholes.get(whole)
    return found


def gaps(facts: Facts) -> Iterator[Finding]:
    """Stretches without a session between two sessions of a sitting; without an end, a session lasts to the next."""
    for sitting in facts.sittings:
        inside = [
            each
            for each in facts.sessions
            if each.sitting_id == sitting.id
            and each.part_of_id is None
            and each.date == sitting.date
            and each.start is not None
            and each.start < sitting.end
        ]
        inside.sort(key=lambda each: each.start or dt.time.min)
        reached: PlannedSession | None = None
        for session in inside:
            if (
                reached
                and reached.end
                and session.start
                and session.start > reached.end
                and not _filled(facts.sessions, sitting.date, reached.end, session.start)
            ):
                yield GAP.at(
                    session.at("start"), N_("Nothing is planned for %(minutes)s between %(other)s and %(this)s."),
                    about=reached.key, this=session.name, other=reached.name,
                    minutes=Minutes(minutes_between(reached.end, session.start)),
                )  # fmt: skip
            if reached is None or session.end is None or (reached.end or dt.time.min) < session.end:
                reached = session


def _filled(sessions: Sequence[PlannedSession], day: dt.date, start: dt.time, end: dt.time) -> bool:
    """Whether a pause that was given no sitting, or another one, fills this stretch."""
    return any(
        each.kind in PAUSES
        and each.date == day
        and each.start is not None
        and each.start <= start
        and (each.end or dt.time.max) >= end
        for each in sessions
    )


def outside(facts: Facts) -> Iterator[Finding]:
    """Sessions beyond the hours of their sitting, and those that need a sitting and have none."""
    by_id = {sitting.id: sitting for sitting in facts.sittings}
    for session in facts.sessions:
        sitting = by_id.get(session.sitting_id) if session.sitting_id is not None else None
        if session.date is None or session.start is None or session.part_of_id is not None:
            continue
        if sitting is None:
            if facts.sittings and session.kind in HELD_IN_A_SITTING:
                reason = N_("%(this)s is in no sitting: nobody is invited to it, and it has no join link.")
                yield NO_SITTING.at(session.at("sitting"), reason, this=session.name)
        elif not _holds(sitting, session):
            reason = N_("%(this)s is not within the hours of its sitting, %(start)s to %(end)s.")
            yield OUTSIDE_SITTING.at(
                session.at("sitting" if session.own_sitting else "end"), reason, fix=_right_sitting(session, facts),
                this=session.name, start=sitting.start, end=sitting.end,
            )  # fmt: skip


def _holds(sitting: PlannedSitting, session: PlannedSession) -> bool:
    """Whether the whole session lies within the hours of the sitting."""
    return (
        session.date == sitting.date
        and session.start is not None
        and sitting.start <= session.start < sitting.end
        and (session.end is None or session.end <= sitting.end)
    )


def _right_sitting(session: PlannedSession, facts: Facts) -> Fix | None:
    """The only sitting that the session fits into: certain where another one was chosen by mistake."""
    fitting = [
        each
        for each in facts.sittings
        if _holds(each, session) and (session.room is None or each.room is None or session.room == each.room)
    ]
    if not session.own_sitting or session.end is None or len(fitting) != 1:
        return None
    right = fitting[0]
    says = N_("Put it into the sitting of %(start)s to %(end)s")
    return Fix(says, (Assign(session.at("sitting"), right.key),), {"start": right.start, "end": right.end})


def floors(facts: Facts) -> Iterator[Finding]:
    """Floors for which the session has not enough minutes left."""
    for session in facts.sessions:
        if session.floor is None or session.minutes is None:
            continue
        left = session.minutes - (session.presentations_minutes or 0) - (session.replies_minutes or 0)
        if session.floor.minutes > left:
            reason = N_("The floor of %(this)s takes %(needed)s; presentations and replies leave %(left)s.")
            yield FLOOR_TOO_LONG.at(
                session.at("cap_minutes"), reason, fix=_shorter_floor(session, left),
                this=session.name, needed=Minutes(session.floor.minutes), left=Minutes(max(0, left)),
            )  # fmt: skip


def _shorter_floor(session: PlannedSession, left: int) -> Fix | None:
    """The floor at what is left: a cap is “at most”, while the times are announced and presentations are promised."""
    floor = session.floor
    if floor is None or floor.opened or left < 1 or left * 60 < floor.longest_seconds:
        return None
    return Fix(N_("Shorten the floor to %(left)s"), (Assign(session.at("cap_minutes"), left),), {"left": Minutes(left)})


def parts(facts: Facts) -> Iterator[Finding]:
    """Parts outside their whole; and parts without times that need more together than their whole has.

    Parts of one track come one after the other, tracks run side by side; what has no track comes before or after all.
    """
    for whole in facts.sessions:
        own = [each for each in facts.sessions if each.part_of_id == whole.id]
        for part in own:
            if _sticks_out(part, whole):
                reason = N_("%(this)s is not within the time of %(other)s, which it is part of.")
                yield PART_OUTSIDE.at(part.at("start"), reason, this=part.name, other=whole.name)
        if whole.minutes is None or not any(part.minutes is None for part in own):
            continue
        by_track: dict[str | None, int] = {}
        for part in own:
            by_track[part.track] = by_track.get(part.track, 0) + (part.needed_minutes or 0)
        needed = by_track.pop(None, 0) + max(by_track.values(), default=0)
        if needed > whole.minutes:
            reason = N_("The parts of %(this)s take %(needed)s together; it has %(has)s.")
            yield PARTS_TOO_LONG.at(
                whole.at("end"), reason, this=whole.name, needed=Minutes(needed), has=Minutes(whole.minutes)
            )


def _sticks_out(part: PlannedSession, whole: PlannedSession) -> bool:
    if part.date is not None and whole.date is not None and part.date != whole.date:
        return True
    if part.start is None or whole.start is None:
        return False
    ends = part.end or part.start
    return part.start < whole.start or (whole.end is not None and ends > whole.end)
