"""What people have answered to their invitations."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from meetings import mail
from meetings.database import db
from meetings.invitations.queries.calendars import head_of
from meetings.invitations.rules.reply_mail import normal
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import CalendarEntry, Person, Registration
from meetings.models.programme import Speaker
from meetings.programme.queries import MeetingHead


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One entry of a person's calendar, with their answer; `sitting` says whether it is one, or else a session."""

    meeting: MeetingHead
    person_id: int
    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    invited: bool
    partstat: str | None
    sitting: bool


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody who was invited to an entry."""

    person_id: int
    registration_id: int | None
    name: str
    partstat: str | None
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class EntryAnswers:
    """One sitting or session, and what those have answered who were invited to it."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: tuple[Answerer, ...]

    def who(self, partstat: str | None) -> list[Answerer]:
        """Those who have given this answer; None: none yet."""
        return [each for each in self.people if each.partstat == partstat]


def person_of_link(purpose: str, row_id: int, serial: int) -> int | None:
    """Whose page a secret link opens, a participant's or a speaker's; None once a newer link has replaced it."""
    model: type[Registration] | type[Speaker] = Registration if purpose == "personal" else Speaker
    query = sa.select(model.person_id).where(model.id == row_id, model.link_serial == serial)
    return db.session.scalar(query)


def own_entry(person_id: int, uid: str) -> OwnEntry | None:
    """An entry that a person was invited to, also once it is cancelled; None where there never was one."""
    query = (
        sa.select(CalendarEntry, Person.meeting_id)
        .join(Person, Person.id == CalendarEntry.person_id)
        .where(CalendarEntry.person_id == person_id, CalendarEntry.uid == uid)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    row, meeting_id = found
    head = head_of(meeting_id)
    return OwnEntry(
        meeting=head,
        person_id=person_id,
        uid=uid,
        title=row.title or head.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place or "",
        invited=row.state == "invited",
        partstat=row.partstat,
        sitting=uid.startswith(f"{head.slug}.sitting."),
    )


def answers(meeting: MeetingHead) -> list[EntryAnswers]:
    """The sittings and sessions that calendars of a meeting show, in the order of time, with all who are invited."""
    return _grouped(meeting, _answers().where(Person.meeting_id == meeting.id))


def answers_of_registration(meeting: MeetingHead, registration_id: int) -> list[EntryAnswers]:
    """What one registered person is invited to, with their answers alone."""
    own = (Registration.id == registration_id, Person.meeting_id == meeting.id)
    return _grouped(meeting, _answers().where(*own))


def _answers() -> sa.Select[CalendarEntry, Person, int]:
    return (
        sa.select(CalendarEntry, Person, Registration.id)
        .join(Person, Person.id == CalendarEntry.person_id)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .where(CalendarEntry.state == "invited")
        .order_by(CalendarEntry.starts_at, CalendarEntry.uid, Person.family, Person.given, Person.id)
    )


def _grouped(meeting: MeetingHead, query: sa.Select[CalendarEntry, Person, int]) -> list[EntryAnswers]:
    by_uid: dict[str, list[tuple[CalendarEntry, Answerer]]] = {}
    for row, person, registration_id in db.session.execute(query):
        name = person.name or person.email or ""
        one = Answerer(person.id, registration_id, name, row.partstat, row.answered_at)
        by_uid.setdefault(row.uid, []).append((row, one))
    return [_entry(meeting, rows) for rows in by_uid.values()]


def _entry(meeting: MeetingHead, rows: Sequence[tuple[CalendarEntry, Answerer]]) -> EntryAnswers:
    newest = max((row for row, _ in rows), key=lambda row: row.sequence)
    people = tuple(one for _, one in rows)
    return EntryAnswers(newest.uid, newest.title or meeting.title, newest.starts_at, newest.ends_at, people)


def entries_known_as(uid: str, meeting_id: int | None = None) -> list[tuple[CalendarEntry, str, int]]:
    """The entries with a UID, each with its person's address as two are compared and the meeting's id."""
    query = sa.select(CalendarEntry, Person).join(Person, Person.id == CalendarEntry.person_id)
    query = query.where(CalendarEntry.uid == uid)
    if meeting_id is not None:
        query = query.where(Person.meeting_id == meeting_id)
    return [(row, normal(person.email or ""), person.meeting_id) for row, person in db.session.execute(query)]


def organizers(meeting_ids: Iterable[int]) -> set[str]:
    """The addresses, as two are compared, that invitations of these meetings came from: now and before."""
    ids = list(meeting_ids)
    contacts = db.session.scalars(sa.select(Meeting.contact).where(Meeting.id.in_(ids)))
    before = db.session.scalars(
        sa.select(Message.reply_to).where(Message.meeting_id.in_(ids), Message.calendar_method.is_not(None)).distinct()
    )
    found = {mail.usable(each) for each in (*contacts, *before)}
    return {normal(each) for each in (*found, current_app.config["SETTINGS"].mail_from) if each}
