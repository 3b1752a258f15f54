"""What calendar entries consist of, before they become a file (RFC 5545, 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Method = Literal["REQUEST", "CANCEL"]
Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One sitting or session as a calendar shows it. It names no person, so a feed cannot give one away.

    `sequence` rises with each change that matters (RFC 5546, 2.1.4); `stamp` is when this entry was
    made. `join_url` is for entries whose readers may join. All instants are aware.
    Raises ValueError for an instant without zone and for an end that is not after the start.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str | None = None
    join_url: str | None = None
    join_label: str = "Join online"
    status: Status = "CONFIRMED"
    last_modified: datetime | None = None

    def __post_init__(self) -> None:
        for instant in (self.stamp, self.start, self.end, self.last_modified):
            if instant is not None and instant.utcoffset() is None:
                raise ValueError(f"calendar entry {self.uid}: {instant} has no time zone")
        if self.end <= self.start:
            raise ValueError(f"calendar entry {self.uid}: ends at {self.end}, not after its start at {self.start}")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an e-mail address."""

    name: str
    email: str


UidKind = Literal["sitting", "session", "public-sitting", "public-session"]


def uid(meeting_slug: str, kind: UidKind, key: str) -> str:
    """The UID under which every calendar knows this sitting or session, for good.

    It is made of nothing but the slug and the id, so that a meeting moved to another installation
    updates the entries people already have. What is in the public calendar is an entry of its own, so that
    its SEQUENCE never stands above that of somebody's own invitation.
    Slugs hold no full stop, hence no two pairs share one.
    """
    if not meeting_slug or "." in meeting_slug or not key:
        raise ValueError(f"no calendar UID can be made of {meeting_slug!r} and {key!r}")
    return f"{meeting_slug}.{kind}.{key}@rostrum"


def wall_to_utc(day: date, at: time, zone: str) -> datetime:
    """The instant of a wall-clock time in an IANA zone.

    On the day of a clock change RFC 5545, 3.3.5 decides: a time that comes twice is the first one, and
    a time that is skipped is counted with the offset before the change. Raises ValueError for an unknown zone.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: the name of a folder, such as "Europe"
        raise ValueError(f"unknown time zone: {zone!r}") from error
    return datetime.combine(day, at.replace(fold=0), tzinfo=place).astimezone(UTC)
