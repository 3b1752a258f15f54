"""What one person's own calendar shows: on their page, and where a calendar program has subscribed to it."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from exports.calendar_data import Status
from meetings.database import db
from meetings.invitations import rules
from meetings.invitations.queries.calendars import Invitee, entries, invitee_of, plan_of, told_of
from meetings.models.people import CalendarEntry, Person, Registration
from meetings.models.programme import Speaker
from meetings.programme.queries import MeetingHead
from meetings.programme.queries.lines import Programme

_STATUS: dict[str | None, Status] = {"confirmed": "CONFIRMED", "pending": "TENTATIVE", "unverified": "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """One person's entries of a meeting, and what mails have `told` of them.

    `programme` has everybody in it, and the links to join. `feed_serial` is of the address to subscribe to.
    """

    meeting: MeetingHead
    programme: Programme
    invitee: Invitee
    entries: tuple[rules.Entry, ...]
    told: tuple[rules.Told, ...]
    feed_serial: int

    @property
    def local(self) -> list[tuple[rules.Entry, dt.datetime, dt.datetime]]:
        """The entries with their starts and ends on the clock of the meeting's zone."""
        zone = ZoneInfo(self.meeting.timezone)
        return [(each, each.starts_at.astimezone(zone), each.ends_at.astimezone(zone)) for each in self.entries]

    @property
    def answers(self) -> dict[str, str | None]:
        """The answers to what the person is invited to now, by UID; None where there is none yet."""
        return {each.uid: each.partstat for each in self.told if each.state == "invited"}

    @property
    def shown(self) -> list[tuple[rules.Entry, rules.Told | None, Status]]:
        """All that a subscribed calendar shows, in the order of time, with what was told of it and where it stands.

        What was cancelled is shown as such, and all of it where the person takes no part any more: so a subscribed
        calendar is cleared. Of a meeting that is a draft again all that was told is cancelled, as it was told: what is
        planned meanwhile is shown to nobody.
        """
        told = {each.uid: each for each in self.told}
        entries = self.entries if self.meeting.published else ()
        found = [(each, told.pop(each.uid, None), self._status(each)) for each in entries]
        found += [(_as_told(each, self.meeting.title), each, "CANCELLED") for each in told.values()]
        return sorted(found, key=lambda each: (each[0].starts_at, each[0].uid))

    def _status(self, entry: rules.Entry) -> Status:
        return "CONFIRMED" if entry.roles else _STATUS.get(self.invitee.status, "CANCELLED")


def _as_told(each: rules.Told, title: str) -> rules.Entry:
    return rules.Entry(each.uid, each.starts_at, each.ends_at, each.title or title, place="", join_url=None)


def own_calendar(registration_id: int, link_serial: int) -> OwnCalendar | None:
    """What a participant's own page shows; None when a newer link has replaced this one."""
    return _calendar_where(Registration.id == registration_id, Registration.link_serial == link_serial)


def calendar_of(person_id: int) -> OwnCalendar | None:
    """What a person's calendar shows, whatever they take part in; None where they take part in nothing."""
    return _calendar_where(Person.id == person_id)


def subscribed_calendar(person_id: int, feed_serial: int) -> OwnCalendar | None:
    """What a calendar program is shown that has subscribed; None when a newer address has replaced this one."""
    return _calendar_where(Person.id == person_id, Person.feed_serial == feed_serial)


def _calendar_where(*conditions: sa.ColumnElement[bool]) -> OwnCalendar | None:
    query = (
        sa.select(Person, Registration, Speaker)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .where(sa.or_(Registration.id.is_not(None), Speaker.id.is_not(None)), *conditions)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    person, registration, speaker = found
    plan = plan_of(person.meeting_id)
    invitee = invitee_of(person, registration, speaker, roles=plan.roles.get(person.id))
    kept = sa.select(CalendarEntry).where(CalendarEntry.person_id == person.id).order_by(CalendarEntry.id)
    return OwnCalendar(
        meeting=plan.head,
        programme=plan.programme,
        invitee=invitee,
        entries=tuple(entries(plan, invitee)),
        told=tuple(told_of(each) for each in db.session.scalars(kept)),
        feed_serial=person.feed_serial,
    )
