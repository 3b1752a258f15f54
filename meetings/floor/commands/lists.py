"""What the chair and the desk do with the list of speakers as a whole."""

import datetime as dt

from flask_babel import gettext as _

from meetings.database import transaction
from meetings.floor import rules
from meetings.floor.commands import acting
from meetings.journal import Actor
from meetings.models.floor import Floor
from meetings.refusals import Refused


def move(*, session_id: int, request_id: int, place: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Put a waiting request at a place of the list, counted from 1."""
    with transaction():
        floor = acting.lock_floor(session_id)
        request = acting.find(floor, request_id)
        waiting = acting.waiting(floor)
        if request not in waiting:
            raise Refused(_("%(name)s is not waiting any more.", name=acting.name_of(request)))
        ids = [each.id for each in waiting]
        wanted = rules.moved(ids, request_id, place)
        if wanted == ids:
            return
        acting.refuse_stale(floor, version)
        first = waiting[0].rank
        by_id = {each.id: each for each in waiting}
        for position, each in enumerate(wanted):
            by_id[each].rank = first + position
        acting.chair_acted(floor)
        places = {"before": {"place": ids.index(request_id) + 1}, "after": {"place": wanted.index(request_id) + 1}}
        acting.log(floor, "floor.moved", request, actor=actor, now=now, **places)


def open_list(*, session_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Let participants ask for the floor (again). Refused once the floor has closed or the meeting is over."""
    with transaction():
        floor = acting.lock_floor(session_id)
        acting.refuse_over(floor, now)
        acting.refuse_closed(floor)
        _switch_list(floor, version, list_open=True, actor=actor, now=now)


def close_list(*, session_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Take no further requests; who waits keeps their place."""
    with transaction():
        _switch_list(acting.lock_floor(session_id), version, list_open=False, actor=actor, now=now)


def _switch_list(floor: Floor, version: int, *, list_open: bool, actor: Actor, now: dt.datetime) -> None:
    if floor.list_open == list_open:
        return
    acting.refuse_stale(floor, version)
    floor.list_open = list_open
    acting.chair_acted(floor)
    acting.log(floor, "floor.list_opened" if list_open else "floor.list_closed", actor=actor, now=now)


def close_floor(*, session_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """End the floor of the session for good: who still waits was not reached. Refused while somebody speaks."""
    with transaction():
        floor = acting.lock_floor(session_id)
        if floor.closed_at is not None:
            return
        acting.refuse_stale(floor, version)
        if speaker := acting.holder(floor):
            raise Refused(_("%(name)s has the floor. End their turn first.", name=acting.name_of(speaker)))
        acting.close(floor, actor=actor, now=now)
