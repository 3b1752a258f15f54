"""What the outbox worker does for publishing."""

from typing import Any

from meetings import outbox
from meetings.database import now
from meetings.invitations import commands
from meetings.journal import WORKER
from meetings.teams.queries import links_are_coming

# How long to wait before looking again whether Teams has made the links.
_PAUSE_SECONDS = 5.0


def tell(payload: dict[str, Any]) -> None:
    """Tell one person what a published programme has changed for them: with its links, where Teams is making them."""
    meeting_id: int = payload["meeting"]
    if links_are_coming(meeting_id, now()):
        raise outbox.Later(_PAUSE_SECONDS)
    commands.tell(
        meeting_id=meeting_id,
        person_id=payload["person"],
        version_id=payload["version"],
        held=payload["held"],
        withdrawn=payload["withdrawn"],
        actor=WORKER,
        now=now(),
    )
