"""Who is to be reminded of what."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from exports.calendar_data import uid, wall_to_utc
from meetings.database import db
from meetings.floor.queries.heads import FloorHead, find_heads
from meetings.floor.rules.asking import Asking, latest
from meetings.invitations import rules
from meetings.invitations.queries.calendars import Invitee, Plan, invitees, plan_of, told, wanted_entries
from meetings.invitations.rules import reminders
from meetings.invitations.rules.reminders import Kind
from meetings.models.floor import Floor, FloorRequest
from meetings.models.meeting import Meeting
from meetings.models.message import Message, Reminder
from meetings.models.people import Person
from meetings.programme.queries import MeetingHead


@dataclass(frozen=True, slots=True)
class Reminding:
    """One reminder to one person.

    Of a sitting: its times, and the person's own `entries` in it. Of a list of speakers: the session's `title` and
    key, and when the list closes (`starts_at`).
    """

    kind: Kind
    invitee: Invitee
    about: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    entries: tuple[rules.Entry, ...] = ()
    title: str = ""
    session_key: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What people are reminded of once it is time."""

    about: str
    starts_at: dt.datetime
    ends_at: dt.datetime


def meetings_near(now: dt.datetime) -> list[int]:
    """The published meetings in which anything may be due: those that begin within the longest lead or go on."""
    first, last = (now - dt.timedelta(days=1)).date(), (now + reminders.LONGEST + dt.timedelta(days=1)).date()
    ends = sa.func.coalesce(Meeting.end_date, Meeting.start_date)
    query = sa.select(Meeting.id).where(Meeting.published_at.is_not(None), Meeting.start_date <= last, ends >= first)
    return list(db.session.scalars(query.order_by(Meeting.id)))


def off(meeting_id: int) -> list[str]:
    """The kinds of reminders that a meeting's organisers have switched off."""
    return list(db.session.scalars(sa.select(Meeting.reminders_off).where(Meeting.id == meeting_id)).one())


def due_reminders(meeting_id: int, now: dt.datetime) -> tuple[MeetingHead, list[Reminding]]:
    """The reminders of a meeting that are due and have not been sent."""
    plan = plan_of(meeting_id)
    switched_off = off(meeting_id)
    occasions = [
        (kind, each)
        for each in _sittings(plan)
        for kind in reminders.OF_SITTINGS
        if kind not in switched_off and reminders.is_due(kind, each.starts_at, now)
    ]
    lists = [] if "list_closes" in switched_off else _closing_lists(plan, now)
    if not (occasions or lists):
        return plan.head, []
    people = [each for each in invitees(plan) if each.email]
    sent = {
        (row.person_id, row.about, row.kind): row.starts_at
        for row in db.session.scalars(
            sa.select(Reminder).join(Person, Person.id == Reminder.person_id).where(Person.meeting_id == meeting_id)
        )
    }
    found = [*_of_sittings(plan, occasions, people), *_of_lists(plan, lists, people)]
    return plan.head, [
        each
        for each in found
        if reminders.is_new(each.kind, each.starts_at, sent.get((each.invitee.person_id, each.about, each.kind)))
    ]


def _sittings(plan: Plan) -> list[Occasion]:
    """What reminders are of: the sittings, and the sessions that are in none of them."""
    slug, zone = plan.head.slug, plan.head.timezone
    alone = [each for each in plan.sessions if each.key not in plan.places]
    found: list[tuple[str, rules.Stretch | rules.Slot]] = [
        *((uid(slug, "sitting", each.key), each) for each in plan.stretches),
        *((uid(slug, "session", each.key), each) for each in alone),
    ]
    return [
        Occasion(about, wall_to_utc(each.date, each.start, zone), wall_to_utc(each.date, each.end, zone))
        for about, each in found
    ]


def _occasion_of(plan: Plan, session_key: str) -> str:
    """What somebody with a role in a session is reminded of: its sitting, or where it is in none, itself."""
    sitting = plan.places.get(session_key)
    return uid(plan.head.slug, "sitting" if sitting else "session", sitting or session_key)


def _of_sittings(
    plan: Plan, occasions: Collection[tuple[Kind, Occasion]], people: Iterable[Invitee]
) -> Iterable[Reminding]:
    place = {uid(plan.head.slug, "session", each.key): _occasion_of(plan, each.key) for each in plan.sessions}
    known = told(plan.head.id)
    unsent = _unsent_invitations(plan.head.id)
    for invitee in people:
        invited = {
            each.uid: each
            for each in known[invitee.person_id]
            if each.state == "invited" and (invitee.person_id, each.uid) not in unsent
        }
        wanted = [each for each in wanted_entries(plan, invitee) if each.uid in invited]
        for kind, occasion in occasions:
            whole = invited.get(occasion.about)
            if whole is not None and whole.partstat == "declined":
                continue
            entries = tuple(
                each
                for each in wanted
                if place.get(each.uid, each.uid) == occasion.about
                and invited[each.uid].partstat != "declined"
                and reminders.known_in_time(kind, occasion.starts_at, invited[each.uid].told_at)
            )
            if entries:
                yield Reminding(kind, invitee, occasion.about, occasion.starts_at, occasion.ends_at, entries)


def _unsent_invitations(meeting_id: int) -> set[tuple[int | None, str | None]]:
    """To whom an invitation to what (its UID) still waits among the drafts: they know of nothing yet."""
    drafts = sa.select(Message.person_id, Message.entry_uid, Message.told_before).where(
        Message.meeting_id == meeting_id, Message.held, Message.entry_uid.is_not(None)
    )
    return {
        (person_id, entry_uid)
        for person_id, entry_uid, before in db.session.execute(drafts)
        if (before or {}).get("state") != "invited"
    }


def _closing_lists(plan: Plan, now: dt.datetime) -> list[tuple[FloorHead, dt.datetime]]:
    """The lists of speakers that take requests and close soon, with the instant of that."""
    open_ones = find_heads(now, Meeting.id == plan.head.id, Floor.asking_closes.is_not(None))
    found = [(head, latest(head.asking_closes, head.timezone)) for head in open_ones if head.asking_closes]
    return [
        (head, closes)
        for head, closes in found
        if head.asking is Asking.OPEN and reminders.is_due("list_closes", closes, now)
    ]


def _of_lists(
    plan: Plan, lists: Iterable[tuple[FloorHead, dt.datetime]], people: Iterable[Invitee]
) -> Iterable[Reminding]:
    known = told(plan.head.id)
    for head, closes in lists:
        asked = set(
            db.session.scalars(
                sa.select(FloorRequest.registration_id).where(FloorRequest.session_id == head.session_id)
            )
        )
        about = uid(plan.head.slug, "session", head.key)
        title = ": ".join(filter(None, (head.label, head.title)))
        for invitee in people:
            declined = {each.uid for each in known[invitee.person_id] if each.partstat == "declined"}
            if (
                invitee.status == "confirmed"
                and invitee.registration_id not in asked
                and _occasion_of(plan, head.key) not in declined
            ):
                yield Reminding("list_closes", invitee, about, closes, closes, title=title, session_key=head.key)
