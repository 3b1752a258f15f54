"""What the tables of cases are made of: meetings with little in them."""

import datetime as dt
from dataclasses import replace

from meetings.programme.rules.proof.facts import Facts, PlannedDocument, PlannedSession, PlannedSitting, PlannedText
from meetings.programme.rules.proof.finding import Place

# A check, a meeting in which it finds just one thing, and what pressing the button makes of the text: None without one.
Hit = tuple[str, Facts, str | None]
# A check, and a meeting in which it must find nothing.
Miss = tuple[str, Facts]

JULY = dt.date(2025, 7, 22)  # a Tuesday, in summer time
NOVEMBER = dt.date(2025, 11, 26)  # a Wednesday, in winter time
FORMAT = Place("note", "modalities")
BACKGROUND = Place("note", "background")


def meeting(day: dt.date = JULY, mode: str = "hybrid", zone: str = "Europe/Zurich", **other: object) -> Facts:
    """A meeting of one day in Geneva, in the room and online."""
    return replace(Facts(mode, zone, day, day, room="Room XXIV"), **other)  # type: ignore[arg-type]  # any of its fields


def saying(text: str, day: dt.date = JULY, place: Place = BACKGROUND, **other: object) -> Facts:
    """A meeting in whose concept note this stands."""
    return meeting(day, texts=(PlannedText(place, text),), **other)  # type: ignore[arg-type]  # any of its fields


def listing(*documents: tuple[str | None, str | None], titles: tuple[str, ...] = ()) -> Facts:
    """A meeting with these background documents: symbol and link."""
    return meeting(
        documents=tuple(
            PlannedDocument(row, titles[row] if titles else f"Document {row}", symbol, url)
            for row, (symbol, url) in enumerate(documents)
        )
    )


def sitting(when: str, day: dt.date = JULY, number: int = 1, **other: object) -> PlannedSitting:
    """A sitting at 10:00-13:00."""
    start, end = map(dt.time.fromisoformat, when.split("-"))
    made = PlannedSitting(number, day, start, end, key=f"sitting-{number}")
    return replace(made, **other)  # type: ignore[arg-type]  # any of its fields


def session(kind: str = "panel", number: int = 1, **other: object) -> PlannedSession:
    """A session without a time."""
    made = PlannedSession(number, kind, None, None, None, key=f"session-{number}", title=f"Session {number}")
    return replace(made, **other)  # type: ignore[arg-type]  # any of its fields
