"""What is made of the outcome note: edited, taken as compiled, kept although other things are compiled by now."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.report import Report
from meetings.refusals import Stale
from meetings.report.commands.shared import begin, log
from meetings.report.queries.outcome import mark


def save_outcome(
    *, meeting_id: int, seen: str, base: str, text: str, compiled: str, actor: Actor, now: dt.datetime
) -> bool:
    """Keep an edited note. Saved unchanged changes nothing: False.

    Refuses where somebody else has changed the note since the page that showed `seen`; and a first edit where something
    else is `compiled` by now than the page showed, which was `base`: what is new would not be told of any more.
    """
    with transaction():
        row = _row(meeting_id, seen, now)
        before = row.outcome
        if text == (compiled if before is None else before):
            return False
        if before is None:
            _check_base(base, compiled)
            row.outcome_base = compiled
        row.outcome = text
        _log("outcome.edited", row, before, actor, now)
        return True


def take_compiled(*, meeting_id: int, seen: str, actor: Actor, now: dt.datetime) -> None:
    """Let what is compiled stand in the place of the edited note, whose words stay in the log."""
    with transaction():
        row = _row(meeting_id, seen, now)
        before = row.outcome
        if before is not None:
            row.outcome = row.outcome_base = None
            _log("outcome.compiled", row, before, actor, now)


def keep_outcome(*, meeting_id: int, seen: str, base: str, compiled: str, actor: Actor, now: dt.datetime) -> None:
    """Keep the edited note: what is compiled by now was looked at."""
    with transaction():
        row = _row(meeting_id, seen, now)
        _check_base(base, compiled)
        if row.outcome is not None and row.outcome_base != compiled:
            row.outcome_base = compiled
            _log("outcome.looked_at", row, row.outcome, actor, now)


def _row(meeting_id: int, seen: str, now: dt.datetime) -> Report:
    begin(meeting_id, now)
    row = db.session.get_one(Report, meeting_id, populate_existing=True)
    if mark(row.outcome) != seen:
        raise Stale(_("Somebody else has changed this in the meantime. Nothing was overwritten."))
    return row


def _check_base(base: str, compiled: str) -> None:
    if base != mark(compiled):
        raise Stale(_("Other things are compiled by now than this page showed. Look at them, and press again."))


def _log(kind: str, row: Report, before: str | None, actor: Actor, now: dt.datetime) -> None:
    states = ({"text": before}, {"text": row.outcome})
    log(kind, row.meeting_id, f"outcome:{row.meeting_id}", actor, now, before=states[0], after=states[1])
