"""Adding, editing, moving and removing the sessions of a programme."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.directory.commands import new_key, next_position
from meetings.floor.commands import remove_floor, set_floor
from meetings.journal import Actor
from meetings.models.floor import FloorRequest
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.people import Person
from meetings.models.report import Point
from meetings.programme.commands.changing import (
    find,
    lock_meeting,
    log,
    mine,
    refuse_day_outside,
)
from meetings.programme.commands.people import person_with_role
from meetings.programme.queries.edits import FloorValues, RoleValues, SessionValues, session_values_of
from meetings.programme.rules.moving import Immovable, Movable, Move, move, shifted
from meetings.refusals import Refused, Stale

_OTHER = ("part_of", "sitting", "floor", "roles")
_COLUMNS = tuple(name for name in SessionValues.__slots__ if name not in _OTHER)


def add_session(*, meeting_id: int, to: SessionValues, actor: Actor, now: dt.datetime) -> str:
    """Add a session to a programme; gives its key. Refused on a day on which the meeting is not held."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        session = Session(
            meeting_id=meeting.id, key=new_key(Session, meeting), position=next_position(Session, meeting), version=1
        )
        _apply(meeting, session, to)
        db.session.add(session)
        db.session.flush()
        kept = replace(to, roles=_cast(meeting, session, to.roles))
        _set_floor(session, to.floor, actor=actor, now=now)
        log("session.added", meeting, target=f"session:{session.id}", actor=actor, now=now, after=kept)
        return session.key


def edit_session(*, meeting_id: int, key: str, to: SessionValues, shown: str, actor: Actor, now: dt.datetime) -> None:
    """Change a session, its roles and its floor. Refuses what would make it a part of itself."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        session = find(Session, meeting, key)
        before = session_values_of(session)
        names = mine(shown, before, to)
        if not names:
            return
        _apply(meeting, session, to)
        kept = replace(to, roles=_cast(meeting, session, to.roles) if "roles" in names else to.roles)
        if "floor" in names:
            _set_floor(session, to.floor, actor=actor, now=now)
        session.version += 1
        target = f"session:{session.id}"
        log("session.edited", meeting, target=target, actor=actor, now=now, before=before, after=kept)


def _apply(meeting: Meeting, session: Session, to: SessionValues) -> None:
    refuse_day_outside(meeting, to.date)
    for name in _COLUMNS:
        setattr(session, name, getattr(to, name))
    session.part_of_id = _whole(meeting, session, to.part_of).id if to.part_of else None
    session.sitting_id = find(Sitting, meeting, to.sitting).id if to.sitting else None


def _whole(meeting: Meeting, session: Session, key: str) -> Session:
    """The session that this one becomes a part of; refused where that is this one, or one of its own parts."""
    found = find(Session, meeting, key)
    above: Session | None = found
    while above is not None:
        if above is session:
            raise Refused(_("A session cannot be part of itself or of one of its own parts."))
        above = db.session.get(Session, above.part_of_id) if above.part_of_id is not None else None
    return found


def _cast(meeting: Meeting, session: Session, roles: tuple[RoleValues, ...]) -> tuple[RoleValues, ...]:
    """Give a session these roles, in this order; gives them back with the keys of those who are new."""
    db.session.execute(sa.delete(Role).where(Role.session_id == session.id))
    kept: dict[RoleValues, Person] = {}
    for each in roles:
        person = person_with_role(meeting, each.new) if each.new else find(Person, meeting, each.person or "")
        kept[RoleValues(each.role, person.key)] = person
    db.session.add_all(
        Role(session_id=session.id, person_id=person.id, role=each.role, position=position)
        for position, (each, person) in enumerate(kept.items())
    )
    db.session.flush()
    db.session.expire(session, ["roles"])
    return tuple(kept)


def _set_floor(session: Session, to: FloorValues | None, *, actor: Actor, now: dt.datetime) -> None:
    if to is None:
        remove_floor(session_id=session.id, actor=actor, now=now)
        return
    set_floor(
        session_id=session.id,
        cap_ms=to.cap_ms,
        limit_ms=to.limit_ms,
        minimum_ms=to.minimum_ms,
        actor=actor,
        now=now,
    )


def move_session(*, meeting_id: int, key: str, earlier: bool, version: int, actor: Actor, now: dt.datetime) -> None:
    """Let a session change places with the one before or after it; its parts go along.

    Both keep their length, and the gap between them stays; they also change sittings, where these differ. Refuses
    where there is none, past midnight, and with Stale where the session has changed since `version`.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        session = find(Session, meeting, key)
        if session.version != version:
            raise Stale(_("Somebody else has moved or changed this session. Look at the programme as it is now."))
        rows = {row.id: row for row in db.session.scalars(sa.select(Session).where(Session.meeting_id == meeting.id))}
        try:
            change = move(_movable(session), [_movable(row) for row in rows.values()], earlier=earlier)
        except Immovable as refusal:
            raise Refused(_immovable(refusal)) from None
        before = session_values_of(session)
        _shift(change, rows)
        _reorder(change, rows)
        target = f"session:{session.id}"
        after = session_values_of(session)
        log("session.moved", meeting, target=target, actor=actor, now=now, before=before, after=after)


def _immovable(refusal: Immovable) -> str:
    if refusal.last:
        return str(_("There is no session of this track on this day to change places with."))
    return str(_("The session would then last past midnight. Change its times instead."))


def _movable(row: Session) -> Movable:
    return Movable(**{name: getattr(row, name) for name in Movable.__slots__})


def _shift(change: Move, rows: dict[int, Session]) -> None:
    for session_id, minutes in change.shifts:
        _shift_with_parts(rows[session_id], minutes, rows)
    if change.shifts:
        first, second = (rows[session_id] for session_id, _minutes in change.shifts)
        first.sitting_id, second.sitting_id = second.sitting_id, first.sitting_id


def _shift_with_parts(row: Session, minutes: int, rows: dict[int, Session]) -> None:
    try:
        row.start, row.end = shifted(row.start, minutes), shifted(row.end, minutes)
    except ValueError:
        raise Refused(_("A part of the session would then lie outside the day. Change its times first.")) from None
    row.version += 1
    for part in rows.values():
        if part.part_of_id == row.id and part.date == row.date:
            _shift_with_parts(part, minutes, rows)


def _reorder(change: Move, rows: dict[int, Session]) -> None:
    places = sorted(rows[session_id].position for session_id in change.order)
    for session_id, place in zip(change.order, places, strict=True):
        if rows[session_id].position != place:
            rows[session_id].position = place
            rows[session_id].version += 1


def remove_session(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Take a session out of the programme; its parts stay as sessions of their own.

    Refused once its floor has opened, somebody has asked for it, or the rapporteur has noted a point.
    """
    with transaction() as transacted:
        meeting = lock_meeting(meeting_id)
        session = find(Session, meeting, key)
        noted = sa.select(Point.id).where(Point.session_id == session.id).limit(1)
        if transacted.scalar(noted) is not None:
            raise Refused(_("The rapporteur has noted what was said in this session: it stays in the programme."))
        if (
            transacted.scalar(sa.select(FloorRequest.id).where(FloorRequest.session_id == session.id).limit(1))
            is not None
        ):
            raise Refused(_("Participants have asked for the floor of this session: it stays in the programme."))
        before = session_values_of(session)
        remove_floor(session_id=session.id, actor=actor, now=now)
        log("session.removed", meeting, target=f"session:{session.id}", actor=actor, now=now, before=before)
        transacted.delete(session)
