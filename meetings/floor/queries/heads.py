"""The floors themselves, without their requests."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from meetings import calendar_days
from meetings.database import db
from meetings.floor import rules
from meetings.floor.rules.asking import COUNTED, Asking, asking
from meetings.floor.rules.ordering import Ordering, Policy
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Registration


@dataclass(frozen=True, slots=True)
class FloorHead:
    """A session's floor without its requests. Planned times are wall clock in `timezone`; durations milliseconds."""

    session_id: int
    slug: str
    meeting_title: str
    timezone: str
    languages: tuple[str, ...]  # those that may be spoken: the meeting's, and those the sitting has interpretation for
    key: str
    label: str | None
    title: str
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    cap_ms: int
    limit_ms: int
    limits_ms: dict[str, int]  # by category, where they differ
    minimum_ms: int
    warning_ms: int
    day_to_come: bool  # the session is planned for a later day
    start_to_come: bool  # the session has not begun: neither by its plan, nor was the floor given before
    over: bool  # the meeting's last day has passed
    list_open: bool  # never once the meeting is over
    asking_opens: dt.datetime | None  # wall clock
    asking_closes: dt.datetime | None
    max_requests: int | None
    per_organisation: int
    asking: Asking  # whether requests are taken now, or why not
    policy: str
    priority: bool
    quotas: dict[str, int]
    draw_seed: str | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    version: int
    meeting_version: int  # rises with names, protection, titles
    registrations_version: int  # rises with the registration of anybody on the list
    display_serial: int
    interpreters_serial: int

    @property
    def ordering(self) -> Ordering:
        """The rule that orders the list."""
        return Ordering(Policy(self.policy), self.priority, self.quotas, self.draw_seed, self.limit_ms, self.limits_ms)

    def limit_for(self, category: str | None) -> int:
        """The speaking limit of a category, in milliseconds."""
        return rules.limit_for(category, self.limit_ms, self.limits_ms)


def floor_head(slug: str, key: str, now: dt.datetime) -> FloorHead | None:
    """The floor of a session, found as addresses name it; None without such a session or floor."""
    return next(iter(find_heads(now, Meeting.slug == slug, Session.key == key)), None)


def floor_head_by_id(session_id: int, now: dt.datetime) -> FloorHead | None:
    """The floor of a session, found by the session's id."""
    return next(iter(find_heads(now, Session.id == session_id)), None)


def floor_heads(session_ids: Collection[int], now: dt.datetime) -> list[FloorHead]:
    """The floors of sessions, found by the sessions' ids."""
    return find_heads(now, Session.id.in_(session_ids))


def floor_head_of_request(request_id: int, now: dt.datetime) -> FloorHead | None:
    """The floor that a request is for."""
    of_request = sa.select(FloorRequest.session_id).where(FloorRequest.id == request_id).scalar_subquery()
    return next(iter(find_heads(now, Session.id == of_request)), None)


_REGISTRATIONS_VERSION = (
    sa.select(sa.func.coalesce(sa.func.sum(Registration.version), 0))
    .join(FloorRequest, FloorRequest.registration_id == Registration.id)
    .where(FloorRequest.session_id == Session.id)
    .correlate(Session)
    .scalar_subquery()
)
_COUNTED = (
    sa.select(sa.func.count())
    .where(FloorRequest.session_id == Session.id, FloorRequest.status.in_(COUNTED))
    .correlate(Session)
    .scalar_subquery()
)
_USED_MS = (
    sa.select(sa.func.coalesce(sa.func.sum(Turn.used_ms), 0))
    .where(Turn.session_id == Session.id)
    .correlate(Session)
    .scalar_subquery()
)
_HEADS = (
    sa.select(Floor, Session, Meeting, Sitting, _REGISTRATIONS_VERSION, _COUNTED, _USED_MS)
    .join(Session, Session.id == Floor.session_id)
    .join(Meeting, Meeting.id == Session.meeting_id)
    .outerjoin(Sitting, Sitting.id == Session.sitting_id)
    .order_by(Session.date, Session.start, Session.position)
)


def find_heads(now: dt.datetime, *conditions: sa.ColumnElement[bool]) -> list[FloorHead]:
    """Floors in the order of the programme."""
    return [_head(now, *row) for row in db.session.execute(_HEADS.where(*conditions))]


def languages_spoken(of_meeting: Sequence[str], interpretation: Sequence[str] | None) -> tuple[str, ...]:
    """The languages that may be spoken in a session: the meeting's, and those its sitting has interpretation for."""
    return tuple(dict.fromkeys([*of_meeting, *(interpretation or ())]))


def _head(
    now: dt.datetime,
    floor: Floor,
    session: Session,
    meeting: Meeting,
    sitting: Sitting | None,
    registrations_version: int,
    counted: int,
    used_ms: int,
) -> FloorHead:
    used_up = rules.is_over(rules.left(floor.cap_ms, int(used_ms)), floor.minimum_ms)
    over = calendar_days.is_over(meeting.end_date or meeting.start_date, meeting.timezone, now)
    return FloorHead(
        session_id=session.id,
        slug=meeting.slug,
        meeting_title=meeting.title,
        timezone=meeting.timezone,
        languages=languages_spoken(meeting.languages, sitting.interpretation if sitting else None),
        key=session.key,
        label=session.label,
        title=session.title,
        date=session.date,
        start=session.start,
        end=session.end,
        cap_ms=floor.cap_ms,
        limit_ms=floor.limit_ms,
        limits_ms=floor.limits_ms,
        minimum_ms=floor.minimum_ms,
        warning_ms=floor.warning_ms,
        day_to_come=rules.is_to_come(session.date, None, meeting.timezone, now),
        start_to_come=floor.opened_at is None and rules.is_to_come(session.date, session.start, meeting.timezone, now),
        over=over,
        list_open=floor.list_open and not over,
        asking_opens=floor.asking_opens,
        asking_closes=floor.asking_closes,
        max_requests=floor.max_requests,
        per_organisation=floor.per_organisation,
        asking=asking(floor, counted=counted, over=over, timezone=meeting.timezone, now=now, used_up=used_up),
        policy=floor.policy,
        priority=floor.priority,
        quotas=floor.quotas,
        draw_seed=floor.draw_seed,
        opened_at=floor.opened_at,
        closed_at=floor.closed_at,
        version=floor.version,
        meeting_version=meeting.version,
        registrations_version=registrations_version,
        display_serial=floor.display_serial,
        interpreters_serial=floor.interpreters_serial,
    )
