"""Taking what people answer to an invitation: by a link in a mail, on their own page, or by their calendar."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked, transaction
from meetings.invitations.queries.answers import entries_known_as, organizers
from meetings.invitations.rules.replies import ANSWERS, Asked, Reason, Reply, misfit, outdated
from meetings.invitations.rules.reply_mail import mails_in, read_mail
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.people import CalendarEntry, Person
from meetings.refusals import Refused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail: the entry's title and the answer that was taken, or the reason why none was."""

    number: int
    sender: str
    partstat: str | None = None
    title: str = ""
    reason: Reason | None = None


def answer(*, person_id: int, uid: str, partstat: str, actor: Actor, now: dt.datetime) -> bool:
    """Keep a person's answer to one entry; False where it is the answer already.

    Refuses an entry that is cancelled or over.
    """
    if partstat not in ANSWERS.values():
        raise ValueError(f"no answer: {partstat}")
    with transaction():
        meeting_id = db.session.scalar(sa.select(Person.meeting_id).where(Person.id == person_id))
        locked(Meeting, Meeting.id == meeting_id)
        own = sa.and_(CalendarEntry.person_id == person_id, CalendarEntry.uid == uid)
        row = db.session.scalars(sa.select(CalendarEntry).where(own)).one_or_none()
        if row is None or row.state != "invited":
            raise Refused(_("This is not in your calendar any more: there is nothing to answer."))
        if row.ends_at <= now:
            raise Refused(_("This is over: there is nothing to answer any more."))
        if row.partstat == partstat:
            return False
        _keep(row, meeting_id, partstat, now, actor=actor, now=now)
        return True


def take_replies(*, content: bytes, meeting_id: int | None, actor: Actor, now: dt.datetime) -> list[Outcome]:
    """Take the answers in a file of mails (.eml or mbox), to one meeting or to any; says of each what became of it.

    Each mail is a transaction of its own. Old and forged ones, and what is no answer, change nothing.
    """
    return [
        _take(number, mail, meeting_id, actor=actor, now=now) for number, mail in enumerate(mails_in(content), start=1)
    ]


def _take(number: int, mail: bytes, meeting_id: int | None, *, actor: Actor, now: dt.datetime) -> Outcome:
    reply = read_mail(mail)
    if isinstance(reply, Reason):
        return Outcome(number, "", reason=reply)
    with transaction():
        found = _asked(reply, meeting_id, now)
        if isinstance(found, Reason):
            return Outcome(number, reply.sender, reason=found)
        row, of = found
        _keep(row, of, reply.partstat, reply.stamp, actor=actor, now=now)
        return Outcome(number, reply.sender, partstat=reply.partstat, title=row.title or "")


def _asked(reply: Reply, meeting_id: int | None, now: dt.datetime) -> tuple[CalendarEntry, int] | Reason:
    """The entry that a reply answers, locked, with its meeting's id; or why the reply does not count."""
    meetings = {of for _row, _address, of in entries_known_as(reply.uid, meeting_id)}
    if not meetings:
        return Reason.UNKNOWN_ENTRY
    if reason := misfit(reply, organizers(meetings), now):
        return reason
    for each in sorted(meetings):
        locked(Meeting, Meeting.id == each)
    db.session.expire_all()
    for row, address, of in entries_known_as(reply.uid, meeting_id):
        if address == reply.attendee:
            return outdated(reply, Asked(row.state, row.sequence, row.answered_at)) or (row, of)
    return Reason.OTHER_PERSON


def _keep(
    row: CalendarEntry, meeting_id: int | None, partstat: str, at: dt.datetime, *, actor: Actor, now: dt.datetime
) -> None:
    before, row.partstat, row.answered_at = row.partstat, partstat, at
    journal.record(
        actor=actor,
        kind="calendar.answered",
        at=now,
        meeting_id=meeting_id,
        target=f"person:{row.person_id}",
        before={"answer": before},
        after={"answer": partstat, "uid": row.uid},
    )
