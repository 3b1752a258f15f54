"""What organisers decide about registrations."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.invitations.commands import bring_up_to_date
from meetings.invitations.queries import has_times
from meetings.journal import Actor
from meetings.models.people import Registration
from meetings.people.commands import letters
from meetings.people.commands.shared import log, take
from meetings.programme.commands.changing import lock_meeting
from meetings.refusals import Refused

Decision = Literal["confirm", "decline", "reopen"]


@dataclass(frozen=True, slots=True)
class Decided:
    """How many registrations a decision changed, how many it left as they were, and how many have no address."""

    changed: int
    left: int
    without_address: int


def decide(
    *, meeting_id: int, registrations: Collection[int], decision: Decision, actor: Actor, now: dt.datetime
) -> Decided:
    """Confirm or decline registrations, or consider declined ones again, and tell each by mail.

    Who is confirmed gets the calendar entries, or where there are none yet, a mail that says so. Those whose state
    does not allow the step are left as they are.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        query = sa.select(Registration).where(Registration.meeting_id == meeting.id, Registration.id.in_(registrations))
        rows = db.session.scalars(query.order_by(Registration.position, Registration.id)).all()
        changed = [row for row in rows if take(decision, row, actor=actor, now=now)]
        invited = bring_up_to_date(meeting_id=meeting.id, only=[row.person_id for row in changed], actor=actor, now=now)
        times_known = has_times(meeting.id)
        unreachable = 0
        for row in changed:
            told = decision == "confirm" and row.person_id in invited
            unreachable += not (told or letters.standing(meeting, row, decision, now, times_known=times_known))
        return Decided(len(changed), len(rows) - len(changed), unreachable)


def protect(*, meeting_id: int, registration_id: int, protected: bool, actor: Actor, now: dt.datetime) -> None:
    """Let a person appear in nothing that is public, or again. A repeat changes nothing."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        own = sa.and_(Registration.id == registration_id, Registration.meeting_id == meeting.id)
        row = db.session.scalars(sa.select(Registration).where(own)).one_or_none()
        if row is None:
            raise Refused(_("This registration is no longer there."))
        if row.person.protected == protected:
            return
        row.person.protected = protected
        meeting.version += 1
        log(row, "person.protected", actor=actor, now=now, after={"protected": protected})
