"""Tells each of many people on their own what publishing a programme has changed for them: one job a person.

The letters are made here and not while an organiser waits. Each job compares anew, so that one that is repeated, or
comes after a newer version, tells only what is not told yet.
"""

import datetime as dt
from collections.abc import Collection

from meetings import outbox
from meetings.database import locked, transaction
from meetings.invitations.commands.calendars import tell_of
from meetings.invitations.queries import plan_of
from meetings.invitations.queries.calendars import TELL
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.programme.queries.published import newest_version


def tell_later(
    *,
    meeting_id: int,
    people: Collection[int],
    version: int | None,
    held: bool,
    withdrawn: bool = False,
    now: dt.datetime,
) -> None:
    """Have these people told, each by a job of their own, inside the command's transaction.

    `version` is the id of what they are told of, `withdrawn` that the meeting is a draft again; `held` keeps their
    mails as drafts.
    """
    own = {"meeting": meeting_id, "version": version, "held": held, "withdrawn": withdrawn}
    outbox.enqueue_all(TELL, [own | {"person": each} for each in people], at=now, meeting_id=meeting_id)


def tell(
    *,
    meeting_id: int,
    person_id: int,
    version_id: int | None,
    held: bool,
    withdrawn: bool = False,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Tell one person's calendar what has changed. A repeat tells nothing.

    Nor is anything told of a version that is not the newest any more, or of a meeting that has been published or
    withdrawn since: whoever did that has decided who is told of it, and how.
    """
    with transaction():
        meeting = locked(Meeting, Meeting.id == meeting_id)
        if meeting is None or (meeting.published_at is None) != withdrawn:
            return
        version = newest_version(meeting_id) if version_id is not None else None
        if version is None or version.id == version_id:
            tell_of(plan_of(meeting_id), only=[person_id], version=version, held=held, actor=actor, now=now)
