"""What an import decides by: whether a file may replace a meeting, and how a demonstration is moved to today. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from exports.meeting_file import MeetingFile

_LAST_NUMBER = re.compile(r"(\d{1,9})$")

# What tells one request for the floor, or one note, from another, in the file and in the database.
RequestMark = tuple[str, str | None, str | None, dt.datetime | None]
PointMark = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class InUse:
    """What has happened in a meeting on screen. Registrations are told by their person's key."""

    floor_opened: bool
    report_edited: bool
    registered: frozenset[str]
    asked: frozenset[RequestMark]
    noted: frozenset[PointMark]


@dataclass(frozen=True, slots=True)
class Lost:
    """What a meeting has that people gave on screen and that the file lacks: an import would destroy it."""

    registrations: int
    requests: int
    points: int

    def __bool__(self) -> bool:
        return bool(self.registrations or self.requests or self.points)


def lost(in_use: InUse, file: MeetingFile) -> Lost:
    """How much of what came on screen the file does not hold."""
    registered = {registration.person for registration in file.registrations}
    asked = {(entry.session, entry.person, entry.organisation, entry.requested_at) for entry in file.floor}
    noted = {(point.session, point.submission, point.text) for point in file.points}
    return Lost(len(in_use.registered - registered), len(in_use.asked - asked), len(in_use.noted - noted))


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

    dates = file.meeting.dates.model_copy(update={"start": today, "end": moved(file.meeting.dates.end)})
    return file.model_copy(
        update={
            "meeting": file.meeting.model_copy(update={"dates": dates}),
            "sittings": [each.model_copy(update={"date": moved(each.date)}) for each in file.sittings],
            "sessions": [each.model_copy(update={"date": moved(each.date)}) for each in file.sessions],
            "floor": [
                each.model_copy(update={"requested_at": moved_instant(each.requested_at)}) for each in file.floor
            ],
            "submissions": [each.model_copy(update={"received": moved(each.received)}) for each in file.submissions],
        }
    )
