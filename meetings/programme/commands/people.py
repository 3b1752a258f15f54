"""The people and organisations of a meeting who have or may get a role in it."""

import datetime as dt

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import mail, outbox
from meetings.database import db, transaction
from meetings.directory.commands import new_key, next_position
from meetings.directory.rules import name_and_acronym
from meetings.journal import Actor, record
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import Organisation, Person, Registration
from meetings.models.programme import Speaker
from meetings.programme.commands.changing import find, lock_meeting, log, mine
from meetings.programme.queries.edits import (
    Named,
    NewPerson,
    OrganisationValues,
    PersonValues,
    organisation_values_of,
    person_values_of,
)
from meetings.refusals import Refused

# The outbox job that a changed mail address of somebody registered or asked to speak leaves: {person, before}.
ADDRESS_CHANGED = "address_changed"


def add_person(*, meeting_id: int, to: PersonValues, actor: Actor, now: dt.datetime) -> str:
    """Add a person to a meeting; gives the key. Refuses an address that somebody in the meeting has already."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        _refuse_address_of_another(meeting, to.email, own_key=None)
        person = new_person(meeting, to)
        log("person.added", meeting, target=f"person:{person.id}", actor=actor, now=now, after=to, private=True)
        return person.key


def edit_person(*, meeting_id: int, key: str, to: PersonValues, shown: str, actor: Actor, now: dt.datetime) -> None:
    """Change what is kept of a person. The log keeps which values changed, not the values.

    Somebody registered or asked to speak gets the calendar entries and a new private link at a new address. Who was
    asked to speak has not checked a line of the programme that reads otherwise now.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        person = find(Person, meeting, key)
        before = person_values_of(person)
        if not mine(shown, before, to):
            return
        _refuse_address_of_another(meeting, to.email, own_key=key)
        _apply(meeting, person, to)
        speaker = db.session.scalars(sa.select(Speaker).where(Speaker.person_id == person.id)).one_or_none()
        if speaker is not None and any(getattr(before, name) != getattr(to, name) for name in _IN_THE_LINE):
            speaker.checked_at = None
        target = f"person:{person.id}"
        log("person.edited", meeting, target=target, actor=actor, now=now, before=before, after=to, private=True)
        if (before.email or "").lower() != (to.email or "").lower():
            _revoke_links(meeting, person, speaker, before.email, actor=actor, now=now)


# What stands of a person in a line of the programme.
_IN_THE_LINE = ("honorific", "given", "family", "name_order", "function", "unit", "former", "organisation")


def _revoke_links(
    meeting: Meeting, person: Person, speaker: Speaker | None, before: str | None, *, actor: Actor, now: dt.datetime
) -> None:
    """End the links that went to the address before; what the new one is to get is sent after the commit.

    Drafts that wait to be sent follow at once.
    """
    registration = db.session.scalars(sa.select(Registration).where(Registration.person_id == person.id)).one_or_none()
    if registration is None and speaker is None:
        return
    person.feed_serial += 1
    if registration is not None:
        registration.link_serial += 1
        registration.version += 1
    if speaker is not None:
        speaker.link_serial += 1
        speaker.version += 1
        _readdress_drafts(person, speaker)
    target = f"person:{person.id}"
    record(actor=actor, kind="person.address_changed", at=now, meeting_id=meeting.id, target=target)
    outbox.enqueue(ADDRESS_CHANGED, {"person": person.id, "before": before}, at=now, meeting_id=meeting.id)


def _readdress_drafts(person: Person, speaker: Speaker) -> None:
    drafts = sa.select(Message).where(Message.person_id == person.id, mail.drafts_with_link("speaker"))
    for draft in db.session.scalars(drafts):
        draft.recipient, draft.link_claim = person.email or "", [speaker.id, speaker.link_serial]


def add_organisation(*, meeting_id: int, to: OrganisationValues, actor: Actor, now: dt.datetime) -> str:
    """Add an organisation to a meeting; gives its key."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        row = _new_organisation(meeting, to)
        log("organisation.added", meeting, target=f"organisation:{row.id}", actor=actor, now=now, after=to)
        return row.key


def edit_organisation(
    *, meeting_id: int, key: str, to: OrganisationValues, shown: str, actor: Actor, now: dt.datetime
) -> None:
    """Change what is kept of an organisation."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        row = find(Organisation, meeting, key)
        before = organisation_values_of(row)
        if not mine(shown, before, to):
            return
        for name in OrganisationValues.__slots__:
            setattr(row, name, getattr(to, name))
        target = f"organisation:{row.id}"
        log("organisation.edited", meeting, target=target, actor=actor, now=now, before=before, after=to)


def organisation_for(meeting: Meeting, choice: Named) -> Organisation:
    """The organisation that was chosen, or a new one of that name, inside a command that holds the meeting's lock."""
    if choice.key is not None:
        return find(Organisation, meeting, choice.key)
    name, acronym = name_and_acronym(choice.new_name or "")
    same = sa.select(Organisation).where(Organisation.meeting_id == meeting.id, Organisation.name == name)
    found = db.session.scalars(same.order_by(Organisation.id)).first()
    return found or _new_organisation(meeting, OrganisationValues(name, acronym, None, None, False, None))


def person_with_role(meeting: Meeting, new: NewPerson) -> Person:
    """Somebody who was entered together with a role, inside a command that holds the meeting's lock."""
    return new_person(
        meeting,
        PersonValues(
            honorific=new.honorific,
            given=new.given,
            family=new.family,
            name_order="given_family",
            report_surname=None,
            function=new.function,
            unit=None,
            former=False,
            indefinite=False,
            organisation=new.organisation,
            email=None,
            language=None,
            gender=None,
            protected=False,
        ),
    )


def new_person(meeting: Meeting, to: PersonValues) -> Person:
    """A new person of the meeting, inside a command that holds its lock."""
    person = Person(
        meeting_id=meeting.id, key=new_key(Person, meeting), position=next_position(Person, meeting), protected=False
    )
    _apply(meeting, person, to)
    db.session.add(person)
    db.session.flush()
    return person


def _apply(meeting: Meeting, person: Person, to: PersonValues) -> None:
    for name in PersonValues.__slots__:
        if name != "organisation":
            setattr(person, name, getattr(to, name))
    person.organisation = organisation_for(meeting, to.organisation) if to.organisation else None


def _new_organisation(meeting: Meeting, to: OrganisationValues) -> Organisation:
    row = Organisation(
        meeting_id=meeting.id, key=new_key(Organisation, meeting), position=next_position(Organisation, meeting)
    )
    for name in OrganisationValues.__slots__:
        setattr(row, name, getattr(to, name))
    db.session.add(row)
    db.session.flush()
    return row


def _refuse_address_of_another(meeting: Meeting, email: str | None, *, own_key: str | None) -> None:
    if email is None:
        return
    query = sa.select(Person.key).where(Person.meeting_id == meeting.id, Person.email == email)
    holder = db.session.scalar(query)
    if holder is not None and holder != own_key:
        raise Refused(_("Somebody else in this meeting has the address %(email)s already.", email=email))
