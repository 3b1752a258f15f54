"""The speakers of a meeting as a workbook, for the interpreters and for the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from exports.dates import clock_text, day_text
from exports.workbook import Cell, Column, Sheet, Table, xlsx_bytes

PROTECTED = "A participant"


@dataclass(frozen=True, slots=True)
class Speaker:
    """One request for the floor. `heard` is its number among those heard, `place` its place among those who wait.

    Of whom is protected, only what names nobody may come here, with PROTECTED for the name. Durations are None where
    they are not known or there was no turn; `words` where there is no statement or they could not be counted.
    """

    heard: int | None
    place: int | None
    name: str
    organisation: str
    category: str
    country: str
    language: str
    capacity: str
    on_behalf_of: str
    topic: str
    status: str
    requested: datetime | None
    started: datetime | None
    ended: datetime | None
    granted: timedelta | None
    used: timedelta | None
    statement: bool
    words: int | None
    delivery: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session with its requests, those heard first. `cap` is None where it had no floor; planned times wall clock."""

    title: str
    day: date | None
    start: time | None
    end: time | None
    cap: timedelta | None
    used: timedelta
    speakers: Sequence[Speaker]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the floor fell to one category. `used` is None where no time is known."""

    name: str
    interventions: int
    used: timedelta | None


@dataclass(frozen=True, slots=True)
class Speakers:
    """All of a meeting. `zone` is the IANA zone of every time in the workbook."""

    meeting: str
    zone: str
    sessions: Sequence[Session]
    categories: Sequence[Share]


_SPEAKERS = (
    Column("Heard", 7, "whole"),
    Column("Place", 7, "whole"),
    Column("Speaker", 28),
    Column("Organization", 32),
    Column("Category", 24),
    Column("Country", 18),
    Column("Language", 12),
    Column("Capacity", 16),
    Column("On behalf of", 28),
    Column("Topic", 36),
    Column("State", 20),
    Column("Asked", 20, "instant"),
    Column("Began", 20, "instant"),
    Column("Ended", 20, "instant"),
    Column("Given", 9, "duration"),
    Column("Used", 9, "duration"),
    Column("Statement", 11),
    Column("Words", 8, "whole"),
    Column("Delivery", 22),
)
_SESSIONS = (
    Column("Session", 48),
    Column("Date", 14, "date"),
    Column("Hours", 16),
    Column("Requests", 10, "whole"),
    Column("Heard", 10, "whole"),
    Column("Waiting", 10, "whole"),
    Column("Cap", 10, "duration"),
    Column("Used", 10, "duration"),
)
_CATEGORIES = (Column("Category", 48), Column("Interventions", 14, "whole"), Column("Time used", 16, "duration"))


def speakers_xlsx(speakers: Speakers, *, made: datetime) -> bytes:
    """speakers.xlsx: the totals, then a sheet for every session."""
    sheets = [
        _totals(speakers),
        *(_session(number, each, speakers) for number, each in enumerate(speakers.sessions, 1)),
    ]
    return xlsx_bytes(sheets, title=f"Speakers: {speakers.meeting}", zone=speakers.zone, made=made)


def _totals(speakers: Speakers) -> Sheet:
    everybody = [each for session in speakers.sessions for each in session.speakers]
    used = sum((session.used for session in speakers.sessions), timedelta())
    sessions = Table(
        _SESSIONS,
        [_session_row(each) for each in speakers.sessions],
        total=["All sessions", None, None, *_counts(everybody), None, used],
    )
    categories = Table(
        _CATEGORIES,
        [(share.name, share.interventions, share.used) for share in speakers.categories],
        total=[
            "All interventions",
            sum(share.interventions for share in speakers.categories),
            sum((share.used or timedelta() for share in speakers.categories), timedelta()),
        ],
    )
    headings = (f"{speakers.meeting}: speakers, all times in {speakers.zone}", "Interventions by category")
    return Sheet("Totals", headings, (sessions, categories))


def _counts(requests: Sequence[Speaker]) -> tuple[int, int, int]:
    """How many asked, were heard, and wait."""
    heard = sum(each.heard is not None for each in requests)
    return len(requests), heard, sum(each.place is not None for each in requests)


def _session_row(session: Session) -> list[Cell]:
    return [
        session.title,
        session.day,
        clock_text(session.start, session.end) if session.start and session.end else None,
        *_counts(session.speakers),
        session.cap,
        session.used,
    ]


def _session(number: int, session: Session, speakers: Speakers) -> Sheet:
    when = f", {day_text(session.day)}" if session.day else ""
    heading = f"{session.title}{when}; all times in {speakers.zone}"
    return Sheet(
        f"{number} {session.title}", (heading,), (Table(_SPEAKERS, [_row(each) for each in session.speakers]),)
    )


def _row(each: Speaker) -> list[Cell]:
    return [
        each.heard, each.place, each.name, each.organisation, each.category, each.country, each.language, each.capacity,
        each.on_behalf_of, each.topic, each.status, each.requested, each.started, each.ended, each.granted, each.used,
        "yes" if each.statement else "no", each.words, each.delivery,
    ]  # fmt: skip
