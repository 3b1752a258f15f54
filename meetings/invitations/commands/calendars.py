"""Brings participants' calendars up to date by mail, and sends again what could not be sent.

There is one verb: what a calendar shall show is compared with what it was told, and the difference is mailed. So a
confirmation invites, a withdrawal cancels, and a moved sitting updates, by the same few lines.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from meetings import journal, mail
from meetings.database import db, locked, transaction
from meetings.invitations import rules
from meetings.invitations.commands.taking_back import state_of, take_back_overtaken
from meetings.invitations.letters import farewell, letter, new_address
from meetings.invitations.queries import Invitee, Plan, due, head_of, own_pages, plan_of, reached, to_be_sent, told
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Event
from meetings.models.people import CalendarEntry, Person
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries.published import public_head


def bring_up_to_date(
    *, meeting_id: int, actor: Actor, now: dt.datetime, only: Collection[int] | None = None
) -> dict[int, int]:
    """Send every message that brings a calendar up to date, of everybody or of `only` these people.

    Everybody does not mean those whom a publication is just telling: they get their mails with its note. Gives the
    number of messages by person, without those that need none. A repeat sends nothing.
    """
    with transaction():
        locked(Meeting, Meeting.id == meeting_id)  # two who press the button at once send once
        plan = plan_of(meeting_id)
        if only is None:
            only = [each.invitee.person_id for each in to_be_sent(plan, now)]
        return tell_of(plan, only=only, actor=actor, now=now)


def tell_of(
    plan: Plan,
    *,
    only: Collection[int] | None = None,
    version: ProgrammeVersion | None = None,
    held: bool = False,
    actor: Actor,
    now: dt.datetime,
) -> dict[int, int]:
    """Tell calendars of a plan, inside a transaction that has locked the meeting; gives the messages by person.

    `version` is what they are told of, with its note; `held` keeps the mails as drafts. A draft that has not been sent
    yet is overtaken: it goes, and what is told instead is a draft again.
    """
    sent: dict[int, int] = {}
    for each in due(plan, now, only):
        overtaken = take_back_overtaken(each)
        for again in due(plan, now, [each.invitee.person_id]) if overtaken else [each]:
            for change in again.changes:
                before = _keep(again.invitee, change, now)
                message = letter(plan.head, again.invitee, change, now, version.note if version else None)
                message.version_id = version.id if version else None
                if held or change.uid in overtaken:
                    message.entry_uid, message.told_before = change.uid, before
                    mail.keep(message, at=now)
                else:
                    mail.send(message, at=now)
            sent[again.invitee.person_id] = len(again.changes)
    if sent:
        journal.record(
            actor=actor,
            kind="invitations.drafted" if held else "invitations.sent",
            at=now,
            meeting_id=plan.head.id,
            after={"people": len(sent), "messages": sum(sent.values())},
        )
    return sent


def follow_address(*, person_id: int, before: str | None, actor: Actor, now: dt.datetime) -> None:
    """Follow a person to another mail address. Once for each change of it: a repeat sends nothing.

    The calendar of the address `before` is cleared; the new address gets new links and the entries, whose SEQUENCE
    goes on rising, since both addresses may lead to one calendar.
    """
    with transaction():
        person = db.session.get(Person, person_id)
        if person is None:
            return
        locked(Meeting, Meeting.id == person.meeting_id)
        meeting, invitee = public_head(head_of(person.meeting_id)), reached(person_id)
        if _times("address_followed", invitee) >= _times("address_changed", invitee):
            return
        for change in rules.changes({}, told(meeting.id)[person_id], now):
            _keep(invitee, change, now)
            if before:
                mail.send(farewell(meeting, invitee, before, change, now), at=now)
        journal.record(
            actor=actor, kind="person.address_followed", at=now, meeting_id=meeting.id, target=f"person:{person_id}"
        )
        for page in own_pages(invitee):
            mail.send(new_address(meeting, invitee, page), at=now)
        db.session.flush()
        bring_up_to_date(meeting_id=meeting.id, only=[person_id], actor=actor, now=now)


def _times(what: str, invitee: Invitee) -> int:
    """How often the log says that this happened to a person; earlier releases said it of the registration."""
    targets = [f"person:{invitee.person_id}", f"registration:{invitee.registration_id}"]
    kinds = [f"person.{what}", f"registration.{what}"]
    said = sa.select(sa.func.count(Event.id)).where(Event.kind.in_(kinds), Event.target.in_(targets))
    return db.session.scalars(said).one()


def _keep(invitee: Invitee, change: rules.Change, now: dt.datetime) -> dict[str, Any] | None:
    """Note what the calendar is told now, and which answer still holds; gives what it was told before, if anything."""
    own = sa.and_(CalendarEntry.person_id == invitee.person_id, CalendarEntry.uid == change.uid)
    row = db.session.scalars(sa.select(CalendarEntry).where(own)).one_or_none()
    before = None if row is None else state_of(row)
    if row is None:
        row = CalendarEntry(person_id=invitee.person_id, uid=change.uid)
        db.session.add(row)
    row.sequence, row.starts_at, row.ends_at = change.sequence, change.starts_at, change.ends_at
    row.title = change.title or row.title
    row.state = "invited" if change.entry else "cancelled"
    row.told_at, row.partstat = now, change.partstat
    if change.entry:
        row.fingerprint = rules.fingerprint(change.entry)
        row.place, row.join_url = change.entry.place, change.entry.join_url
    return before
