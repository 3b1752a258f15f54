"""What speakers do by their private link: accept or decline, correct how the programme names them, a new link."""

import datetime as dt
from dataclasses import asdict, replace

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import mail
from meetings.calendar_days import is_over
from meetings.database import db, transaction
from meetings.directory.commands import same_organisation
from meetings.invitations.commands import bring_up_to_date
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import Person, Registration
from meetings.models.programme import Speaker
from meetings.people.commands.shared import is_theirs_alone
from meetings.programme.commands import edit_organisation, edit_person
from meetings.programme.commands.changing import lock_meeting, mine
from meetings.programme.queries.edits import Named, organisation_values_of, person_values_of
from meetings.programme.queries.meetings import head_line
from meetings.programme.rules.edits import mark
from meetings.refusals import Refused, Stale
from meetings.speakers import letters, rules
from meetings.speakers.commands.shared import lock_link, log
from meetings.speakers.queries import LINK, Consents, Words, consents_of, parts, status_of, words_of


def answer(
    *,
    speaker_id: int,
    serial: int,
    version: int,
    to: rules.Answer,
    remark: str | None,
    actor: Actor,
    now: dt.datetime,
) -> bool:
    """Accept or decline; False where nothing differs. Calendars are told of it.

    Refuses once the meeting is over, and with Stale when something else was answered since `version` was read.
    """
    with transaction():
        meeting, row = lock_link(speaker_id, serial)
        before = status_of(row)
        status = rules.after(before, to) or before
        if status == before and remark == row.remark:
            return False
        if version != row.version:
            raise Stale(_("Another answer was given in the meantime. Nothing was overwritten: look at it again."))
        if is_over(meeting.end_date or meeting.start_date, meeting.timezone, now):
            raise Refused(_("The meeting is over. Nothing can be answered any more."))
        row.status, row.remark, row.answered_at = status, remark, now
        row.version += 1
        log(row, f"speaker.{status}", actor=actor, now=now, before={"status": before}, after={"status": status})
        bring_up_to_date(meeting_id=meeting.id, only=[row.person_id], actor=actor, now=now)
        return True


def correct(
    *,
    speaker_id: int,
    serial: int,
    shown: str,
    to: Words,
    consents: Consents,
    actor: Actor,
    now: dt.datetime,
) -> bool:
    """Say how the programme shall name one, and what one agrees to; False where nothing differs.

    Refuses with Stale when an organiser has changed the words since they were shown (`shown` is their mark). The
    organisers see which of them the speaker has changed.
    """
    with transaction():
        meeting, row = lock_link(speaker_id, serial)
        changed = mine(shown, words_of(row.person), to)
        agreed = _agree(row, consents, actor=actor, now=now)
        if not changed and row.checked_at is not None:
            return agreed
        if changed:
            _rename(meeting, row.person, to, changed, actor=actor, now=now)
            row.changed = sorted({*row.changed, *changed})
        row.checked_at = now
        log(row, "speaker.checked", actor=actor, now=now, after={"changed": sorted(changed)})
        return True


def _rename(
    meeting: Meeting, person: Person, to: Words, changed: frozenset[str], *, actor: Actor, now: dt.datetime
) -> None:
    before = person_values_of(person)
    words = {name: value for name, value in asdict(to).items() if name != "organisation"}
    values = replace(before, **words)
    if "organisation" in changed:
        values = replace(values, organisation=_organisation(meeting, person, to.organisation, actor=actor, now=now))
    edit_person(meeting_id=meeting.id, key=person.key, to=values, shown=mark(asdict(before)), actor=actor, now=now)


def _organisation(
    meeting: Meeting, person: Person, name: str | None, *, actor: Actor, now: dt.datetime
) -> Named | None:
    """The organisation that a speaker names. One that others belong to as well keeps its wording."""
    if name is None:
        return None
    present = person.organisation
    known = same_organisation(meeting, name, None)
    if present is not None and known in (None, present) and is_theirs_alone(present, person):
        before = organisation_values_of(present)
        edit_organisation(
            meeting_id=meeting.id,
            key=present.key,
            to=replace(before, name=name),
            shown=mark(asdict(before)),
            actor=actor,
            now=now,
        )
        return Named(present.key)
    return Named(known.key) if known else Named(None, name)


def _agree(row: Speaker, consents: Consents, *, actor: Actor, now: dt.datetime) -> bool:
    """Keep what a speaker agrees to where it holds; what they leave open stays. False where nothing differs."""
    registration = db.session.scalars(
        sa.select(Registration).where(Registration.person_id == row.person_id)
    ).one_or_none()
    before = consents_of(row, registration)
    after = Consents(
        before.photographed if consents.photographed is None else consents.photographed,
        before.recorded if consents.recorded is None else consents.recorded,
    )
    if after == before:
        return False
    holds = registration or row
    holds.consent_photographed, holds.consent_recorded = after.photographed, after.recorded
    if registration is not None:
        registration.version += 1
    log(row, "speaker.consented", actor=actor, now=now, before=asdict(before), after=asdict(after))
    return True


def replace_link(*, speaker_id: int, serial: int, actor: Actor, now: dt.datetime) -> None:
    """Make one's link invalid wherever it has got to, and have a new one mailed. Refuses without a usable address."""
    with transaction():
        meeting, row = lock_link(speaker_id, serial)
        if mail.usable(row.person.email) is None:
            raise Refused(_("No mail address is known to send a new link to. Write to the organizers."))
        row.link_serial += 1
        _mail_link(meeting, row, "replaced", now)
        log(row, "speaker.link_replaced", actor=actor, now=now)


def ask_for_link(*, meeting_id: int, email: str, actor: Actor, now: dt.datetime) -> None:
    """Mail their link again to a speaker who has lost it; nothing to an address that no speaker has."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        query = (
            sa.select(Speaker)
            .join(Speaker.person)
            .where(Speaker.meeting_id == meeting.id, sa.func.lower(Person.email) == email)
            .order_by(Person.id)
            .limit(1)
        )
        row = db.session.scalars(query).one_or_none()
        if row is None or not rules.link_opens(status_of(row)) or _links_to(email, now) >= rules.LINKS_TO_ONE_ADDRESS:
            return
        _mail_link(meeting, row, "asked", now)
        log(row, "speaker.link_sent", actor=actor, now=now)


def _mail_link(meeting: Meeting, row: Speaker, occasion: letters.Occasion, now: dt.datetime) -> None:
    head = head_line(meeting)
    mail.send(letters.letter(head, row, parts(head).get(row.person_id, []), occasion), at=now)


def _links_to(address: str, now: dt.datetime) -> int:
    """How many links somebody who need not own the address has had sent to it of late."""
    count = sa.select(sa.func.count()).where(
        sa.func.lower(Message.recipient) == address, Message.kind == LINK, Message.created_at > now - rules.PERIOD
    )
    return db.session.scalar(count) or 0
