"""What the chair and the desk do with a request: who speaks, and for how long."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.display import minutes
from meetings.floor import rules
from meetings.floor.commands import acting, placing
from meetings.floor.commands.telling import tell_declined, tell_listed_again
from meetings.floor.rules import Act, Status
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.refusals import Refused


def call(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Tell somebody to be ready: they go to the front of the list. The clock does not run.

    Refused where their registration is no longer confirmed.
    """
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.CALL):
            floor, request = target
            acting.refuse_unregistered(request)
            front = rules.rank_at_front(placing.ranks(floor))
            acting.finish(floor, request, Act.CALL, rank=front, actor=actor, now=now)


def give_floor(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Give somebody the floor for their category's speaking limit, or what is left under the cap: the clock runs.

    Refused once the floor has closed, while somebody else has it, and when less than the session's minimum is left.
    """
    with transaction():
        target = acting.begin(session_id, request_id, version, Act.GIVE)
        if target is None:
            return
        floor, request = target
        acting.refuse_closed(floor)
        acting.refuse_other_speaker(floor)
        acting.refuse_unregistered(request)
        spent_ms = acting.spent_ms(floor, now)
        left_ms = rules.left(floor.cap_ms, spent_ms)
        granted_ms = rules.granted(_limit_ms(floor, request), left_ms, floor.minimum_ms)
        if granted_ms is None:
            raise Refused(
                _(
                    "Only %(left)s is left under the cap, less than the shortest turn of this session (%(minimum)s)."
                    " Close the floor.",
                    left=minutes(max(0, left_ms)),
                    minimum=minutes(floor.minimum_ms),
                )
            )
        acting.start_turn(floor, request, granted_ms, spent_ms, now)
        floor.opened_at = floor.opened_at or now
        acting.finish(floor, request, Act.GIVE, actor=actor, now=now, granted_ms=granted_ms, spent_before_ms=spent_ms)


def _limit_ms(floor: Floor, request: FloorRequest) -> int:
    category = request.organisation.category if request.organisation is not None else None
    return rules.limit_for(category, floor.limit_ms, floor.limits_ms)


def pause(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Stop the clock of the turn for a moment, for a point of order: nobody else is given the floor meanwhile."""
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.PAUSE):
            floor, request = target
            request.turns[-1].paused_at = now
            acting.finish(floor, request, Act.PAUSE, actor=actor, now=now)


def resume(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Let the clock of a paused turn run on."""
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.RESUME):
            floor, request = target
            paused_ms = acting.run_on(request, now)
            acting.finish(floor, request, Act.RESUME, actor=actor, now=now, paused_ms=paused_ms)


def end(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """End the turn: what it used is charged, overrun included. The floor closes when the cap is reached."""
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.END):
            floor, request = target
            acting.finish(floor, request, Act.END, actor=actor, now=now, used_ms=acting.stop(request, now))
            acting.close_if_over(floor, actor=actor, now=now)


def set_aside(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """The speaker's connection was lost: they wait at the top again, and what they used is charged.

    Where that closes the floor, they were not reached.
    """
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.SET_ASIDE):
            floor, request = target
            used_ms = acting.stop(request, now)
            front = rules.rank_at_front(placing.ranks(floor))
            acting.finish(floor, request, Act.SET_ASIDE, rank=front, actor=actor, now=now, used_ms=used_ms)
            acting.close_if_over(floor, actor=actor, now=now)


def mark_absent(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Somebody is not there: the turn is lost. What ran of a turn already begun is charged."""
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.MARK_ABSENT):
            floor, request = target
            held = Status(request.status) in rules.HOLDING
            facts: dict[str, Any] = {"used_ms": acting.stop(request, now)} if held else {}
            acting.finish(floor, request, Act.MARK_ABSENT, actor=actor, now=now, **facts)
            acting.close_if_over(floor, actor=actor, now=now)


def decline(*, session_id: int, request_id: int, version: int, reason: str, actor: Actor, now: dt.datetime) -> None:
    """The chair does not give the floor to this request; the participant is told why. Refused without a reason."""
    reason = reason.strip()
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.DECLINE):
            floor, request = target
            if not reason:
                raise Refused(_("Say why the request is declined; %(name)s is told.", name=acting.name_of(request)))
            request.reason = reason
            acting.finish(floor, request, Act.DECLINE, actor=actor, now=now, reason=reason)
            tell_declined(floor, request, now=now)


def put_back(*, session_id: int, request_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Take back "absent" or "declined": the request waits again, where the floor's rule puts a newcomer.

    Who was told of the decline is told that it no longer holds.
    Refused once the floor has closed, where the person has asked again since, and while their organisation has as many
    requests open as the floor allows.
    """
    with transaction():
        if target := acting.begin(session_id, request_id, version, Act.PUT_BACK):
            floor, request = target
            acting.refuse_closed(floor)
            acting.refuse_second_request(floor, request)
            was_declined = Status(request.status) is Status.DECLINED
            before = {"reason": request.reason} if request.reason else {}
            request.reason = None
            rank = placing.rank_for_newcomer(
                floor, request.organisation_id, request.capacity, dignitary=request.dignitary
            )
            acting.finish(floor, request, Act.PUT_BACK, rank=rank, before=before, actor=actor, now=now)
            if was_declined:
                tell_listed_again(floor, request, now)


def correct_used(
    *, session_id: int, request_id: int, version: int, used_ms: int, reason: str, actor: Actor, now: dt.datetime
) -> None:
    """Mend a forgotten "end": set what the request's last turn used; ends it if it still runs. Logged with the reason.

    The time of the session's last turn can be raised, up to that between its start and its end. Once another turn has
    begun it can only be lowered: what was granted since rests on it. Refused without a reason. A floor that has closed
    stays closed.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why the time is corrected; the reason is kept in the log."))
    with transaction():
        floor = acting.lock_floor(session_id)
        request = acting.find(floor, request_id)
        turn = acting.latest_turn(request)
        if turn is None:
            raise Refused(_("%(name)s has not had the floor.", name=acting.name_of(request)))
        if turn.used_ms == used_ms:
            return
        acting.refuse_stale(floor, version)
        _refuse_used(turn, used_ms, now)
        before = {"used_ms": rules.used(turn, now), "status": request.status}
        turn.used_ms = used_ms
        if turn.ended_at is None and turn.started_at is not None:
            turn.ended_at = now
        if Status(request.status) in rules.HOLDING:
            request.status = rules.TRANSITIONS[Status(request.status), Act.END]
        acting.chair_acted(floor)
        after = {"used_ms": used_ms, "reason": reason}
        acting.log(floor, "floor.corrected", request, actor=actor, now=now, before=before, after=after)
        acting.close_if_over(floor, actor=actor, now=now)


def _refuse_used(turn: Turn, used_ms: int, now: dt.datetime) -> None:
    """Refuse a time that the turn cannot have taken, and one that would take from the grants that came after it."""
    longest_ms = _longest(turn, now)
    if not 0 <= used_ms <= longest_ms:
        raise Refused(_("The turn lasted %(time)s: the corrected time must lie within that.", time=minutes(longest_ms)))
    charged_ms = rules.used(turn, now)
    later = sa.select(Turn.id).where(Turn.session_id == turn.session_id, Turn.id > turn.id).limit(1)
    if used_ms > charged_ms and db.session.scalar(later) is not None:
        raise Refused(
            _(
                "Another turn has begun since: the time of this one can be lowered from %(time)s, but not raised.",
                time=minutes(charged_ms),
            )
        )


def _longest(turn: Turn, now: dt.datetime) -> int:
    """The longest that a turn can have taken; one from a meeting file has no times, and the cap is its bound."""
    if turn.started_at is None:
        return turn.cap_ms
    return max(0, rules.milliseconds((turn.ended_at or now) - turn.started_at))
