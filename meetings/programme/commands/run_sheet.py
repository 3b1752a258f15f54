"""The run sheet: sessions are moved, retimed, split, merged, duplicated, removed, and breaks put in between.

Every command locks the meeting's row, refuses with Stale where the session has changed since the `version` that was
seen, and can be undone. Times are wall clock in the meeting's zone.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import gettext as _

from meetings.database import transaction
from meetings.directory.commands import new_key
from meetings.journal import Actor
from meetings.models.meeting import Session
from meetings.programme.commands.sheet import Sheet, called, movable
from meetings.programme.rules.moving import Immovable, Move, minutes_between, move, next_to, place, shifted
from meetings.programme.rules.retiming import Untimely, Why, halves, retime, room_after
from meetings.refusals import Refused

_COPIED = ("date", "kind", "track", "room", "part_of_id", "sitting_id")
_TEXTS = ("label", "title", "description", "presentations_minutes", "replies_minutes")


def move_session(*, meeting_id: int, key: str, earlier: bool, version: int, actor: Actor, now: dt.datetime) -> None:
    """Let a session change places with the one before or after it; its parts go along.

    Both keep their length, and the gap between them stays; they also change sittings, where these differ. Refuses
    where there is none, and past midnight.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.seen(key, version)
        try:
            _carry_out(sheet, move(movable(session), sheet.movable, earlier=earlier))
        except Immovable as refusal:
            raise Refused(_immovable(refusal)) from None
        sheet.log("session.moved", session)


def place_session(
    *, meeting_id: int, key: str, before: str | None, version: int, actor: Actor, now: dt.datetime
) -> None:
    """Move a session to the place before another one of its track and day; None: to the end.

    It changes places with each that it passes. Refuses one that is not beside it, and past midnight.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.seen(key, version)
        target = None if before is None else sheet.find(before).id
        try:
            for earlier in place(movable(session), sheet.movable, target):
                _carry_out(sheet, move(movable(session), sheet.movable, earlier=earlier))
        except Immovable as refusal:
            raise Refused(_immovable(refusal)) from None
        sheet.log("session.moved", session)


def _immovable(refusal: Immovable) -> str:
    if refusal.last:
        return str(_("There is no session of this track on this day to change places with."))
    return str(_("The session would then last past midnight. Change its times instead."))


def _carry_out(sheet: Sheet, change: Move) -> None:
    for session_id, minutes in change.shifts:
        _shift_with_parts(sheet.rows[session_id], minutes, sheet.rows)
    if change.shifts:
        first, second = (sheet.rows[session_id] for session_id, _minutes in change.shifts)
        first.sitting_id, second.sitting_id = second.sitting_id, first.sitting_id
    places = sorted(sheet.rows[session_id].position for session_id in change.order)
    for session_id, position in zip(change.order, places, strict=True):
        if sheet.rows[session_id].position != position:
            sheet.rows[session_id].position = position
            sheet.rows[session_id].version += 1


def _shift_with_parts(row: Session, minutes: int, rows: dict[int, Session]) -> None:
    try:
        row.start, row.end = shifted(row.start, minutes), shifted(row.end, minutes)
    except ValueError:
        raise Refused(_("A part of the session would then lie outside the day. Change its times first.")) from None
    row.version += 1
    for part in rows.values():
        if part.part_of_id == row.id and part.date == row.date:
            _shift_with_parts(part, minutes, rows)


def retime_session(
    *,
    meeting_id: int,
    key: str,
    start: dt.time | None,
    minutes: int | None,
    rest: bool,
    version: int,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Set when a session begins and how long it lasts; with `rest`, what follows it moves along (rules/retiming.py).

    Does nothing where it has this start and length already, whatever the version. Refuses past midnight, a session
    without a day, and where the order would change.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.find(key)
        if (session.start, minutes_between(session.start, session.end)) == (start, minutes):
            return
        sheet.seen(key, version)
        with _refusing(sheet):
            changes = retime(
                movable(session),
                sheet.movable,
                start=start,
                minutes=minutes,
                rest=rest,
                until=sheet.rest_until(session),
            )
        sheet.set_times(changes)
        sheet.log("session.retimed", session)


def split_session(
    *, meeting_id: int, key: str, at: dt.time | None, version: int, actor: Actor, now: dt.datetime
) -> str:
    """Make two sessions of one, at this time or at half; gives the second one's key.

    Both have the same people; the floor and the minutes stay with the first, and the parts go where they begin.
    Refused once the floor has opened, and where a part lies across the time.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.seen(key, version)
        sheet.refuse_opened(session)
        with _refusing(sheet):
            middle, parts = halves(movable(session), sheet.movable, at)
        second = sheet.new(
            new_key(Session, sheet.meeting),
            _values(session, *_COPIED) | {"title": f"{session.title} (2)", "start": middle, "end": session.end},
        )
        sheet.cast(second, [(role.role, role.person_id) for role in session.roles])
        session.end = middle
        session.version += 1
        for part in parts:
            sheet.rows[part].part_of_id = second.id
            sheet.rows[part].version += 1
        sheet.log("session.split", session)
        return second.key


def merge_session(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> None:
    """Make one session of this one and the next of its track: its title, the people, texts and parts of both.

    It has the floor of the one that has any; of two floors, its own. Refused once a floor of them has opened, or
    somebody asked for that of the next, or where a point was noted in the next.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.seen(key, version)
        try:
            other = sheet.rows[next_to(movable(session), sheet.movable, earlier=False).id]
        except Immovable:
            raise Refused(_("There is no session of this track on this day after it.")) from None
        for each in (session, other):
            sheet.refuse_opened(each)
        floors = [sheet.floor(session), sheet.floor(other)]
        settings = sheet.settings(other) if floors[0] is None and floors[1] is not None else None
        roles = [(role.role, role.person_id) for each in (session, other) for role in each.roles]
        parts = [row for row in sheet.rows.values() if row.part_of_id == other.id]
        merged = _merged(session, other)
        sheet.remove(other)
        for name, value in merged.items():
            setattr(session, name, value)
        session.version += 1
        for part in parts:
            part.part_of_id = session.id
            part.version += 1
        sheet.cast(session, roles)
        if settings is not None:
            sheet.put_floor(session, settings)
        sheet.log("session.merged", session)


def _merged(first: Session, second: Session) -> dict[str, Any]:
    """What the two are together."""
    title = first.title if second.title in (first.title, f"{first.title} (2)") else f"{first.title}; {second.title}"
    texts = dict.fromkeys(text for text in (first.description, second.description) if text)
    ends = [end for end in (first.end, second.end) if end is not None]
    minutes = {name: [getattr(each, name) for each in (first, second)] for name in _TEXTS[-2:]}
    return {
        "title": title,
        "description": "\n\n".join(texts) or None,
        "end": max(ends) if ends and first.start is not None else first.end,
        **{name: sum(filter(None, both)) if both != [None, None] else None for name, both in minutes.items()},
    }


def insert_break(*, meeting_id: int, key: str, minutes: int, version: int, actor: Actor, now: dt.datetime) -> str:
    """Put a break of so many minutes after a session; what follows moves by as much. Gives the break's key."""
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.seen(key, version)
        with _refusing(sheet):
            times, changes = room_after(
                movable(session), sheet.movable, minutes=minutes, until=sheet.rest_until(session)
            )
        sheet.set_times(changes)
        values = _values(session, *_COPIED) | {"kind": "break", "title": _("Break"), "room": None}
        row = sheet.new(new_key(Session, sheet.meeting), values | {"start": times.start, "end": times.end})
        session.version += 1  # what comes after it is another one now: a press that was sent twice is stale
        sheet.log("session.break_added", session)
        return row.key


def duplicate_session(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> str:
    """Put a copy of a session after it, with its people, parts and floor; what follows moves. Gives the copy's key.

    Without times, the copy stands after all others. A floor that has opened is not copied.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.seen(key, version)
        minutes = minutes_between(session.start, session.end) or 0
        if minutes:
            with _refusing(sheet):
                changes = room_after(movable(session), sheet.movable, minutes=minutes, until=sheet.rest_until(session))[
                    1
                ]
            sheet.set_times(changes)
        copy = _copy(sheet, session, minutes, {})
        session.version += 1
        sheet.log("session.duplicated", session)
        return copy.key


def _copy(sheet: Sheet, session: Session, minutes: int, other: dict[str, Any]) -> Session:
    """A copy so many minutes later, with copies of its parts."""
    parts = [row for row in sheet.rows.values() if row.part_of_id == session.id]
    times = {"start": shifted(session.start, minutes), "end": shifted(session.end, minutes)}
    copy = sheet.new(new_key(Session, sheet.meeting), _values(session, *_COPIED, *_TEXTS) | times | other)
    sheet.cast(copy, [(role.role, role.person_id) for role in session.roles])
    if settings := sheet.settings(session):
        sheet.put_floor(copy, settings)
    for part in parts:
        _copy(sheet, part, minutes if part.date == session.date else 0, {"part_of_id": copy.id})
    return copy


def remove_session(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Take a session out of the programme; its parts stay as sessions of their own.

    Refused once its floor has opened, somebody has asked for it, or the rapporteur has noted a point.
    """
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.find(key)
        sheet.remove(session)
        sheet.log("session.removed", session)


def _values(session: Session, *names: str) -> dict[str, Any]:
    return {name: getattr(session, name) for name in names}


@contextmanager
def _refusing(sheet: Sheet) -> Iterator[None]:
    """Says in words why times cannot be like this."""
    try:
        yield
    except Untimely as refusal:
        raise Refused(_untimely(refusal.why, called(sheet.rows[refusal.session_id]))) from None


def _untimely(why: Why, title: str) -> str:
    match why:
        case Why.MIDNIGHT:
            return str(_("“%(title)s” would then begin before the day or last past midnight.", title=title))
        case Why.ORDER:
            text = _(
                "This would change the order of the programme, at “%(title)s”. Change that first, or only this one.",
                title=title,
            )
            return str(text)
        case Why.NO_TIMES:
            return str(_("Give “%(title)s” its start and its length first.", title=title))
        case Why.OUTSIDE:
            return str(_("This is not a time within “%(title)s”.", title=title))
        case Why.ACROSS:
            return str(_("“%(title)s” lies across that time: choose another, or change the part first.", title=title))
