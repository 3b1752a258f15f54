"""Undoing the last act of the chair or the desk, by a further act that compensates it. Time is never given back."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.floor import rules
from meetings.floor.commands import acting, placing
from meetings.floor.commands.telling import tell_declined, tell_listed_again
from meetings.floor.rules import HOLDING, Status
from meetings.floor.rules.undoing import Undoing, undoing
from meetings.floor.words import statuses
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest
from meetings.models.message import Event
from meetings.refusals import Refused

_INSTANTS = ("asking_opens", "asking_closes")  # wall clock, kept in the log as text


def undo(*, session_id: int, event_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Undo the act that a line of the log is of, which must be the last one of the chair or the desk.

    Refused for what cannot be undone (rules/undoing.py), and where the participant has changed the request since.
    """
    with transaction():
        floor = acting.lock_floor(session_id)
        event = db.session.get(Event, event_id)
        request = _target(floor, event) if event is not None else None
        if event is None or (request is None and event.target != f"session:{session_id}"):
            raise Refused(_("There is nothing of the kind to undo."))
        if _is_undone(event):
            return
        acting.refuse_stale(floor, version)
        before, after = event.before or {}, event.after or {}
        how = undoing(event.kind, before.get("status") in HOLDING)
        if how is None:
            raise Refused(_("This cannot be undone."))
        if after.get("version") != floor.chair_version:
            raise Refused(_("Only the last act can be undone; somebody has acted since."))
        if request is None:
            facts = _undo_on_list(floor, how, before, now)
        else:
            _refuse_changed(request, after)
            facts = _undo_on_request(floor, request, how, before, now)
        acting.chair_acted(floor)
        undone = {"undone": event.kind, "event": event.id}
        acting.log(floor, "floor.undone", request, actor=actor, now=now, after=undone | facts)
        if request is not None:
            _tell(floor, request, event, now)
        acting.close_if_over(floor, actor=actor, now=now)


def _tell(floor: Floor, request: FloorRequest, event: Event, now: dt.datetime) -> None:
    """Mail the participant whom the act's own mail has told what no longer holds."""
    if event.kind == "floor.decline":
        tell_listed_again(floor, request, now)
    elif Status(request.status) is Status.DECLINED:
        tell_declined(floor, request, now=now)


def _target(floor: Floor, event: Event) -> FloorRequest | None:
    """The request that an act was on, None for an act on the list as a whole."""
    what, _colon, number = (event.target or "").partition(":")
    return acting.find(floor, int(number)) if what == "request" else None


def _is_undone(event: Event) -> bool:
    later = sa.select(Event.after).where(
        Event.kind == "floor.undone", Event.target == event.target, Event.id > event.id
    )
    return any((facts or {}).get("event") == event.id for facts in db.session.scalars(later))


def _refuse_changed(request: FloorRequest, after: dict[str, Any]) -> None:
    """Refuse where the participant has withdrawn since, say: what they did themselves stands."""
    if request.status != after.get("status"):
        raise Refused(
            _(
                "This cannot be undone: the request of %(name)s has changed since. Now: %(status)s.",
                name=acting.name_of(request),
                status=statuses()[request.status],
            )
        )


def _undo_on_list(floor: Floor, how: Undoing, before: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    """Set columns of the floor, and the order of the list where the act changed it, as they were.

    Refused where less is left by now than the shortest turn was.
    """
    acting.refuse_minimum(floor, before.get("minimum_ms", 0), now)
    ids = before.get("order") if how is Undoing.ORDER else None
    columns = {name: value for name, value in before.items() if name != "order"}
    for name, value in columns.items():
        setattr(floor, name, dt.datetime.fromisoformat(value) if name in _INSTANTS and value else value)
    return columns | ({"order": _restore_order(floor, ids)} if ids is not None else {})


def _restore_order(floor: Floor, before: list[int]) -> list[int]:
    waiting = acting.waiting(floor)
    ids = rules.restored([each.id for each in waiting], before)
    placing.reorder(waiting, ids)
    return ids


def _undo_on_request(
    floor: Floor, request: FloorRequest, how: Undoing, before: dict[str, Any], now: dt.datetime
) -> dict[str, Any]:
    match how:
        case Undoing.ORDER:
            return {"place": _put_back_in_order(floor, request, before["order"])}
        case Undoing.DIGNITARY:
            request.dignitary = before["dignitary"]
            return {"dignitary": request.dignitary}
        case Undoing.RUN_ON:
            acting.run_on(request, now)
        case Undoing.HALT:
            request.turns[-1].paused_at = now
        case Undoing.NEW_TURN:
            facts = _go_on(floor, request, before, now)
            _stand_as_before(floor, request, before)
            return facts
        case Undoing.TURN_BACK:
            used_ms = acting.stop(request, now)
            _stand_as_before(floor, request, before)
            return {"used_ms": used_ms}
        case _:
            if Status(request.status) not in rules.OPEN:
                acting.refuse_second_request(floor, request)
    _stand_as_before(floor, request, before)
    return {}


def _stand_as_before(floor: Floor, request: FloorRequest, before: dict[str, Any]) -> None:
    """Others may have new ranks by now, from newcomers and from who let others go first: the old rank is no place."""
    request.status, request.rank = before["status"], before["rank"]
    request.reason = before.get("reason")
    if "order" in before:
        _put_back_in_order(floor, request, before["order"])


def _put_back_in_order(floor: Floor, request: FloorRequest, before: list[int]) -> int:
    """Put a waiting request where it stood among the others, who stay in their order; gives the place."""
    waiting = acting.waiting(floor)
    ids = [each.id for each in waiting]
    wanted = rules.returned([each for each in ids if each != request.id], request.id, before)
    if wanted != ids:
        placing.reorder(waiting, wanted)
    return wanted.index(request.id) + 1


def _go_on(floor: Floor, request: FloorRequest, before: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    """Let a speaker whose turn was ended go on in a new turn, with what they still had; paused, if they were."""
    acting.refuse_closed(floor)
    acting.refuse_other_speaker(floor)
    acting.refuse_unregistered(request)
    if Status(request.status) not in rules.OPEN:
        acting.refuse_second_request(floor, request)
    ended = request.turns[-1]
    spent_ms = acting.spent_ms(floor, now)
    granted_ms = rules.granted_again(
        ended.granted_ms - rules.used(ended, now), rules.left(floor.cap_ms, spent_ms), floor.minimum_ms
    )
    if granted_ms is None:
        raise Refused(_("Too little is left under the cap for %(name)s to go on.", name=acting.name_of(request)))
    turn = acting.start_turn(floor, request, granted_ms, spent_ms, now)
    if before["status"] == Status.PAUSED:
        turn.paused_at = now
    return {"granted_ms": granted_ms, "spent_before_ms": spent_ms}
