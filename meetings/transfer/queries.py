"""Reads a whole meeting out of the database, as a meeting file."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from exports.meeting_file import FORMAT, MeetingFile, MeetingFileError, make
from meetings.database import Base, db
from meetings.models.account import Account
from meetings.models.floor import Floor, FloorRequest, Statement, Turn
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting, MeetingOrganiser, Session, Sitting
from meetings.models.message import Event
from meetings.models.people import CalendarEntry, Organisation, Person, Registration
from meetings.models.programme import Speaker
from meetings.models.report import Point, Report
from meetings.refusals import Refused
from meetings.transfer import columns, report, rules
from meetings.transfer.columns import copied

M = TypeVar("M", bound=Base)
Keys = dict[int | None, str | None]

# States of the floor that a file does not know: somebody waits who waited, was called or was speaking.
_STILL_WAITING = ("called", "speaking", "paused", "set_aside")


def export_meeting(slug: str) -> MeetingFile:
    """The meeting as a file holds it: what people entered, every list in its order. Refuses an unknown slug.

    Protected people are in it, marked: it is the organisers' own file. Removed points are not.
    """
    meeting = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one_or_none()
    if meeting is None:
        raise Refused(_("There is no meeting “%(slug)s”.", slug=slug))
    try:
        return make(_data(meeting))
    except MeetingFileError as error:
        problems = "; ".join(str(problem) for problem in error.problems)
        raise Refused(_("The meeting has what no meeting file can hold: %(problems)s", problems=problems)) from None


def holds_real_data() -> bool:
    """Whether there is anything but demonstration meetings and what belongs to them."""
    real_meeting = sa.select(Meeting.id).where(Meeting.demonstration.is_(False))
    return bool(db.session.scalar(sa.select(real_meeting.exists()))) or (is_empty_of_meetings() and _has_accounts())


def is_empty_of_meetings() -> bool:
    """Whether there is no meeting at all."""
    return not db.session.scalar(sa.select(sa.select(Meeting.id).exists()))


def _has_accounts() -> bool:
    return bool(db.session.scalar(sa.select(sa.select(Account.id).exists())))


def _data(meeting: Meeting) -> dict[str, Any]:
    organisations = _rows(Organisation, meeting)
    people = _rows(Person, meeting)
    sittings = _rows(Sitting, meeting)
    sessions = _rows(Session, meeting, selectinload(Session.roles))
    submissions = _rows(Submission, meeting)
    registrations = _rows(Registration, meeting)
    by_organisation, by_person = _keys(organisations), _keys(people)
    by_session, by_submission = _keys(sessions), _keys(submissions)
    floors = {floor.session_id: floor for floor in _of_sessions(Floor, sessions)}
    points = [point for point in _rows(Point, meeting) if point.removed_at is None]
    return {
        "format": FORMAT,
        "meeting": _meeting(meeting, by_organisation),
        "organisations": [{"id": row.key} | copied(row, columns.ORGANISATION) for row in organisations],
        "people": [
            {"id": row.key, "organisation": by_organisation[row.organisation_id]} | copied(row, columns.PERSON)
            for row in people
        ],
        "sittings": [{"id": row.key} | copied(row, columns.SITTING) for row in sittings],
        "sessions": [_session(row, floors.get(row.id), by_session, _keys(sittings), by_person) for row in sessions],
        "registrations": [_registration(row, by_person) for row in registrations],
        "speakers": _speakers(meeting),
        "floor": _floor(sessions, floors, by_person, by_organisation),
        "points": report.points(points, by_session, by_submission, by_person, by_organisation),
        "call": report.call(meeting.id),
        "submissions": report.submissions(submissions, by_organisation),
        "report": report.report(meeting.id, points),
        "ledger": report.ledger(meeting.id, points),
    }


def _rows(model: Any, meeting: Meeting, *options: Any) -> Sequence[Any]:
    query = sa.select(model).where(model.meeting_id == meeting.id).order_by(model.position, model.id)
    return db.session.scalars(query.options(*options)).all()


def _of_sessions(model: Any, sessions: Iterable[Session]) -> Sequence[Any]:
    return db.session.scalars(sa.select(model).where(model.session_id.in_([row.id for row in sessions]))).all()


def _keys(rows: Iterable[Any]) -> Keys:
    """The key of each row by its number; None has none."""
    return {None: None} | {row.id: row.key for row in rows}


def _meeting(row: Meeting, by_organisation: Keys) -> dict[str, Any]:
    organisers = db.session.scalars(
        sa.select(MeetingOrganiser.organisation_id)
        .where(MeetingOrganiser.meeting_id == row.id)
        .order_by(MeetingOrganiser.position)
    )
    mandate = {"body": row.mandate_body, "resolution": row.mandate_resolution}
    return copied(row, columns.MEETING) | {
        "place": copied(row, columns.PLACE),
        "organisers": [by_organisation[each] for each in organisers],
        "mandate": mandate if any(mandate.values()) else None,
        "dates": {"start": row.start_date, "end": row.end_date},
        "guiding_questions": row.guiding_questions,
        "documents": row.documents,
    }


def _session(row: Session, floor: Floor | None, sessions: Keys, sittings: Keys, people: Keys) -> dict[str, Any]:
    return copied(row, columns.SESSION) | {
        "id": row.key,
        "part_of": sessions[row.part_of_id],
        "sitting": sittings[row.sitting_id],
        "roles": [{"role": role.role, "person": people[role.person_id]} for role in row.roles],
        "floor": floor and _settings(floor),
    }


def _settings(floor: Floor) -> dict[str, Any]:
    """A floor's settings. A category's limit is told as it works: not over a cap that was lowered since, say."""
    limits = {key: max(floor.minimum_ms, min(limit, floor.cap_ms)) for key, limit in floor.limits_ms.items()}
    return copied(floor, columns.FLOOR) | {
        "cap_minutes": _rounded_up(floor.cap_ms, 60_000),
        "limit_seconds": _rounded_up(floor.limit_ms, 1000),
        "minimum_seconds": _rounded_up(floor.minimum_ms, 1000),
        "warning_seconds": _rounded_up(floor.warning_ms, 1000),
        "limits_seconds": {key: _rounded_up(limit, 1000) for key, limit in limits.items()},
    }


def _rounded_up(milliseconds: int, unit: int) -> int:
    return -(-milliseconds // unit)


def _registration(row: Registration, people: Keys) -> dict[str, Any]:
    consent = {name: getattr(row, f"consent_{name}") for name in columns.CONSENT}
    return copied(row, columns.REGISTRATION) | {"person": people[row.person_id], "consent": consent}


def _speakers(meeting: Meeting) -> list[dict[str, Any]]:
    query = sa.select(Speaker, Person.key).join(Speaker.person).where(Speaker.meeting_id == meeting.id)
    return [
        copied(row, columns.SPEAKER) | {"person": key, "consent": _speaker_consent(row)}
        for row, key in db.session.execute(query.order_by(Person.position, Person.id))
    ]


def _speaker_consent(row: Speaker) -> dict[str, bool | None]:
    return {name: getattr(row, f"consent_{name}") for name in columns.SPEAKER_CONSENT}


def _floor(
    sessions: Sequence[Session], floors: dict[int, Floor], people: Keys, organisations: Keys
) -> list[dict[str, Any]]:
    """What was and will be heard, session by session: the spoken in the order of their turns, the others by rank."""
    requests: dict[int, list[FloorRequest]] = {row.id: [] for row in sessions}
    for request in db.session.scalars(
        sa.select(FloorRequest)
        .where(FloorRequest.session_id.in_(requests))
        .options(selectinload(FloorRequest.turns), selectinload(FloorRequest.statement))
    ):
        requests[request.session_id].append(request)
    entries: list[dict[str, Any]] = []
    for session in sessions:
        floor = floors.get(session.id)
        left = floor.cap_ms if floor else 0
        for request in sorted(requests[session.id], key=_place):
            granted, used = _times(_finished(request), left)
            left -= used or 0
            entries.append(
                {
                    "session": session.key,
                    "person": people[request.person_id],
                    "organisation": organisations[request.organisation_id],
                    **copied(request, columns.FLOOR_REQUEST),
                    "capacity": request.capacity,
                    "statement": _statement(request),
                    "status": "requested" if request.status in _STILL_WAITING else request.status,
                    "granted_seconds": _seconds(granted),
                    "spoken_seconds": _seconds(used),
                }
            )
    return entries


def _statement(request: FloorRequest) -> dict[str, Any] | None:
    """What was typed. Of a statement that is a file nothing is carried."""
    row = request.statement
    if row is None or row.text is None:
        return None
    filed_at = None if row.filed_at == request.requested_at else row.filed_at
    return copied(row, columns.STATEMENT) | {"filed_at": filed_at}


def _finished(request: FloorRequest) -> list[Turn]:
    return [turn for turn in request.turns if turn.used_ms is not None]


def _place(request: FloorRequest) -> tuple[bool, int, int]:
    turns = _finished(request)
    return (False, turns[-1].id, 0) if turns else (True, request.rank, request.id)


def _times(turns: list[Turn], left: int) -> tuple[int | None, int | None]:
    """What the last turn was granted, and what all turns used.

    The grant is cut to what is left in the order of the file, where used times were corrected upwards afterwards.
    """
    if not turns or left <= 0:
        return None, None
    return min(turns[-1].granted_ms, left), sum(turn.used_ms or 0 for turn in turns)


def _seconds(milliseconds: int | None) -> Decimal | None:
    return None if milliseconds is None else Decimal(milliseconds) / 1000


def sessions_of(meeting: Meeting) -> sa.Select[int]:
    """The numbers of a meeting's sessions, to be used in conditions."""
    return sa.select(Session.id).where(Session.meeting_id == meeting.id)


def in_use(meeting: Meeting) -> rules.InUse:
    """What has happened in a meeting on screen."""
    sessions = sessions_of(meeting)
    floors = db.session.scalars(sa.select(Floor).where(Floor.session_id.in_(sessions))).all()
    live_turns = sa.select(Turn.id).where(Turn.session_id.in_(sessions), Turn.started_at.is_not(None))
    edited = sa.select(Report.edited_at).where(Report.meeting_id == meeting.id)
    linked = sa.select(Sitting.key).where(
        Sitting.meeting_id == meeting.id, sa.or_(Sitting.join_url.is_not(None), Sitting.teams_state.is_not(None))
    )
    requests = (
        sa.select(Session.key, Person.key, Organisation.key, FloorRequest.requested_at, Statement.text)
        .select_from(FloorRequest)
        .outerjoin(Statement, Statement.request_id == FloorRequest.id)
        .join(Session, FloorRequest.session_id == Session.id)
        .outerjoin(Person, FloorRequest.person_id == Person.id)
        .outerjoin(Organisation, FloorRequest.organisation_id == Organisation.id)
        .where(Session.meeting_id == meeting.id)
    )
    asked: list[rules.StatementMark] = [
        ((session, person, body, at), text) for session, person, body, at, text in db.session.execute(requests)
    ]
    noted = (
        sa.select(Session.key, Submission.key, sa.func.nullif(Point.text, ""))
        .select_from(Point)
        .outerjoin(Session, Point.session_id == Session.id)
        .outerjoin(Submission, Point.submission_id == Submission.id)
        .where(Point.meeting_id == meeting.id, Point.removed_at.is_(None))
    )
    return rules.InUse(
        floor_opened=any(floor.opened_at for floor in floors)
        or db.session.scalar(sa.select(live_turns.exists())) is True,
        report_edited=db.session.scalar(edited) is not None,
        registered=_registered(meeting),
        asked_to_speak=_asked_to_speak(meeting),
        linked=frozenset(db.session.scalars(linked)),
        asked=frozenset(mark for mark, _text in asked),
        stated=frozenset((mark, text) for mark, text in asked if text is not None),
        noted=frozenset((session, submission, text) for session, submission, text in db.session.execute(noted)),
    )


def requests_with_files(sessions: Iterable[Session]) -> dict[rules.RequestMark, FloorRequest]:
    """The requests of these sessions with which a file was sent as a statement."""
    query = (
        sa.select(FloorRequest, Session.key, Person.key, Organisation.key)
        .join(FloorRequest.statement)
        .join(Session, FloorRequest.session_id == Session.id)
        .outerjoin(FloorRequest.person)
        .outerjoin(FloorRequest.organisation)
        .where(FloorRequest.session_id.in_([row.id for row in sessions]), Statement.file_type.is_not(None))
    )
    return {(session, person, body, row.requested_at): row for row, session, person, body in db.session.execute(query)}


def _registered(meeting: Meeting) -> dict[str, rules.RegistrationMark]:
    """What registrations say that were made, changed or invited on screen, by their person's key."""
    target = sa.literal("registration:") + sa.cast(Registration.id, sa.String)
    on_screen = sa.or_(
        Registration.created_at.is_not(None),
        sa.exists().where(Event.meeting_id == meeting.id, Event.target == target),
        sa.exists().where(CalendarEntry.person_id == Registration.person_id),
    )
    query = sa.select(Registration).where(Registration.meeting_id == meeting.id, on_screen)
    rows = db.session.scalars(query.options(joinedload(Registration.person)))
    return {row.person.key: _said(row) for row in rows}


def _said(row: Registration) -> rules.RegistrationMark:
    consent = (getattr(row, f"consent_{name}") for name in columns.CONSENT)
    return (*copied(row, columns.REGISTRATION).values(), *consent)


def _asked_to_speak(meeting: Meeting) -> dict[str, rules.SpeakerMark]:
    """Where those stand who were asked to speak, or answered, on screen, by their key."""
    target = sa.literal("speaker:") + sa.cast(Speaker.id, sa.String)
    on_screen = sa.exists().where(Event.meeting_id == meeting.id, Event.target == target)
    query = sa.select(Speaker, Person.key).join(Speaker.person).where(Speaker.meeting_id == meeting.id, on_screen)
    return {
        key: (*copied(row, columns.SPEAKER).values(), *_speaker_consent(row).values())
        for row, key in db.session.execute(query)
    }
