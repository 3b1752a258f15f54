"""The sittings of a meeting: added, edited, removed."""

import datetime as dt

from meetings import outbox
from meetings.database import db, transaction
from meetings.directory.commands import new_key, next_position
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Sitting
from meetings.programme.commands.changing import (
    find,
    lock_meeting,
    log,
    mine,
    refuse_day_outside,
)
from meetings.programme.queries.edits import SittingValues, sitting_values_of

# The outbox's job that follows a removed sitting to Teams.
SITTING_REMOVED = "sitting.removed"


def add_sitting(*, meeting_id: int, to: SittingValues, actor: Actor, now: dt.datetime) -> str:
    """Add a sitting; gives its key. Refused on a day on which the meeting is not held."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        sitting = Sitting(meeting_id=meeting.id, key=new_key(Sitting, meeting))
        sitting.position = next_position(Sitting, meeting)
        _apply(meeting, sitting, to)
        db.session.add(sitting)
        db.session.flush()
        log("sitting.added", meeting, target=f"sitting:{sitting.id}", actor=actor, now=now, after=to)
        return sitting.key


def edit_sitting(*, meeting_id: int, key: str, to: SittingValues, shown: str, actor: Actor, now: dt.datetime) -> None:
    """Change when and where a sitting is, and what is interpreted."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        sitting = find(Sitting, meeting, key)
        before = sitting_values_of(sitting)
        if not mine(shown, before, to):
            return
        _apply(meeting, sitting, to)
        log("sitting.edited", meeting, target=f"sitting:{sitting.id}", actor=actor, now=now, before=before, after=to)


def remove_sitting(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Remove a sitting; its sessions stay in the programme, and the outbox sees to its online meeting in Teams."""
    with transaction() as session:
        meeting = lock_meeting(meeting_id)
        sitting = find(Sitting, meeting, key)
        before = sitting_values_of(sitting)
        log("sitting.removed", meeting, target=f"sitting:{sitting.id}", actor=actor, now=now, before=before)
        if sitting.teams_state is not None:
            gone = {"meeting": meeting.id, "sitting": sitting.id, "key": sitting.key, "teams_id": sitting.teams_id}
            outbox.enqueue(SITTING_REMOVED, gone, at=now, meeting_id=meeting.id)
        session.delete(sitting)


def _apply(meeting: Meeting, sitting: Sitting, to: SittingValues) -> None:
    refuse_day_outside(meeting, to.date)
    sitting.date, sitting.start, sitting.end, sitting.room = to.date, to.start, to.end, to.room
    sitting.interpretation = list(to.interpretation)
