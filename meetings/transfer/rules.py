"""What an import decides by: whether a file may replace a meeting, and how a demonstration is moved to today. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from exports.meeting_file import MeetingFile
from exports.meeting_file_floor import Floor, FloorEntry, Statement
from exports.meeting_file_types import Registration, Speaker
from meetings.transfer import columns
from meetings.transfer.columns import copied

_LAST_NUMBER = re.compile(r"(\d{1,9})$")

# What tells one request for the floor, or one note, from another, in the file and in the database.
RequestMark = tuple[str, str | None, str | None, dt.datetime | None]
StatementMark = tuple[RequestMark, str | None]
PointMark = tuple[str | None, str | None, str | None]


# What a registration says: its status and all that its participant chose.
RegistrationMark = tuple[Any, ...]
# Where somebody stands who was asked to speak.
SpeakerMark = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """What has happened in a meeting on screen.

    `registered`: what registrations say that were made, changed or invited on screen, by their person's key;
    `asked_to_speak`: where those stand who were asked to speak, or answered, on screen, by their key;
    `linked`: the keys of sittings with a join link, or for which Teams makes one; `stated`: the typed statements.
    """

    floor_opened: bool
    report_edited: bool
    registered: Mapping[str, RegistrationMark]
    asked_to_speak: Mapping[str, SpeakerMark]
    linked: frozenset[str]
    asked: frozenset[RequestMark]
    stated: frozenset[StatementMark]
    noted: frozenset[PointMark]


@dataclass(frozen=True, slots=True)
class Lost:
    """What a meeting has that people gave on screen and that the file lacks: an import would destroy it.

    `decisions`: registrations that the file has otherwise than they were decided or corrected on screen; `speakers`:
    those who were asked to speak, or answered, otherwise than the file has it.
    """

    registrations: int
    decisions: int
    requests: int
    statements: int
    points: int
    speakers: int
    sittings: int

    def __bool__(self) -> bool:
        return any(astuple(self))


def lost(in_use: InUse, file: MeetingFile) -> Lost:
    """How much of what came on screen the file does not hold."""
    registered = {registration.person: said_in(registration) for registration in file.registrations}
    speakers = {speaker.person: asked_in(speaker) for speaker in file.speakers}
    asked = {request_mark(entry) for entry in file.floor}
    stated = {(request_mark(entry), entry.statement.text) for entry in file.floor if entry.statement}
    noted = {(point.session, point.submission, point.text) for point in file.points}
    return Lost(
        registrations=len(in_use.registered.keys() - registered),
        decisions=sum(registered.get(person, said) != said for person, said in in_use.registered.items()),
        requests=len(in_use.asked - asked),
        statements=len(in_use.stated - stated),
        points=len(in_use.noted - noted),
        speakers=sum(speakers.get(person) != said for person, said in in_use.asked_to_speak.items()),
        sittings=len(in_use.linked - {sitting.id for sitting in file.sittings}),
    )


def request_mark(entry: FloorEntry) -> RequestMark:
    """What tells this request for the floor from others."""
    return entry.session, entry.person, entry.organisation, entry.requested_at


def said_in(part: Registration) -> RegistrationMark:
    """What a registration of a file says, to be compared with what one in the database says."""
    consent = copied(part.consent, columns.CONSENT)
    return tuple((copied(part, columns.REGISTRATION) | consent).values())


def asked_in(part: Speaker) -> SpeakerMark:
    """Where a speaker of a file stands, to be compared with one in the database."""
    return (*copied(part, columns.SPEAKER).values(), *copied(part.consent, columns.SPEAKER_CONSENT).values())


def last_number(file: MeetingFile) -> int:
    """The highest number that any id of the file ends with, so that keys made on screen later start above it."""
    parts = (file.organisations, file.people, file.sittings, file.sessions, file.submissions)
    ids = (row.id for part in parts for row in part)
    return max((int(found[1]) for each in ids if (found := _LAST_NUMBER.search(each))), default=0)


def shift_to(file: MeetingFile, today: dt.date) -> MeetingFile:
    """The same meeting on another day: its first day becomes `today`, all else keeps its distance and its time of day.

    Instants keep their wall clock in the meeting's zone. The report's session of the Council stays where it is.
    """
    first = file.meeting.dates.start
    if first is None:
        return file
    days = today - first
    zone = ZoneInfo(file.meeting.timezone)

    def moved(date: dt.date | None) -> dt.date | None:
        return date + days if date else None

    def moved_instant(instant: dt.datetime | None) -> dt.datetime | None:
        return (instant.astimezone(zone).replace(tzinfo=None) + days).replace(tzinfo=zone) if instant else None

    def moved_window(floor: Floor | None) -> Floor | None:
        if floor is None:
            return None
        opens, closes = floor.asking_opens, floor.asking_closes
        window = {"asking_opens": opens and opens + days, "asking_closes": closes and closes + days}
        return floor.model_copy(update=window)

    def moved_statement(statement: Statement | None) -> Statement | None:
        return statement and statement.model_copy(update={"filed_at": moved_instant(statement.filed_at)})

    def moved_speaker(speaker: Speaker) -> dict[str, Any]:
        instants = ("invited_at", "reminded_at", "answered_at", "checked_at")
        return {"answer_by": moved(speaker.answer_by)} | {
            each: moved_instant(getattr(speaker, each)) for each in instants
        }

    dates = file.meeting.dates.model_copy(update={"start": today, "end": moved(file.meeting.dates.end)})
    return file.model_copy(
        update={
            "meeting": file.meeting.model_copy(update={"dates": dates}),
            "sittings": [each.model_copy(update={"date": moved(each.date)}) for each in file.sittings],
            "sessions": [
                each.model_copy(update={"date": moved(each.date), "floor": moved_window(each.floor)})
                for each in file.sessions
            ],
            "speakers": [each.model_copy(update=moved_speaker(each)) for each in file.speakers],
            "floor": [
                each.model_copy(
                    update={
                        "requested_at": moved_instant(each.requested_at),
                        "statement": moved_statement(each.statement),
                    }
                )
                for each in file.floor
            ],
            "submissions": [each.model_copy(update={"received": moved(each.received)}) for each in file.submissions],
        }
    )
