"""The log of a session's floor: everything that happened on it, in order, and what came of each request."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from meetings.accounts import queries as accounts
from meetings.database import db
from meetings.floor import rules
from meetings.floor.queries.heads import FloorHead
from meetings.floor.queries.lines import RequestLine, TurnLine, line_of, with_details
from meetings.models.floor import FloorRequest
from meetings.models.message import Event


@dataclass(frozen=True, slots=True)
class By:
    """Who acted: `kind` is `account`, `registration` (a participant by their link), `command line` or `worker`.

    `name` is an account's name or address, None for the others and for an account that is gone.
    """

    kind: str
    name: str | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened. `kind` reads like `floor.give`; `before` and `after` are the facts as they were kept."""

    id: int
    at: dt.datetime
    kind: str
    by: By
    request: RequestLine | None  # None where it was done to the list or the floor as a whole
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """What came of one request. Durations are milliseconds over all its turns, a turn that still runs included."""

    line: RequestLine
    called_at: dt.datetime | None  # the last time; None for who was given the floor without
    started_at: dt.datetime | None  # of the first turn; None also for turns that came with a meeting file
    ended_at: dt.datetime | None  # of the last turn
    paused_ms: int
    granted_ms: int
    used_ms: int
    overrun_ms: int  # of each turn beyond what was given for it
    given_by: By | None


@dataclass(frozen=True, slots=True)
class FloorLog:
    """The log of a floor at an instant: `records` those heard, who waits, the others; `lines` oldest first."""

    head: FloorHead
    records: tuple[RequestRecord, ...]
    lines: tuple[LogLine, ...]


def floor_log(head: FloorHead, now: dt.datetime) -> FloorLog:
    """Everything that is kept of a floor. Four statements: requests, their turns, events, names of accounts."""
    rows = db.session.scalars(with_details().where(FloorRequest.session_id == head.session_id))
    requests = {row.id: line_of(row) for row in rows}
    events = _events(head)
    people = _people(events)
    lines = tuple(
        LogLine(
            id=event.id,
            at=event.at,
            kind=event.kind,
            by=people[event.actor],
            request=requests.get(_request_id(event) or 0),
            before=event.before or {},
            after=event.after or {},
        )
        for event in events
    )
    of_request: dict[int, list[LogLine]] = defaultdict(list)
    for line in lines:
        if line.request is not None:
            of_request[line.request.id].append(line)
    records = [_record(line, of_request[line.id], now) for line in requests.values()]
    return FloorLog(head, tuple(sorted(records, key=_first_heard)), lines)


def _events(head: FloorHead) -> list[Event]:
    """What was done to the floor itself and to its requests; not what was done to the session in the programme."""
    requests = sa.select(sa.literal("request:") + sa.cast(FloorRequest.id, sa.String(20))).where(
        FloorRequest.session_id == head.session_id
    )
    query = (
        sa.select(Event)
        .where(Event.kind.startswith("floor."))
        .where(sa.or_(Event.target == f"session:{head.session_id}", Event.target.in_(requests)))
        .order_by(Event.id)
    )
    return list(db.session.scalars(query))


def _people(events: Iterable[Event]) -> dict[str, By]:
    """Who stands behind each actor of the events."""
    labels = {event.actor: event.actor.partition(":") for event in events}
    names = accounts.names([int(number) for kind, _, number in labels.values() if kind == "account"])
    return {
        label: By(kind, names.get(int(number)) if kind == "account" else None)
        for label, (kind, _, number) in labels.items()
    }


def _request_id(event: Event) -> int | None:
    kind, _, number = (event.target or "").partition(":")
    return int(number) if kind == "request" else None


def _record(line: RequestLine, events: list[LogLine], now: dt.datetime) -> RequestRecord:
    turns = line.turns
    used = [rules.used(turn, now) for turn in turns]
    calls = [each.at for each in events if each.kind == "floor.call"]
    gifts = [each.by for each in events if each.kind == "floor.give"]
    return RequestRecord(
        line=line,
        called_at=calls[-1] if calls else None,
        started_at=turns[0].started_at if turns else None,
        ended_at=turns[-1].ended_at if turns else None,
        paused_ms=sum(_paused(turn, now) for turn in turns),
        granted_ms=line.granted_ms,
        used_ms=sum(used),
        overrun_ms=sum(max(0, spent - turn.granted_ms) for spent, turn in zip(used, turns, strict=True)),
        given_by=gifts[-1] if gifts else None,
    )


def _paused(turn: TurnLine, now: dt.datetime) -> int:
    """The pauses of a turn; one that still lasts, or in which the turn ended, is not in `paused_ms` yet."""
    last = (turn.ended_at or now) - turn.paused_at if turn.paused_at else dt.timedelta()
    return turn.paused_ms + max(0, rules.milliseconds(last))


def _first_heard(record: RequestRecord) -> tuple[int, bool, dt.datetime, int, int]:
    """Those heard first, by their first turn (from a meeting file: without times, in its order); then the list."""
    line, started = record.line, record.started_at
    known = started or dt.datetime.min.replace(tzinfo=dt.UTC)
    group = 0 if line.turns else 1 if line.status in rules.WAITING else 2
    return (group, started is not None, known, 0 if group == 2 else line.rank, line.id)
