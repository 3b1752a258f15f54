"""Which floors a meeting has."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.floor import rules
from meetings.floor.queries.heads import FloorHead, find_heads
from meetings.floor.rules import Status
from meetings.models.floor import FloorRequest, Turn
from meetings.models.meeting import Meeting


@dataclass(frozen=True, slots=True)
class FloorSummary:
    """One line of the list of a meeting's floors."""

    head: FloorHead
    waiting: int
    heard: int
    spent_ms: int


def floors_of(slug: str, now: dt.datetime) -> list[FloorSummary]:
    """The floors of a meeting in the order of its programme."""
    heads = find_heads(now, Meeting.slug == slug)
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
