"""What organisers and the rapporteur do with the call for inputs: write it, open, close and publish what came."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.report import Report
from meetings.refusals import Refused
from meetings.report.commands.shared import begin, check_version, log, plain
from meetings.report.input_words import clock_words
from meetings.report.queries.call import call_of
from meetings.report.rules.call import Call, State, clock_problem, state
from meetings.report.rules.options import from_stored, to_stored


def edit_call(*, meeting_id: int, version: int, call: Call, actor: Actor, now: dt.datetime) -> bool:
    """Write the call anew; False where nothing differs. Refuses where somebody else has changed it since `version`.

    Also refuses a deadline that the zone's clocks skip or show twice, and another number of questions once somebody
    has answered them: answers stand by the number of their question.
    """
    with transaction():
        begin(meeting_id, now)
        row = _row(meeting_id)
        check_version(row.version, version)
        before = call_of(row)
        if before == call:
            return False
        for deadline in call.deadlines:
            if deadline not in before.deadlines and (problem := clock_problem(deadline.at, deadline.timezone)):
                raise Refused(clock_words(problem, deadline.timezone))
        if len(call.questions) != len(before.questions) and _answered(meeting_id):
            raise Refused(
                _("Submissions have arrived that answer these questions. Reword them, but add and remove none.")
            )
        _fill(row, call)
        row.version += 1
        log("call.edited", meeting_id, "call", actor, now, before=_plain(before), after=_plain(call))
        return True


def open_call(*, meeting_id: int, actor: Actor, now: dt.datetime) -> None:
    """Open the call, or open it again. A repeat changes nothing. Refuses a draft meeting, and deadlines all over."""
    with transaction():
        meeting = begin(meeting_id, now)
        row = _row(meeting_id)
        standing = _state(row, now)
        if standing is State.OPEN:
            return
        if meeting.published_at is None:
            raise Refused(_("Publish the meeting first: the page of the call belongs to it."))
        if state(call_of(row).deadlines, now, None, now) is State.OVER:
            raise Refused(_("All deadlines are over. Set a later one, then open the call."))
        row.opened_at, row.closed_at = row.opened_at or now, None
        row.version += 1
        log("call.opened", meeting_id, "call", actor, now, before={"state": standing}, after={"state": State.OPEN})


def close_call(*, meeting_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take no more submissions, whatever the deadlines say. Does nothing where none are taken."""
    with transaction():
        begin(meeting_id, now)
        row = _row(meeting_id)
        if _state(row, now) is not State.OPEN:
            return
        row.closed_at = now
        row.version += 1
        log("call.closed", meeting_id, "call", actor, now)


def publish_inputs(*, meeting_id: int, published: bool, actor: Actor, now: dt.datetime) -> None:
    """Show the submissions whose senders agreed on the public list, or no longer. A repeat changes nothing.

    Refuses to show them while the call is open.
    """
    with transaction():
        begin(meeting_id, now)
        call = db.session.get(CallForInputs, meeting_id)
        if published and call is not None and _state(call, now) is State.OPEN:
            raise Refused(_("The call is still open. Close it first; then publish what came."))
        db.session.flush()
        report = db.session.get_one(Report, meeting_id)
        options = from_stored(report.plan or {})
        if options.inputs_published == published:
            return
        report.plan = to_stored(replace(options, inputs_published=published))
        log("inputs.published" if published else "inputs.unpublished", meeting_id, "call", actor, now)


def _row(meeting_id: int) -> CallForInputs:
    """The call's row, locked; a new one where nothing was written yet."""
    row = locked(CallForInputs, CallForInputs.meeting_id == meeting_id)
    if row is None:
        row = CallForInputs(meeting_id=meeting_id, version=0)
        _fill(row, Call())
        db.session.add(row)
    return row


def _state(row: CallForInputs, now: dt.datetime) -> State:
    return state(call_of(row).deadlines, row.opened_at, row.closed_at, now)


def _answered(meeting_id: int) -> bool:
    sent = sa.exists().where(Submission.meeting_id == meeting_id, Submission.sent_at.is_not(None))
    return bool(db.session.scalar(sa.select(sent)))


def _fill(row: CallForInputs, call: Call) -> None:
    stored = _plain(call)
    for name in ("introduction", "addressees", "questions", "deadlines", "max_words", "file_types", "languages"):
        setattr(row, name, stored[name])


def _plain(call: Call) -> dict[str, Any]:
    """The call as its columns hold it."""
    deadlines = [asdict(each) | {"at": each.at.isoformat(timespec="minutes")} for each in call.deadlines]
    return plain(asdict(call)) | {"deadlines": deadlines}
