"""What the outbox worker does for invitations."""

from typing import Any

from meetings.database import now
from meetings.invitations import commands, queries
from meetings.journal import WORKER


def follow_address(payload: dict[str, Any]) -> None:
    """Somebody has another mail address: clear the calendar of the old one, write to the new one."""
    person_id = payload.get("person")
    if person_id is None:  # left by a release that knew of registrations alone
        person_id = queries.person_of(payload["registration"])
    if person_id is not None:
        commands.follow_address(person_id=person_id, before=payload["before"], actor=WORKER, now=now())
