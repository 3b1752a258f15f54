"""Writes the parts of a meeting file as rows. Rows that have a part's id as their key already are kept."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

from exports.meeting_file import MeetingFile, milliseconds_of
from exports.meeting_file_floor import Floor as FloorPart
from exports.meeting_file_floor import Statement as StatementPart
from meetings.database import Base, db
from meetings.floor.rules.statements import count_words
from meetings.models.floor import Floor, FloorRequest, Statement, Turn
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting, MeetingOrganiser, Role, Session, Sitting
from meetings.models.people import Organisation, Person, Registration
from meetings.models.programme import Speaker
from meetings.transfer import columns, rules
from meetings.transfer.columns import assign, copied
from meetings.transfer.commands.writing_report import fill_submission, write_call, write_points, write_report
from meetings.transfer.queries import requests_with_files

M = TypeVar("M", bound=Base)


def write(meeting: Meeting, file: MeetingFile, now: dt.datetime) -> None:
    """Everything that the file says of a meeting; the meeting's row has its number already."""
    _write_meeting(meeting, file)
    organisations = _matched(Organisation, meeting, file.organisations, columns.ORGANISATION)
    people = _matched(Person, meeting, file.people, columns.PERSON)
    for person in file.people:
        people[person.id].organisation_id = _id(organisations, person.organisation)
    for position, key in enumerate(file.meeting.organisers):
        db.session.add(
            MeetingOrganiser(meeting_id=meeting.id, organisation_id=organisations[key].id, position=position)
        )
    submissions = _matched(Submission, meeting, file.submissions, columns.SUBMISSION)
    for submission in file.submissions:
        fill_submission(submissions[submission.id], submission, _ids(organisations))
    sessions = _write_sessions(meeting, file, people)
    registrations = _write_registrations(meeting, file, people)
    _write_speakers(meeting, file, people)
    _write_floor(file, sessions, people, organisations, registrations)
    sources = (_ids(sessions), _ids(submissions), _ids(people), _ids(organisations))
    write_points(meeting, file, *sources)
    write_call(meeting, file)
    write_report(meeting, file, now)
    db.session.flush()


def _write_meeting(meeting: Meeting, file: MeetingFile) -> None:
    part = file.meeting
    assign(meeting, copied(part, columns.MEETING) | copied(part.place, columns.PLACE))
    meeting.mandate_body = part.mandate.body if part.mandate else None
    meeting.mandate_resolution = part.mandate.resolution if part.mandate else None
    meeting.start_date, meeting.end_date = part.dates.start, part.dates.end
    meeting.guiding_questions = [each.model_dump() for each in part.guiding_questions]
    meeting.documents = [each.model_dump() for each in part.documents]
    meeting.last_key = max(meeting.last_key or 0, rules.last_number(file))
    meeting.version += 1


def _matched(model: type[M], meeting: Meeting, parts: Iterable[Any], names: tuple[str, ...]) -> dict[str, M]:
    """A row for each part of the file, by id: the row that has this key already, or a new one. Others are deleted."""
    table: Any = model
    known: dict[str, Any] = {
        row.key: row for row in db.session.scalars(sa.select(table).filter_by(meeting_id=meeting.id))
    }
    rows: dict[str, M] = {}
    for position, part in enumerate(parts):
        row = known.pop(part.id, None)
        if row is None:
            row = table(meeting_id=meeting.id, key=part.id)
        elif model is Session:
            row.version += 1
        assign(row, copied(part, names) | {"position": position})
        db.session.add(row)
        rows[part.id] = row
    for row in known.values():
        db.session.delete(row)
    db.session.flush()
    return rows


def _id(rows: dict[str, Any], key: str | None) -> int | None:
    return None if key is None else rows[key].id


def _ids(rows: Mapping[str, Any]) -> dict[str | None, int | None]:
    """The number of each row by its key; None has none."""
    return {None: None} | {key: row.id for key, row in rows.items()}


def _write_sessions(meeting: Meeting, file: MeetingFile, people: dict[str, Person]) -> dict[str, Session]:
    kept = {session.id for session in file.sessions if session.floor}
    dropped = sa.select(Session.id).where(Session.meeting_id == meeting.id, Session.key.not_in(kept))
    db.session.execute(sa.delete(Floor).where(Floor.session_id.in_(dropped)))
    links = {row.key: row.join_url for row in meeting.sittings}
    sittings = _matched(Sitting, meeting, file.sittings, columns.SITTING)
    sessions = _matched(Session, meeting, file.sessions, columns.SESSION)
    for key, link in links.items():
        # Pasted after the file was written, or made by Teams: its online meeting goes on, whatever the file knows.
        if key in sittings and (sittings[key].join_url is None or sittings[key].teams_state == "made"):
            sittings[key].join_url = link
    for part in file.sessions:
        row = sessions[part.id]
        row.part_of_id = _id(sessions, part.part_of)
        row.sitting_id = _id(sittings, part.sitting)
        for position, role in enumerate(part.roles):
            db.session.add(Role(session_id=row.id, person_id=people[role.person].id, role=role.role, position=position))
        if part.floor:
            _write_settings(row, part.floor)
    db.session.flush()
    return sessions


def _write_settings(session: Session, part: FloorPart) -> None:
    floor = db.session.get(Floor, session.id) or Floor(session_id=session.id, version=0)
    assign(floor, copied(part, columns.FLOOR))
    floor.cap_ms = part.cap_minutes * 60_000
    floor.limit_ms = part.limit_seconds * 1000
    floor.minimum_ms = part.minimum_seconds * 1000
    floor.warning_ms = part.warning_seconds * 1000
    floor.limits_ms = {category: seconds * 1000 for category, seconds in part.limits_seconds.items()}
    floor.version += 1
    floor.chair_version = floor.version
    db.session.add(floor)


def _write_registrations(meeting: Meeting, file: MeetingFile, people: dict[str, Person]) -> dict[str, Registration]:
    known = {row.person_id: row for row in db.session.scalars(sa.select(Registration).filter_by(meeting_id=meeting.id))}
    rows: dict[str, Registration] = {}
    for position, part in enumerate(file.registrations):
        person_id = people[part.person].id
        row = known.pop(person_id, None) or Registration(meeting_id=meeting.id, person_id=person_id, version=0)
        consent = {f"consent_{name}": getattr(part.consent, name) for name in columns.CONSENT}
        assign(row, copied(part, columns.REGISTRATION) | consent | {"position": position})
        row.version += 1
        db.session.add(row)
        rows[part.person] = row
    for row in known.values():
        db.session.delete(row)
    db.session.flush()
    return rows


def _write_speakers(meeting: Meeting, file: MeetingFile, people: dict[str, Person]) -> None:
    known = {row.person_id: row for row in db.session.scalars(sa.select(Speaker).filter_by(meeting_id=meeting.id))}
    for part in file.speakers:
        person_id = people[part.person].id
        row = known.pop(person_id, None) or Speaker(meeting_id=meeting.id, person_id=person_id, version=0)
        consent = {f"consent_{name}": getattr(part.consent, name) for name in columns.SPEAKER_CONSENT}
        assign(row, copied(part, columns.SPEAKER) | consent)
        row.version += 1
        db.session.add(row)
    for row in known.values():
        db.session.delete(row)
    db.session.flush()


def _write_floor(
    file: MeetingFile,
    sessions: dict[str, Session],
    people: dict[str, Person],
    organisations: dict[str, Organisation],
    registrations: dict[str, Registration],
) -> None:
    caps = {part.id: part.floor.cap_minutes * 60_000 for part in file.sessions if part.floor}
    spent = dict.fromkeys(caps, 0)
    kept = requests_with_files(sessions.values())
    for rank, entry in enumerate(file.floor, start=1):
        request = kept.pop(rules.request_mark(entry), None) or FloorRequest()
        places = {
            "session_id": sessions[entry.session].id,
            "person_id": _id(people, entry.person),
            "organisation_id": _id(organisations, entry.organisation),
            "registration_id": _id(registrations, entry.person if entry.person in registrations else None),
            "status": entry.status,
            "rank": rank,
            "capacity": entry.real_capacity,
        }
        assign(request, copied(entry, columns.FLOOR_REQUEST) | places)
        db.session.add(request)
        db.session.flush()
        if entry.statement:
            _write_statement(request, entry.statement)
        if entry.granted_seconds is not None and entry.spoken_seconds is not None:
            used = milliseconds_of(entry.spoken_seconds)
            db.session.add(
                Turn(
                    request_id=request.id,
                    session_id=request.session_id,
                    cap_ms=caps[entry.session],
                    spent_before_ms=spent[entry.session],
                    granted_ms=milliseconds_of(entry.granted_seconds),
                    used_ms=used,
                )
            )
            spent[entry.session] += used


def _write_statement(request: FloorRequest, part: StatementPart) -> None:
    row = request.statement or Statement(request_id=request.id)
    filed_at = part.filed_at or request.requested_at
    assign(row, copied(part, columns.STATEMENT) | {"words": count_words(part.text), "filed_at": filed_at})
    db.session.add(row)
