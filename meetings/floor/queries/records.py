"""What became of every request for the floor of one meeting or several, for the record and for statistics."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.floor.queries.lines import RequestLine, line_of, with_details
from meetings.floor.rules import HOLDING, WAITING, balance
from meetings.models.floor import Floor, FloorRequest
from meetings.models.meeting import Meeting, Session


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session with a floor or with interventions, and all requests for it as `records_of` orders them.

    Planned times are wall clock in the meeting's zone; `cap_ms` is None where the session has no floor of ours.
    """

    session_id: int
    meeting_id: int
    label: str | None
    title: str
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    cap_ms: int | None
    lines: tuple[RequestLine, ...]

    @property
    def heard(self) -> tuple[RequestLine, ...]:
        """Those who had the floor, in the order in which they first had it; not yet who speaks in a first turn."""
        return tuple(line for line in self.lines if balance.was_heard(line))

    @property
    def waiting(self) -> tuple[RequestLine, ...]:
        """Those who wait, next speaker first; who was interrupted and waits to go on is among them."""
        return tuple(line for line in self.lines if line.status in WAITING)

    @property
    def spent_ms(self) -> int:
        """What the turns that have ended have used of the cap; also of those who turned out to be absent."""
        return sum(line.used_ms for line in self.lines)


@dataclass(frozen=True, slots=True)
class MeetingRecords:
    """The sessions of one meeting that had a floor or interventions. Times are shown in `timezone`."""

    title: str
    timezone: str
    sessions: tuple[SessionRecord, ...]


def meeting_records(slug: str) -> MeetingRecords | None:
    """The requests of a meeting; None without such a meeting."""
    meeting = db.session.scalar(sa.select(Meeting).where(Meeting.slug == slug))
    return MeetingRecords(meeting.title, meeting.timezone, records_of([meeting.id])) if meeting else None


def records_of(meeting_ids: Sequence[int]) -> tuple[SessionRecord, ...]:
    """The sessions of these meetings in the order of their programmes; three statements, however many there are.

    Of each session first those heard, by their first turn (turns of a meeting file have no times: they come first,
    in its order), then who speaks, then those who wait, then the others, each by their place on the list.
    """
    asked = sa.select(FloorRequest.session_id)
    sessions = db.session.execute(
        sa.select(Session, Floor.cap_ms)
        .outerjoin(Floor, Floor.session_id == Session.id)
        .where(Session.meeting_id.in_(meeting_ids))
        .where(sa.or_(Floor.session_id.is_not(None), Session.id.in_(asked)))
        .order_by(Session.date, Session.start, Session.position)
    ).all()
    lines: dict[int, list[RequestLine]] = defaultdict(list)
    in_sessions = FloorRequest.session_id.in_([session.id for session, _ in sessions])
    for row in db.session.scalars(with_details().where(in_sessions)):
        lines[row.session_id].append(line_of(row))
    return tuple(
        SessionRecord(
            session_id=session.id,
            meeting_id=session.meeting_id,
            label=session.label,
            title=session.title,
            date=session.date,
            start=session.start,
            end=session.end,
            cap_ms=cap_ms,
            lines=tuple(sorted(lines[session.id], key=_place)),
        )
        for session, cap_ms in sessions
    )


def _place(line: RequestLine) -> tuple[int, dt.datetime, int, int]:
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    if balance.was_heard(line):
        return (0, (line.turns[0].started_at if line.turns else None) or never, line.rank, line.id)
    group = 1 if line.status in HOLDING else 2 if line.status in WAITING else 3
    return (group, never, line.rank, line.id)
