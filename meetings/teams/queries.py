"""What is read for online meetings."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.models.meeting import Meeting, Sitting
from meetings.teams.rules import Wanted, wanted


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
    )


def still_wanted(sitting_id: int, site: str) -> Wanted | None:
    """The online meeting to be made for a sitting; None if none is asked for any more. `site`: the public address."""
    row = db.session.execute(
        sa.select(Meeting, Sitting)
        .join(Sitting, Sitting.meeting_id == Meeting.id)
        .where(Sitting.id == sitting_id, Sitting.teams_state == "asked")
    ).one_or_none()
    if row is None:
        return None
    meeting, sitting = row
    return wanted(
        site=site,
        slug=meeting.slug,
        key=sitting.key,
        title=meeting.title,
        date=sitting.date,
        start=sitting.start,
        end=sitting.end,
        timezone=meeting.timezone,
    )
