"""What is decided of a floor itself: its cap, speaking limits, when and how many may ask; the link of its display."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.display import minutes
from meetings.floor import rules
from meetings.floor.commands import acting
from meetings.floor.rules.balance import CATEGORIES
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.models.meeting import Session
from meetings.refusals import Refused


def set_floor(*, session_id: int, cap_ms: int, limit_ms: int, minimum_ms: int, actor: Actor, now: dt.datetime) -> None:
    """Give a session a floor, or change its settings. The cap cannot change once the floor has been given."""
    _refuse_cap(cap_ms)
    wanted = {"cap_ms": cap_ms, "limit_ms": limit_ms, "minimum_ms": minimum_ms}
    with transaction():
        session = locked(Session, Session.id == session_id)  # a floor that is not there yet cannot be locked
        if session is None:
            raise Refused(_("This session is no longer in the programme."))
        floor = locked(Floor, Floor.session_id == session_id)
        _refuse_times(cap_ms, minimum_ms, [limit_ms, *(floor.limits_ms.values() if floor else ())])
        if floor is None:
            floor = Floor(session_id=session_id, version=1, chair_version=1, **wanted)
            db.session.add(floor)
            db.session.flush()
            acting.log(floor, "floor.set", actor=actor, now=now, after=dict(wanted))
            return
        before = {name: getattr(floor, name) for name in wanted}
        if before == wanted:
            return
        if cap_ms != floor.cap_ms and (floor.opened_at is not None or _has_turns(session_id)):
            raise Refused(_("The floor of this session has opened: its cap can no longer change."))
        acting.refuse_minimum(floor, minimum_ms, now)
        for name, value in wanted.items():
            setattr(floor, name, value)
        acting.chair_acted(floor)
        acting.log(floor, "floor.set", actor=actor, now=now, before=before, after=dict(wanted))


def _has_turns(session_id: int) -> bool:
    """Whether anybody has spoken: the turns of a meeting file do not open the floor, but stand under its cap."""
    return db.session.scalar(sa.select(Turn.id).where(Turn.session_id == session_id).limit(1)) is not None


def _refuse_cap(cap_ms: int) -> None:
    if not 0 < cap_ms <= rules.CAP_MS:
        raise Refused(_("A floor lasts at most %(cap)s minutes.", cap=rules.CAP_MS // 60_000))


def _refuse_times(cap_ms: int, minimum_ms: int, limits_ms: Collection[int]) -> None:
    if not 0 < minimum_ms <= min(limits_ms):
        raise Refused(_("The shortest turn must be longer than nothing and not longer than any speaking limit."))
    if minimum_ms > cap_ms:
        raise Refused(_("The shortest turn cannot be longer than the whole floor."))
    if max(limits_ms) > cap_ms:
        raise Refused(_("A speaking limit cannot be longer than the whole floor (%(cap)s).", cap=minutes(cap_ms)))


def set_limit(*, session_id: int, limit_ms: int, version: int, actor: Actor, now: dt.datetime) -> None:
    """Set the speaking limit for all; a category's own stays where it is shorter. The turn that runs keeps its grant.

    Refused for less than the shortest turn, for more than the cap, and once the floor has closed.
    """
    with transaction():
        floor = acting.lock_floor(session_id)
        acting.refuse_closed(floor)
        limits_ms = rules.trimmed(floor.limits_ms, limit_ms)
        _refuse_times(floor.cap_ms, floor.minimum_ms, [limit_ms, *limits_ms.values()])
        wanted = {"limit_ms": limit_ms, "limits_ms": limits_ms}
        acting.change(floor, version, wanted, "floor.limit_set", actor=actor, now=now)


def set_settings(
    *,
    session_id: int,
    limit_ms: int,
    limits_ms: Mapping[str, int],
    minimum_ms: int,
    warning_ms: int,
    asking_opens: dt.datetime | None,
    asking_closes: dt.datetime | None,
    max_requests: int | None,
    per_organisation: int,
    version: int,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Set everything of a floor but its cap. `limits_ms` is by category; the window is wall clock, each end optional.

    Refused once the floor has closed, for limits above the cap, and for a longer shortest turn than what is left. The
    turn that runs keeps its grant, and requests that are on the list stay there.
    """
    with transaction():
        floor = acting.lock_floor(session_id)
        acting.refuse_closed(floor)
        wanted = {
            "limit_ms": limit_ms,
            "limits_ms": dict(limits_ms),
            "minimum_ms": minimum_ms,
            "warning_ms": warning_ms,
            "asking_opens": asking_opens,
            "asking_closes": asking_closes,
            "max_requests": max_requests,
            "per_organisation": per_organisation,
        }
        _refuse_times(floor.cap_ms, minimum_ms, [limit_ms, *limits_ms.values()])
        _refuse_settings(wanted)
        acting.refuse_minimum(floor, minimum_ms, now)
        acting.change(floor, version, wanted, "floor.settings_set", actor=actor, now=now)


def _refuse_settings(wanted: Mapping[str, Any]) -> None:
    """Refuse what has no sense, but for the limits' lengths."""
    if not wanted["limits_ms"].keys() <= set(CATEGORIES):
        raise Refused(_("There is no such category of stakeholders."))
    if not 0 <= wanted["warning_ms"] <= rules.CAP_MS:
        raise Refused(_("The warning before the end of a turn lies between nothing and 45 minutes."))
    opens, closes = wanted["asking_opens"], wanted["asking_closes"]
    if opens is not None and closes is not None and opens >= closes:
        raise Refused(_("The list must open before it closes."))
    if wanted["max_requests"] is not None and wanted["max_requests"] < 1:
        raise Refused(_("The list takes at least one request, or leave its maximum empty."))
    if wanted["per_organisation"] < 1:
        raise Refused(_("At least one request of an organization can be on the list at a time."))


def remove_floor(*, session_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take the floor away from a session. Refused once somebody has asked for it."""
    with transaction():
        floor = locked(Floor, Floor.session_id == session_id)
        if floor is None:
            return
        asked = sa.select(FloorRequest.id).where(FloorRequest.session_id == session_id).limit(1)
        if floor.opened_at is not None or db.session.scalar(asked) is not None:
            raise Refused(_("Participants have asked for the floor of this session: it cannot be removed."))
        acting.log(floor, "floor.removed", actor=actor, now=now, before={"cap_ms": floor.cap_ms})
        db.session.delete(floor)


def renew_display(*, session_id: int, serial: int, actor: Actor, now: dt.datetime) -> None:
    """Replace the room display's link with this serial: it leads nowhere then. Does nothing where that was done."""
    with transaction():
        floor = acting.lock_floor(session_id)
        if floor.display_serial != serial:
            return
        floor.display_serial += 1
        acting.log(floor, "floor.display_renewed", actor=actor, now=now, after={"display_serial": floor.display_serial})


def renew_interpreters(*, session_id: int, serial: int, actor: Actor, now: dt.datetime) -> None:
    """Replace the interpreters' link with this serial: it leads nowhere then. Does nothing where that was done."""
    with transaction():
        floor = acting.lock_floor(session_id)
        if floor.interpreters_serial != serial:
            return
        floor.interpreters_serial += 1
        after = {"interpreters_serial": floor.interpreters_serial}
        acting.log(floor, "floor.interpreters_renewed", actor=actor, now=now, after=after)
