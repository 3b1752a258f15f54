"""What all commands of the floor share: lock the floor first, refuse what is stale or impossible, write it down."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import calendar_days
from meetings.database import announce, db, locked
from meetings.floor import rules
from meetings.floor.rules import Act, Status
from meetings.floor.words import statuses
from meetings.journal import Actor, record
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.refusals import Refused, Stale


def lock_floor(session_id: int) -> Floor:
    """The floor of a session, locked until the transaction ends: every decision on it waits its turn here."""
    floor = locked(Floor, Floor.session_id == session_id)
    if floor is None:
        raise Refused(_("This session has no floor."))
    return floor


def refuse_over(floor: Floor, now: dt.datetime) -> None:
    """Refuse what has no sense once the last day of the meeting has passed."""
    meeting = floor.session.meeting
    if calendar_days.is_over(meeting.end_date or meeting.start_date, meeting.timezone, now):
        raise Refused(_("The meeting is over: requests for the floor are no longer taken."))


def refuse_closed(floor: Floor) -> None:
    """Refuse what has no sense once the floor has closed."""
    if floor.closed_at is not None:
        raise Refused(_("The floor of this session is closed: its time is over."))


def refuse_stale(floor: Floor, seen: int) -> None:
    """Refuse what was decided on an older list than the chair's."""
    if rules.is_stale(seen, floor.chair_version):
        raise Stale(_("The list has changed since you saw it; nothing was done. This is how it stands now."))


def find(floor: Floor, request_id: int) -> FloorRequest:
    """A request for this floor."""
    request = db.session.get(FloorRequest, request_id, populate_existing=True)
    if request is None or request.session_id != floor.session_id:
        raise Refused(_("There is no such request in this session."))
    return request


def begin(session_id: int, request_id: int, version: int, act: Act) -> tuple[Floor, FloorRequest] | None:
    """Lock the floor for one of the chair's acts on a request; None where just that has been done already."""
    floor = lock_floor(session_id)
    request = find(floor, request_id)
    if Status(request.status) is rules.OUTCOMES[act]:
        return None
    refuse_stale(floor, version)
    if rules.after(Status(request.status), act) is None:
        raise Refused(
            _(
                "This is not possible for %(name)s now. Their request: %(status)s.",
                name=name_of(request),
                status=statuses()[request.status],
            )
        )
    return floor, request


def finish(floor: Floor, request: FloorRequest, act: Act, *, actor: Actor, now: dt.datetime, **facts: Any) -> None:
    """Move the request along its arrow, raise the version, and log it with the facts given."""
    before = request.status
    request.status = rules.TRANSITIONS[Status(before), act]
    chair_acted(floor)
    log(floor, f"floor.{act}", request, actor=actor, now=now, before={"status": before}, after=facts)


def chair_acted(floor: Floor) -> None:
    """Raise the version by an act that makes older views of the list stale."""
    floor.version += 1
    floor.chair_version = floor.version


def log(
    floor: Floor,
    kind: str,
    request: FloorRequest | None = None,
    *,
    actor: Actor,
    now: dt.datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One line of the log, with the version that the act led to."""
    facts = (after or {}) | {"version": floor.version}
    if request is not None:
        db.session.flush()
        facts |= {"status": request.status}
    announce(floor.session_id)
    record(
        actor=actor,
        kind=kind,
        at=now,
        meeting_id=floor.session.meeting_id,
        target=f"session:{floor.session_id}" if request is None else f"request:{request.id}",
        before=before,
        after=facts,
    )


def waiting(floor: Floor) -> list[FloorRequest]:
    """Those who wait, next speaker first."""
    return rules.in_order(
        db.session.scalars(
            sa.select(FloorRequest).where(
                FloorRequest.session_id == floor.session_id, FloorRequest.status.in_(rules.WAITING)
            )
        )
    )


def organisation_is_listed(floor: Floor, organisation_id: int | None) -> bool:
    """Whether an organisation has as many open requests as it may have at a time."""
    colleagues = sa.select(sa.func.count()).where(
        FloorRequest.session_id == floor.session_id,
        FloorRequest.organisation_id == organisation_id,
        FloorRequest.status.in_(rules.OPEN),
    )
    return organisation_id is not None and (db.session.scalar(colleagues) or 0) >= floor.per_organisation


def ranks(floor: Floor) -> Sequence[int]:
    """The first and the last rank that any request of the session has had."""
    row = db.session.execute(
        sa.select(sa.func.min(FloorRequest.rank), sa.func.max(FloorRequest.rank)).where(
            FloorRequest.session_id == floor.session_id
        )
    ).one()
    return [rank for rank in row if rank is not None]


def holder(floor: Floor) -> FloorRequest | None:
    """Who has the floor, speaking or paused."""
    return db.session.scalars(
        sa.select(FloorRequest).where(
            FloorRequest.session_id == floor.session_id, FloorRequest.status.in_(rules.HOLDING)
        )
    ).one_or_none()


def spent_ms(floor: Floor, now: dt.datetime) -> int:
    """What the session's turns have used of the cap."""
    return rules.spent(db.session.scalars(sa.select(Turn).where(Turn.session_id == floor.session_id)), now)


def latest_turn(request: FloorRequest) -> Turn | None:
    """The running turn of a request, else its last one."""
    return request.turns[-1] if request.turns else None


def stop(request: FloorRequest, now: dt.datetime) -> int:
    """End the running turn, charging what it used; gives that in milliseconds."""
    turn = request.turns[-1]
    turn.used_ms = rules.used(turn, now)
    turn.ended_at = now
    db.session.flush()
    return turn.used_ms


def close_if_over(floor: Floor, *, actor: Actor, now: dt.datetime) -> None:
    """Close the floor when too little is left under the cap to give it to anybody.

    Not while somebody has it: the end of their turn will. Nobody waits for a floor that is closed already.
    """
    if floor.closed_at is not None:
        _reach_nobody(floor, actor=actor, now=now)
    elif holder(floor) is None and rules.is_over(rules.left(floor.cap_ms, spent_ms(floor, now)), floor.minimum_ms):
        close(floor, actor=actor, now=now)


def close(floor: Floor, *, actor: Actor, now: dt.datetime) -> None:
    """Close floor and list; who still waits was not reached."""
    floor.closed_at = now
    floor.list_open = False
    chair_acted(floor)
    _reach_nobody(floor, actor=actor, now=now)
    log(floor, "floor.closed", actor=actor, now=now)


def _reach_nobody(floor: Floor, *, actor: Actor, now: dt.datetime) -> None:
    """Tell whoever still waits that they were not reached."""
    for request in waiting(floor):
        before = request.status
        request.status = rules.TRANSITIONS[Status(before), Act.CLOSE]
        log(floor, "floor.not_reached", request, actor=actor, now=now, before={"status": before})


def name_of(request: FloorRequest) -> str:
    """How a message to the chair names who asked: the person, else the organisation."""
    if request.person is not None and request.person.name:
        return " ".join(part for part in (request.person.honorific, request.person.name) if part)
    return request.organisation.name if request.organisation is not None else _("this speaker")
