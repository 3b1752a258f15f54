"""Adding and editing the sessions of a programme; what else is done with them is in run_sheet.py."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.directory.commands import new_key
from meetings.floor.commands import remove_floor, set_floor
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.people import Person
from meetings.programme.commands.changing import find, lock_meeting, log, mine, refuse_day_outside
from meetings.programme.commands.people import person_with_role
from meetings.programme.commands.sheet import Sheet
from meetings.programme.queries.edits import FloorValues, RoleValues, SessionValues, session_values_of
from meetings.refusals import Refused

_OTHER = ("part_of", "sitting", "floor", "roles")
_COLUMNS = tuple(name for name in SessionValues.__slots__ if name not in _OTHER)


def add_session(*, meeting_id: int, to: SessionValues, actor: Actor, now: dt.datetime) -> str:
    """Add a session to a programme; gives its key. Refused on a day on which the meeting is not held."""
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        session = sheet.new(new_key(Session, sheet.meeting), {"kind": to.kind, "title": to.title})
        _apply(sheet.meeting, session, to)
        _cast(sheet.meeting, session, to.roles)
        _set_floor(session, to.floor, actor=actor, now=now)
        sheet.log("session.added", session)
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
