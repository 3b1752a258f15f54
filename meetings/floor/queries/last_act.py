"""What the chair or the desk did last on a floor, by whom and when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from meetings.accounts import queries as accounts
from meetings.database import db
from meetings.floor.queries.heads import FloorHead
from meetings.floor.rules import HOLDING
from meetings.floor.rules.undoing import undoing
from meetings.models.floor import FloorRequest
from meetings.models.message import Event

# What follows from another act, or changes nothing that the list shows.
_NO_ACTS = ("floor.not_reached", "floor.display_renewed", "floor.interpreters_renewed")


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act of somebody signed in. `by` is their name or address, None for an account that is gone."""

    event_id: int
    kind: str
    at: dt.datetime
    by: str | None
    request_id: int | None  # None for an act on the list as a whole
    before: dict[str, Any]
    after: dict[str, Any]
    can_be_undone: bool


def last_act(head: FloorHead) -> LastAct | None:
    """The last act of the chair or the desk; None where there is none yet."""
    requests = sa.select(sa.literal("request:") + sa.cast(FloorRequest.id, sa.String(20))).where(
        FloorRequest.session_id == head.session_id
    )
    event = db.session.scalars(
        sa.select(Event)
        .where(Event.kind.startswith("floor."), Event.kind.not_in(_NO_ACTS), Event.actor.startswith("account:"))
        .where(sa.or_(Event.target == f"session:{head.session_id}", Event.target.in_(requests)))
        .order_by(Event.id.desc())
        .limit(1)
    ).one_or_none()
    if event is None:
        return None
    account_id = int(event.actor.removeprefix("account:"))
    what, _, number = (event.target or "").partition(":")
    had_the_floor = (event.before or {}).get("status") in HOLDING
    return LastAct(
        event_id=event.id,
        kind=event.kind,
        at=event.at,
        by=accounts.names([account_id]).get(account_id),
        request_id=int(number) if what == "request" else None,
        before=event.before or {},
        after=event.after or {},
        can_be_undone=head.closed_at is None and undoing(event.kind, had_the_floor) is not None,
    )
