"""Undoing what was done to the run sheet, step by step, and doing it again. Each is itself a line of the log."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.floor.commands import remove_floor
from meetings.journal import Actor
from meetings.models.meeting import Session
from meetings.models.message import Event
from meetings.models.people import Person
from meetings.programme.commands.sheet import COLUMNS, Sheet, Values
from meetings.programme.queries.run_sheet import steps
from meetings.programme.rules.undoing import REDONE, UNDONE
from meetings.refusals import Stale

Sessions = Mapping[str, Values | None]

_READ = {"date": dt.date.fromisoformat, "start": dt.time.fromisoformat, "end": dt.time.fromisoformat}


def undo_change(*, meeting_id: int, change: int, actor: Actor, now: dt.datetime) -> None:
    """Take back the last change of the run sheet, named by the number of its line in the log: all is as before.

    A removed session comes back with its key, roles and floor. Refuses with Stale where this is not the last change, or
    what it changed was changed again.
    """
    _step(meeting_id, change, actor, now, redo=False)


def redo_change(*, meeting_id: int, change: int, actor: Actor, now: dt.datetime) -> None:
    """Do again what was undone last. Refuses with Stale like undo_change."""
    _step(meeting_id, change, actor, now, redo=True)


def _step(meeting_id: int, change: int, actor: Actor, now: dt.datetime, *, redo: bool) -> None:
    with transaction():
        sheet = Sheet(meeting_id, actor, now)
        undo, again = steps(meeting_id)
        if change != (again if redo else undo):
            raise Stale(_("The programme was changed in the meantime. Look at it as it is now."))
        event = db.session.get_one(Event, change)
        before, after = ((side or {})["sessions"] for side in (event.before, event.after))
        _refuse_changed(sheet, before if redo else after)
        _put(sheet, after if redo else before)
        title = (event.after or {})["title"]
        sheet.record(REDONE if redo else UNDONE, target=str(event.target), title=title, of=event.id)


def _refuse_changed(sheet: Sheet, sessions: Sessions) -> None:
    """Refuse where a session is not any more what the change made of it, as far as it made something of it."""
    states = sheet.states()
    for key, values in sessions.items():
        state = states.get(key)
        same = {name: value for name, value in (values or {}).items() if name != "version"}
        if (state is None) != (values is None) or (state and any(state[name] != same[name] for name in same)):
            title = (state or values or {}).get("title") or key
            raise Stale(_("“%(title)s” was changed in the meantime, so that nothing was undone.", title=title))


def _put(sheet: Sheet, sessions: Sessions) -> None:
    """Give sessions these values; None: take the session out."""
    rows = {row.key: row for row in sheet.rows.values()}
    for key, values in sessions.items():
        if values is not None and key not in rows:
            new = {name: values[name] for name in ("kind", "title", "version")}
            rows[key] = sheet.new(key, new)
    for key, values in sessions.items():
        if values is not None:
            _apply(sheet, rows, rows[key], values)
    for key, values in sessions.items():
        if values is None:
            sheet.remove(rows[key])


def _apply(sheet: Sheet, rows: Mapping[str, Session], row: Session, values: Values) -> None:
    for name in COLUMNS:
        if name in values:
            value = values[name]
            setattr(row, name, _READ[name](value) if value is not None and name in _READ else value)
    if "part_of" in values:
        row.part_of_id = rows[values["part_of"]].id if values["part_of"] in rows else None
    if "sitting" in values:
        row.sitting_id = next((each.id for each in sheet.sittings.values() if each.key == values["sitting"]), None)
    if "roles" in values:
        sheet.cast(row, _roles(sheet, values["roles"]))
    if "floor" in values:
        remove_floor(session_id=row.id, actor=sheet.actor, now=sheet.now)
        if values["floor"] is not None:
            sheet.put_floor(row, values["floor"])
    row.version += 1


def _roles(sheet: Sheet, roles: list[list[str]]) -> list[tuple[str, int]]:
    """Roles with the numbers of the people; without those who are no longer in the meeting."""
    query = sa.select(Person.key, Person.id).where(
        Person.meeting_id == sheet.meeting.id, Person.key.in_([person for _role, person in roles])
    )
    numbers = {key: number for key, number in db.session.execute(query)}
    return [(role, numbers[person]) for role, person in roles if person in numbers]
