"""Reads the call for inputs, and whether it takes submissions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.meeting import Meeting
from meetings.models.report import Report
from meetings.report.rules.call import Call, Deadline, Question, State, ends, last_end, state
from meetings.report.rules.options import from_stored


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call as its pages show it. `received` counts what was sent and not withdrawn, what was listed included.

    `end` is when the last deadline is over, None without one; `published`: who agreed is on the public list.
    """

    call: Call
    state: State
    end: dt.datetime | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    published: bool
    received: int
    version: int

    @property
    def open(self) -> bool:
        """Whether the public page takes submissions."""
        return self.state is State.OPEN

    @property
    def last_minute(self) -> dt.datetime | None:
        """The last minute that counts, None without a deadline."""
        return None if self.end is None else self.end - dt.timedelta(minutes=1)

    def latest(self, deadline: Deadline) -> dt.datetime:
        """The last minute of one partner's deadline, as an instant."""
        return ends(deadline) - dt.timedelta(minutes=1)

    def over(self, deadline: Deadline, now: dt.datetime) -> bool:
        """Whether one partner's deadline is over."""
        return now >= ends(deadline)


def call_of(row: CallForInputs | None) -> Call:
    """A call as it is stored; an empty one where none was written yet."""
    if row is None:
        return Call()
    return Call(
        row.introduction,
        row.addressees,
        tuple(Question(str(each["text"]), tuple(map(str, each.get("items") or ()))) for each in row.questions),
        tuple(
            Deadline(str(each["partner"]), dt.datetime.fromisoformat(each["at"]), str(each["timezone"]))
            for each in row.deadlines
        ),
        row.max_words,
        tuple(row.file_types),
        tuple(row.languages),
    )


def call_page(meeting_id: int, now: dt.datetime) -> CallPage:
    """The call of a meeting and where it stands; of a meeting without one, an empty call that is not announced."""
    row, published = _standing(meeting_id)
    call = call_of(row)
    opened, closed = (row.opened_at, row.closed_at) if row else (None, None)
    received = sa.select(sa.func.count(Submission.id)).where(
        Submission.meeting_id == meeting_id, Submission.withdrawn_at.is_(None)
    )
    return CallPage(
        call,
        state(call.deadlines, opened, closed, now),
        last_end(call.deadlines),
        opened,
        closed,
        published,
        db.session.scalar(received) or 0,
        row.version if row else 0,
    )


def call_state(meeting_id: int, now: dt.datetime) -> tuple[State, bool]:
    """Where the call of a meeting stands, and whether the submissions whose senders agreed are published."""
    row, published = _standing(meeting_id)
    if row is None:
        return State.NOT_ANNOUNCED, published
    return state(call_of(row).deadlines, row.opened_at, row.closed_at, now), published


def _standing(meeting_id: int) -> tuple[CallForInputs | None, bool]:
    query = (
        sa.select(CallForInputs, Report.plan)
        .select_from(Meeting)
        .outerjoin(CallForInputs, CallForInputs.meeting_id == Meeting.id)
        .outerjoin(Report, Report.meeting_id == Meeting.id)
        .where(Meeting.id == meeting_id)
        .execution_options(populate_existing=True)
    )
    row, plan = db.session.execute(query).one()
    return row, from_stored(plan or {}).inputs_published
