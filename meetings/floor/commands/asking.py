"""What participants do: ask for the floor, and withdraw."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.floor import rules
from meetings.floor.commands import acting
from meetings.floor.rules import Act, Status
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest
from meetings.models.people import Registration
from meetings.refusals import Refused


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
    on_behalf_of: str | None,
    language: str | None,
    topic: str | None,
    latest_seen: int | None,
    actor: Actor,
    now: dt.datetime,
) -> Asked:
    """Put a participant on the list, or bring the details of their waiting request up to date.

    `latest_seen` is the newest request of theirs in this session that they knew of (None: none): so a form that is
    sent twice asks once, even when the first has been heard meanwhile. Only confirmed registrations may ask, while
    the list is open and the meeting is not over, and one for each organisation at a time.
    """
    with transaction():
        floor = acting.lock_floor(session_id)
        acting.refuse_over(floor, now)
        registration = _may_ask(floor, registration_id)
        details = {"on_behalf_of": on_behalf_of, "language": language, "topic": topic}
        latest = _latest(floor, registration_id)
        if latest is not None and Status(latest.status) in rules.WAITING:
            return _bring_up_to_date(floor, latest, details, actor=actor, now=now)
        if latest is not None and (Status(latest.status) in rules.OPEN or latest.id != latest_seen):
            return Asked(latest.id)
        _refuse_to_list(floor, registration)
        request = FloorRequest(
            session_id=session_id,
            registration_id=registration_id,
            person_id=registration.person_id,
            organisation_id=registration.person.organisation_id,
            status=Status.REQUESTED,
            rank=rules.rank_at_end(acting.ranks(floor)),
            requested_at=now,
            **details,
        )
        db.session.add(request)
        floor.version += 1
        acting.log(floor, "floor.requested", request, actor=actor, now=now)
        return Asked(request.id, added=True)


def _may_ask(floor: Floor, registration_id: int) -> Registration:
    registration = db.session.get(Registration, registration_id)
    if registration is None or registration.meeting_id != floor.session.meeting_id:
        raise Refused(_("This registration is for another meeting."))
    if registration.status != "confirmed":
        raise Refused(_("Only participants whose registration is confirmed can ask for the floor."))
    return registration


def _latest(floor: Floor, registration_id: int) -> FloorRequest | None:
    return db.session.scalars(
        sa.select(FloorRequest)
        .where(FloorRequest.session_id == floor.session_id, FloorRequest.registration_id == registration_id)
        .order_by(FloorRequest.id.desc())
        .limit(1)
    ).one_or_none()


def _bring_up_to_date(
    floor: Floor, request: FloorRequest, details: dict[str, str | None], *, actor: Actor, now: dt.datetime
) -> Asked:
    before = {name: getattr(request, name) for name in details}
    if before == details:
        return Asked(request.id)
    for name, value in details.items():
        setattr(request, name, value)
    floor.version += 1
    acting.log(floor, "floor.request_changed", request, actor=actor, now=now, before=before, after=dict(details))
    return Asked(request.id, changed=True)


def _refuse_to_list(floor: Floor, registration: Registration) -> None:
    acting.refuse_closed(floor)
    if not floor.list_open:
        raise Refused(_("The list of speakers is closed. You were not added."))
    if acting.organisation_is_listed(floor, registration.person.organisation_id):
        raise Refused(
            _(
                "Your organization is on the list of this session already, by a colleague's request: one request for"
                " each organization at a time. You were not added."
            )
        )


def withdraw(*, request_id: int, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take a participant's own waiting request off the list. Refused while they speak and after that."""
    with transaction():
        request = db.session.get(FloorRequest, request_id)
        if request is None or request.registration_id != registration_id:
            raise Refused(_("This is not a request of yours."))
        floor = acting.lock_floor(request.session_id)
        db.session.refresh(request)
        if request.status == Status.WITHDRAWN:
            return
        status = rules.after(Status(request.status), Act.WITHDRAW)
        if status is None:
            raise Refused(_("This request can no longer be withdrawn."))
        before = request.status
        request.status = status
        floor.version += 1
        acting.log(floor, "floor.withdraw", request, actor=actor, now=now, before={"status": before})
