"""What the chair and the desk do with the list of speakers as a whole."""

import datetime as dt

from flask_babel import gettext as _

from meetings.database import transaction
from meetings.floor import rules
from meetings.floor.commands import acting, placing
from meetings.floor.rules import Status, asking
from meetings.journal import Actor
from meetings.models.floor import Floor
from meetings.refusals import Refused


def move(
    *, session_id: int, request_id: int, place: int, reason: str, version: int, actor: Actor, now: dt.datetime
) -> None:
    """Put a waiting request at a place of the list, counted from 1. Refused without a reason, kept in the log."""
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why; the reason is kept in the log."))
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
        placing.reorder(waiting, wanted)
        acting.chair_acted(floor)
        before = {"place": ids.index(request_id) + 1, "order": ids}
        after = {"place": wanted.index(request_id) + 1, "reason": reason}
        acting.log(floor, "floor.moved", request, actor=actor, now=now, before=before, after=after)


def set_dignitary(
    *, session_id: int, request_id: int, dignitary: bool, version: int, actor: Actor, now: dt.datetime
) -> None:
    """Say that a waiting speaker is a dignitary, or is not. The list stays as it is until it is ordered again."""
    with transaction():
        floor = acting.lock_floor(session_id)
        request = acting.find(floor, request_id)
        if request.dignitary == dignitary:
            return
        acting.refuse_stale(floor, version)
        if Status(request.status) not in rules.WAITING:
            raise Refused(_("%(name)s is not waiting any more.", name=acting.name_of(request)))
        request.dignitary = dignitary
        acting.chair_acted(floor)
        change = {"before": {"dignitary": not dignitary}, "after": {"dignitary": dignitary}}
        acting.log(floor, "floor.dignitary_set", request, actor=actor, now=now, **change)


def open_list(*, session_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Let participants ask for the floor (again): a bound of the window that is in the way is dropped.

    Refused once the floor has closed or the meeting is over.
    """
    with transaction():
        floor = acting.lock_floor(session_id)
        acting.refuse_over(floor, now)
        acting.refuse_closed(floor)
        _set(floor, version, {"list_open": True} | _without_bound(floor, now), actor=actor, now=now)


def _without_bound(floor: Floor, now: dt.datetime) -> dict[str, None]:
    """The bounds of the window that keep anybody from asking now, as nothing."""
    timezone = floor.session.meeting.timezone
    dropped: dict[str, None] = {}
    if floor.asking_opens is not None and now < asking.earliest(floor.asking_opens, timezone):
        dropped["asking_opens"] = None
    if floor.asking_closes is not None and now >= asking.latest(floor.asking_closes, timezone):
        dropped["asking_closes"] = None
    return dropped


def close_list(*, session_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Take no further requests; who waits keeps their place."""
    with transaction():
        _set(acting.lock_floor(session_id), version, {"list_open": False}, actor=actor, now=now)


def _set(floor: Floor, version: int, wanted: dict[str, bool | None], *, actor: Actor, now: dt.datetime) -> None:
    kind = "floor.list_opened" if wanted["list_open"] else "floor.list_closed"
    acting.change(floor, version, wanted, kind, actor=actor, now=now)


def close_floor(*, session_id: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """End the floor of the session for good: who still waits was not reached. Refused while somebody speaks."""
    with transaction():
        floor = acting.lock_floor(session_id)
        if floor.closed_at is not None:
            return
        acting.refuse_stale(floor, version)
        acting.refuse_other_speaker(floor)
        acting.close(floor, actor=actor, now=now)
