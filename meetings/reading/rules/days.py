"""Days and stretches of days, as notes in English, French and Spanish write them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = (
    "january janvier enero jan ene janv", "february février fevrier febrero feb févr fevr",
    "march mars marzo mar", "april avril abril apr avr abr", "may mai mayo", "june juin junio jun",
    "july juillet julio jul juil", "august août aout agosto aug ago",
    "september septembre septiembre setiembre sep sept set", "october octobre octubre oct",
    "november novembre noviembre nov", "december décembre decembre diciembre dec déc dic",
)  # fmt: skip
_WEEKDAYS = (
    "monday lundi lunes mon lun", "tuesday mardi martes tue tues", "wednesday mercredi miércoles miercoles wed",
    "thursday jeudi jueves thu thur thurs", "friday vendredi viernes fri",
    "saturday samedi sábado sabado sat", "sunday dimanche domingo sun",
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_WEEKDAY = rf"(?:(?P<{{0}}w>{_any_of(_WEEKDAY_OF)})\b\.?,?\s*(?:the\s+|le\s+|el\s+)?)?"
_DAY = r"(?P<{0}d>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?"
_MONTH = rf"(?P<{{0}}m>{_any_of(_MONTH_OF)})\b\.?"
_YEAR = r"(?:,?\s*(?:de\s+|del\s+)?(?P<{0}y>(?:19|20|21)\d\d))?(?!\d)"
_OF = r"\s*(?:of\s+|de\s+)?"
_SPAN = r"\s*(?:[-–—−]|to|au|al|a|and|et|y|&)\s*"

_DAY_FIRST = re.compile(
    rf"\b{_WEEKDAY}{_DAY}(?:{_OF}{_MONTH}{_YEAR})?{_SPAN}{_WEEKDAY}{_DAY}{_OF}{_MONTH}{_YEAR}".replace("{0}", "{}")
    .format(*("a",) * 4, *("z",) * 4),
    re.IGNORECASE,
)  # fmt: skip
_ONE_DAY_FIRST = re.compile(
    rf"\b{_WEEKDAY}{_DAY}{_OF}{_MONTH}{_YEAR}".replace("{0}", "{}").format(*("z",) * 4), re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY}(?!\d"
    rf"|\s*[:h]\s?\d)(?:{_SPAN}(?:(?P<z2m>{_any_of(_MONTH_OF)})\s+)?(?P<z2d>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?(?!\s*[:h.]\s?\d|\s*[ap]\.?m))?{_YEAR}".replace("{0}", "{}").replace("{{1,2}}", "{1,2}")
    .replace("{}", "z"),
    re.IGNORECASE,
)  # fmt: skip
_ISO = re.compile(r"\b(?P<y>(?:19|20|21)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b")
_NUMERIC = re.compile(r"\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20|21)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Day:
    """One day, or several, with where in the text it stands. `year` is None where none is written.

    `weekday` (0 is Monday) is as it was written for the first day, None where none was. `doubtful`: the order of day
    and month is a guess.
    """

    first: dt.date
    last: dt.date
    at: int
    to: int
    has_year: bool = True
    weekday: int | None = None
    doubtful: bool = False


def days(text: str, year: int | None = None) -> list[Day]:
    """The days of a text, in order. One without a year is in `year`, and left out where that is None."""
    found: list[Day] = []
    for pattern, read in (
        (_DAY_FIRST, _read_span),
        (_ONE_DAY_FIRST, _read_one),
        (_MONTH_FIRST, _read_month_first),
        (_ISO, _read_numbers),
        (_NUMERIC, _read_numbers),
    ):
        for match in pattern.finditer(text):
            if any(match.start() < each.to and each.at < match.end() for each in found):
                continue
            day = read(match, year)
            if day is not None:
                found.append(day)
    return sorted(found, key=lambda each: each.at)


def weekday_of(text: str) -> int | None:
    """The weekday that a text begins with, 0 for Monday."""
    match = re.match(rf"\W*(?P<w>{_any_of(_WEEKDAY_OF)})\b", text, re.IGNORECASE)
    return _WEEKDAY_OF[match["w"].lower()] if match else None


def _read_span(match: re.Match[str], year: int | None) -> Day | None:
    written = match["zy"] or match["ay"]
    if not written and year is None:
        return None
    last = _date(int(match["zy"] or written or year or 0), match["zm"], match["zd"])
    first = _date(int(match["ay"] or written or year or 0), match["am"] or match["zm"], match["ad"])
    if first is None or last is None or last < first or (last - first).days > 31:
        return None
    return Day(first, last, match.start(), match.end(), bool(written), _weekday(match["aw"]))


def _read_one(match: re.Match[str], year: int | None) -> Day | None:
    day = _date(int(match["zy"] or year or 0), match["zm"], match["zd"])
    if day is None:
        return None
    return Day(day, day, match.start(), match.end(), bool(match["zy"]), _weekday(match["zw"]))


def _read_month_first(match: re.Match[str], year: int | None) -> Day | None:
    first = _date(int(match["zy"] or year or 0), match["zm"], match["zd"])
    if first is None:
        return None
    last = _date(first.year, match["z2m"] or match["zm"], match["z2d"]) if match["z2d"] else first
    if last is None or last < first:
        last = first
    return Day(first, last, match.start(), match.end(), bool(match["zy"]), _weekday(match["zw"]))


def _read_numbers(match: re.Match[str], _year: int | None) -> Day | None:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    swapped = month > 12 >= day
    if swapped:
        month, day = day, month
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    doubtful = match.re is _NUMERIC and day <= 12 and day != month and not swapped
    return Day(date, date, match.start(), match.end(), doubtful=doubtful)


def _date(year: int, month: str, day: str) -> dt.date | None:
    if not 1900 <= year <= 2199:
        return None
    try:
        return dt.date(year, _MONTH_OF[month.lower()], int(day))
    except ValueError:
        return None


def _weekday(name: str | None) -> int | None:
    return _WEEKDAY_OF[name.lower()] if name else None
