"""Whether the list of participants is final."""

import datetime as dt

from meetings import journal
from meetings.database import transaction
from meetings.journal import Actor
from meetings.programme.commands.changing import lock_meeting


def settle_list(*, meeting_id: int, final: bool, actor: Actor, now: dt.datetime) -> None:
    """Make the list of participants final, or provisional again. A repeat changes nothing.

    What the list says of people goes on following their registrations: who withdraws their consent leaves a final list
    as well. So this is no change to the meeting, whose version stays.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        before = meeting.participants_final_at
        if (before is not None) == final:
            return
        meeting.participants_final_at = now if final else None
        journal.record(
            actor=actor,
            kind="participants.final" if final else "participants.provisional",
            at=now,
            meeting_id=meeting.id,
            before={"final_at": before and before.isoformat()},
            after={"final_at": now.isoformat() if final else None},
        )
