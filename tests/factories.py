"""What tests put into the database. Every function adds a row inside the caller's transaction and gives it back."""

import datetime as dt
from itertools import count
from typing import Any, TypeVar

from meetings.database import Base, db, now
from meetings.models.account import Account, Grant
from meetings.models.floor import Floor, FloorRequest, Statement
from meetings.models.inputs import CallForInputs, Submission, SubmissionFile
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.message import Message
from meetings.models.people import CalendarEntry, Organisation, Person, Registration
from meetings.models.programme import Speaker
from meetings.models.report import LedgerEntry, ParagraphCheck

T = TypeVar("T", bound=Base)

DAY = dt.date(2025, 11, 26)
_numbers = count(1)


def _keep(row: T) -> T:
    db.session.add(row)
    db.session.flush()
    return row


def meeting(**values: Any) -> Meeting:
    """A published meeting of one day in Geneva, online."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"meeting-{number}",
        "title": f"Meeting {number}",
        "mode": "online",
        "timezone": "Europe/Zurich",
        "start_date": DAY,
        "end_date": DAY,
        "languages": ["en"],
        "published_at": now(),
    }
    return _keep(Meeting(**(defaults | values)))


def sitting(of: Meeting, **values: Any) -> Sitting:
    """A sitting from 9 to 11 on the meeting's first day."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "key": f"sitting-{number}",
        "position": number,
        "date": of.start_date,
        "start": dt.time(9),
        "end": dt.time(11),
    }
    return _keep(Sitting(**(defaults | values)))


def session(of: Meeting, **values: Any) -> Session:
    """A panel from 9:20 to 11 on the meeting's first day, without a floor."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "key": f"session-{number}",
        "position": number,
        "date": of.start_date,
        "start": dt.time(9, 20),
        "end": dt.time(11),
        "kind": "panel",
        "title": f"Session {number}",
    }
    return _keep(Session(**(defaults | values)))


def floor(of: Session, **values: Any) -> Floor:
    """A floor of 45 minutes with two minutes a speaker and at least 30 seconds, first come first served, no window."""
    defaults: dict[str, Any] = {
        "session_id": of.id,
        "cap_ms": 45 * 60_000,
        "limit_ms": 120_000,
        "minimum_ms": 30_000,
        "per_organisation": 1,
        "policy": "first_come",
        "priority": False,
        "quotas": {},
        "limits_ms": {},
        "warning_ms": 30_000,
    }
    return _keep(Floor(**(defaults | values)))


def organisation(of: Meeting, **values: Any) -> Organisation:
    """A local government."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "key": f"organisation-{number}",
        "position": number,
        "name": f"Demonstration City {number}",
        "category": "local_and_regional_governments",
    }
    return _keep(Organisation(**(defaults | values)))


def person(of: Meeting, **values: Any) -> Person:
    """A person with an organisation of their own."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "key": f"person-{number}",
        "position": number,
        "honorific": "Ms.",
        "given": "Demonstration",
        "family": f"Participant {number}",
        "email": f"participant-{number}@example.org",
    }
    if "organisation_id" not in values:
        defaults["organisation_id"] = organisation(of).id
    return _keep(Person(**(defaults | values)))


def role(of: Session, who: Person, what: str = "panellist", **values: Any) -> Role:
    """Who does what in a session."""
    return _keep(Role(**({"session_id": of.id, "person_id": who.id, "role": what} | values)))


def speaker(who: Person, **values: Any) -> Speaker:
    """Somebody who was asked to speak and has not answered."""
    defaults = {"meeting_id": who.meeting_id, "person_id": who.id, "status": "invited", "invited_at": now()}
    return _keep(Speaker(**(defaults | values)))


def registration(of: Meeting, who: Person | None = None, **values: Any) -> Registration:
    """A confirmed registration, of a new person unless one is given."""
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "person_id": (who or person(of)).id,
        "position": next(_numbers),
        "status": "confirmed",
        "attendance": "online",
        "created_at": now(),
    }
    return _keep(Registration(**(defaults | values)))


def floor_request(of: Session, by: Registration | None = None, **values: Any) -> FloorRequest:
    """A waiting request for the floor: for the own organisation, or a joint statement where it says on whose behalf."""
    defaults: dict[str, Any] = {
        "session_id": of.id,
        "status": "requested",
        "capacity": "joint" if values.get("on_behalf_of") else "organisation",
        "dignitary": False,
        "rank": next(_numbers),
        "requested_at": now(),
    }
    if by is not None:
        defaults |= {
            "registration_id": by.id,
            "person_id": by.person_id,
            "organisation_id": by.person.organisation_id,
        }
    return _keep(FloorRequest(**(defaults | values)))


def statement(of: FloorRequest, **values: Any) -> Statement:
    """A typed statement, to be read as it stands; a file where `file_type` and `content` are given."""
    defaults: dict[str, Any] = {
        "request_id": of.id,
        "delivery": "as_delivered",
        "text": None if "content" in values else "This is a demonstration statement.",
        "words": None if "content" in values else 5,
        "for_record": False,
        "filed_at": now(),
    }
    return _keep(Statement(**(defaults | values)))


def calendar_entry(of: Person, **values: Any) -> CalendarEntry:
    """What a calendar was told of a sitting that begins in an hour, under SEQUENCE 0, without an answer."""
    defaults: dict[str, Any] = {
        "person_id": of.id,
        "uid": f"demonstration.sitting.{next(_numbers)}@rostrum",
        "state": "invited",
        "fingerprint": "f",
        "starts_at": now() + dt.timedelta(hours=1),
        "ends_at": now() + dt.timedelta(hours=3),
    }
    return _keep(CalendarEntry(**(defaults | values)))


def call_for_inputs(of: Meeting, **values: Any) -> CallForInputs:
    """A call with two questions, open without a deadline."""
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "introduction": "Demonstration call",
        "questions": [{"text": "What works?", "items": ["At home?", "Abroad?"]}, {"text": "What not?", "items": []}],
        "deadlines": [],
        "file_types": ["docx", "pdf", "txt"],
        "languages": ["ar", "zh", "en", "fr", "ru", "es"],
        "opened_at": now(),
    }
    return _keep(CallForInputs(**(defaults | values)))


def paragraph_check(of: Person, **values: Any) -> ParagraphCheck:
    """A speaker was sent the frame of a session to look at."""
    defaults = {"meeting_id": of.meeting_id, "person_id": of.id, "key": "session:talk:frame", "asked_at": now()}
    return _keep(ParagraphCheck(**{"text": "The session was held.", **defaults, **values}))


def ledger_entry(of: Meeting, **values: Any) -> LedgerEntry:
    """A recommendation in the ledger."""
    return _keep(LedgerEntry(**{"meeting_id": of.id, "key": "r1", "text": "Demonstrate.", **values}))


def submission(of: Meeting, **values: Any) -> Submission:
    """A submission that was sent in, of a new local government that is not matched yet, which agrees to nothing."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "meeting_id": of.id,
        "key": f"input-{number}",
        "position": number,
        "organisation_name": f"Demonstration Sender {number}",
        "category": "local_and_regional_governments",
        "contact_email": f"sender-{number}@example.org",
        "answers": ["A demonstration answer.", "", ""],
        "themes": [],
        "sent_at": now(),
        "received": DAY,
    }
    return _keep(Submission(**(defaults | values)))


def submission_file(of: Submission, **values: Any) -> SubmissionFile:
    """A text file of a submission."""
    content = values.get("content", b"Good morning.")
    defaults: dict[str, Any] = {
        "submission_id": of.id,
        "name": "demonstration.txt",
        "file_type": "txt",
        "size": len(content),
        "words": 2,
        "content": content,
    }
    return _keep(SubmissionFile(**(defaults | values)))


def account(email: str = "", *roles: str, of: Meeting | None = None) -> Account:
    """An account that holds the roles, in one meeting or everywhere."""
    row = _keep(Account(email=email or f"account-{next(_numbers)}@example.org", created_at=now()))
    for each in roles:
        _keep(Grant(account_id=row.id, role=each, meeting_id=of.id if of else None))
    return row


def message(of: Meeting | None = None, **values: Any) -> Message:
    """A mail that is not sent yet."""
    defaults: dict[str, Any] = {
        "meeting_id": of.id if of else None,
        "kind": "decision",
        "recipient": f"participant-{next(_numbers)}@example.org",
        "subject": "Demonstration",
        "text": "Demonstration\n",
        "created_at": now(),
    }
    return _keep(Message(**(defaults | values)))
