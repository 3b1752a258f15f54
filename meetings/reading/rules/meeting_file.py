"""What was recognised, as the plain data of a meeting file that can be imported as it is. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from exports import meeting_file_values as values
from exports.text import one_line
from meetings.reading.rules.places import country_of
from meetings.reading.rules.result import Document, Head, Person, Reading, Session, Sitting

FORMAT = "rostrum-meeting/1"
Row = dict[str, Any]


def meeting_data(reading: Reading, slug: str, *, title: str) -> Row:
    """The whole meeting. `title` is what it is called where the source does not say it."""
    organisations: dict[str, Row] = {}
    people: dict[Person, Row] = {}
    head = reading.head
    return {
        "format": FORMAT,
        "meeting": _meeting(reading, slug, title),
        "sessions": _sessions(reading, organisations, people),
        "organisations": [*organisations.values()],
        "people": [*people.values()],
        "sittings": [*_sittings(head, reading.sittings)],
    }


def _meeting(reading: Reading, slug: str, title: str) -> Row:
    head = reading.head
    return {
        "slug": slug,
        "title": one_line(head.title) or title,
        "subtitle": one_line(head.subtitle) or None,
        "mode": head.mode,
        "timezone": head.zone,
        "place": {
            "venue": one_line(head.venue) or None,
            "room": one_line(head.room) or None,
            "city": one_line(head.city) or None,
            "country": head.country or None,
        },
        "dates": {"start": head.first_day, "end": head.last_day},
        "background": _text(reading.background),
        "objectives": [text for each, _ in reading.objectives if (text := _text(each))],
        "modalities": _text(reading.format),
        "guiding_questions": [
            {"theme": one_line(each.theme) or None, "questions": [*filter(None, map(_text, each.questions))]}
            for each in reading.questions
        ],
        "documents": [_document(each) for each in reading.documents],
        "contact": _sound(values.email, head.contact),
    }


def _document(document: Document) -> Row:
    symbol = one_line(document.symbol)
    return {
        "title": one_line(document.title) or symbol or document.url,
        "symbol": symbol if 0 < len(symbol) <= 60 else None,
        "url": _sound(values.web_address, document.url),
    }


def _sittings(head: Head, sittings: Iterable[Sitting]) -> Iterable[Row]:
    """The hours of each day; those without a day are those of every day, and none where no day is known."""
    number = 0
    for sitting in sittings:
        for day in [sitting.day] if sitting.day else _days(head):
            if not (head.first_day and head.last_day and head.first_day <= day <= head.last_day):
                continue
            number += 1
            yield {"id": f"sitting-{number}", "date": day, "start": sitting.start, "end": sitting.end}


def _days(head: Head) -> list[dt.date]:
    if head.first_day is None or head.last_day is None:
        return []
    return [head.first_day + dt.timedelta(days) for days in range((head.last_day - head.first_day).days + 1)]


def _sessions(reading: Reading, organisations: dict[str, Row], people: dict[Person, Row]) -> list[Row]:
    rows: list[Row] = []
    for number, session in enumerate(reading.sessions, 1):
        parent = None if session.part_of is None else f"session-{session.part_of + 1}"
        roles = [{"role": each.role, "person": _person(each, organisations, people)} for each in session.people]
        row = _session(session, number, parent) | {"roles": [*_once(roles)]}
        if parent and row["date"] is None:
            row["date"] = rows[session.part_of or 0]["date"]
        rows.append(row)
    return rows


def _session(session: Session, number: int, parent: str | None) -> Row:
    return {
        "id": f"session-{number}",
        "date": session.day,
        "start": session.start,
        "end": session.end,
        "kind": session.kind,
        "label": one_line(session.label) or None,
        "title": one_line(session.title) or one_line(session.label) or session.kind,
        "description": _text(session.description),
        "part_of": parent,
        "track": one_line(session.track) or None,
        "room": one_line(session.room) or None,
        "presentations_minutes": _minutes(session.presentations_minutes),
        "replies_minutes": _minutes(session.replies_minutes),
        "floor": _floor(session),
    }


def _floor(session: Session) -> Row | None:
    """With the usual limits, or the limit that is stated; the shortest turn is no longer than that."""
    if session.floor_minutes is None:
        return None
    floor: Row = {"cap_minutes": session.floor_minutes}
    limit = session.limit_seconds
    if limit is not None and 1 <= limit <= 2700:
        floor |= {"limit_seconds": limit, "minimum_seconds": min(limit, 30)}
    return floor


def _minutes(number: int | None) -> int | None:
    return number if number is not None and number <= 1440 else None


def _person(person: Person, organisations: dict[str, Row], people: dict[Person, Row]) -> str:
    """The id of somebody; who is named alike twice is one person."""
    same = Person("", *(getattr(person, name) for name in _WHO))
    if same not in people:
        name = one_line(person.organisation)
        country = country_of(person.country)
        function = one_line(person.function)
        if name and name not in organisations:
            number = len(organisations) + 1
            organisations[name] = {
                "id": f"organisation-{number}", "name": name, "country": country or None, "show_country": bool(country)
            }  # fmt: skip
        elif person.country and not name:
            function = ", ".join(filter(None, (function, one_line(person.country))))
        honorific = one_line(person.honorific)
        people[same] = {
            "id": f"person-{len(people) + 1}",
            "honorific": honorific if 0 < len(honorific) <= 40 else None,
            "given": one_line(person.given) or None,
            "family": one_line(person.family) or None,
            "function": function or None,
            "unit": one_line(person.unit) or None,
            "organisation": organisations[name]["id"] if name else None,
        }
    return str(people[same]["id"])


_WHO = ("honorific", "given", "family", "function", "unit", "organisation", "country")


def _once(roles: list[Row]) -> Iterable[Row]:
    """Nobody has one role twice in a session."""
    seen = set()
    for role in roles:
        key = (role["role"], role["person"])
        if key not in seen:
            seen.add(key)
            yield role


def _text(text: str) -> str | None:
    return text.rstrip().lstrip("\n") or None if text.strip() else None


def _sound(check: Callable[[object], str], text: str) -> str | None:
    """What a meeting file would take, or nothing."""
    try:
        return check(text) if text else None
    except ValueError:
        return None
