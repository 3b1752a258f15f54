"""Sending reminders, each once, and switching kinds of them off."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal, mail
from meetings.database import db, locked, transaction
from meetings.invitations.letters import reminder
from meetings.invitations.queries.reminders import Reminding, due_reminders, meetings_near
from meetings.invitations.rules.reminders import KINDS
from meetings.journal import WORKER, Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Reminder
from meetings.refusals import Refused, Stale

_AT_ONCE = 20


def send_reminders(now: dt.datetime) -> int:
    """Send all reminders that are due; gives their number. However often it is called, each is sent once.

    A part of them at a time, so that nobody waits long for the meeting's lock.
    """
    total = 0
    for meeting_id in meetings_near(now):
        while due_reminders(meeting_id, now)[1]:
            total += _remind(meeting_id, now)
    return total


def _remind(meeting_id: int, now: dt.datetime) -> int:
    with transaction():
        locked(Meeting, Meeting.id == meeting_id)
        head, found = due_reminders(meeting_id, now)  # once more: another worker may have been here meanwhile
        due = found[:_AT_ONCE]
        for each in due:
            _note(each, now)
            mail.send(reminder(head, each), at=now)
        if due:
            journal.record(
                actor=WORKER, kind="reminders.sent", at=now, meeting_id=meeting_id, after={"messages": len(due)}
            )
        return len(due)


def _note(each: Reminding, now: dt.datetime) -> None:
    own = sa.and_(
        Reminder.person_id == each.invitee.person_id, Reminder.about == each.about, Reminder.kind == each.kind
    )
    row = db.session.scalars(sa.select(Reminder).where(own)).one_or_none()
    if row is None:
        row = Reminder(person_id=each.invitee.person_id, about=each.about, kind=each.kind)
        db.session.add(row)
    row.starts_at, row.sent_at = each.starts_at, now


def switch_reminders(
    *, meeting_id: int, shown: Collection[str], on: Collection[str], actor: Actor, now: dt.datetime
) -> bool:
    """Send these kinds of reminders and no others; False where that is so already.

    Refuses with Stale where somebody else has switched them since `shown`, which the page said were on.
    """
    with transaction():
        meeting = locked(Meeting, Meeting.id == meeting_id)
        if meeting is None:
            raise Refused(_("This meeting is no longer there."))
        before = [kind for kind in KINDS if kind not in meeting.reminders_off]
        after = [kind for kind in KINDS if kind in on]
        if before == after:
            return False
        if set(shown) != set(before):
            raise Stale(_("Somebody else has switched reminders in the meantime. Look at what holds now."))
        meeting.reminders_off = [kind for kind in KINDS if kind not in on]
        journal.record(
            actor=actor,
            kind="reminders.switched",
            at=now,
            meeting_id=meeting_id,
            target=f"meeting:{meeting_id}",
            before={"on": before},
            after={"on": after},
        )
        return True
