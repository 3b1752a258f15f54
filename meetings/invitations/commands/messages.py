"""What organisers do about their meeting's mails: drafts are edited, sent, discarded; what failed is tried again."""

import datetime as dt

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal, mail, outbox
from meetings.database import db, locked, transaction
from meetings.invitations.commands.taking_back import take_back
from meetings.invitations.mail_html import html_of
from meetings.invitations.queries.calendars import TELL
from meetings.invitations.queries.messages import DraftText
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Job, Message
from meetings.models.programme import Speaker
from meetings.programme.commands.changing import mine
from meetings.refusals import Refused


def edit_draft(*, meeting_id: int, message_id: int, to: DraftText, shown: str, actor: Actor, now: dt.datetime) -> None:
    """Change a draft's subject and text; its HTML then follows the text, its calendar entry stays.

    Refuses to take the secret link out, and with Stale where somebody else has changed the draft since `shown`.
    """
    with transaction():
        draft = _draft(meeting_id, message_id)
        names = mine(shown, DraftText(draft.subject, draft.text), to)
        if not names:
            return
        if mail.LINK in draft.text and mail.LINK not in to.text:
            raise Refused(_("The secret link has to stay in the text: leave %(link)s where it is.", link=mail.LINK))
        if "text" in names and draft.html:
            draft.html = html_of(to.text, title=to.subject, language=draft.language)
        draft.subject, draft.text = to.subject, to.text
        _log(draft, "message.edited", actor, now, {"changed": sorted(names)})


def discard_draft(*, meeting_id: int, message_id: int, actor: Actor, now: dt.datetime) -> None:
    """Send a draft to nobody; its calendar then counts as not told of what it says, a speaker as not asked."""
    with transaction():
        draft = _draft(meeting_id, message_id)
        _log(draft, "message.discarded", actor, now, {"kind": draft.kind})
        _not_asked_after_all(draft, actor, now)
        take_back(draft)


def _not_asked_after_all(draft: Message, actor: Actor, now: dt.datetime) -> None:
    """Take the invitation back that this draft, and no mail before it, was to bring to a speaker."""
    asked = sa.and_(Speaker.person_id == draft.person_id, Speaker.status == "invited")
    row = locked(Speaker, asked) if draft.kind == "speaker_invitation" else None
    if row is not None and row.invited_at == draft.created_at:
        row.status = "withdrawn"
        row.link_serial += 1
        row.version += 1
        journal.record(
            actor=actor,
            kind="speaker.withdrawn",
            at=now,
            meeting_id=draft.meeting_id,
            target=f"speaker:{row.id}",
            before={"status": "invited"},
            after={"status": "withdrawn"},
        )


def send_draft(*, meeting_id: int, message_id: int, actor: Actor, now: dt.datetime) -> None:
    """Send one draft."""
    with transaction():
        draft = _draft(meeting_id, message_id)
        draft.held = False
        mail.send(draft, at=now)
        _log(draft, "message.sent", actor, now)


def send_drafts(*, meeting_id: int, actor: Actor, now: dt.datetime) -> int:
    """Send all drafts of a meeting; gives how many there were."""
    with transaction():
        locked(Meeting, Meeting.id == meeting_id)
        own = sa.and_(Message.meeting_id == meeting_id, Message.held, ~Message.private)
        ids = list(db.session.scalars(sa.select(Message.id).where(own).order_by(Message.id)))
        if ids:
            db.session.execute(sa.update(Message).where(own).values(held=False, created_at=now))
            outbox.enqueue_all(mail.JOB, [{"message": each} for each in ids], at=now, meeting_id=meeting_id)
            journal.record(
                actor=actor, kind="messages.sent", at=now, meeting_id=meeting_id, after={"messages": len(ids)}
            )
        return len(ids)


def try_again(*, meeting_id: int, message_id: int, actor: Actor, now: dt.datetime) -> None:
    """Put a mail that was given up back in the queue. Refuses one that was not given up."""
    with transaction() as session:
        job_id = session.scalar(
            sa.select(Job.id)
            .join(Message, Message.id == Job.payload["message"].as_integer())
            .where(Job.kind == mail.JOB, Message.id == message_id, Message.meeting_id == meeting_id, ~Message.private)
        )
        if job_id is None or not outbox.retry(job_id, at=now):
            raise Refused(_("This message is not among those that could not be sent."))
        journal.record(
            actor=actor, kind="message.tried_again", at=now, meeting_id=meeting_id, target=f"message:{message_id}"
        )


def try_all_again(*, meeting_id: int, actor: Actor, now: dt.datetime) -> int:
    """Put back in the queue all mails that were given up, and all people whom telling was; gives how many."""
    with transaction() as session:
        private = sa.select(Message.id).where(Message.meeting_id == meeting_id, Message.private)
        dead = sa.select(Job.id).where(
            Job.meeting_id == meeting_id,
            Job.state == "dead",
            sa.or_(
                Job.kind == TELL,
                sa.and_(Job.kind == mail.JOB, Job.payload["message"].as_integer().not_in(private)),
            ),
        )
        again = sum(outbox.retry(each, at=now) for each in session.scalars(dead.order_by(Job.id)).all())
        if again:
            journal.record(
                actor=actor, kind="messages.tried_again", at=now, meeting_id=meeting_id, after={"jobs": again}
            )
        return again


def _draft(meeting_id: int, message_id: int) -> Message:
    """A draft of a meeting, locked. Refuses what is none, or not any more."""
    locked(Meeting, Meeting.id == meeting_id)
    own = sa.and_(Message.id == message_id, Message.meeting_id == meeting_id, Message.held, ~Message.private)
    draft = locked(Message, own)
    if draft is None:
        raise Refused(_("This draft is gone: somebody has sent or discarded it, or a newer one took its place."))
    return draft


def _log(draft: Message, kind: str, actor: Actor, now: dt.datetime, after: dict[str, object] | None = None) -> None:
    """One line of the log, without what the mail says and to whom."""
    journal.record(
        actor=actor, kind=kind, at=now, meeting_id=draft.meeting_id, target=f"message:{draft.id}", after=after
    )
