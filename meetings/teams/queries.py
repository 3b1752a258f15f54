"""What is read for online meetings."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from exports.calendar_data import wall_to_utc
from meetings.database import db
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event, Job
from meetings.programme.queries import meeting_head
from meetings.programme.queries.published import published
from meetings.teams.rules import Wanted, external_id, wanted

# Jobs of the outbox.
CREATE = "teams.create_link"
UPDATE = "teams.update"
DELETE = "teams.delete"
# What the log says when a sitting and its online meeting part; so often the sitting's external id has changed.
LET_GO = "sitting.teams_let_go"
_PARTED = (LET_GO, "sitting.removed")
# For so long the first invitations wait for links that are being made.
_LONGEST_WAIT = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SittingLink:
    """A sitting as the page of its join link shows it."""

    slug: str
    title: str
    timezone: str
    key: str
    date: dt.date
    start: dt.time
    end: dt.time
    join_url: str | None
    made: bool  # by Teams


@dataclass(frozen=True, slots=True)
class OnlineSitting:
    """A sitting as Teams is to know it (`what`), and what it knows (`told`, a fingerprint). `ends` is an instant."""

    meeting_id: int
    sitting_id: int
    key: str
    mode: str
    join_url: str | None
    state: str | None
    error: str | None
    teams_id: str | None
    told: str | None
    date: dt.date
    start: dt.time
    end: dt.time
    timezone: str
    what: Wanted
    external_id: str
    next_external_id: str
    ends: dt.datetime

    @property
    def to_be_told(self) -> bool:
        """Whether Teams knows of an online meeting for it, but not how it is now."""
        return self.state == "made" and self.teams_id is not None and self.told != self.what.fingerprint


@dataclass(frozen=True, slots=True)
class Left:
    """An online meeting that nobody needs any more and that could not be deleted, with the reason."""

    job_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a meeting's organisers have chosen for its online meetings."""

    lobby: str
    presenters: str


def sitting_link(slug: str, key: str) -> SittingLink | None:
    """One sitting of a meeting with its join link."""
    row = db.session.execute(
        sa.select(Meeting, Sitting)
        .join(Sitting, Sitting.meeting_id == Meeting.id)
        .where(Meeting.slug == slug, Sitting.key == key)
    ).one_or_none()
    if row is None:
        return None
    meeting, sitting = row
    return SittingLink(
        slug=slug,
        title=meeting.title,
        timezone=meeting.timezone,
        key=key,
        date=sitting.date,
        start=sitting.start,
        end=sitting.end,
        join_url=sitting.join_url,
        made=sitting.teams_state == "made",
    )


def online_sittings(meeting_id: int) -> list[OnlineSitting]:
    """A meeting's sittings as Teams is to know them: as they are published, where they are.

    A sitting that is published and no longer in the working copy is not among them.
    """
    meeting = db.session.get(Meeting, meeting_id)
    head = meeting_head(meeting.slug) if meeting else None
    if meeting is None or head is None:
        return []
    holds = published(head, private=True)
    lines = {line.key: line for line in holds.programme.sittings}
    let_go = _times_let_go(meeting_id)
    site: str = current_app.config["SETTINGS"].base_url
    found = []
    for row in db.session.scalars(
        sa.select(Sitting).where(Sitting.meeting_id == meeting_id).order_by(Sitting.date, Sitting.start, Sitting.id)
    ):
        line = lines.get(row.key)
        date, start, end = (line.date, line.start, line.end) if line else (row.date, row.start, row.end)
        times = let_go.get(f"sitting:{row.id}", 0)
        ids = [
            external_id(site=site, slug=meeting.slug, key=row.key, sitting_id=row.id, let_go=times + more)
            for more in (0, 1)
        ]
        what = wanted(
            title=holds.head.title,
            date=date,
            start=start,
            end=end,
            timezone=holds.head.timezone,
            lobby=meeting.teams_lobby,
            presenters=meeting.teams_presenters,
        )
        found.append(
            OnlineSitting(
                meeting_id=meeting_id,
                sitting_id=row.id,
                key=row.key,
                mode=holds.head.mode,
                join_url=row.join_url,
                state=row.teams_state,
                error=row.teams_error,
                teams_id=row.teams_id,
                told=row.teams_fingerprint,
                date=date,
                start=start,
                end=end,
                timezone=holds.head.timezone,
                what=what,
                external_id=ids[0],
                next_external_id=ids[1],
                ends=wall_to_utc(date, end, holds.head.timezone),
            )
        )
    return found


def online_sitting(sitting_id: int) -> OnlineSitting | None:
    """One sitting as Teams is to know it, or None if it is gone."""
    meeting_id = db.session.scalar(sa.select(Sitting.meeting_id).where(Sitting.id == sitting_id))
    if meeting_id is None:
        return None
    return next((each for each in online_sittings(meeting_id) if each.sitting_id == sitting_id), None)


def links_are_coming(meeting_id: int, now: dt.datetime) -> bool:
    """Whether Teams is making a link of the meeting just now, and it is worth waiting for (ten minutes at most)."""
    asked = sa.and_(Sitting.meeting_id == meeting_id, Sitting.teams_state == "asked")
    job = sa.and_(
        Job.kind == CREATE,
        Job.meeting_id == meeting_id,
        Job.state == "queued",
        Job.created_at > now - _LONGEST_WAIT,
        Job.payload["sitting"].as_integer() == Sitting.id,
    )
    return db.session.scalar(sa.select(sa.select(Sitting.id).join(Job, job).where(asked).exists())) is True


def left_over(meeting_id: int) -> list[Left]:
    """The online meetings of a meeting that are to be deleted, but could not be."""
    query = sa.select(Job.id, Job.error).where(Job.kind == DELETE, Job.meeting_id == meeting_id, Job.state == "dead")
    return [Left(row.id, plain(row.error or "")) for row in db.session.execute(query.order_by(Job.id))]


def is_in_use(teams_id: str) -> bool:
    """Whether a sitting has this online meeting."""
    return db.session.scalar(sa.select(sa.select(Sitting.id).where(Sitting.teams_id == teams_id).exists())) is True


def settings_of(slug: str) -> Settings | None:
    """A meeting's choices for its online meetings, or None where there is no such meeting."""
    row = db.session.execute(
        sa.select(Meeting.teams_lobby, Meeting.teams_presenters).where(Meeting.slug == slug)
    ).one_or_none()
    return None if row is None else Settings(row.teams_lobby, row.teams_presenters)


def plain(reason: str) -> str:
    """What a job says of its failure, without the program's own word for it."""
    return reason.removeprefix("NoAnswer: ")


def _times_let_go(meeting_id: int) -> dict[str, int]:
    """How often each sitting's online meeting has been let go, by the log's name for the sitting."""
    query = sa.select(Event.target, sa.func.count()).where(Event.kind.in_(_PARTED), Event.meeting_id == meeting_id)
    return {str(target): count for target, count in db.session.execute(query.group_by(Event.target))}
