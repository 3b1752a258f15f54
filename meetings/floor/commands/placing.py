"""Where on the list a request stands: the rank of a newcomer, and new ranks for all who wait."""

from collections.abc import Sequence

import sqlalchemy as sa

from meetings.database import db
from meetings.floor import rules
from meetings.floor.queries.listed import Listed, heard, listed
from meetings.floor.rules import Status
from meetings.floor.rules.ordering import Ordering, Policy, place_of_newcomer
from meetings.models.floor import Floor, FloorRequest
from meetings.models.people import Organisation

# Two lookups in the index of ranks: asked for both in one, SQLite would go through all of the session's requests.
_RANKS = sa.select(
    *(
        sa.select(end(FloorRequest.rank)).where(FloorRequest.session_id == sa.bindparam("session_id")).scalar_subquery()
        for end in (sa.func.min, sa.func.max)
    )
)


def ordering(floor: Floor) -> Ordering:
    """The rule that orders the list."""
    return Ordering(
        Policy(floor.policy), floor.priority, floor.quotas, floor.draw_seed, floor.limit_ms, floor.limits_ms
    )


def rank_for_newcomer(floor: Floor, organisation_id: int | None, capacity: str, *, dignitary: bool = False) -> int:
    """The rank of a request that comes onto the list now, where the floor's rule puts it; others make room."""
    rule = ordering(floor)
    first_come = rule.policy in {Policy.FIRST_COME, Policy.DRAW}
    if first_come and not (rule.priority and (dignitary or capacity == "joint")):
        return rules.rank_at_end(ranks(floor))
    before = listed(floor.session_id)
    body = db.session.get(Organisation, organisation_id) if organisation_id is not None else None
    newcomer = Listed(0, 0, Status.REQUESTED, body.category if body else None, capacity, dignitary, None)
    place = place_of_newcomer(before, newcomer, rule, heard(floor.session_id))
    if place > len(before):
        return rules.rank_at_end(ranks(floor))
    if place == 1:
        return rules.rank_at_front(ranks(floor))
    rank = before[place - 2].rank + 1
    if (room := rank + 1 - before[place - 1].rank) > 0:
        behind = [each.id for each in before[place - 1 :]]
        db.session.execute(
            sa.update(FloorRequest).where(FloorRequest.id.in_(behind)).values(rank=FloorRequest.rank + room)
        )
    return rank


def reorder(requests: Sequence[FloorRequest], ids: Sequence[int]) -> None:
    """Give those who wait new ranks, in the order of the ids."""
    first = min((each.rank for each in requests), default=1)
    places = {request_id: place for place, request_id in enumerate(ids)}
    for each in requests:
        each.rank = first + places[each.id]


def ranks(floor: Floor) -> Sequence[int]:
    """The first and the last rank that any request of the session has had."""
    row = db.session.execute(_RANKS, {"session_id": floor.session_id}).one()
    return [rank for rank in row if rank is not None]
