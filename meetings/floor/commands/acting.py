"""What all commands of the floor share: lock the floor first, refuse what is stale or impossible, write it down."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import joinedload

from meetings import calendar_days
from meetings.database import announce, db, locked
from meetings.display import minutes
from meetings.floor import rules
from meetings.floor.commands.telling import tell_not_reached
from meetings.floor.rules import Act, Status
from meetings.floor.words import statuses
from meetings.journal import Actor, record
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.models.meeting import Session
from meetings.refusals import Refused, Stale

_WITH_MEETING = joinedload(Floor.session, innerjoin=True).joinedload(Session.meeting, innerjoin=True)


def lock_floor(session_id: int) -> Floor:
    """The floor of a session, locked until the transaction ends: every decision on it waits its turn here.

    Its session and meeting, which every command needs, are read with it: while many ask at once, each reading counts.
    """
    floor = locked(Floor, Floor.session_id == session_id, options=[_WITH_MEETING])
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
        raise Refused(_("The floor of this session is closed."))


def refuse_minimum(floor: Floor, minimum_ms: int, now: dt.datetime) -> None:
    """Refuse a longer shortest turn than what is left of a floor that was given: it would close, and for good."""
    if minimum_ms <= floor.minimum_ms:
        return
    charged_ms = spent_ms(floor, now)
    left_ms = rules.left(floor.cap_ms, charged_ms)
    if charged_ms and minimum_ms > left_ms:
        raise Refused(
            _(
                "The shortest turn cannot be longer than what is left under the cap, %(left)s: the floor would close.",
                left=minutes(max(0, left_ms)),
            )
        )


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
    if _is_done(request, act):
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


def _is_done(request: FloorRequest, act: Act) -> bool:
    """Whether the act has been done; who is set aside where that closes the floor was not reached."""
    status = Status(request.status)
    return status is rules.OUTCOMES[act] or (
        act is Act.SET_ASIDE and status is Status.NOT_REACHED and bool(request.turns)
    )


def finish(
    floor: Floor,
    request: FloorRequest,
    act: Act,
    *,
    actor: Actor,
    now: dt.datetime,
    rank: int | None = None,
    before: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    """Move the request along its arrow, and to a rank where one is given; raise the version, and log it.

    The log keeps where the request stood (of one that waited, with the order of the list) and what else is given of
    `before`: undo goes back there.
    """
    stood: dict[str, Any] = {"status": request.status, "rank": request.rank}
    if Status(request.status) in rules.WAITING:
        stood["order"] = order_now(floor)
    request.status = rules.TRANSITIONS[Status(request.status), act]
    if rank is not None:
        request.rank = rank
    chair_acted(floor)
    log(floor, f"floor.{act}", request, actor=actor, now=now, before=stood | (before or {}), after=facts)


def chair_acted(floor: Floor) -> None:
    """Raise the version by an act that makes older views of the list stale."""
    floor.version += 1
    floor.chair_version = floor.version


def change(floor: Floor, version: int, wanted: Mapping[str, Any], kind: str, *, actor: Actor, now: dt.datetime) -> None:
    """Set columns of the floor and log those that differ; does nothing where none does, refuses what is stale."""
    after = {name: value for name, value in wanted.items() if value != getattr(floor, name)}
    if not after:
        return
    refuse_stale(floor, version)
    before = {name: getattr(floor, name) for name in after}
    for name, value in after.items():
        setattr(floor, name, value)
    chair_acted(floor)
    log(floor, kind, actor=actor, now=now, before=_plain(before), after=_plain(after))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON carries them."""
    return {name: each.isoformat() if isinstance(each, dt.datetime) else each for name, each in values.items()}


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


def order_now(floor: Floor) -> list[int]:
    """The ids of those who wait, next speaker first."""
    query = sa.select(FloorRequest.id).where(
        FloorRequest.session_id == floor.session_id, FloorRequest.status.in_(rules.WAITING)
    )
    return list(db.session.scalars(query.order_by(FloorRequest.rank, FloorRequest.id)))


def organisation_is_listed(floor: Floor, organisation_id: int | None) -> bool:
    """Whether as many requests of this organisation are open as the floor lets one have at a time."""
    if organisation_id is None:
        return False
    colleagues = sa.select(sa.func.count()).where(
        FloorRequest.session_id == floor.session_id,
        FloorRequest.organisation_id == organisation_id,
        FloorRequest.status.in_(rules.OPEN),
    )
    return (db.session.scalar(colleagues) or 0) >= floor.per_organisation


def refuse_unregistered(request: FloorRequest) -> None:
    """Refuse to call or hear somebody whose registration was withdrawn or declined since they asked."""
    if request.registration is not None and request.registration.status != "confirmed":
        raise Refused(
            _(
                "The registration of %(name)s is no longer confirmed. Decline the request, or have the organizer"
                " confirm the registration.",
                name=name_of(request),
            )
        )


def refuse_second_request(floor: Floor, request: FloorRequest) -> None:
    """Refuse to bring a request back whose person has asked again since, or whose organisation has no place left.

    Who has no registration is known by name and organisation: they are on the list once, as when they are added.
    """
    if request.registration_id is None:
        name = request.person.name if request.person else ""
        if unregistered_speaker(floor, name, request.organisation_id) is not None:
            raise Refused(_("%(name)s is on the list already.", name=name_of(request)))
    later = sa.select(FloorRequest.id).where(
        FloorRequest.session_id == floor.session_id,
        FloorRequest.registration_id == request.registration_id,
        FloorRequest.id > request.id,
    )
    if request.registration_id is not None and db.session.scalar(later.limit(1)) is not None:
        raise Refused(_("%(name)s has asked for the floor again since.", name=name_of(request)))
    refuse_full_organisation(floor, request.organisation_id, request.organisation.name if request.organisation else "")


def unregistered_speaker(floor: Floor, name: str, organisation_id: int | None) -> FloorRequest | None:
    """The open request of a speaker without registration who has this name (may be empty) and organisation.

    Without either nobody is known.
    """
    query = sa.select(FloorRequest).where(
        FloorRequest.session_id == floor.session_id,
        FloorRequest.registration_id.is_(None),
        FloorRequest.organisation_id.is_not_distinct_from(organisation_id),
        FloorRequest.status.in_(rules.OPEN),
    )
    if not name and organisation_id is None:
        return None
    same = (each for each in db.session.scalars(query) if (each.person.name if each.person else "") == name)
    return next(same, None)


def refuse_full_organisation(floor: Floor, organisation_id: int | None, name: str) -> None:
    """Refuse one more request of an organisation that has as many open as the floor allows."""
    if organisation_is_listed(floor, organisation_id):
        raise Refused(
            ngettext(
                "%(name)s is on the list already: this floor lets one request of an organization wait or speak at a"
                " time.",
                "%(name)s is on the list already: this floor lets %(num)s requests of an organization wait or speak at"
                " a time.",
                floor.per_organisation,
                name=name,
            )
        )


def holder(floor: Floor) -> FloorRequest | None:
    """Who has the floor, speaking or paused."""
    return db.session.scalars(
        sa.select(FloorRequest).where(
            FloorRequest.session_id == floor.session_id, FloorRequest.status.in_(rules.HOLDING)
        )
    ).one_or_none()


def start_turn(floor: Floor, request: FloorRequest, granted_ms: int, spent_before_ms: int, now: dt.datetime) -> Turn:
    """A turn under a grant: from now on its clock runs."""
    turn = Turn(
        session_id=floor.session_id,
        cap_ms=floor.cap_ms,
        spent_before_ms=spent_before_ms,
        granted_ms=granted_ms,
        started_at=now,
        paused_ms=0,
        used_ms=None,
    )
    request.turns.append(turn)
    return turn


def refuse_other_speaker(floor: Floor) -> None:
    """Refuse to give the floor, or to end it, while somebody has it."""
    if speaker := holder(floor):
        raise Refused(_("%(name)s has the floor. End their turn first.", name=name_of(speaker)))


def spent_ms(floor: Floor, now: dt.datetime) -> int:
    """What the session's turns have used of the cap."""
    return rules.spent(db.session.scalars(sa.select(Turn).where(Turn.session_id == floor.session_id)), now)


def latest_turn(request: FloorRequest) -> Turn | None:
    """The running turn of a request, else its last one."""
    return request.turns[-1] if request.turns else None


def run_on(request: FloorRequest, now: dt.datetime) -> int:
    """Let the clock of a paused turn run on; gives the turn's pauses in milliseconds."""
    turn = request.turns[-1]
    if turn.paused_at is not None:
        turn.paused_ms += max(0, rules.milliseconds(now - turn.paused_at))
        turn.paused_at = None
    return turn.paused_ms


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
    unreached = waiting(floor)
    for request in unreached:
        before = request.status
        request.status = rules.TRANSITIONS[Status(before), Act.CLOSE]
        log(floor, "floor.not_reached", request, actor=actor, now=now, before={"status": before})
    tell_not_reached(floor, unreached, now=now)


def name_of(request: FloorRequest) -> str:
    """How a message to the chair names who will speak: the colleague or the person, else the organisation."""
    if request.substitute:
        return request.substitute
    if request.person is not None and request.person.name:
        return " ".join(part for part in (request.person.honorific, request.person.name) if part)
    return request.organisation.name if request.organisation is not None else _("this speaker")
