"""How a visitor becomes a participant: registering, confirming the address, asking for a lost link."""

import datetime as dt

import sqlalchemy as sa
from flask_babel import get_locale
from flask_babel import gettext as _

from meetings import mail
from meetings.database import db, transaction
from meetings.directory.commands import new_key, next_position
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import Person, Registration
from meetings.people import rules
from meetings.people.commands import letters
from meetings.people.commands.shared import check_offered, lock, log, organisation_of, take
from meetings.people.queries import Application, is_open
from meetings.programme.commands.changing import lock_meeting
from meetings.programme.queries import meeting_head
from meetings.programme.queries.published import public_head
from meetings.refusals import Refused


def register(*, meeting_id: int, application: Application, actor: Actor, now: dt.datetime) -> None:
    """Register somebody and mail a link to confirm the address.

    For an address that is registered already nothing changes, and a mail with its own link goes there: who asks is
    told the same in both cases. Somebody in the programme is registered without a change to what the programme says of
    them. Refuses a meeting that is not open, and when too many wait for their address to be confirmed.
    """
    with transaction():
        meeting = _lock_open(meeting_id, now)
        check_offered(meeting, application.particulars)
        _brake(meeting, now)
        if _mails_to(application.email, now) >= rules.MAILS_TO_ONE_ADDRESS:
            return
        person = _person_with(meeting, application.email)
        known = _registration_of(person) if person else None
        if known is not None:
            _remind(meeting, known, actor=actor, now=now)
            return
        row = _new_registration(meeting, person or _new_person(meeting, application), application, now)
        mail.send(letters.verification(meeting, row, application.email), at=now)
        log(row, "registration.made", actor=actor, now=now, after={"status": row.status})


def ask_for_link(*, meeting_id: int, email: str, actor: Actor, now: dt.datetime) -> None:
    """Mail the personal link again to somebody who has lost it; nothing to an address that is not registered."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        person = _person_with(meeting, email)
        row = _registration_of(person) if person else None
        if row is not None and _mails_to(email, now) < rules.MAILS_TO_ONE_ADDRESS:
            _remind(meeting, row, actor=actor, now=now)


def verify(*, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take note that the address is the participant's own, and mail the personal link. A repeat changes nothing."""
    with transaction():
        meeting, row = lock(registration_id)
        if take("verify", row, actor=actor, now=now):
            letters.standing(meeting, row, "verified", now)


def _lock_open(meeting_id: int, now: dt.datetime) -> Meeting:
    meeting = lock_meeting(meeting_id)
    head = meeting_head(meeting.slug)
    if head is None or not is_open(public_head(head), now):
        raise Refused(_("Registration for this meeting is closed."))
    return meeting


def _brake(meeting: Meeting, now: dt.datetime) -> None:
    waiting = sa.select(sa.func.count()).where(
        Registration.meeting_id == meeting.id,
        Registration.status == "unverified",
        Registration.created_at > now - rules.PERIOD,
    )
    if (db.session.scalar(waiting) or 0) >= rules.UNVERIFIED_IN_ONE_MEETING:
        raise Refused(_("Too many people are registering at this moment. Please try again in an hour."))


def _mails_to(address: str, now: dt.datetime) -> int:
    """How many mails somebody who need not own the address has had sent to it of late."""
    count = sa.select(sa.func.count()).where(
        sa.func.lower(Message.recipient) == address,
        Message.kind.in_(("verification", "personal_link")),
        Message.created_at > now - rules.PERIOD,
    )
    return db.session.scalar(count) or 0


def _remind(meeting: Meeting, row: Registration, *, actor: Actor, now: dt.datetime) -> None:
    """Mail a link to the address that a registration has: to confirm it, or to the personal page."""
    if row.status == "unverified":
        mail.send(letters.verification(meeting, row, row.person.email or ""), at=now)
    else:
        letters.standing(meeting, row, "asked", now)
    log(row, "registration.link_sent", actor=actor, now=now)


def _person_with(meeting: Meeting, email: str) -> Person | None:
    same = sa.select(Person).where(Person.meeting_id == meeting.id, sa.func.lower(Person.email) == email)
    return db.session.scalars(same.order_by(Person.id)).first()


def _registration_of(person: Person) -> Registration | None:
    return db.session.scalars(sa.select(Registration).where(Registration.person_id == person.id)).one_or_none()


def _new_person(meeting: Meeting, application: Application) -> Person:
    person = Person(
        meeting_id=meeting.id,
        key=new_key(Person, meeting),
        position=next_position(Person, meeting),
        honorific=application.honorific,
        given=application.given,
        family=application.family,
        name_order=application.name_order,
        function=application.particulars.function,
        gender=application.particulars.gender,
        organisation=organisation_of(meeting, application.particulars),
        email=application.email,
        language=str(get_locale() or "en").replace("_", "-"),
    )
    db.session.add(person)
    return person


def _new_registration(meeting: Meeting, person: Person, application: Application, now: dt.datetime) -> Registration:
    told = application.particulars
    last = sa.select(sa.func.max(Registration.position)).where(Registration.meeting_id == meeting.id)
    row = Registration(
        meeting_id=meeting.id,
        person=person,
        position=(db.session.scalar(last) or 0) + 1,
        status="unverified",
        attendance=told.attendance,
        languages=list(told.languages),
        accessibility=told.accessibility,
        consent_listed=told.consent_listed,
        consent_photographed=told.consent_photographed,
        consent_recorded=told.consent_recorded,
        created_at=now,
        link_serial=1,
        version=1,
    )
    db.session.add(row)
    db.session.flush()
    return row
