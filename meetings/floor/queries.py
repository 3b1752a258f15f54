"""What is read of a floor: how it stands at an instant, and which floors a meeting and a participant have."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from meetings import calendar_days
from meetings.database import db
from meetings.floor import rules
from meetings.floor.rules import Status
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
    minimum_ms: int
    day_to_come: bool  # the session is planned for a later day
    start_to_come: bool  # the session has not begun: neither by its plan, nor was the floor given before
    over: bool  # the meeting's last day has passed
    list_open: bool  # never once the meeting is over
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    version: int
    meeting_version: int  # rises with names, protection, titles
    registrations_version: int  # rises with the registration of anybody on the list
    display_serial: int


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One turn; `used_ms` is None while it lasts."""

    cap_ms: int
    spent_before_ms: int
    granted_ms: int
    started_at: dt.datetime | None
    paused_at: dt.datetime | None
    paused_ms: int
    ended_at: dt.datetime | None
    used_ms: int | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request. `name` is the person's with honorific, empty where it is not known."""

    id: int
    registration_id: int | None
    status: Status
    rank: int
    name: str
    protected: bool
    organisation: str | None
    category: str | None
    country: str | None
    on_behalf_of: str | None
    language: str | None
    topic: str | None
    registered: bool  # False once the registration behind it is no longer confirmed
    requested_at: dt.datetime | None
    turns: tuple[TurnLine, ...]

    @property
    def granted_ms(self) -> int:
        """The time given, over all turns."""
        return sum(turn.granted_ms for turn in self.turns)

    @property
    def used_ms(self) -> int:
        """The time used in turns that have ended."""
        return sum(turn.used_ms or 0 for turn in self.turns)

    @property
    def overrun_ms(self) -> int:
        """By how much ended turns went over the time given, each by itself."""
        return sum(max(0, turn.used_ms - turn.granted_ms) for turn in self.turns if turn.used_ms is not None)


@dataclass(frozen=True, slots=True)
class Countdown:
    """What a clock needs to run by itself: limit, start, pauses, and the server's time when it was read."""

    limit_ms: int
    turn: TurnLine
    now: dt.datetime

    @property
    def left_ms(self) -> int:
        """What is left of the limit now; negative for an overrun."""
        return self.limit_ms - rules.used(self.turn, self.now)

    @property
    def stage(self) -> str:
        """How the clock looks: `paused`, `over`, `ending` or `running`."""
        return "paused" if self.turn.paused_at else rules.stage(self.left_ms)

    @property
    def attributes(self) -> dict[str, int | None]:
        """What static/clock.js reads, instants as milliseconds since 1970."""
        started, paused = self.turn.started_at, self.turn.paused_at
        return {
            "data-limit": self.limit_ms,
            "data-started": rules.since_epoch(started or self.now),
            "data-paused": rules.since_epoch(paused) if paused else None,
            "data-paused-total": self.turn.paused_ms,
            "data-warning": rules.WARNING_MS,
        }


@dataclass(frozen=True, slots=True)
class FloorState:
    """A floor as it stands at `now`: who has it, who waits (in order), and what became of the others."""

    head: FloorHead
    now: dt.datetime
    speaker: RequestLine | None
    waiting: tuple[RequestLine, ...]
    heard: tuple[RequestLine, ...]  # whoever had the floor before, by the start of their first turn
    unheard: tuple[RequestLine, ...]  # whose request ended without a turn, and who was absent in theirs
    spent_ms: int  # what the running turn has used included

    @property
    def left_ms(self) -> int:
        """What is left under the cap; negative once it is overrun."""
        return rules.left(self.head.cap_ms, self.spent_ms)

    @property
    def turn_clock(self) -> Countdown | None:
        """The countdown of the turn that runs or is paused."""
        turn = self.speaker.turns[-1] if self.speaker else None
        return Countdown(turn.granted_ms, turn, self.now) if turn else None

    @property
    def floor_clock(self) -> Countdown | None:
        """The countdown of the whole floor while a turn runs or is paused; corrections of earlier turns are in it."""
        turn = self.speaker.turns[-1] if self.speaker else None
        return Countdown(self.left_ms + rules.used(turn, self.now), turn, self.now) if turn else None

    @property
    def current_ms(self) -> int:
        """What the speaker of the moment still has of their grant; 0 with nobody speaking."""
        return max(0, self.turn_clock.left_ms) if self.turn_clock else 0

    @property
    def is_last_turn(self) -> bool:
        """Whether nobody else is reached if the speaker of the moment uses all of the grant."""
        return self.speaker is not None and rules.is_over(self.left_ms - self.current_ms, self.head.minimum_ms)

    @property
    def forecast(self) -> rules.Forecast:
        """How many of those who wait fit, once the speaker of the moment has used their grant."""
        return rules.forecast(len(self.waiting), self.head.limit_ms, self.left_ms - self.current_ms)

    @property
    def with_turns(self) -> tuple[RequestLine, ...]:
        """All who have had the floor, whoever has it now, waits to have it again or was absent included."""
        return tuple(line for line in self._everybody if line.turns)

    @property
    def _everybody(self) -> tuple[RequestLine, ...]:
        return (*((self.speaker,) if self.speaker else ()), *self.waiting, *self.heard, *self.unheard)

    @property
    def may_return(self) -> frozenset[int]:
        """The requests that may be put back on the list: each person's newest, while the floor is not closed."""
        if self.head.closed_at is not None:
            return frozenset()
        newest: dict[int | None, int] = {}
        for line in self._everybody:
            newest[line.registration_id] = max(line.id, newest.get(line.registration_id, line.id))
        return frozenset(
            line.id
            for line in self.unheard
            if rules.after(line.status, rules.Act.PUT_BACK)
            and (line.registration_id is None or newest[line.registration_id] == line.id)
        )

    def place_of(self, request_id: int) -> int | None:
        """The place of a waiting request, counted from 1."""
        ids = [each.id for each in self.waiting]
        return ids.index(request_id) + 1 if request_id in ids else None

    def expected_wait(self, place: int) -> int | None:
        """How many milliseconds until the request at this place is heard; None if it is not reached."""
        free_ms = self.left_ms - self.current_ms
        return rules.expected_wait(place, self.head.limit_ms, self.head.minimum_ms, self.current_ms, free_ms)


def floor_head(slug: str, key: str, now: dt.datetime) -> FloorHead | None:
    """The floor of a session, found as addresses name it; None without such a session or floor."""
    return next(iter(_heads(now, Meeting.slug == slug, Session.key == key)), None)


def floor_head_by_id(session_id: int, now: dt.datetime) -> FloorHead | None:
    """The floor of a session, found by the session's id."""
    return next(iter(_heads(now, Session.id == session_id)), None)


def floor_head_of_request(request_id: int, now: dt.datetime) -> FloorHead | None:
    """The floor that a request is for."""
    of_request = sa.select(FloorRequest.session_id).where(FloorRequest.id == request_id).scalar_subquery()
    return next(iter(_heads(now, Session.id == of_request)), None)


def _heads(now: dt.datetime, *conditions: sa.ColumnElement[bool]) -> list[FloorHead]:
    """Floors in the order of the programme."""
    registrations_version = (
        sa.select(sa.func.coalesce(sa.func.sum(Registration.version), 0))
        .join(FloorRequest, FloorRequest.registration_id == Registration.id)
        .where(FloorRequest.session_id == Session.id)
        .correlate(Session)
        .scalar_subquery()
    )
    query = (
        sa.select(Floor, Session, Meeting, Sitting, registrations_version)
        .join(Session, Session.id == Floor.session_id)
        .join(Meeting, Meeting.id == Session.meeting_id)
        .outerjoin(Sitting, Sitting.id == Session.sitting_id)
        .where(*conditions)
        .order_by(Session.date, Session.start, Session.position)
    )
    return [_head(now, *row) for row in db.session.execute(query)]


def _head(
    now: dt.datetime,
    floor: Floor,
    session: Session,
    meeting: Meeting,
    sitting: Sitting | None,
    registrations_version: int,
) -> FloorHead:
    over = calendar_days.is_over(meeting.end_date or meeting.start_date, meeting.timezone, now)
    return FloorHead(
        session_id=session.id,
        slug=meeting.slug,
        meeting_title=meeting.title,
        timezone=meeting.timezone,
        languages=tuple(dict.fromkeys([*meeting.languages, *(sitting.interpretation if sitting else [])])),
        key=session.key,
        label=session.label,
        title=session.title,
        date=session.date,
        start=session.start,
        end=session.end,
        cap_ms=floor.cap_ms,
        limit_ms=floor.limit_ms,
        minimum_ms=floor.minimum_ms,
        day_to_come=rules.is_to_come(session.date, None, meeting.timezone, now),
        start_to_come=floor.opened_at is None and rules.is_to_come(session.date, session.start, meeting.timezone, now),
        over=over,
        list_open=floor.list_open and not over,
        opened_at=floor.opened_at,
        closed_at=floor.closed_at,
        version=floor.version,
        meeting_version=meeting.version,
        registrations_version=registrations_version,
        display_serial=floor.display_serial,
    )


def floor_state(head: FloorHead, now: dt.datetime) -> FloorState:
    """The floor with all its requests, at an instant."""
    rows = db.session.scalars(_with_details().where(FloorRequest.session_id == head.session_id))
    lines = [_line(row) for row in rows]
    others = [line for line in lines if line.status not in rules.OPEN]
    return FloorState(
        head=head,
        now=now,
        speaker=next((line for line in lines if line.status in rules.HOLDING), None),
        waiting=tuple(rules.in_order(line for line in lines if line.status in rules.WAITING)),
        heard=tuple(sorted((line for line in others if _was_heard(line)), key=_first_heard)),
        unheard=tuple(rules.in_order(line for line in others if not _was_heard(line))),
        spent_ms=rules.spent((turn for line in lines for turn in line.turns), now),
    )


def _with_details() -> sa.Select[FloorRequest]:
    return sa.select(FloorRequest).options(
        joinedload(FloorRequest.person),
        joinedload(FloorRequest.organisation),
        joinedload(FloorRequest.registration),
        selectinload(FloorRequest.turns),
    )


def _was_heard(line: RequestLine) -> bool:
    """Whether a request that has ended led to a turn; not the turn of somebody who was not there."""
    return bool(line.turns) and line.status is not Status.ABSENT


def _first_heard(line: RequestLine) -> tuple[bool, dt.datetime, int, int]:
    """Turns from a meeting file have no times: they come first, in the order of the file."""
    started = line.turns[0].started_at
    return (started is not None, started or dt.datetime.min.replace(tzinfo=dt.UTC), line.rank, line.id)


def _line(row: FloorRequest) -> RequestLine:
    person, organisation = row.person, row.organisation
    return RequestLine(
        id=row.id,
        registration_id=row.registration_id,
        status=Status(row.status),
        rank=row.rank,
        name=" ".join(part for part in (person.honorific, person.name) if part) if person and person.name else "",
        protected=person is not None and person.protected,
        organisation=organisation.name if organisation else None,
        category=organisation.category if organisation else None,
        country=organisation.country if organisation else None,
        on_behalf_of=row.on_behalf_of,
        language=row.language,
        topic=row.topic,
        registered=row.registration is None or row.registration.status == "confirmed",
        requested_at=row.requested_at,
        turns=tuple(TurnLine(**{name: getattr(turn, name) for name in TurnLine.__slots__}) for turn in row.turns),
    )


@dataclass(frozen=True, slots=True)
class FloorSummary:
    """One line of the list of a meeting's floors."""

    head: FloorHead
    waiting: int
    heard: int
    spent_ms: int


def floors_of(slug: str, now: dt.datetime) -> list[FloorSummary]:
    """The floors of a meeting in the order of its programme."""
    heads = _heads(now, Meeting.slug == slug)
    ids = [head.session_id for head in heads]
    statuses = _count_statuses(ids)
    turns: dict[int, list[Turn]] = defaultdict(list)
    for turn in db.session.scalars(sa.select(Turn).where(Turn.session_id.in_(ids))):
        turns[turn.session_id].append(turn)
    return [
        FloorSummary(
            head=head,
            waiting=_total(statuses[head.session_id], rules.WAITING),
            heard=statuses[head.session_id][Status.SPOKEN],
            spent_ms=rules.spent(turns[head.session_id], now),
        )
        for head in heads
    ]


def _count_statuses(session_ids: list[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    query = (
        sa.select(FloorRequest.session_id, FloorRequest.status, sa.func.count())
        .where(FloorRequest.session_id.in_(session_ids))
        .group_by(FloorRequest.session_id, FloorRequest.status)
    )
    for session_id, status, count in db.session.execute(query):
        found[session_id][status] = count
    return found


def _total(counts: Counter[str], statuses: Iterable[str]) -> int:
    return sum(counts[status] for status in statuses)


def meeting_title(slug: str) -> str | None:
    """The title of a meeting, or None where there is none with this slug."""
    return db.session.scalar(sa.select(Meeting.title).where(Meeting.slug == slug))


@dataclass(frozen=True, slots=True)
class Participant:
    """Whose personal link was opened: their registration and the meeting it is for."""

    registration_id: int
    confirmed: bool
    language: str | None
    slug: str


def participant(registration_id: int, link_serial: int) -> Participant | None:
    """Who holds a personal link; None when a newer link has replaced it, and while the meeting is a draft."""
    query = (
        sa.select(Registration, Meeting.slug)
        .join(Meeting, Meeting.id == Registration.meeting_id)
        .where(Registration.id == registration_id, Registration.link_serial == link_serial)
        .where(Meeting.published_at.is_not(None))
        .options(joinedload(Registration.person))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    registration, slug = row
    return Participant(registration.id, registration.status == "confirmed", registration.person.language, slug)


def newest_request(head: FloorHead, registration_id: int) -> RequestLine | None:
    """A participant's newest request in a session."""
    row = db.session.scalars(
        _with_details()
        .where(FloorRequest.session_id == head.session_id, FloorRequest.registration_id == registration_id)
        .order_by(FloorRequest.id.desc())
        .limit(1)
    ).one_or_none()
    return _line(row) if row else None
