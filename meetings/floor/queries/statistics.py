"""Who was heard how often and for how long, in a meeting or over its series."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.floor.queries.records import SessionRecord, records_of
from meetings.floor.rules import Status
from meetings.floor.rules.balance import OUTCOMES, Balance, Group, balance, first_time, outcome
from meetings.models.floor import FloorRequest, Turn
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Person


@dataclass(frozen=True, slots=True)
class MeetingShare:
    """What was heard at one of the meetings that are counted."""

    title: str
    date: dt.date | None
    share: Group


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a meeting, or of its whole series. `outcomes` counts requests by what became of them, in order."""

    slug: str
    title: str
    series: str | None
    over_series: bool
    meetings: tuple[MeetingShare, ...]
    sessions: int  # those that had interventions
    requests: int
    outcomes: tuple[tuple[str, int], ...]
    balance: Balance


def statistics(slug: str, *, over_series: bool) -> Statistics | None:
    """The figures of a meeting; None without one. Over a series, the published meetings of it and this one count.

    Time is that of turns which have ended, with what went over the time given.
    """
    meeting = db.session.scalar(sa.select(Meeting).where(Meeting.slug == slug))
    if meeting is None:
        return None
    series = _series(meeting)
    counted = series if over_series else [meeting]
    records = records_of([each.id for each in counted])
    lines = [line for record in records for line in record.lines]
    outcomes = Counter(outcome(line) for line in lines)
    first = _first_time(series) if meeting.series else {}
    return Statistics(
        slug=meeting.slug,
        title=meeting.title,
        series=meeting.series,
        over_series=over_series and meeting.series is not None,
        meetings=tuple(MeetingShare(each.title, each.start_date, _share(each, records)) for each in counted),
        sessions=sum(bool(record.heard) for record in records),
        requests=len(lines),
        outcomes=tuple((code, outcomes[code]) for code in OUTCOMES),
        balance=balance((line for record in records for line in record.heard), first),
    )


def _series(meeting: Meeting) -> list[Meeting]:
    """The meetings of the series, oldest first; this one alone where it belongs to none."""
    if not meeting.series:
        return [meeting]
    query = (
        sa.select(Meeting)
        .where(Meeting.series == meeting.series)
        .where(sa.or_(Meeting.published_at.is_not(None), Meeting.id == meeting.id))
        .order_by(Meeting.start_date, Meeting.id)
    )
    return list(db.session.scalars(query))


def _share(meeting: Meeting, records: Sequence[SessionRecord]) -> Group:
    return balance(line for record in records if record.meeting_id == meeting.id for line in record.heard).total


def _first_time(series: Sequence[Meeting]) -> dict[int, bool]:
    """Of every intervention of the series whether it is the speaker's first; of a substitute it is not known."""
    spoke = sa.exists().where(Turn.request_id == FloorRequest.id, Turn.used_ms.is_not(None))
    query = (
        sa.select(FloorRequest.id, Person.email, Session.meeting_id)
        .join(Session, Session.id == FloorRequest.session_id)
        .join(Person, Person.id == FloorRequest.person_id)
        .where(Session.meeting_id.in_([each.id for each in series]))
        .where(FloorRequest.substitute.is_(None))
        .where(sa.or_(FloorRequest.status == Status.SPOKEN, spoke & (FloorRequest.status != Status.ABSENT)))
    )
    began = {each.id: each.start_date for each in series}
    return first_time((id_, email, began[meeting_id]) for id_, email, meeting_id in db.session.execute(query))
