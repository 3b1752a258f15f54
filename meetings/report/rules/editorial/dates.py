"""Dates and times of day in running text: 28 August 2023, 3.30 p.m."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final

from exports.dates import MONTHS, WEEKDAYS
from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage

_MANUAL: Final = "UN Editorial Manual, Numbers, dates and time"
DA1: Final = Rule(
    "DA1", "error", N_("Day, month, year without ordinal: 28 August 2023; ranges with an en dash"), _MANUAL
)
DA2: Final = Rule("DA2", "info", N_("No seasons: the other half of the world has another"), _MANUAL)
DA3: Final = Rule("DA3", "error", N_("A date exists, and falls on the weekday given"), "the calendar")
TI1: Final = Rule(
    "TI1",
    "warning",
    N_("Times of day in text: 10 a.m., 3.30 p.m., noon"),
    "usage of the United Nations Office at Geneva",
)

_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_ABBREVIATED: Final = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDER = N_("Dates are written day, month, year: %(right)s.")
_PLAIN = N_("Dates are written without ordinal: %(right)s.")
_DASH = N_("A range has an en dash without spaces: %(right)s.")
_FROM_TO = N_("“from” and “between” go with a word, not with a dash: %(right)s.")
_COMMA = N_("No comma stands before the year: %(right)s.")
_DIGITS = N_("The month is written in words, in full.")


def _ordinal_free(match: re.Match[str]) -> str:
    return f"{int(match['d'])} {match['m']}"


def _full(match: re.Match[str]) -> str:
    return f"{int(match['d'])} {match['m']} {match['y']}"


def _worded(match: re.Match[str]) -> str:
    return f"{match['from']} {match['a']} {'and' if match['from'].lower() == 'between' else 'to'} {match['b']}"


def _iso(match: re.Match[str]) -> str | None:
    return _written(int(match["d"]), int(match["m"]), int(match["y"]))


def _numeric(match: re.Match[str]) -> str | None:
    """The date where only one reading is one: 28/08/2023 and 08/28/2023, but not 08/09/2023."""
    first, second, year = int(match["d"]), int(match["m"]), int(match["y"])
    if first > 12:
        return _written(first, second, year)
    return _written(second, first, year) if second > 12 or first == second else None


def _unabbreviated(match: re.Match[str]) -> str:
    return f"{int(match['d'])} {_ABBREVIATED[match['m']]} {match['y']}"


def _written(day: int, month: int, year: int) -> str | None:
    return f"{day} {MONTHS[month - 1]} {year}" if _is_day(day, month, year) else None


def _is_day(day: int, month: int, year: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


# Each form that is not the right one, the reason, and what it should be. Where two overlap, the earlier one counts.
_FORMS: Final[tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str | None]], ...]] = (
    (re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:st|nd|rd|th)?,? (?P<y>{_YEAR})\b"), _ORDER, _full),
    (
        re.compile(
            rf"\b(?P<m>(?!May|March){_MONTH}) (?P<d>{_DAY})(?:st|nd|rd|th)?(?=[,;)](?! ?\d)|[.](?!\d)|$)"
            rf"|\b(?P<m2>May|March) (?P<d2>{_DAY})(?:st|nd|rd|th)\b"
        ),
        _ORDER,
        lambda match: f"{int(match['d'] or match['d2'])} {match['m'] or match['m2']}",
    ),
    (re.compile(rf"\b(?:the )?(?P<d>{_DAY})(?:st|nd|rd|th)(?: of)? (?P<m>{_MONTH})\b"), _PLAIN, _ordinal_free),
    (re.compile(rf"(?<![\w/.-])(?P<d>\d\d?)(?P<s>[/.])(?P<m>\d\d?)(?P=s)(?P<y>{_YEAR})(?![\w/-])"), _DIGITS, _numeric),
    (re.compile(rf"(?<![\w/.-])(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?![\w/-])"), _DIGITS, _iso),
    (
        re.compile(rf"(?<![\w-])(?P<d>{_DAY}) (?P<m>{'|'.join(set(_ABBREVIATED) - {'May'})})\.? (?P<y>{_YEAR})\b"),
        _DIGITS,
        _unabbreviated,
    ),
    (
        re.compile(
            rf"\b(?P<from>[Ff]rom|[Bb]etween) (?P<a>{_YEAR}|{_DAY}(?: {_MONTH})?) ?[–-] ?"
            rf"(?P<b>{_YEAR}(?![\w–-])|{_DAY} {_MONTH})\b"
        ),
        _FROM_TO,
        _worded,
    ),
    (
        re.compile(
            rf"(?<![\w–/-])(?P<a>{_DAY}(?: {_MONTH})?)(?: ?- ?| – )(?P<b>{_DAY} {_MONTH})\b"
            rf"|(?<![\w–/-])(?P<a2>{_YEAR})(?:-| – )(?P<b2>{_YEAR})(?![\w–-])"
        ),
        _DASH,
        lambda match: f"{match['a'] or match['a2']}–{match['b'] or match['b2']}",
    ),
    (
        re.compile(rf"\b(?P<d>{_MONTH}), (?P<y>{_YEAR})\b(?! [a-z]+s\b)"),
        _COMMA,
        lambda match: f"{match['d']} {match['y']}",
    ),
    (
        re.compile(r"(?<!\w)(?P<d>(?:19|20)\d0)[’'‘]s\b"),
        N_("A decade has no apostrophe: %(right)s."),
        lambda match: f"{match['d']}s",
    ),
)


def dates(passage: Passage) -> Iterator[Finding]:
    """DA1: dates in another form than 28 August 2023, 18–20 June 2024, from 2020 to 2024."""
    own, taken = passage.own, bytearray(len(passage.own))
    if not any(sign.isdigit() for sign in own):
        return
    for pattern, reason, right in _FORMS:
        for match in pattern.finditer(own):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            fix = right(match)
            if fix is None and not _reads_as_date(match):
                continue
            taken[start:end] = b"\1" * (end - start)
            # A sentence would begin with figures; the rapporteur has to turn it.
            certain = fix if not passage.begins(start) or match.groupdict().get("from") else None
            yield DA1.at(start, end, reason, fix=certain, right=fix or "")


def _reads_as_date(match: re.Match[str]) -> bool:
    """Whether figures that could be day and month either way are a date at all, and no number of a version."""
    return 1 <= int(match["d"]) <= 12 and 1 <= int(match["m"]) <= 12


_SEASON = re.compile(
    rf"\b(?:in|by|this|next|last|since|until|during) (?:the )?(?:early |late |mid-)?"
    rf"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?= (?:of )?{_YEAR}\b|[.,;:)]|$)"
    rf"|\b(?P<dated>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?= (?:of )?{_YEAR}\b)"
)


def seasons(passage: Passage) -> Iterator[Finding]:
    """DA2: “in the spring of 2024”."""
    for match in _SEASON.finditer(passage.own):
        yield DA2.at(
            *match.span("season" if match["season"] else "dated"),
            N_("Seasons differ between hemispheres: name the months."),
        )


_DATED = re.compile(rf"(?:\b(?P<w>{'|'.join(WEEKDAYS)}),? )?(?<!\d)(?P<d>\d\d?) (?P<m>{_MONTH}) (?P<y>{_YEAR})\b")


def calendar(passage: Passage) -> Iterator[Finding]:
    """DA3: 31 June; a Monday that is a Tuesday."""
    for match in _DATED.finditer(passage.own):
        day, month, year = int(match["d"]), MONTHS.index(match["m"]) + 1, int(match["y"])
        if not _is_day(day, month, year):
            yield DA3.at(match.start("d"), match.end(), N_("There is no such day."))
        elif match["w"] and (real := WEEKDAYS[dt.date(year, month, day).weekday()]) != match["w"]:
            yield DA3.at(*match.span(), N_("That day is a %(weekday)s."), weekday=real)


_TWELVE = re.compile(r"(?<![\w:.,/])(?P<h>\d\d?)(?:[:.](?P<m>[0-5]\d))?[  ]?(?P<half>[AaPp])\.?[Mm](?:\.|(?![\w.]))")
_TWENTY_FOUR = re.compile(
    r"(?<![\w:.,/])(?P<h>[01]?\d|2[0-3])(?P<sign>[:h])(?P<m>[0-5]\d)"
    r"(?:(?: ?[–-] ?| to )(?P<h2>[01]?\d|2[0-3])(?P=sign)(?P<m2>[0-5]\d))?(?: hours| hrs)?(?![\w:]| ?[AaPp]\.?[Mm]\b)"
)
_TIME = N_("In running text times are written like this: %(right)s.")


def times(passage: Passage) -> Iterator[Finding]:
    """TI1: 10am, 10:30 a.m., 15:00 and 12h45."""
    own = passage.own
    for match in _TWELVE.finditer(own):
        if not 1 <= int(match["h"]) <= 12:
            continue
        minutes = f".{match['m']}" if match["m"] and (match["m"] != "00" or "." in match[0][:3]) else ""
        right = f"{int(match['h'])}{minutes} {match['half'].lower()}.m."
        if match[0] != right:
            yield _time(own, match, right)
    for match in _TWENTY_FOUR.finditer(own):
        if len(match["h"]) == 2 and not (match["sign"] == "h" and int(match["h"]) < 8):  # 2h30 and 02h30 are durations
            ends = f" to {_of_day(int(match['h2']), match['m2'])}" if match["h2"] else ""
            yield _time(own, match, _of_day(int(match["h"]), match["m"]) + ends)
    for match in re.finditer(r"\b12 noon\b", own):
        yield _time(own, match, "noon")


def _time(own: str, match: re.Match[str], right: str) -> Finding:
    """The finding, with the full stop behind it where that of “p.m.” is the sentence's too."""
    start, end = match.span()
    takes_stop = right.endswith(".") and not match[0].endswith(".") and own[end : end + 1] == "."
    return TI1.at(start, end + takes_stop, _TIME, fix=right, right=right)


def _of_day(hour: int, minutes: str) -> str:
    if minutes == "00" and hour in (0, 12):
        return "noon" if hour else "midnight"
    past = "" if minutes == "00" else f".{minutes}"
    return f"{(hour - 1) % 12 + 1}{past} {'a' if hour < 12 else 'p'}.m."
