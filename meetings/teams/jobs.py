"""What the outbox worker does for Teams."""

from typing import Any

from flask import current_app

from meetings.database import db, now
from meetings.settings import Settings
from meetings.teams import commands, queries


def create_link(payload: dict[str, Any]) -> None:
    """Have Microsoft make the online meeting of a sitting; safe to repeat, since Graph knows it by our own id."""
    from meetings.teams import graph  # noqa: PLC0415  # msal and requests are loaded when first used

    settings: Settings = current_app.config["SETTINGS"]
    sitting_id = payload["sitting"]
    wanted = queries.still_wanted(sitting_id, settings.base_url)
    db.session.rollback()  # nothing is held while the network is waited for
    if wanted is None:
        return
    try:
        made = graph.create_or_get(settings, wanted)
    except graph.NoAnswer as trouble:
        commands.note_trouble(sitting_id=sitting_id, reason=str(trouble), given_up=False, now=now())
        raise
    commands.keep_link(sitting_id=sitting_id, teams_id=made.id, join_url=made.join_url, now=now())


def link_given_up(payload: dict[str, Any], reason: str) -> None:
    """Told that the job will not be tried again: the organiser reads why."""
    from meetings.teams import graph  # noqa: PLC0415  # as above

    reason = reason.removeprefix(f"{graph.NoAnswer.__name__}: ")
    commands.note_trouble(sitting_id=payload["sitting"], reason=reason, given_up=True, now=now())
