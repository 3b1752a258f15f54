"""What is done about a sitting's join link: have Teams make one, keep it, or paste one."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _

from meetings import journal, outbox
from meetings.database import db, locked, transaction
from meetings.journal import WORKER, Actor
from meetings.models.meeting import Meeting, Sitting
from meetings.refusals import Refused
from meetings.teams import rules

JOB = "teams.create_link"


def create_link(*, slug: str, key: str, actor: Actor, now: dt.datetime) -> None:
    """Have a Teams link made for a sitting. Asking while it is being made changes nothing.

    Refuses where the installation has no access to Microsoft Graph, and where the sitting has a link.
    """
    if not current_app.config["SETTINGS"].has_graph:
        raise Refused(_("Teams links cannot be made here. Paste a link instead."))
    with transaction():
        meeting, sitting = _sitting(slug, key)
        if sitting.join_url:
            raise Refused(_("This sitting has a join link already."))
        if sitting.teams_state == "asked":
            return
        sitting.teams_state, sitting.teams_error = "asked", None
        meeting.version += 1
        outbox.enqueue(JOB, {"sitting": sitting.id}, at=now, meeting_id=meeting.id)
        _note(actor, "sitting.teams_asked", now, sitting)


def paste_link(*, slug: str, key: str, url: str, actor: Actor, now: dt.datetime) -> None:
    """Set the join link of a sitting to what was pasted, or take it away with an empty text.

    Refuses what is no https address. A Teams link that is being made is not waited for any more.
    """
    if url and not rules.is_join_link(url):
        raise Refused(_("This is not an address that starts with https://"))
    with transaction():
        meeting, sitting = _sitting(slug, key)
        if (sitting.join_url or "") == url:
            return
        before = {"join_url": sitting.join_url}
        sitting.join_url = url or None
        sitting.teams_state = sitting.teams_error = None
        meeting.version += 1
        _note(actor, "sitting.link_pasted", now, sitting, before)


def keep_link(*, sitting_id: int, teams_id: str, join_url: str, now: dt.datetime) -> None:
    """Keep the link that Teams has made, if it is still asked for."""
    with transaction():
        found = _asked(sitting_id)
        if found is None:
            return
        meeting, sitting = found
        sitting.join_url, sitting.teams_id = join_url, teams_id
        sitting.teams_state, sitting.teams_error = "made", None
        meeting.version += 1
        _note(WORKER, "sitting.teams_made", now, sitting, {"join_url": None})


def note_trouble(*, sitting_id: int, reason: str, given_up: bool, now: dt.datetime) -> None:
    """Tell the organiser why there is no link: yet, or for good until somebody acts."""
    with transaction():
        found = _asked(sitting_id)
        if found is None:
            return
        _meeting, sitting = found
        sitting.teams_error = reason
        if given_up:
            sitting.teams_state = "failed"
            _note(WORKER, "sitting.teams_failed", now, sitting)


def _sitting(slug: str, key: str) -> tuple[Meeting, Sitting]:
    meeting = locked(Meeting, Meeting.slug == slug)
    sitting = locked(Sitting, Sitting.meeting_id == meeting.id, Sitting.key == key) if meeting else None
    if meeting is None or sitting is None:
        raise Refused(_("This sitting is not there any more."))
    return meeting, sitting


def _asked(sitting_id: int) -> tuple[Meeting, Sitting] | None:
    """The sitting and its meeting, locked in the order in which all commands lock; None if no link is asked for."""
    unlocked = db.session.get(Sitting, sitting_id)
    meeting = locked(Meeting, Meeting.id == unlocked.meeting_id) if unlocked is not None else None
    sitting = locked(Sitting, Sitting.id == sitting_id, Sitting.teams_state == "asked") if meeting else None
    return (meeting, sitting) if meeting is not None and sitting is not None else None


def _note(
    actor: Actor, kind: str, now: dt.datetime, sitting: Sitting, before: dict[str, str | None] | None = None
) -> None:
    journal.record(
        actor=actor,
        kind=kind,
        at=now,
        meeting_id=sitting.meeting_id,
        target=f"sitting:{sitting.id}",
        before=before,
        after={"join_url": sitting.join_url} if before else None,
    )
