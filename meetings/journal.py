"""The log of commands: who did what, when, with what before and after. Every command writes one line."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from meetings.database import db
from meetings.models.message import Event


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the log keeps it: no name, no address."""

    label: str

    @classmethod
    def account(cls, account_id: int) -> "Actor":
        """Somebody signed in."""
        return cls(f"account:{account_id}")

    @classmethod
    def registration(cls, registration_id: int) -> "Actor":
        """A participant, by their personal link."""
        return cls(f"registration:{registration_id}")

    @classmethod
    def speaker(cls, speaker_id: int) -> "Actor":
        """Somebody who was asked to speak, by their private link."""
        return cls(f"speaker:{speaker_id}")


COMMAND_LINE = Actor("command line")
WORKER = Actor("worker")
VISITOR = Actor("visitor")  # somebody without an account or registration yet


def record(
    *,
    actor: Actor,
    kind: str,
    at: dt.datetime,
    meeting_id: int | None = None,
    target: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add one line to the log, inside the command's transaction. `kind` reads like `session.moved`."""
    db.session.add(
        Event(at=at, actor=actor.label, kind=kind, meeting_id=meeting_id, target=target, before=before, after=after)
    )
