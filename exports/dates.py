"""Dates and times as United Nations documents write them: in English from the tables here, no locale is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_FORMS = {"fr": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
_AND = {"en": "and", "fr": "et", "es": "y"}


def day_text(day: date, language: str = "en") -> str:
    """22 July 2025, 22 juillet 2025, 22 de julio de 2025; in English where there is no form for a language."""
    script = language.partition("-")[0]
    if script not in _DAY_FORMS:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    written = format_date(day, _DAY_FORMS[script], script)
    return f"1er{written[1:]}" if script == "fr" and day.day == 1 else written


def weekday_text(day: date, language: str = "en") -> str:
    """Tuesday 22 July 2025, mardi 22 juillet 2025, martes 22 de julio de 2025"""
    script = language.partition("-")[0]
    weekday = format_date(day, "EEEE", script) if script in _DAY_FORMS else WEEKDAYS[day.weekday()]
    return f"{weekday} {day_text(day, language)}"


def range_text(first: date, last: date) -> str:
    """18 June–12 July 2024: an en dash without spaces, month and year once where they are the same (A/HRC/56/32)."""
    if first == last:
        return day_text(first)
    if first.year != last.year:
        return f"{day_text(first)}–{day_text(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]}–{day_text(last)}"
    return f"{first.day}–{day_text(last)}"


def clock_text(start: time, end: time) -> str:
    """10:00 – 13:00, the form of programmes of work."""
    return f"{start:%H:%M} – {end:%H:%M}"


def zone_text(day: date, at: time, zone: str) -> str:
    """CEST (UTC+2): the name alone may mean several zones (CST, IST), the offset alone is read by few."""
    moment = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    offset = moment.utcoffset() or timedelta()
    minutes = abs(offset) // timedelta(minutes=1)
    sign = "−" if offset < timedelta() else "+"
    shift = "UTC" if not minutes else f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
    name = moment.tzname() or ""
    return f"{name} ({shift})" if name.isalpha() and name != shift else shift


def joined(parts: Iterable[str], language: str = "en") -> str:
    """a, b and c: no comma before the last one, as the editorial manual has it."""
    *most, last = parts
    return f"{', '.join(most)} {_AND.get(language.partition('-')[0], 'and')} {last}" if most else last
