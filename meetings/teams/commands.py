"""What is done about a sitting's join link: have Teams make one, keep it, follow the programme, or paste one.

Teams is told through the outbox alone. Each job may be done twice, and be broken off anywhere: an online meeting is
known by an external id of ours until its own is written down, and what was told is kept as a fingerprint.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from meetings import journal, outbox
from meetings.database import db, locked, transaction
from meetings.invitations.commands import tell_later
from meetings.invitations.queries import due, plan_of
from meetings.journal import WORKER, Actor
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Job
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries.published import OnlineMeeting, newest_version, online_meetings, with_online_meeting
from meetings.refusals import Refused, Stale
from meetings.teams import rules
from meetings.teams.queries import (
    CREATE,
    DELETE,
    LET_GO,
    UPDATE,
    OnlineSitting,
    Settings,
    is_in_use,
    online_sitting,
    online_sittings,
)


def follow_programme(*, meeting_id: int, actor: Actor, now: dt.datetime) -> None:
    """Have Teams know the programme as it is published: join the publishing transaction, after its version is written.

    Links are made where a published sitting needs one, online meetings renamed and moved, and those deleted whose
    sitting is no longer in the programme. A repeat asks for nothing more. A meeting made a draft again keeps its
    online meetings: it is mostly published again soon, and people then find the same link.
    """
    with transaction():
        meeting = locked(Meeting, Meeting.id == meeting_id)
        if meeting is None or meeting.published_at is None:
            return
        sittings = online_sittings(meeting_id)
        if _has_graph():
            for each in sittings:
                if rules.asks_for_link(
                    mode=each.mode, state=each.state, join_url=each.join_url, end=each.ends, now=now
                ):
                    _ask(meeting, db.session.get_one(Sitting, each.sitting_id), each.external_id, actor, now)
        _tell(meeting, sittings, now)
        _delete_former(meeting, actor, now)


def choose_settings(*, slug: str, to: Settings, shown: Settings, actor: Actor, now: dt.datetime) -> None:
    """Set who waits in the lobby and who presents, in all online meetings of a meeting; Teams is told at once.

    Refuses with Stale where somebody else has chosen otherwise than was `shown`.
    """
    with transaction():
        meeting = _meeting(slug)
        before = Settings(meeting.teams_lobby, meeting.teams_presenters)
        if before == to:
            return
        if before != shown:
            raise Stale(_("Somebody else has changed this in the meantime. Nothing was overwritten."))
        meeting.teams_lobby, meeting.teams_presenters = to.lobby, to.presenters
        meeting.version += 1
        db.session.flush()
        journal.record(
            actor=actor,
            kind="meeting.teams_settings",
            at=now,
            meeting_id=meeting.id,
            before={"lobby": before.lobby, "presenters": before.presenters},
            after={"lobby": to.lobby, "presenters": to.presenters},
        )
        _tell(meeting, online_sittings(meeting.id), now)


def create_link(*, slug: str, key: str, actor: Actor, now: dt.datetime) -> None:
    """Have a Teams link made for a sitting. Asking while it is being made changes nothing.

    Refuses where the installation has no access to Microsoft Graph, and where the sitting has a link.
    """
    if not _has_graph():
        raise Refused(_("Teams links cannot be made here. Paste a link instead."))
    with transaction():
        meeting, sitting = _sitting(slug, key)
        if sitting.join_url:
            raise Refused(_("This sitting has a join link already."))
        if sitting.teams_state != "asked":
            _ask(meeting, sitting, _known(sitting).external_id, actor, now)


def tell_again(*, slug: str, key: str, actor: Actor, now: dt.datetime) -> None:
    """Tell Teams once more how a sitting is, after that failed."""
    with transaction():
        meeting, sitting = _sitting(slug, key)
        if sitting.teams_state == "made" and sitting.teams_error:
            sitting.teams_error = None
            _note(actor, "sitting.teams_told_again", now, sitting)
            _enqueue(UPDATE, meeting, now, sitting=sitting.id)


def delete_again(*, slug: str, job_id: int, actor: Actor, now: dt.datetime) -> None:
    """Try once more to delete an online meeting that nobody needs."""
    with transaction():
        meeting = _meeting(slug)
        own = sa.select(Job.id).where(Job.id == job_id, Job.kind == DELETE, Job.meeting_id == meeting.id)
        if db.session.scalar(own) is not None and outbox.retry(job_id, at=now):
            journal.record(actor=actor, kind="meeting.teams_delete_again", at=now, meeting_id=meeting.id)


def paste_link(*, slug: str, key: str, url: str, actor: Actor, now: dt.datetime) -> None:
    """Set the join link of a sitting to what was pasted, or take it away with an empty text.

    Refuses what is no https address. A Teams link that is being made is not waited for any more, and the online
    meeting of one that was made is deleted. In a published meeting all calendars follow.
    """
    if url and not rules.is_join_link(url):
        raise Refused(_("This is not an address that starts with https://"))
    with transaction():
        meeting, sitting = _sitting(slug, key)
        if (sitting.join_url or "") == url:
            return
        before = {"join_url": sitting.join_url}
        _let_go(meeting, sitting, actor, now)
        with _followed_by_calendars(meeting, sitting, now):
            sitting.join_url = url or None
        meeting.version += 1
        _note(actor, "sitting.link_pasted", now, sitting, before)


def keep_link(
    *, meeting_id: int, sitting_id: int, external_id: str, teams_id: str, join_url: str, now: dt.datetime
) -> None:
    """Keep the link that Teams has made, if it is still asked for; else have the online meeting deleted."""
    with transaction():
        meeting, sitting = _again(meeting_id, sitting_id)
        if meeting is None:
            return
        if sitting is None or sitting.teams_state != "asked" or _known(sitting).external_id != external_id:
            if not is_in_use(teams_id):
                _enqueue(DELETE, meeting, now, teams_id=teams_id)
            return
        with _followed_by_calendars(meeting, sitting, now):
            sitting.join_url, sitting.teams_id = join_url, teams_id
            sitting.teams_state, sitting.teams_error, sitting.teams_fingerprint = "made", None, None
        meeting.version += 1
        _note(WORKER, "sitting.teams_made", now, sitting, {"join_url": None})
        _enqueue(UPDATE, meeting, now, sitting=sitting.id)  # the lobby, and what has changed meanwhile


def replace_link(
    *, meeting_id: int, sitting_id: int, gone: str, teams_id: str, join_url: str, now: dt.datetime
) -> None:
    """Keep the link of the online meeting that Teams has made in place of one that was `gone`; calendars follow."""
    with transaction():
        meeting, sitting = _again(meeting_id, sitting_id)
        if meeting is None:
            return
        if sitting is None or sitting.teams_id != gone:
            if not is_in_use(teams_id):
                _enqueue(DELETE, meeting, now, teams_id=teams_id)
            return
        before = {"join_url": sitting.join_url}
        _note(WORKER, LET_GO, now, sitting)
        with _followed_by_calendars(meeting, sitting, now):
            sitting.join_url, sitting.teams_id = join_url, teams_id
            sitting.teams_error = sitting.teams_fingerprint = None
        meeting.version += 1
        _note(WORKER, "sitting.teams_replaced", now, sitting, before)
        _enqueue(UPDATE, meeting, now, sitting=sitting.id)


def note_told(*, known: OnlineSitting, now: dt.datetime) -> None:
    """Note what Teams has been told of a sitting. Where another worker told it something else meanwhile, nobody knows
    what came last: it is told once more.
    """
    with transaction():
        meeting, sitting = _again(known.meeting_id, known.sitting_id)
        if meeting is None or sitting is None or sitting.teams_id != known.teams_id:
            return
        if sitting.teams_fingerprint == known.what.fingerprint:
            return
        if sitting.teams_fingerprint != known.told:
            sitting.teams_fingerprint = None
            _enqueue(UPDATE, meeting, now, sitting=sitting.id)
            return
        sitting.teams_fingerprint, sitting.teams_error = known.what.fingerprint, None
        _note(WORKER, "sitting.teams_told", now, sitting)


def note_trouble(*, meeting_id: int, sitting_id: int, reason: str, given_up: bool, now: dt.datetime) -> None:
    """Tell the organiser why there is no link, or Teams not told: yet, or for good until somebody acts."""
    with transaction():
        meeting, sitting = _again(meeting_id, sitting_id)
        if meeting is None or sitting is None or sitting.teams_state not in ("asked", "made"):
            return
        sitting.teams_error = reason
        if not given_up:
            return
        if sitting.teams_state == "asked":
            sitting.teams_state = "failed"
        _note(WORKER, "sitting.teams_failed", now, sitting)


def follow_removal(*, meeting_id: int, sitting_id: int, key: str, teams_id: str | None, now: dt.datetime) -> None:
    """Delete the online meeting of a sitting that has been removed.

    One that is still in the published programme keeps it until the next version is published.
    """
    with transaction():
        meeting = locked(Meeting, Meeting.id == meeting_id)
        if meeting is None:
            return
        version = newest_version(meeting_id) if meeting.published_at is not None else None
        if version is not None and key in online_meetings(version):
            return
        if teams_id is None:
            _delete_unknown(meeting, sitting_id, now)
        elif not is_in_use(teams_id):
            _delete_once(meeting, teams_id, now)


def _ask(meeting: Meeting, sitting: Sitting, external_id: str, actor: Actor, now: dt.datetime) -> None:
    sitting.teams_state, sitting.teams_error = "asked", None
    meeting.version += 1
    _enqueue(CREATE, meeting, now, sitting=sitting.id, external_id=external_id)
    _note(actor, "sitting.teams_asked", now, sitting)


def _tell(meeting: Meeting, sittings: Iterable[OnlineSitting], now: dt.datetime) -> None:
    for each in sittings:
        if each.to_be_told:
            _enqueue(UPDATE, meeting, now, sitting=each.sitting_id)


def _delete_former(meeting: Meeting, actor: Actor, now: dt.datetime) -> None:
    """Delete the online meetings of the version before that no sitting has any more."""
    versions = db.session.scalars(
        sa.select(ProgrammeVersion)
        .where(ProgrammeVersion.meeting_id == meeting.id)
        .order_by(ProgrammeVersion.number.desc())
        .limit(2)
    ).all()
    former = [each.teams_id for version in versions[1:] for each in online_meetings(version).values() if each.teams_id]
    for teams_id in former:
        if not is_in_use(teams_id) and _delete_once(meeting, teams_id, now):
            journal.record(actor=actor, kind=LET_GO, at=now, meeting_id=meeting.id)


def _delete_once(meeting: Meeting, teams_id: str, now: dt.datetime) -> bool:
    """Have an online meeting deleted; False where that is asked for already, or done."""
    asked = sa.select(Job.id).where(Job.kind == DELETE, Job.payload["teams_id"].as_string() == teams_id)
    if db.session.scalar(asked.limit(1)) is not None:
        return False
    _enqueue(DELETE, meeting, now, teams_id=teams_id)
    return True


def _let_go(meeting: Meeting, sitting: Sitting, actor: Actor, now: dt.datetime) -> None:
    """Part a sitting from what Teams has made, or is making, for it.

    A job that has begun cleans up after itself.
    """
    if sitting.teams_state is None:
        return
    own = sa.and_(Job.kind == CREATE, Job.payload["sitting"].as_integer() == sitting.id)
    if sitting.teams_id is not None:
        _delete_once(meeting, sitting.teams_id, now)
    else:
        db.session.execute(
            sa.update(Job).where(own, Job.state == "queued", Job.attempts == 0).values(state="done"),
            execution_options={"synchronize_session": False},
        )
        _delete_unknown(meeting, sitting.id, now)
    _note(actor, LET_GO, now, sitting)
    sitting.teams_id = sitting.teams_state = sitting.teams_error = sitting.teams_fingerprint = None


def _delete_unknown(meeting: Meeting, sitting_id: int, now: dt.datetime) -> None:
    """Have deleted what Teams may have made for jobs that were given up, but for those that were refused at once."""
    given_up = sa.select(Job.payload["external_id"].as_string()).where(
        Job.kind == CREATE, Job.payload["sitting"].as_integer() == sitting_id, Job.state == "dead", Job.attempts > 1
    )
    known = sa.select(Job.payload["external_id"].as_string()).where(Job.kind == DELETE, Job.meeting_id == meeting.id)
    for external_id in set(db.session.scalars(given_up)) - set(db.session.scalars(known)):
        _enqueue(DELETE, meeting, now, external_id=external_id)


@contextmanager
def _followed_by_calendars(meeting: Meeting, sitting: Sitting, now: dt.datetime) -> Iterator[None]:
    """Let what holds, and the calendars, know of another link: a sitting has one link, in every version of it.

    Whoever's calendar was right before is told. Who was still to be told something (a version that has just been
    published, or one that organisers keep back) finds the link in that.
    """
    waiting = _to_be_told(meeting, now)
    yield
    version = newest_version(meeting.id)
    if version is not None:
        present = OnlineMeeting(sitting.join_url, sitting.teams_id)
        version.content = with_online_meeting(version.content, sitting.key, present)
    db.session.flush()
    people = _to_be_told(meeting, now) - waiting
    tell_later(meeting_id=meeting.id, people=sorted(people), version=None, held=False, now=now)


def _to_be_told(meeting: Meeting, now: dt.datetime) -> set[int]:
    """Those whose calendars are not as they should be; a draft is nobody's business."""
    if meeting.published_at is None:
        return set()
    return {each.invitee.person_id for each in due(plan_of(meeting.id), now)}


def _has_graph() -> bool:
    return bool(current_app.config["SETTINGS"].has_graph)


def _enqueue(kind: str, of: Meeting, now: dt.datetime, **payload: Any) -> None:
    outbox.enqueue(kind, {"meeting": of.id} | payload, at=now, meeting_id=of.id)


def _known(sitting: Sitting) -> OnlineSitting:
    db.session.flush()
    found = online_sitting(sitting.id)
    if found is None:
        raise LookupError(f"sitting {sitting.id} is gone")
    return found


def _meeting(slug: str) -> Meeting:
    meeting = locked(Meeting, Meeting.slug == slug)
    if meeting is None:
        raise Refused(_("This meeting is no longer there."))
    return meeting


def _sitting(slug: str, key: str) -> tuple[Meeting, Sitting]:
    meeting = locked(Meeting, Meeting.slug == slug)
    sitting = locked(Sitting, Sitting.meeting_id == meeting.id, Sitting.key == key) if meeting else None
    if meeting is None or sitting is None:
        raise Refused(_("This sitting is not there any more."))
    return meeting, sitting


def _again(meeting_id: int, sitting_id: int) -> tuple[Meeting | None, Sitting | None]:
    """A sitting and its meeting after the network was waited for, locked in the order in which all commands lock."""
    meeting = locked(Meeting, Meeting.id == meeting_id)
    own = sa.and_(Sitting.id == sitting_id, Sitting.meeting_id == meeting_id)
    return meeting, locked(Sitting, own) if meeting else None


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
