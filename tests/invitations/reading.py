"""Reads calendars as a calendar program does."""

from typing import Any

from icalendar import Calendar


def calendar_of(content: bytes) -> Any:
    """The whole calendar. (Any: the library types every property as a union of thirty kinds.)"""
    return Calendar.from_ical(content)


def event_of(content: bytes, method: str | None) -> Any:
    """The only entry of a calendar, which must have this METHOD, or none."""
    calendar = calendar_of(content)
    assert calendar.get("METHOD") == method
    (event,) = calendar.walk("VEVENT")
    return event
