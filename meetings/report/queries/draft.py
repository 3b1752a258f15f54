"""Reads what the rapporteur made of the draft, and its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa

from meetings.aside import aside
from meetings.database import db
from meetings.models.account import Account
from meetings.models.message import Event
from meetings.models.report import DraftParagraph
from meetings.report.queries.material import material
from meetings.report.rules.compile import compiled
from meetings.report.rules.edited import Edit, EditedDraft, State, merged, target
from meetings.report.rules.material import Material

_ACCOUNT = "account:"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a paragraph's history: its words before and after, in lines; None for what did not exist.

    `who` is the name or address of an account, None for the command line and for one that is gone.
    """

    at: dt.datetime
    who: str | None
    kind: str
    before: str | None
    after: str | None


def edits(meeting_id: int) -> list[Edit]:
    """Every paragraph that was touched, in one statement."""
    query = sa.select(DraftParagraph).where(DraftParagraph.meeting_id == meeting_id)
    rows = db.session.scalars(query.order_by(DraftParagraph.id).execution_options(populate_existing=True))
    return [edit(row) for row in rows]


def edit(row: DraftParagraph) -> Edit:
    """A touched paragraph as plain data."""
    state = cast(State, row.state)  # the database holds no other
    return Edit(row.key, state, row.text, tuple(row.items), row.base, row.after, row.position, row.version)


def edited_draft(meeting_id: int) -> EditedDraft:
    """The report as it stands: compiled now, with everything that was made of it."""
    return draft_with_material(meeting_id)[1]


def draft_with_material(meeting_id: int) -> tuple[Material, EditedDraft]:
    """The report as it stands, and what it was compiled from."""
    read = material(meeting_id)
    return read, merged(compiled(read), edits(meeting_id))


def draft_to_show(meeting_id: int) -> tuple[Material, EditedDraft]:
    """The same for a page or a file, compiled while the process answers others.

    Not for a command: it would hold its lock for as long.
    """
    read, touched = material(meeting_id), edits(meeting_id)
    return read, aside(lambda: merged(compiled(read), touched))


def changes_so_far(meeting_id: int, key: str) -> int:
    """How often a paragraph was changed."""
    query = sa.select(sa.func.count(Event.id)).where(Event.meeting_id == meeting_id, Event.target == target(key))
    return db.session.scalar(query) or 0


def history(meeting_id: int, key: str) -> list[Change]:
    """What was done with a paragraph, the latest first."""
    query = sa.select(Event).where(Event.meeting_id == meeting_id, Event.target == target(key))
    events = list(db.session.scalars(query.order_by(Event.at.desc(), Event.id.desc())))
    numbers = {int(each.actor.removeprefix(_ACCOUNT)) for each in events if each.actor.startswith(_ACCOUNT)}
    people = sa.select(Account.id, Account.name, Account.email).where(Account.id.in_(numbers))
    names = {f"{_ACCOUNT}{number}": name or email for number, name, email in db.session.execute(people)}
    return [
        Change(each.at, names.get(each.actor), each.kind, _words(each.before), _words(each.after)) for each in events
    ]


def _words(state: dict[str, object] | None) -> str | None:
    """The words in one side of a line of the log; what was looked at has those that were compiled."""
    words = (state or {}).get("text", (state or {}).get("compiled"))
    return None if words is None else str(words)
