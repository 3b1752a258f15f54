"""A programme as its commands hold it: every session, what it was like before, and what the log keeps of a change.

The log keeps, by key, the values that differ, before and after; all values where a session was added or removed. So a
change can be taken back (meetings/programme/commands/undoing.py).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked
from meetings.directory.commands import next_position
from meetings.floor.commands import has_opened, put_floor, remove_floor, settings_of
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.people import Person
from meetings.models.report import Point
from meetings.programme.commands.changing import find, lock_meeting, plain
from meetings.programme.queries.edits import SessionValues
from meetings.programme.rules.moving import Movable
from meetings.programme.rules.retiming import Changes, rest_until
from meetings.refusals import Refused, Stale

Values = dict[str, Any]

# All of a session that the run sheet puts back when something is undone, but for what points to other rows.
COLUMNS = (
    "position",
    *(name for name in SessionValues.__slots__ if name not in ("part_of", "sitting", "floor", "roles")),
)


class Sheet:
    """The sessions of a meeting, locked and freshly read. Made inside transaction(); change its rows, then log()."""

    def __init__(self, meeting_id: int, actor: Actor, now: dt.datetime) -> None:
        self.meeting: Meeting = lock_meeting(meeting_id)
        self.actor = actor
        self.now = now
        self.sittings: dict[int, Sitting] = {row.id: row for row in self._all(Sitting)}
        self.rows: dict[int, Session] = {row.id: row for row in self._all(Session)}
        self._before = self._states()

    def _all(self, model: Any) -> Any:
        query = sa.select(model).where(model.meeting_id == self.meeting.id).order_by(model.position, model.id)
        return db.session.scalars(query.execution_options(populate_existing=True))

    def find(self, key: str) -> Session:
        """The session with this key. Refuses where somebody has removed it."""
        return self.rows[find(Session, self.meeting, key).id]

    def seen(self, key: str, version: int) -> Session:
        """The session with this key as somebody has seen it. Refuses with Stale where it has changed since."""
        session = self.find(key)
        if session.version != version:
            raise Stale(_("Somebody else has moved or changed this session. Look at the programme as it is now."))
        return session

    @property
    def movable(self) -> list[Movable]:
        """The sessions as the rules take them."""
        return [movable(row) for row in self.rows.values()]

    def rest_until(self, session: Session) -> dt.time | None:
        """Until when the rest of a session reaches."""
        own = self.sittings.get(session.sitting_id) if session.sitting_id is not None else None
        return rest_until(session, own, list(self.sittings.values()))

    def floor(self, session: Session) -> Floor | None:
        """A session's floor, locked: whether it has opened stays true until the change is there."""
        return locked(Floor, Floor.session_id == session.id)

    def settings(self, session: Session) -> Values | None:
        """The settings of a session's floor for another one; None without a floor, and once it has opened."""
        floor = self.floor(session)
        return None if floor is None or has_opened(floor) else settings_of(floor)

    def refuse_opened(self, session: Session) -> None:
        """Refuse what would open a second 45 minutes: a session stays one once its floor has opened."""
        floor = self.floor(session)
        if floor is not None and has_opened(floor):
            raise Refused(_("The floor of “%(title)s” has opened: it stays one session.", title=called(session)))

    def set_times(self, changes: Changes) -> None:
        """Give sessions these times."""
        for session_id, times in changes.items():
            row = self.rows[session_id]
            row.start, row.end = times.start, times.end
            row.version += 1

    def new(self, key: str, values: Mapping[str, Any]) -> Session:
        """A new session with these columns, after all others by its position unless they say where."""
        session = Session(meeting_id=self.meeting.id, key=key, version=1)
        session.position = next_position(Session, self.meeting)
        for name, value in values.items():
            setattr(session, name, value)
        db.session.add(session)
        db.session.flush()
        self.rows[session.id] = session
        return session

    def cast(self, session: Session, roles: list[tuple[str, int]]) -> None:
        """Give a session these roles, each with the person's number, in this order and none twice."""
        db.session.execute(sa.delete(Role).where(Role.session_id == session.id))
        db.session.add_all(
            Role(session_id=session.id, person_id=person, role=role, position=position)
            for position, (role, person) in enumerate(dict.fromkeys(roles))
        )
        db.session.flush()
        db.session.expire(session, ["roles"])

    def put_floor(self, session: Session, settings: Mapping[str, Any]) -> None:
        """Give a session a floor with these settings."""
        put_floor(session_id=session.id, settings=settings, actor=self.actor, now=self.now)

    def remove(self, session: Session) -> None:
        """Take a session out. Refused once its floor has opened, somebody has asked for it, or a point was noted."""
        noted = sa.select(Point.id).where(Point.session_id == session.id).limit(1)
        if db.session.scalar(noted) is not None:
            raise Refused(_("The rapporteur has noted what was said in this session: it stays in the programme."))
        asked = sa.select(FloorRequest.id).where(FloorRequest.session_id == session.id).limit(1)
        if db.session.scalar(asked) is not None:
            raise Refused(_("Participants have asked for the floor of this session: it stays in the programme."))
        remove_floor(session_id=session.id, actor=self.actor, now=self.now)
        for part in self.rows.values():
            if part.part_of_id == session.id:
                part.part_of_id = None
        db.session.flush()
        db.session.delete(session)
        db.session.flush()
        del self.rows[session.id]

    def log(self, kind: str, session: Session) -> None:
        """One line of the log for a change that is named after a session."""
        self.record(kind, target=f"session:{session.id}", title=called(session))

    def record(self, kind: str, *, target: str, title: str, **more: int) -> None:
        """One line of the log with what has changed, and a new version of the meeting; nothing for no change."""
        before, after = differences(self._before, self.states())
        if not after:
            return
        names = {"title": title, "keys": sorted(after), **more}
        journal.record(
            actor=self.actor,
            kind=kind,
            at=self.now,
            meeting_id=self.meeting.id,
            target=target,
            before={"sessions": before},
            after={"sessions": after, **names},
        )
        self.meeting.version += 1

    def states(self) -> dict[str, Values]:
        """Every session by its key, in all its values, as the log keeps them."""
        db.session.flush()
        return self._states()

    def _states(self) -> dict[str, Values]:
        keys = {None: None} | {row.id: row.key for row in self.rows.values()}
        sittings = {None: None} | {row.id: row.key for row in self.sittings.values()}
        floors = self._floors()
        roles = self._roles()
        return {
            row.key: {name: plain(getattr(row, name)) for name in COLUMNS}
            | {
                "part_of": keys[row.part_of_id],
                "sitting": sittings[row.sitting_id],
                "floor": floors.get(row.id),
                "roles": roles.get(row.id, []),
                "version": row.version,
            }
            for row in self.rows.values()
        }

    def _floors(self) -> dict[int, Values]:
        query = sa.select(Floor).join(Floor.session).where(Session.meeting_id == self.meeting.id)
        return {floor.session_id: settings_of(floor) for floor in db.session.scalars(query)}

    def _roles(self) -> dict[int, list[list[str]]]:
        query = (
            sa.select(Role.session_id, Role.role, Person.key)
            .join(Role.person)
            .join(Session, Session.id == Role.session_id)
            .where(Session.meeting_id == self.meeting.id)
            .order_by(Role.position, Role.id)
        )
        found: dict[int, list[list[str]]] = {}
        for session_id, role, person in db.session.execute(query):
            found.setdefault(session_id, []).append([role, person])
        return found


def differences(
    before: Mapping[str, Values], after: Mapping[str, Values]
) -> tuple[dict[str, Values | None], dict[str, Values | None]]:
    """By key, the values that differ, as they were and as they are; None for a session that was not or is not there."""
    old: dict[str, Values | None] = {}
    new: dict[str, Values | None] = {}
    for key in before.keys() | after.keys():
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            old[key], new[key] = was, now
            continue
        names = [name for name in now if now[name] != was[name]]
        if names:
            old[key], new[key] = {name: was[name] for name in names}, {name: now[name] for name in names}
    return old, new


def movable(row: Session) -> Movable:
    """A session as the rules take it."""
    return Movable(**{name: getattr(row, name) for name in Movable.__slots__})


def called(session: Session) -> str:
    """A session as a sentence names it."""
    return session.label or session.title
