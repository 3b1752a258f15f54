"""What is read when somebody asks for the floor: once for the form they send, once more under the floor's lock.

When a list opens, hundreds ask at once, and one after the other is let in. So each of the two is one statement, made
when this module is loaded, and takes as long for the last of a long list as for the first.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from meetings.database import db
from meetings.floor import rules
from meetings.floor.queries.heads import languages_spoken
from meetings.floor.queries.participants import likely_language
from meetings.floor.rules import Status
from meetings.floor.rules.asking import COUNTED
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Person, Registration


@dataclass(frozen=True, slots=True)
class Wish:
    """A participant's newest request in a session, as far as the form to ask for the floor shows it."""

    id: int
    status: Status
    language: str | None
    topic: str | None
    capacity: str
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who sends the form to ask for the floor of a session, and what that form is made from."""

    registration_id: int
    session_id: int
    languages: tuple[str, ...]  # those that may be spoken
    language: str | None  # that they are likely to speak
    newest: Wish | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a registered participant comes onto the list, and what their request is made from."""

    meeting_id: int
    status: str  # of the registration
    person_id: int
    organisation_id: int | None
    newest_id: int | None  # their newest request in the session
    newest_status: Status | None
    counted: int  # the requests that count towards the floor's maximum; 0 where it has none
    used_ms: int  # by the turns that have ended
    colleagues: int  # the open requests of their organisation


def _newest_in(session_id: InstrumentedAttribute[int]) -> sa.ScalarSelect[int]:
    """The newest request of the statement's registration in the statement's session."""
    query = sa.select(sa.func.max(FloorRequest.id)).where(
        FloorRequest.session_id == session_id, FloorRequest.registration_id == Registration.id
    )
    return query.correlate(Floor, Session, Registration).scalar_subquery()


_ASKER = (
    sa.select(
        Session.id,
        Meeting.languages,
        Sitting.interpretation,
        Person.language,
        Registration.languages.label("understood"),
        *(getattr(FloorRequest, name).label(f"newest_{name}") for name in Wish.__slots__),
    )
    .select_from(Registration)
    .join(Person, Person.id == Registration.person_id)
    .join(Meeting, Meeting.id == Registration.meeting_id)
    .join(Session, Session.meeting_id == Meeting.id)
    .join(Floor, Floor.session_id == Session.id)
    .outerjoin(Sitting, Sitting.id == Session.sitting_id)
    .outerjoin(FloorRequest, FloorRequest.id == _newest_in(Session.id))
    .where(
        Registration.id == sa.bindparam("registration_id"),
        Registration.link_serial == sa.bindparam("link_serial"),
        Meeting.published_at.is_not(None),
        Session.key == sa.bindparam("key"),
    )
)


def asker(registration_id: int, link_serial: int, key: str) -> Asker | None:
    """Who asks for the floor of a session by a personal link.

    None when a newer link has replaced it, while the meeting is a draft, and without such a session or floor.
    """
    values = {"registration_id": registration_id, "link_serial": link_serial, "key": key}
    row = db.session.execute(_ASKER, values).one_or_none()
    if row is None:
        return None
    newest = None
    if row.newest_id is not None:
        newest = Wish(
            id=row.newest_id,
            status=Status(row.newest_status),
            language=row.newest_language,
            topic=row.newest_topic,
            capacity=row.newest_capacity,
            on_behalf_of=row.newest_on_behalf_of,
        )
    return Asker(
        registration_id=registration_id,
        session_id=row.id,
        languages=languages_spoken(row.languages, row.interpretation),
        language=likely_language(row.language, row.understood),
        newest=newest,
    )


_COUNTED = (
    sa.select(sa.func.count())
    .where(FloorRequest.session_id == Floor.session_id, FloorRequest.status.in_(COUNTED))
    .correlate(Floor)
    .scalar_subquery()
)
_USED_MS = (
    sa.select(sa.func.coalesce(sa.func.sum(Turn.used_ms), 0))
    .where(Turn.session_id == Floor.session_id)
    .correlate(Floor)
    .scalar_subquery()
)
_COLLEAGUES = (
    sa.select(sa.func.count())
    .where(FloorRequest.session_id == Floor.session_id, FloorRequest.organisation_id == Person.organisation_id)
    .where(FloorRequest.status.in_(rules.OPEN))
    .correlate(Floor, Person)
    .scalar_subquery()
)
_STANDING = (
    sa.select(
        Registration.meeting_id,
        Registration.status,
        Registration.person_id,
        Person.organisation_id,
        FloorRequest.id.label("newest_id"),
        FloorRequest.status.label("newest_status"),
        sa.case((Floor.max_requests.is_not(None), _COUNTED), else_=0).label("counted"),
        _USED_MS.label("used_ms"),
        _COLLEAGUES.label("colleagues"),
    )
    .select_from(Registration)
    .join(Person, Person.id == Registration.person_id)
    .join(Floor, Floor.session_id == sa.bindparam("session_id"))
    .outerjoin(FloorRequest, FloorRequest.id == _newest_in(Floor.session_id))
    .where(Registration.id == sa.bindparam("registration_id"))
)


def standing(session_id: int, registration_id: int) -> Standing | None:
    """How a registration stands to the floor of a session, which the caller has locked; None without either."""
    row = db.session.execute(_STANDING, {"session_id": session_id, "registration_id": registration_id}).one_or_none()
    if row is None:
        return None
    return Standing(
        meeting_id=row.meeting_id,
        status=row.status,
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        newest_id=row.newest_id,
        newest_status=Status(row.newest_status) if row.newest_status is not None else None,
        counted=row.counted,
        used_ms=int(row.used_ms),  # PostgreSQL's sums are decimals
        colleagues=row.colleagues,
    )
