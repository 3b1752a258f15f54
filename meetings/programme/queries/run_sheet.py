"""What the run sheet's page knows beside the programme: what can be undone, and who has just changed what."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from meetings.accounts.queries import names
from meetings.database import db
from meetings.models.meeting import Session
from meetings.models.message import Event
from meetings.programme.rules.moving import minutes_between
from meetings.programme.rules.undoing import CHANGES, REDONE, UNDONE, Line, next_steps

# So many lines of the log are read: nobody undoes more steps than this.
_LINES = 60
# So long a row says who changed it.
_FRESH = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be undone or done again. `by` is the name of whoever made it, None for the reader."""

    id: int
    kind: str
    title: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Touched:
    """Who else has just changed a session, and when."""

    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class RunSheet:
    """What can be undone and done again; and what others have just changed, by the session's key or `session:ID`."""

    undo: Change | None
    redo: Change | None
    touched: dict[str, Touched]


def newest_event(meeting_id: int) -> int:
    """The number of the newest line of a meeting's log: it rises with everything that the page shows."""
    return db.session.scalar(sa.select(sa.func.max(Event.id)).where(Event.meeting_id == meeting_id)) or 0


def steps(meeting_id: int) -> tuple[int | None, int | None]:
    """The numbers of the lines of the log that would be undone next, and done again."""
    return next_steps(_line(row) for row in _log(meeting_id))


def run_sheet(meeting_id: int, *, reader: str, now: dt.datetime) -> RunSheet:
    """What the page of the run sheet knows for a reader (an actor of the log), in one statement, or two with names."""
    log = _log(meeting_id)
    undo, redo = next_steps(_line(row) for row in log)
    fresh = [row for row in log if row.at > now - _FRESH and row.actor != reader]
    wanted = {undo, redo}
    actors = {row.actor for row in [*fresh, *(row for row in log if row.id in wanted)]} - {reader}
    called = _names(actors)
    lines = {
        row.id: Change(row.id, row.kind, row.title or "", called.get(row.actor)) for row in log if row.id in wanted
    }
    touched = {
        name: Touched(called[row.actor], row.at)
        for row in fresh
        if row.actor in called
        for name in row.keys_ or [row.target]
    }
    return RunSheet(lines.get(undo or 0), lines.get(redo or 0), touched)


def _log(meeting_id: int) -> Sequence[sa.Row[Any]]:
    """The last lines of the log about the run sheet, the oldest first, without the values they keep."""
    query = (
        sa.select(
            Event.id,
            Event.kind,
            Event.actor,
            Event.at,
            Event.target,
            Event.after["title"].as_string().label("title"),
            Event.after["keys"].as_json().label("keys_"),
            Event.after["of"].as_integer().label("of"),
        )
        .where(Event.meeting_id == meeting_id, Event.kind.in_([*CHANGES, UNDONE, REDONE, "session.edited"]))
        .order_by(Event.id.desc())
        .limit(_LINES)
    )
    return db.session.execute(query).all()[::-1]


def row_times(meeting_id: int, key: str) -> tuple[int, dt.time | None, int | None] | None:
    """A session's version, start and length in minutes as they are stored; None where it is gone."""
    query = sa.select(Session).where(Session.meeting_id == meeting_id, Session.key == key)
    row = db.session.scalars(query).one_or_none()
    return None if row is None else (row.version, row.start, minutes_between(row.start, row.end))


def _line(row: sa.Row[Any]) -> Line:
    return Line(row.id, row.kind, row.of)


def _names(actors: set[str]) -> dict[str, str]:
    """What to call whoever is behind these actors of the log; the command line and the like have no name."""
    numbers = {actor: int(actor.partition(":")[2]) for actor in actors if actor.startswith("account:")}
    if not numbers:
        return {}
    found = names(numbers.values())
    return {actor: found[number] for actor, number in numbers.items() if number in found}
