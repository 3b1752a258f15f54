"""Which mails a meeting has sent, and what became of them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from meetings import mail
from meetings.database import db
from meetings.models.message import Job, Message
from meetings.settings import Settings

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A mail in a list. `state` is `draft`, `queued`, `sent` or `failed`; `reason` says why it is not sent so far."""

    id: int
    created_at: dt.datetime
    recipient: str
    recipient_name: str | None
    subject: str
    kind: str
    state: str
    reason: str | None
    attempts: int
    sent_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One page of a meeting's mails, the newest first; `counts` is of all of them by state."""

    lines: tuple[MessageLine, ...]
    counts: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DraftText:
    """What of a draft may be edited. The text has `{link}` where the secret link will stand."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageText:
    """A whole mail, its secret link still to be filled in."""

    line: MessageLine
    registration_id: int | None
    sender: str
    message_id: str
    reply_to: str | None
    language: str
    text: str
    has_html: bool
    calendar: str | None
    calendar_method: str | None
    link_purpose: str | None


_of_job = Job.payload["message"].as_integer()


def message_page(meeting_id: int, *, state: str | None = None, page: int = 1) -> MessagePage:
    """The mails that a meeting's organisers may see: never the private ones."""
    own = sa.and_(Message.meeting_id == meeting_id, ~Message.private)
    counts = state_counts(meeting_id, ~Message.private)
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    state_now = _state(meeting_id)
    query = sa.select(Message, state_now).where(own).order_by(Message.id.desc())
    if state:
        query = query.where(state_now == state)
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return MessagePage(tuple(_lines(meeting_id, rows)), counts, page, pages)


def state_counts(meeting_id: int, *conditions: sa.ColumnElement[bool]) -> dict[str, int]:
    """How many mails of a meeting there are in each state, of those that meet the conditions."""
    state = _state(meeting_id)
    counted = sa.select(state, sa.func.count()).where(Message.meeting_id == meeting_id, *conditions)
    counts = {"draft": 0, "queued": 0, "sent": 0, "failed": 0}
    return counts | {name: count for name, count in db.session.execute(counted.group_by(state))}


def _state(meeting_id: int) -> sa.ColumnElement[str]:
    """What became of a mail of this meeting. The jobs given up are looked up once, not for each mail."""
    dead = sa.select(_of_job).where(Job.kind == mail.JOB, Job.meeting_id == meeting_id, Job.state == "dead")
    return sa.case(
        (Message.held, "draft"),
        (Message.sent_at.is_not(None), "sent"),
        (Message.id.in_(dead), "failed"),
        else_="queued",
    )


def message_text(meeting_id: int, message_id: int) -> MessageText | None:
    """One mail of a meeting, or None where there is none that its organisers may see."""
    own = (Message.id == message_id, Message.meeting_id == meeting_id, ~Message.private)
    row = db.session.execute(sa.select(Message, _state(meeting_id)).where(*own)).one_or_none()
    if row is None:
        return None
    message: Message = row[0]
    settings: Settings = current_app.config["SETTINGS"]
    return MessageText(
        line=next(_lines(meeting_id, [row])),
        registration_id=message.registration_id,
        sender=settings.mail_from,
        message_id=mail.message_id(message, settings),
        reply_to=message.reply_to,
        language=message.language,
        text=message.text,
        has_html=message.html is not None,
        calendar=message.calendar.decode() if message.calendar else None,
        calendar_method=message.calendar_method,
        link_purpose=message.link_purpose,
    )


def _lines(meeting_id: int, rows: Sequence[sa.Row[Message, str]]) -> Iterator[MessageLine]:
    """Mails with their states as a list shows them, each with its newest job."""
    ids = [message.id for message, _state in rows]
    found = sa.select(Job).where(Job.kind == mail.JOB, Job.meeting_id == meeting_id, _of_job.in_(ids))
    jobs = {job.payload["message"]: job for job in db.session.scalars(found.order_by(Job.id))} if ids else {}
    for message, state in rows:
        job = jobs.get(message.id)
        yield MessageLine(
            id=message.id,
            created_at=message.created_at,
            recipient=message.recipient,
            recipient_name=message.recipient_name,
            subject=message.subject,
            kind=message.kind,
            state=state,
            reason=job.error if job and state != "sent" else None,
            attempts=job.attempts if job else 0,
            sent_at=message.sent_at,
        )
