"""Tells each of many people on their own what publishing a programme has changed for them: one job a person.

The letters are made here and not while an organiser waits. Each job compares anew, so that one that is repeated, or
comes after a newer version, tells only what is not told yet.
"""

import datetime as dt
from collections.abc import Collection

from meetings import outbox
from meetings.database import db, locked, transaction
from meetings.invitations.commands.calendars import tell_of
from meetings.invitations.queries import plan_of
from meetings.invitations.queries.calendars import TELL
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.programme import ProgrammeVersion


def tell_later(*, meeting_id: int, people: Collection[int], version: int | None, held: bool, now: dt.datetime) -> None:
    """Have these people told, each by a job of their own, inside the command's transaction.

    `version` is the id of what they are told of; `held` keeps their mails as drafts.
    """
    own = {"meeting": meeting_id, "version": version, "held": held}
    outbox.enqueue_all(TELL, [own | {"person": each} for each in people], at=now, meeting_id=meeting_id)


def tell(
    *, meeting_id: int, person_id: int, version_id: int | None, held: bool, actor: Actor, now: dt.datetime
) -> None:
    """Tell one person's calendar what has changed. A repeat tells nothing."""
    with transaction():
        if locked(Meeting, Meeting.id == meeting_id) is None:
            return
        version = db.session.get(ProgrammeVersion, version_id) if version_id else None
        tell_of(plan_of(meeting_id), only=[person_id], version=version, held=held, actor=actor, now=now)
