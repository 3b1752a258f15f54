"""Publishing a programme, and making its meeting a draft again.

Who is told is worked out from the database inside the transaction; the letters are made afterwards, each by a job.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, transaction
from meetings.invitations.commands import tell_later
from meetings.invitations.queries import due, plan_of
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.programme import ProgrammeVersion
from meetings.programme.commands.changing import lock_meeting
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.published import content_of, newest_version
from meetings.programme.queries.versions import kept_changes
from meetings.programme.rules.changes import compare
from meetings.refusals import Refused, Stale
from meetings.teams.commands import follow_programme

# At once; as drafts, which organisers look at first; or not now: what is due stands on the page of messages. Published
# without mails, a programme is not told to Teams either.
Mails = Literal["send", "hold", "none"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a publication did: the version's number, and how many people are told."""

    number: int
    people: int


def publish(
    *,
    meeting_id: int,
    shown: int | None = None,
    final: bool = False,
    note: str | None = None,
    mails: Mails = "send",
    actor: Actor,
    now: dt.datetime,
) -> Done:
    """Publish the programme as it stands, as the next version, and have those told whose calendars it changes.

    A version is tentative until one is `final`; those after a final one are final as well. Refused without a date,
    and where nothing differs from what is public; with Stale where the meeting is not at the version `shown` any more.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        if shown is not None and shown != meeting.version:
            raise Stale(_("Somebody has changed the meeting in the meantime. Look at what would be published now."))
        if meeting.start_date is None:
            raise Refused(_("Give the meeting its date first: nobody can register for a day that is not known."))
        version = _next_version(meeting, final=final, note=note, now=now)
        meeting.published_at = now
        db.session.add(version)
        db.session.flush()
        people = []
        if mails != "none":
            follow_programme(meeting_id=meeting.id, actor=actor, now=now)
            people = [each.invitee.person_id for each in due(plan_of(meeting.id), now)]
        version.people_told = len(people)
        tell_later(meeting_id=meeting.id, people=people, version=version.id, held=mails == "hold", now=now)
        _log(meeting, "meeting.published", actor, now, {"version": version.number, "people": len(people)})
        return Done(version.number, len(people))


def _next_version(meeting: Meeting, *, final: bool, note: str | None, now: dt.datetime) -> ProgrammeVersion:
    """The version that would be published now."""
    newest = newest_version(meeting.id)
    content = content_of(head_line(meeting))
    changes = compare(newest.content, content) if newest else []
    final = final or (newest is not None and newest.final)
    public = newest is not None and meeting.published_at is not None
    if newest is not None and public and not changes and final == newest.final:
        raise Refused(_("Nothing has changed since version %(number)d, which is public.", number=newest.number))
    return ProgrammeVersion(
        meeting_id=meeting.id,
        number=newest.number + 1 if newest else 1,
        final=final,
        published_at=now,
        content=content,
        changes=kept_changes(meeting.id, changes),
        note=note,
    )


def unpublish(*, meeting_id: int, mails: Mails = "none", actor: Actor, now: dt.datetime) -> int:
    """Make the meeting a draft again, which only those who work on it can see; repeating changes nothing.

    Gives how many people are told that it is taken out of their calendars.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        if meeting.published_at is None:
            return 0
        meeting.published_at = None
        db.session.flush()
        follow_programme(meeting_id=meeting.id, actor=actor, now=now)
        people = [each.invitee.person_id for each in due(plan_of(meeting.id), now)] if mails != "none" else []
        newest = newest_version(meeting.id)
        version = newest.id if newest else None
        tell_later(meeting_id=meeting.id, people=people, version=version, held=mails == "hold", withdrawn=True, now=now)
        _log(meeting, "meeting.unpublished", actor, now, {"people": len(people)})
        return len(people)


def _log(meeting: Meeting, kind: str, actor: Actor, now: dt.datetime, after: dict[str, int]) -> None:
    journal.record(actor=actor, kind=kind, at=now, meeting_id=meeting.id, target=f"meeting:{meeting.id}", after=after)
    meeting.version += 1
