"""What a policy looks at, read for the commands that put somebody on the list or order it: no names, few columns."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.floor import rules
from meetings.floor.rules import Status
from meetings.floor.rules.ordering import Heard
from meetings.models.floor import FloorRequest, Turn
from meetings.models.people import Organisation


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who waits, or is to."""

    id: int
    rank: int
    status: Status
    category: str | None
    capacity: str
    dignitary: bool
    requested_at: dt.datetime | None


def listed(session_id: int) -> list[Listed]:
    """Those who wait, next speaker first."""
    query = (
        sa.select(
            FloorRequest.id,
            FloorRequest.rank,
            FloorRequest.status,
            Organisation.category,
            FloorRequest.capacity,
            FloorRequest.dignitary,
            FloorRequest.requested_at,
        )
        .outerjoin(Organisation, Organisation.id == FloorRequest.organisation_id)
        .where(FloorRequest.session_id == session_id, FloorRequest.status.in_(rules.WAITING))
    )
    return rules.in_order(
        Listed(row.id, row.rank, Status(row.status), row.category, row.capacity, row.dignitary, row.requested_at)
        for row in db.session.execute(query)
    )


def heard(session_id: int) -> list[Heard]:
    """Who has had the floor and does not wait to have it again, last turns last; the speaker counts as granted."""
    last = sa.func.max(Turn.id)
    query = (
        sa.select(Organisation.category, sa.func.sum(sa.func.coalesce(Turn.used_ms, Turn.granted_ms)))
        .select_from(FloorRequest)
        .join(Turn, Turn.request_id == FloorRequest.id)
        .outerjoin(Organisation, Organisation.id == FloorRequest.organisation_id)
        .where(FloorRequest.session_id == session_id)
        .where(FloorRequest.status.not_in([*rules.WAITING, Status.ABSENT]))
        .group_by(FloorRequest.id, Organisation.category)
        .order_by(last)
    )
    return [Heard(category, int(used_ms)) for category, used_ms in db.session.execute(query)]
