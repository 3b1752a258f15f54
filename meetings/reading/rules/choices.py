"""What an organizer made of a reading before agreeing to it: the reading with their corrections. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from meetings.reading.rules.result import Head, Reading, Session, Sitting


@dataclass(frozen=True, slots=True)
class Row:
    """A session as it was agreed to. `taken` False leaves it out, with its parts. `day` None is the meeting's first."""

    taken: bool
    day: dt.date | None
    start: dt.time | None
    end: dt.time | None
    kind: str
    label: str
    title: str


def days_of(reading: Reading) -> list[dt.date]:
    """The days on which there are sessions."""
    return sorted({session.day for session in reading.sessions if session.day})


def corrected(reading: Reading, head: Head, rows: Sequence[Row]) -> Reading:
    """The reading with this head and these sessions, a row for each. Hours of the meeting move with its first day."""
    shift = dt.timedelta()
    if head.first_day and reading.head.first_day:
        shift = head.first_day - reading.head.first_day
    sittings = tuple(_moved(each, shift) for each in reading.sittings)
    return replace(reading, head=head, sessions=_kept(reading.sessions, rows, head.first_day), sittings=sittings)


def _moved(sitting: Sitting, shift: dt.timedelta) -> Sitting:
    return sitting if sitting.day is None else replace(sitting, day=sitting.day + shift)


def _kept(sessions: Sequence[Session], rows: Sequence[Row], first_day: dt.date | None) -> tuple[Session, ...]:
    places: dict[int, int] = {}
    kept: list[Session] = []
    for place, (session, row) in enumerate(zip(sessions, rows, strict=True)):
        parent = session.part_of
        if not row.taken or (parent is not None and parent not in places):
            continue
        places[place] = len(kept)
        day = row.day or first_day
        kept.append(
            replace(
                session,
                day=None if parent is not None else day,
                start=row.start,
                end=row.end,
                kind=row.kind,
                label=row.label,
                title=row.title,
                part_of=None if parent is None else places[parent],
            )
        )
    return tuple(kept)
