"""Which mails a meeting has sent, and what became of them."""

import datetime as dt
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
_state = sa.case(
    (Message.held, "draft"),
    (Message.sent_at.is_not(None), "sent"),
    (Job.state == "dead", "failed"),
    else_="queued",
)
_with_job = sa.and_(Job.kind == mail.JOB, Job.meeting_id == Message.meeting_id, _of_job == Message.id)


def message_page(meeting_id: int, *, state: str | None = None, page: int = 1) -> MessagePage:
    """The mails that a meeting's organisers may see: never the private ones."""
    own = sa.and_(Message.meeting_id == meeting_id, ~Message.private)
    counts = state_counts(own)
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = sa.select(Message, Job, _state).outerjoin(Job, _with_job).where(own).order_by(Message.id.desc())
    if state:
        query = query.where(_state == state)
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return MessagePage(tuple(_line(*row) for row in rows), counts, page, pages)


def state_counts(*conditions: sa.ColumnElement[bool]) -> dict[str, int]:
    """How many mails there are in each state."""
    counted = sa.select(_state, sa.func.count()).select_from(Message).outerjoin(Job, _with_job).where(*conditions)
    counts = {"draft": 0, "queued": 0, "sent": 0, "failed": 0}
    return counts | {name: count for name, count in db.session.execute(counted.group_by(_state))}


def of_version(version_id: int) -> sa.ColumnElement[bool]:
    """The mails that tell of a published version."""
    return Message.version_id == version_id


def message_text(meeting_id: int, message_id: int) -> MessageText | None:
    """One mail of a meeting, or None where there is none that its organisers may see."""
    query = sa.select(Message, Job, _state).outerjoin(Job, _with_job)
    row = db.session.execute(
        query.where(Message.id == message_id, Message.meeting_id == meeting_id, ~Message.private)
    ).one_or_none()
    if row is None:
        return None
    message: Message = row[0]
    settings: Settings = current_app.config["SETTINGS"]
    return MessageText(
        line=_line(*row),
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


def _line(message: Message, job: Job | None, state: str) -> MessageLine:
    return MessageLine(
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
