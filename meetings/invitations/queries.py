"""What is read for invitations: whose calendar shows what, and which mails a meeting has sent."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import contains_eager

from exports.calendar_data import uid, wall_to_utc
from meetings import mail
from meetings.database import db
from meetings.invitations import rules
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Job, Message
from meetings.models.people import CalendarEntry, Person, Registration
from meetings.programme.queries import MeetingHead, meeting_head
from meetings.settings import Settings

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Invitee:
    """A registration with what an invitation needs to know of it. Only a `confirmed` one has its calendar filled."""

    registration_id: int
    link_serial: int
    status: str
    attendance: str
    name: str
    email: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """The messages that bring one person's calendar up to date."""

    invitee: Invitee
    changes: tuple[rules.Change, ...]


def head_of(meeting_id: int) -> MeetingHead:
    """The meeting with this id, which must be there."""
    head = meeting_head(db.session.scalars(sa.select(Meeting.slug).where(Meeting.id == meeting_id)).one())
    if head is None:
        raise LookupError(f"meeting {meeting_id} is gone")
    return head


def entries(meeting: MeetingHead, stretches: Sequence[rules.Stretch], invitee: Invitee) -> list[rules.Entry]:
    """What this person's calendar shows of a meeting when they take part, in the order of time.

    A draft gives nobody a link to join.
    """
    joins = meeting.published and rules.may_join(invitee.status, invitee.attendance, meeting.mode)
    found = [
        rules.Entry(
            uid=uid(meeting.slug, "sitting", each.key),
            starts_at=wall_to_utc(each.date, each.start, meeting.timezone),
            ends_at=wall_to_utc(each.date, each.end, meeting.timezone),
            title=meeting.title,
            place=_place(meeting, each.room) if invitee.attendance == "in_person" else "",
            join_url=each.join_url if joins else None,
        )
        for each in stretches
    ]
    return [each for each in found if each.starts_at < each.ends_at]  # a clock change may swallow a whole stretch


def _place(meeting: MeetingHead, room: str | None) -> str:
    return ", ".join(part for part in (room or meeting.room, meeting.venue, meeting.city) if part)


def stretches(meeting_id: int) -> list[rules.Stretch]:
    """A meeting's sittings; where there are none, its days. Two statements at most."""
    order = (Sitting.date, Sitting.start, Sitting.position)
    sittings = db.session.scalars(sa.select(Sitting).where(Sitting.meeting_id == meeting_id).order_by(*order)).all()
    if sittings:
        return [rules.Stretch(each.key, each.date, each.start, each.end, each.room, each.join_url) for each in sittings]
    times = sa.select(Session.date, Session.start, Session.end).where(Session.meeting_id == meeting_id)
    return rules.days([(row.date, row.start, row.end) for row in db.session.execute(times)])


def invitees(meeting_id: int, only: Collection[int] | None = None) -> list[Invitee]:
    """The registrations of a meeting, or those with the ids, in their order."""
    query = (
        sa.select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person))
        .where(Registration.meeting_id == meeting_id)
        .order_by(Registration.position, Registration.id)
    )
    if only is not None:
        query = query.where(Registration.id.in_(only))
    return [invitee_of(row, row.person) for row in db.session.scalars(query)]


def invitee_of(row: Registration, person: Person) -> Invitee:
    """A registration as an invitation sees it."""
    return Invitee(
        registration_id=row.id,
        link_serial=row.link_serial,
        status=row.status,
        attendance=row.attendance,
        name=" ".join(part for part in (person.honorific, person.name) if part),
        email=person.email,
        language=person.language,
    )


def due(meeting: MeetingHead, now: dt.datetime, only: Collection[int] | None = None) -> list[Due]:
    """Whose calendars are out of date and what is to be sent: nothing to those without an address.

    A meeting that is no longer published sends no invitations, but its cancellations.
    """
    of_meeting = stretches(meeting.id)
    known = told(meeting.id)
    found = []
    for invitee in invitees(meeting.id, only):
        takes_part = invitee.status == "confirmed" and meeting.published
        wanted = {each.uid: each for each in entries(meeting, of_meeting, invitee)} if takes_part else {}
        changes = rules.changes(wanted, known[invitee.registration_id], now) if invitee.email else []
        if changes:
            found.append(Due(invitee, tuple(changes)))
    return found


def told(meeting_id: int) -> dict[int, list[rules.Told]]:
    """What the calendars of a meeting's participants were told last, by registration."""
    query = (
        sa.select(CalendarEntry)
        .join(Registration, Registration.id == CalendarEntry.registration_id)
        .where(Registration.meeting_id == meeting_id)
        .order_by(CalendarEntry.id)
    )
    found: dict[int, list[rules.Told]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.registration_id].append(
            rules.Told(row.uid, row.sequence, row.state, row.fingerprint, row.starts_at, row.ends_at)
        )
    return found


def outdated(meeting_id: int, now: dt.datetime) -> int:
    """How many messages would bring all calendars of a meeting up to date."""
    return sum(len(each.changes) for each in due(head_of(meeting_id), now))


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """One person's entries of a meeting; `sequences` by UID, as far as mails have told them."""

    meeting: MeetingHead
    invitee: Invitee
    entries: tuple[rules.Entry, ...]
    sequences: dict[str, int]

    @property
    def local(self) -> list[tuple[rules.Entry, dt.datetime, dt.datetime]]:
        """The entries with their starts and ends on the clock of the meeting's zone."""
        zone = ZoneInfo(self.meeting.timezone)
        return [(each, each.starts_at.astimezone(zone), each.ends_at.astimezone(zone)) for each in self.entries]


def own_calendar(registration_id: int, link_serial: int) -> OwnCalendar | None:
    """What a participant's own calendar file and page show; None when a newer link has replaced this one."""
    own = sa.and_(Registration.id == registration_id, Registration.link_serial == link_serial)
    query = sa.select(Registration).join(Registration.person).options(contains_eager(Registration.person)).where(own)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        return None
    meeting = head_of(row.meeting_id)
    invitee = invitee_of(row, row.person)
    numbers = sa.select(CalendarEntry.uid, CalendarEntry.sequence).where(CalendarEntry.registration_id == row.id)
    return OwnCalendar(
        meeting=meeting,
        invitee=invitee,
        entries=tuple(entries(meeting, stretches(meeting.id), invitee)),
        sequences={each.uid: each.sequence for each in db.session.execute(numbers)},
    )


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A mail in a list. `state` is `queued`, `sent` or `failed`; `reason` says why it has not been sent so far."""

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
_state = sa.case((Message.sent_at.is_not(None), "sent"), (Job.state == "dead", "failed"), else_="queued")
_with_job = sa.and_(Job.kind == mail.JOB, Job.meeting_id == Message.meeting_id, _of_job == Message.id)


def message_page(meeting_id: int, *, state: str | None = None, page: int = 1) -> MessagePage:
    """The mails that a meeting's organisers may see: never the private ones."""
    own = sa.and_(Message.meeting_id == meeting_id, ~Message.private)
    counted = sa.select(_state, sa.func.count()).select_from(Message).outerjoin(Job, _with_job).where(own)
    counts = {"queued": 0, "sent": 0, "failed": 0}
    counts |= {name: count for name, count in db.session.execute(counted.group_by(_state))}
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = sa.select(Message, Job, _state).outerjoin(Job, _with_job).where(own).order_by(Message.id.desc())
    if state:
        query = query.where(_state == state)
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return MessagePage(tuple(_line(*row) for row in rows), counts, page, pages)


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
