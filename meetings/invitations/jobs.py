"""What the outbox worker does for invitations."""

from typing import Any

from meetings.database import now
from meetings.invitations import commands
from meetings.journal import WORKER


def follow_address(payload: dict[str, Any]) -> None:
    """Somebody registered has another mail address: clear the calendar of the old one, write to the new one."""
    commands.follow_address(registration_id=payload["registration"], before=payload["before"], actor=WORKER, now=now())
