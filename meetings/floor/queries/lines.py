"""One request and its turns, as pages show them, and the countdown that runs by itself."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from meetings.floor import rules
from meetings.floor.rules import Status
from meetings.models.floor import FloorRequest, Statement


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
class StatementLine:
    """The statement of a request, without its file: `words` is None where they could not be counted."""

    delivery: str
    text: str | None
    words: int | None
    file_name: str | None
    file_type: str | None
    size: int | None
    for_record: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request. `name` is of who will speak (the substitute, else the person with honorific), empty where unknown.

    `in_place_of` is the person whom a substitute speaks for.
    """

    id: int
    registration_id: int | None
    status: Status
    rank: int
    name: str
    protected: bool
    organisation: str | None
    category: str | None
    country: str | None
    gender: str | None  # as the person declares it; of a substitute it is not known
    capacity: str
    on_behalf_of: str | None
    in_place_of: str | None
    dignitary: bool
    seat: str | None
    reason: str | None
    language: str | None
    topic: str | None
    statement: StatementLine | None
    registered: bool  # False once the registration behind it is no longer confirmed
    requested_at: dt.datetime | None
    turns: tuple[TurnLine, ...]

    @property
    def granted_ms(self) -> int:
        """The time given: what earlier turns used, and the last grant, which is what of theirs was left."""
        return sum(turn.used_ms or 0 for turn in self.turns[:-1]) + sum(turn.granted_ms for turn in self.turns[-1:])

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
    """What a clock needs to run by itself: limit, start, pauses, and the server's time when it was read.

    With `warning_ms` left it asks the speaker to conclude.
    """

    limit_ms: int
    turn: TurnLine
    now: dt.datetime
    warning_ms: int

    @property
    def left_ms(self) -> int:
        """What is left of the limit now; negative for an overrun."""
        return self.limit_ms - rules.used(self.turn, self.now)

    @property
    def stage(self) -> str:
        """How the clock looks: `paused`, `over`, `ending` or `running`."""
        return "paused" if self.turn.paused_at else rules.stage(self.left_ms, self.warning_ms)

    @property
    def attributes(self) -> dict[str, int | None]:
        """What static/clock.js reads, instants as milliseconds since 1970."""
        started, paused = self.turn.started_at, self.turn.paused_at
        return {
            "data-limit": self.limit_ms,
            "data-started": rules.since_epoch(started or self.now),
            "data-paused": rules.since_epoch(paused) if paused else None,
            "data-paused-total": self.turn.paused_ms,
            "data-warning": self.warning_ms,
        }


def with_details() -> sa.Select[FloorRequest]:
    return sa.select(FloorRequest).options(
        joinedload(FloorRequest.person),
        joinedload(FloorRequest.organisation),
        joinedload(FloorRequest.registration),
        joinedload(FloorRequest.statement),
        selectinload(FloorRequest.turns),
    )


def line_of(row: FloorRequest) -> RequestLine:
    person, organisation = row.person, row.organisation
    name = " ".join(part for part in (person.honorific, person.name) if part) if person and person.name else ""
    return RequestLine(
        id=row.id,
        registration_id=row.registration_id,
        status=Status(row.status),
        rank=row.rank,
        name=row.substitute or name,
        protected=person is not None and person.protected,
        organisation=organisation.name if organisation else None,
        category=organisation.category if organisation else None,
        country=organisation.country if organisation else None,
        gender=person.gender if person and not row.substitute else None,
        capacity=row.capacity,
        on_behalf_of=row.on_behalf_of,
        in_place_of=name if row.substitute else None,
        dignitary=row.dignitary,
        seat=row.seat,
        reason=row.reason,
        language=row.language,
        topic=row.topic,
        statement=_statement(row.statement),
        registered=row.registration is None or row.registration.status == "confirmed",
        requested_at=row.requested_at,
        turns=tuple(TurnLine(**{name: getattr(turn, name) for name in TurnLine.__slots__}) for turn in row.turns),
    )


def _statement(row: Statement | None) -> StatementLine | None:
    return StatementLine(**{name: getattr(row, name) for name in StatementLine.__slots__}) if row else None
