"""What participants do: ask for the floor, let a colleague speak, lower their own place, and withdraw."""

import datetime as dt
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from meetings import calendar_days
from meetings.database import db, transaction
from meetings.floor import rules
from meetings.floor.asking_words import asking_in_words
from meetings.floor.commands import acting, placing
from meetings.floor.commands.statements import Draft, columns, keep, own
from meetings.floor.queries.asking import Standing, standing
from meetings.floor.rules import Act, Status
from meetings.floor.rules.asking import Asking, asking
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest
from meetings.refusals import Refused

# Who asks for the floor of a session in this process at the same moment as others: one after the other.
_turns: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to somebody who asks for the floor: their request, and whether it is new or its details changed."""

    request_id: int
    added: bool = False
    changed: bool = False


def ask(
    *,
    session_id: int,
    registration_id: int,
    capacity: str,
    on_behalf_of: str | None,
    language: str | None,
    topic: str | None,
    statement: Draft | None,
    latest_seen: int | None,
    actor: Actor,
    now: dt.datetime,
) -> Asked:
    """Put a participant on the list, or bring the details of their waiting request up to date.

    `capacity`: `organisation`, `joint` (then `on_behalf_of` names the others) or `national`. Without a `statement`,
    one sent before stays. `latest_seen` is the newest request of theirs in this session that they knew of (None:
    none): so a form that is sent twice asks once, even when the first has been heard meanwhile.

    Only confirmed registrations may ask, while requests are taken (rules/asking.py), and so many of one organisation
    as the floor lets wait at a time.
    """
    _refuse_capacity(capacity, on_behalf_of)
    details = {"capacity": capacity, "on_behalf_of": on_behalf_of, "language": language, "topic": topic}
    sent = columns(statement)
    with transaction(_turns[session_id]):
        floor = acting.lock_floor(session_id)
        acting.refuse_over(floor, now)
        who = _may_ask(floor, registration_id)
        if who.newest_id is not None and who.newest_status in rules.WAITING:
            waiting = acting.find(floor, who.newest_id)
            return _bring_up_to_date(floor, waiting, details, sent, actor=actor, now=now)
        if who.newest_id is not None and (who.newest_status in rules.OPEN or who.newest_id != latest_seen):
            return Asked(who.newest_id)
        _refuse_to_list(floor, who, now)
        request = FloorRequest(
            session_id=floor.session_id,
            registration_id=registration_id,
            person_id=who.person_id,
            organisation_id=who.organisation_id,
            status=Status.REQUESTED,
            rank=placing.rank_for_newcomer(floor, who.organisation_id, capacity),
            requested_at=now,
            **details,
        )
        db.session.add(request)
        floor.version += 1
        acting.log(floor, "floor.requested", request, actor=actor, now=now)
        if sent:
            keep(floor, request, sent, actor=actor, now=now)
        return Asked(request.id, added=True)


def _refuse_capacity(capacity: str, on_behalf_of: str | None) -> None:
    if capacity not in ("organisation", "joint", "national"):
        raise Refused(_("Say on whose behalf you will speak."))
    if capacity == "joint" and not on_behalf_of:
        raise Refused(_("Name the others that the joint statement is made with."))
    if capacity != "joint" and on_behalf_of:
        raise Refused(_("You have named other organizations: choose a joint statement, or leave the names out."))


def _may_ask(floor: Floor, registration_id: int) -> Standing:
    """How a participant stands to the floor; refused unless their registration for its meeting is confirmed."""
    found = standing(floor.session_id, registration_id)
    if found is None or found.meeting_id != floor.session.meeting_id:
        raise Refused(_("This registration is for another meeting."))
    if found.status != "confirmed":
        raise Refused(_("Only participants whose registration is confirmed can ask for the floor."))
    return found


def _bring_up_to_date(
    floor: Floor,
    request: FloorRequest,
    details: dict[str, Any],
    sent: dict[str, Any],
    *,
    actor: Actor,
    now: dt.datetime,
) -> Asked:
    after = {name: value for name, value in details.items() if value != getattr(request, name)}
    before = {name: getattr(request, name) for name in after}
    for name, value in after.items():
        setattr(request, name, value)
    kept = bool(sent) and keep(floor, request, sent, actor=actor, now=now)
    if not after and not kept:
        return Asked(request.id)
    if after:
        floor.version += 1
        acting.log(floor, "floor.request_changed", request, actor=actor, now=now, before=before, after=after)
    return Asked(request.id, changed=True)


def _refuse_to_list(floor: Floor, who: Standing, now: dt.datetime) -> None:
    meeting = floor.session.meeting
    over = calendar_days.is_over(meeting.end_date or meeting.start_date, meeting.timezone, now)
    used_up = rules.is_over(rules.left(floor.cap_ms, who.used_ms), floor.minimum_ms)
    taken = asking(floor, counted=who.counted, over=over, timezone=meeting.timezone, now=now, used_up=used_up)
    if taken is not Asking.OPEN:
        why = asking_in_words(taken, floor, meeting.timezone)
        raise Refused(_("%(why)s You were not added.", why=why))
    if who.organisation_id is not None and who.colleagues >= floor.per_organisation:
        raise Refused(
            _(
                "Your organization is on the list of this session already, by a colleague's request, and has no place"
                " left: %(places)s at a time. You were not added.",
                places=floor.per_organisation,
            )
        )


def withdraw(*, request_id: int, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take a participant's own waiting request off the list. Refused while they speak and after that."""
    with transaction():
        floor, request = own(request_id, registration_id)
        if request.status == Status.WITHDRAWN:
            return
        status = rules.after(Status(request.status), Act.WITHDRAW)
        if status is None:
            raise Refused(_("This request can no longer be withdrawn."))
        before = request.status
        request.status = status
        floor.version += 1
        acting.log(floor, "floor.withdraw", request, actor=actor, now=now, before={"status": before})


def substitute(*, request_id: int, registration_id: int, name: str | None, actor: Actor, now: dt.datetime) -> None:
    """Let a colleague speak in a participant's place, or with None the participant after all. A repeat does nothing.

    Refused once the request no longer waits. The log says that it was done, without the name.
    """
    with transaction():
        floor, request = own(request_id, registration_id)
        if request.substitute == name:
            return
        if Status(request.status) not in rules.WAITING:
            raise Refused(_("This request no longer waits: who speaks can no longer change."))
        request.substitute = name
        floor.version += 1
        facts = {"substitute": name is not None}
        acting.log(floor, "floor.substituted", request, actor=actor, now=now, after=facts)


def lower_place(
    *, request_id: int, registration_id: int, place: int | None, to_end: bool, actor: Actor, now: dt.datetime
) -> bool:
    """Let the next one go before a participant's own request, or everybody who waits; False where nothing changes.

    `place` is the one that they saw, counted from 1. Where the request stands elsewhere by now, by the same press
    sent twice or by what others did, nothing is done. Refused for somebody who is called or whose turn was
    interrupted: the chair counts on them. Nobody else loses by it, so the chair's view of the list is not made stale.
    """
    with transaction():
        floor, request = own(request_id, registration_id)
        if request.status != Status.REQUESTED:
            raise Refused(_("You cannot lower your place now: you are called, or no longer on the list."))
        waiting = acting.waiting(floor)
        ids = [each.id for each in waiting]
        before = ids.index(request_id) + 1
        after = len(ids) if to_end else min(before + 1, len(ids))
        if place != before or after == before:
            return False
        placing.reorder(waiting, rules.moved(ids, request_id, after))
        floor.version += 1
        places = {"before": {"place": before}, "after": {"place": after}}
        acting.log(floor, "floor.lowered", request, actor=actor, now=now, **places)
        return True
