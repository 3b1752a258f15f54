"""What the commands on registrations share: locks, organisations by name, steps, the log's line."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, locked
from meetings.directory.commands import organisation_named
from meetings.journal import Actor
from meetings.models.floor import FloorRequest
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting, MeetingOrganiser
from meetings.models.people import Organisation, Person, Registration
from meetings.models.report import Point
from meetings.people import rules
from meetings.people.queries import Particulars
from meetings.programme.commands.changing import lock_meeting
from meetings.refusals import Refused


def lock(registration_id: int) -> tuple[Meeting, Registration]:
    """A registration and its meeting, both locked, the meeting first as everywhere."""
    meeting_id = db.session.scalar(sa.select(Registration.meeting_id).where(Registration.id == registration_id))
    if meeting_id is None:
        raise Refused(_("This registration is no longer there."))
    meeting = lock_meeting(meeting_id)
    row = locked(Registration, Registration.id == registration_id)
    if row is None:
        raise Refused(_("This registration is no longer there."))
    return meeting, row


def take(step: rules.Step, row: Registration, *, actor: Actor, now: dt.datetime) -> bool:
    """Take a step with a registration; False, and nothing changed, where it cannot be taken from its state."""
    after = rules.after(row.status, step)
    if after is None:
        return False
    before, row.status = row.status, after
    row.version += 1
    log(row, f"registration.{step}", actor=actor, now=now, before={"status": before}, after={"status": after})
    return True


def log(
    row: Registration,
    kind: str,
    *,
    actor: Actor,
    now: dt.datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One line about a registration. Names, addresses and needs do not belong in it."""
    journal.record(
        actor=actor,
        kind=kind,
        at=now,
        meeting_id=row.meeting_id,
        target=f"registration:{row.id}",
        before=before,
        after=after,
    )


def check_offered(meeting: Meeting, told: Particulars, before: Particulars | None = None) -> None:
    """Refuse a way to take part, or a language, that the meeting does not offer; what was chosen before may stay."""
    ways = {*rules.attendances(meeting.mode), before.attendance if before else ""}
    if told.attendance not in ways:
        raise Refused(_("This meeting does not offer that way to take part. Choose another one."))
    if not set(told.languages) <= {*meeting.languages, *(before.languages if before else ())}:
        raise Refused(_("This meeting is not held in all of these languages. Choose again."))


def organisation_of(meeting: Meeting, told: Particulars) -> Organisation | None:
    """The organisation that a participant names, maybe a new one; None for who takes part for themselves."""
    return organisation_named(meeting, told.organisation, told.category, told.country)


def is_theirs_alone(organisation: Organisation, person: Person) -> bool:
    """Whether nothing but this person refers to an organisation, so that its wording is theirs to change."""
    own = organisation.id
    others = sa.or_(
        sa.exists().where(Person.organisation_id == own, Person.id != person.id),
        sa.exists().where(MeetingOrganiser.organisation_id == own),
        sa.exists().where(FloorRequest.organisation_id == own, FloorRequest.person_id.is_distinct_from(person.id)),
        sa.exists().where(Point.organisation_id == own),
        sa.exists().where(Submission.organisation_id == own),
    )
    return not db.session.scalar(sa.select(others))
