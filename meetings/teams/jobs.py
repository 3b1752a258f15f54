"""What the outbox worker does for Teams.

Each handler reads what is wanted now, asks Microsoft outside any transaction, and has a command write down what came
of it, which looks again. So a job that is done twice, or is broken off after Microsoft's answer, does no harm.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app

from meetings.database import db, now
from meetings.settings import Settings
from meetings.teams import commands, queries


def create_link(payload: dict[str, Any]) -> None:
    """Have Microsoft make the online meeting of a sitting, or delete it if it is not wanted any more.

    This job may have been broken off after Microsoft had made it, and nobody else would know of it.
    """
    from meetings.teams import graph  # noqa: PLC0415  # msal and requests are loaded when first used

    external_id: str = payload["external_id"]
    known = queries.online_sitting(payload["sitting"])
    db.session.rollback()  # nothing is held while the network is waited for
    if known is None or known.external_id != external_id:
        _delete_unknown(external_id)
        return
    if known.state != "asked":
        return
    with _trouble_noted(payload):
        made = graph.create_or_get(_settings(), external_id, known.what)
    commands.keep_link(
        meeting_id=payload["meeting"],
        sitting_id=payload["sitting"],
        external_id=external_id,
        teams_id=made.id,
        join_url=made.join_url,
        now=now(),
    )


def update(payload: dict[str, Any]) -> None:
    """Tell Teams how a sitting is now. An online meeting that is gone, deleted in Teams perhaps, is made anew."""

    known = queries.online_sitting(payload["sitting"])
    db.session.rollback()
    if known is None or known.teams_id is None or not known.to_be_told:
        return
    with _trouble_noted(payload):
        made = _told_or_made(known.teams_id, known)
    if made is None:
        commands.note_told(known=known, now=now())
        return
    commands.replace_link(
        meeting_id=known.meeting_id,
        sitting_id=known.sitting_id,
        gone=known.teams_id,
        teams_id=made[0],
        join_url=made[1],
        now=now(),
    )


def _told_or_made(teams_id: str, known: queries.OnlineSitting) -> tuple[str, str] | None:
    """Tell Teams; gives the id and the link of the online meeting that was made in place of one that is gone."""
    from meetings.teams import graph  # noqa: PLC0415  # as above

    try:
        graph.update(_settings(), teams_id, known.what)
    except graph.Gone:
        made = graph.create_or_get(_settings(), known.next_external_id, known.what)
        return made.id, made.join_url
    return None


def delete(payload: dict[str, Any]) -> None:
    """Delete an online meeting that nobody needs, by what Teams or (where that is not known) what we call it."""
    from meetings.teams import graph  # noqa: PLC0415  # as above

    if "teams_id" not in payload:
        _delete_unknown(payload["external_id"])
        return
    in_use = queries.is_in_use(payload["teams_id"])
    db.session.rollback()
    if not in_use:
        graph.delete(_settings(), payload["teams_id"])


def sitting_removed(payload: dict[str, Any]) -> None:
    """A sitting with an online meeting is no longer in the programme that organisers work on."""
    commands.follow_removal(
        meeting_id=payload["meeting"],
        sitting_id=payload["sitting"],
        key=payload["key"],
        teams_id=payload["teams_id"],
        now=now(),
    )


def given_up(payload: dict[str, Any], reason: str) -> None:
    """Told that a job for a sitting will not be tried again: the organiser reads why."""
    commands.note_trouble(
        meeting_id=payload["meeting"],
        sitting_id=payload["sitting"],
        reason=queries.plain(reason),
        given_up=True,
        now=now(),
    )


def _delete_unknown(external_id: str) -> None:
    """Delete the online meeting that may have been made under this id, which Graph finds on being asked to make it."""
    from meetings.teams import graph  # noqa: PLC0415  # as above

    graph.delete(_settings(), graph.create_or_get(_settings(), external_id).id)


@contextmanager
def _trouble_noted(payload: dict[str, Any]) -> Iterator[None]:
    """Let the organiser read why it has to be tried again."""
    from meetings import microsoft  # noqa: PLC0415  # as above

    try:
        yield
    except microsoft.NoAnswer as trouble:
        commands.note_trouble(
            meeting_id=payload["meeting"],
            sitting_id=payload["sitting"],
            reason=str(trouble),
            given_up=False,
            now=now(),
        )
        raise


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
