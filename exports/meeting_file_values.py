"""The single values of a meeting file: what each kind of text, date, time and number must look like.

Every function takes what stood in the file and gives the value as Rostrum keeps it, or refuses with ValueError whose
message completes "sessions[3].start: …" in plain words, with the cure where it is known.
"""

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email

from exports.countries import countries
from exports.text import clean

D = TypeVar("D", bound=dt.date)

_SHOWN = 60  # characters of a wrong value that a message repeats
_TOO_MANY_TO_COMPARE = 1000
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_WALL_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# RFC 5646, section 2.1: language, script, region, variants, extensions, private use. Longer language subtags are
# reserved and none is registered, so "english" is refused.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(-[0-9a-wyz](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Misread:
    """A value that stands in the file as `text` but that a YAML reader takes for something else (`NO`, `10:30`)."""

    text: str
    meaning: str


def shown(value: object) -> str:
    """A value as a message repeats it: as written, and not at length."""
    if isinstance(value, Misread):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, list | dict) or value is None:
        return named(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def named(value: object) -> str:
    """What kind of thing a value is, in words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float() | Decimal():
            return "a number"
        case dt.date():
            return "a date"
        case list():
            return "a list"
        case dict():
            return "a group of keys"
        case Misread():
            return value.meaning
    return "text"


def nearest(wrong: object, known: list[str]) -> str:
    """The words "; did you mean …?" where something known looks much like what was written, else nothing."""
    if len(known) > _TOO_MANY_TO_COMPARE:
        return ""
    by_small_letters = {word.lower(): word for word in known}
    found = difflib.get_close_matches(str(wrong).lower(), list(by_small_letters), n=1, cutoff=0.7)
    return f"; did you mean {by_small_letters[found[0]]}?" if found else ""


def text(value: object) -> str:
    """Text, of any number of lines, without spaces at its end. Refuses what Word and databases cannot carry."""
    if isinstance(value, list | dict) or value is None:
        raise ValueError(f"should be text, not {named(value)}")
    if not isinstance(value, str):
        raise ValueError(f'{shown(value)} is read as {named(value)}; it is text: write it in quotes, "{shown(value)}"')
    unix = clean(value)
    if len(unix) < len(value.replace("\r\n", "\n")):
        character = next(character for character in value if not clean(character))
        raise ValueError(f"has a character that no document can show (U+{ord(character):04X})")
    trimmed = unix.rstrip().lstrip("\n")
    if not trimmed.strip():
        raise ValueError("is empty")
    return trimmed


def line(value: object) -> str:
    """Text on one line, without spaces around it."""
    whole = text(value).strip()
    if "\n" in whole:
        raise ValueError("has more than one line, and must have one")
    return whole


def short(length: int, value: object) -> str:
    """One line of at most so many characters."""
    whole = line(value)
    if len(whole) > length:
        raise ValueError(f"has {len(whole)} characters, and may have {length} at most")
    return whole


def identifier(value: object) -> str:
    """What something is called in the file, and in the addresses of its pages."""
    whole = short(80, value)
    if "/" in whole or whole in ("new", ".", ".."):
        raise ValueError(f"{shown(whole)} cannot stand in the address of a page; choose another id, as session-1")
    return whole


def slug(value: object) -> str:
    """The part of a page's address that names the meeting."""
    whole = short(80, value)
    if not _SLUG.fullmatch(whole):
        raise ValueError(
            f"{shown(whole)} may have only small letters, digits and single hyphens between them, as local-rights-2026"
        )
    return whole


def zone(value: object) -> str:
    """The name of an IANA time zone."""
    whole = line(value)
    if whole not in _zones():
        raise ValueError(
            f"{shown(whole)} is not a time zone of the IANA list, as Europe/Zurich{nearest(whole, sorted(_zones()))}"
        )
    return whole


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def country(value: object) -> str:
    """A country's two-letter code (ISO 3166-1)."""
    whole = line(value)
    if whole in countries():
        return whole
    if whole.upper() in countries():
        raise ValueError(f"{whole} is a country code in small letters: write {whole.upper()}")
    by_name = {known.name(): known.code for known in countries().values()}
    cure = f": write {by_name[whole]}" if whole in by_name else ", as CH or KR"
    raise ValueError(f"{shown(whole)} is not a two-letter country code of ISO 3166{cure}")


def language(value: object) -> str:
    """A language tag (BCP 47)."""
    whole = short(20, value)
    if not _LANGUAGE.fullmatch(whole):
        raise ValueError(f"{shown(whole)} is not a language tag, as en, fr or zh-Hant (BCP 47)")
    return whole


def email(value: object) -> str:
    """A mail address in small letters. Its form is checked, nothing is asked of the network."""
    whole = line(value)
    try:
        return validate_email(whole, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError(f"{shown(whole)} is not a mail address, as name@example.org") from None


def web_address(value: object) -> str:
    """An address that starts with http:// or https://."""
    whole = line(value)
    try:
        parts = urlsplit(whole)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", whole)
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"{shown(whole)} is not a web address, as https://example.org/page")
    return whole


def date(value: object) -> dt.date:
    """A day, written 2025-11-26 with or without quotes."""
    if isinstance(value, dt.datetime):
        raise ValueError(f"{shown(value)} has a time: write the day alone, as {value.date()}")
    if isinstance(value, dt.date):
        return _near(value)
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            day = dt.date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{value.strip()} is a day that no calendar has") from None
        return _near(day)
    raise ValueError(f"{shown(value)} is not a date: write year, month and day, as 2025-11-26")


def _near(day: D) -> D:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{day.isoformat()} is far from any meeting: check the year")
    return day


def time(value: object) -> dt.time:
    """A time of day on the clock in the meeting's zone, written "09:30" in quotes."""
    if isinstance(value, dt.time):
        return value
    if isinstance(value, Misread):
        raise ValueError(
            f'{value.text} without quotes is read as {value.meaning}: write it in quotes, "{value.text:0>5}"'
        )
    if isinstance(value, str) and _TIME.fullmatch(value.strip()):
        try:
            return dt.time.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{value.strip()} is a time that no clock shows") from None
    example = f"{value.strip():0>5}" if isinstance(value, str) and _TIME.fullmatch(f"{value.strip():0>5}") else "09:30"
    raise ValueError(f'{shown(value)} is not a time: write two digits each for hours and minutes, as "{example}"')


def wall_clock(value: object) -> dt.datetime:
    """A day and a time on the clock in the meeting's zone, written "2025-11-20T09:00" in quotes."""
    cure = 'write day and time, as "2025-11-20T09:00"'
    if isinstance(value, str) and _WALL_CLOCK.fullmatch(value.strip()):
        try:
            return _near(dt.datetime.fromisoformat(value.strip()))
        except ValueError:
            raise ValueError(f"{value.strip()} is a time that no calendar or clock shows") from None
    if isinstance(value, dt.datetime) and value.tzinfo is None and not (value.second or value.microsecond):
        return _near(value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        raise ValueError(f"{shown(value)} has an offset; it is a time on the clock in the meeting's zone: {cure}")
    raise ValueError(f"{shown(value)} is not a day and a time to the minute: {cure}")


def instant(value: object) -> dt.datetime:
    """A point in time with its offset from UTC, to the millisecond, written 2025-11-26T09:31:00+01:00."""
    cure = "write day, time and offset, as 2025-11-26T09:31:00+01:00"
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{shown(value)} is not a point in time: {cure}") from None
    if not isinstance(value, dt.datetime):
        raise ValueError(f"{shown(value)} is not a point in time: {cure}")
    if value.utcoffset() is None:
        raise ValueError(f"{shown(value)} has no offset from UTC: {cure}")
    if value.microsecond % 1000:
        raise ValueError(f"{shown(value)} is finer than a millisecond")
    return _near(value)


def whole_number(low: int, high: int, value: object) -> int:
    """A whole number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{shown(value)} is not a whole number")
    if not low <= value <= high:
        raise ValueError(f"{value} is {'less' if value < low else 'more'} than {low if value < low else high}")
    return value


def floor_minutes(cap: int, value: object) -> int:
    """A session's floor time in whole minutes, under the cap."""
    if isinstance(value, int) and value > cap:
        raise ValueError(f"{value} is over the cap of {cap} minutes")
    return whole_number(1, cap, value)


def seconds(value: object) -> Decimal:
    """A number of seconds, 0 or more, to the millisecond."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"{shown(value)} is not a number of seconds, as 118 or 118.25")
    exact = Decimal(str(value))
    if not exact.is_finite() or not 0 <= exact <= 86_400:
        raise ValueError(f"{shown(value)} is not a number of seconds between 0 and 86400")
    if exact * 1000 % 1:
        raise ValueError(f"{shown(value)} is finer than a millisecond")
    return exact


def milliseconds_of(value: object) -> int:
    """A number of seconds as the integer milliseconds that Rostrum reckons with."""
    return int(seconds(value) * 1000)
