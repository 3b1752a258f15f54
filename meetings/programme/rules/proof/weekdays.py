"""Weekdays that contradict the date beside them, and days that do not exist, in English, French and Spanish texts."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from meetings.programme.rules.proof.facts import Facts, PlannedText
from meetings.programme.rules.proof.finding import N_, Check, Finding, Fix, Quoted, Replace, Severity

WEEKDAY = Check(
    "weekday", Severity.FIRST,
    N_("A weekday that contradicts the date beside it"),
    N_("Correct the weekday or the date."),
    N_("The calendar. Where the date is one of the meeting's days, the fix corrects the weekday."),
    fixes=True,
)  # fmt: skip
NO_SUCH_DAY = Check(
    "no-such-day", Severity.FIRST,
    N_("A date that does not exist"),
    N_("Correct the date."),
    N_("The calendar"),
)  # fmt: skip

# The days from Monday on: in full in three languages, and as English shortens them.
_FULL: Final = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
)
_SHORT: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ALSO: Final = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS: Final = (
    "January February March April May June July August September October November December",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "ene. feb. mar. abr. may. jun. jul. ago. set. oct. nov. dic.",
)


def _plain(word: str) -> str:
    """A word without accents, full stop and capitals."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each)).rstrip(".")


# What a weekday may be called -> the names it belongs to, and its number.
_WEEKDAYS: Final[dict[str, tuple[tuple[str, ...], int]]] = {
    **{_plain(name): (names, number) for names in (_SHORT, *_FULL) for number, name in enumerate(names)},
    **{word: (_SHORT, number) for word, number in _ALSO.items()},
}
_MONTH_NUMBERS: Final = {
    _plain(name): number for names in _MONTHS for number, name in enumerate(names.split(), start=1)
} | {"sept": 9}


def _any_of(words: Collection[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_W: Final = f"(?:{_any_of(_WEEKDAYS)})"
_M: Final = f"(?P<m>{_any_of(_MONTH_NUMBERS)})(?![a-z])\\.?"
_Y: Final = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|[ºª°])?"
_THE: Final = r"(?:(?:the|le|el) +)?"
_OF: Final = r"(?:(?:of|de|del) +)?"
# "Monday 21, Tuesday 22 and Wednesday 23 July 2025": the month stands once, at the end.
_AND: Final = "(?:,|and|&|to|until|or|–|-|et|au|ou|y|al|a|o)"
_MORE: Final = rf"(?: *{_AND} *{_THE}(?:{_W}\.?,? *)?{_THE}\d\d?{_ORDINAL}(?!\d))"
_SPACE: Final = re.compile(r"\s")
_WEEKDAY: Final = re.compile(rf"(?<![a-z-])(?P<w>{_W})(?![a-z])\.?")
_BEHIND: Final = (
    re.compile(rf",? +{_THE}(?P<d>\d\d?)(?!\d){_ORDINAL}{_MORE}{{0,6}} +{_OF}{_M}(?:,? +{_OF}{_Y})?"),
    re.compile(rf",? +{_M} +(?P<d>\d\d?)(?!\d){_ORDINAL}(?:,? +{_Y})?"),
    re.compile(r",? +(?P<y>(?:19|20)\d\d)-(?P<n>\d\d)-(?P<d>\d\d)(?!\d)"),
)
_FIGURES: Final = re.compile(r",? +(?P<one>\d\d?)([/.])(?P<two>\d\d?)\2(?P<y>(?:19|20)\d\d)(?!\d)")
_BEFORE: Final = (
    re.compile(rf"(?<!\d)(?P<d>\d\d?){_ORDINAL} +{_OF}{_M},? +{_OF}{_Y},? *\((?P<w>{_W})\.?\)"),
    re.compile(rf"(?<![a-z]){_M} +(?P<d>\d\d?)(?!\d){_ORDINAL},? +{_Y},? *\((?P<w>{_W})\.?\)"),
)
_DATES: Final = (
    re.compile(rf"(?<![\d/.-])(?P<d>\d\d?){_ORDINAL} +{_OF}{_M},? +{_OF}{_Y}"),
    re.compile(rf"(?<![a-z]){_M} +(?P<d>\d\d?)(?!\d){_ORDINAL},? +{_Y}"),
)
_YEARLESS: Final = (re.compile(rf"(?<![\d/.-])(?P<d>\d\d?){_ORDINAL} +{_OF}{_M}(?!,? +{_OF}(?:19|20)\d\d)"),)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A weekday and a date that do not belong together. `start` and `end` count characters of the text.

    `typed` is the whole of it, `right` the same with the weekday of the date (in its language, form and case), `date`
    the day. `certain`: the date is one of the days that were given, so that the weekday is what is wrong.
    """

    start: int
    end: int
    typed: str
    right: str
    date: dt.date
    certain: bool


def contradictions(text: str, days: Collection[dt.date] = ()) -> list[Contradiction]:
    """The weekdays of a text that contradict the date beside them, as "Monday 22 July 2025", which was a Tuesday.

    Dates without a year count as far as they are one of `days`, those on which the meeting is held; so do dates in
    figures that can be read in two ways only if neither fits.
    """
    flat = _flat(text)
    found: dict[int, Contradiction] = {}
    for word in _WEEKDAY.finditer(flat):
        end, dates = _read_behind(flat, word.end(), days)
        made = _contradiction(text, word.span("w"), word["w"], (word.start(), end), dates, days)
        if made:
            found[word.start()] = made
    for match in _matches(_BEFORE, flat):
        dates = _existing((match["y"], _MONTH_NUMBERS[_plain(match["m"])], match["d"]))
        made = _contradiction(text, match.span("w"), match["w"], match.span(), dates, days)
        if made:
            found[match.start()] = made
    return [found[start] for start in sorted(found)]


def _flat(text: str) -> str:
    """The text with as many characters, small and without accents, each white space a space."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower())
    return _SPACE.sub(" ", "".join(unicodedata.normalize("NFD", each.lower())[:1] or each for each in text))


def _read_behind(flat: str, position: int, days: Collection[dt.date]) -> tuple[int, list[dt.date]]:
    """Where the date behind a weekday ends, read in the first form that fits, and the days that it may mean."""
    for pattern in _BEHIND:
        if match := pattern.match(flat, position):
            groups = match.groupdict()
            month = int(groups["n"]) if groups.get("n") else _MONTH_NUMBERS[_plain(groups["m"])]
            if groups["y"]:
                return match.end(), _existing((groups["y"], month, groups["d"]))
            return match.end(), [each for each in days if (each.month, each.day) == (month, int(groups["d"]))]
    if match := _FIGURES.match(flat, position):
        one, two, year = match["one"], match["two"], match["y"]
        return match.end(), _existing((year, int(two), one), (year, int(one), two))
    return position, []


def _existing(*readings: tuple[str, int, str]) -> list[dt.date]:
    return [date for reading in readings if (date := _date(*reading))]


def _date(year: str, month: int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None


def _contradiction(
    text: str,
    of_word: tuple[int, int],
    word: str,
    span: tuple[int, int],
    dates: list[dt.date],
    days: Collection[dt.date],
) -> Contradiction | None:
    names, number = _WEEKDAYS[_plain(word)]
    if not dates or any(date.weekday() == number for date in dates):
        return None
    meant = next((date for date in dates if date in days), dates[0])
    typed, right = text[slice(*of_word)], names[meant.weekday()]
    right = right.upper() if typed.isupper() else right.capitalize() if typed[:1].isupper() else right.lower()
    start, end = span[0], of_word[0] + len(text[of_word[0] : span[1]].rstrip("."))  # the sentence's, or of "Nov."
    whole = text[start : of_word[0]] + right + text[of_word[1] : end]
    return Contradiction(start, end, text[start:end], whole, meant, certain=meant in days and len(dates) == 1)


def weekdays(facts: Facts) -> Iterator[Finding]:
    """Weekdays that contradict the date, in every text."""
    for text in facts.texts:
        for each in contradictions(text.text, facts.days):
            fix = None
            if each.certain:
                replace = Replace(text.place, each.typed, each.right)
                fix = Fix(N_("Make it “%(right)s”"), (replace,), {"right": each.right})
            yield WEEKDAY.at(
                text.place,
                N_("It says %(typed)s, but that day is %(day)s."),
                about=each.typed, fix=fix, typed=Quoted(each.typed), day=each.date,
            )  # fmt: skip


def impossible_days(facts: Facts) -> Iterator[Finding]:
    """31 June 2025, 29 February 2025."""
    for text in facts.texts:
        for typed in _impossible(text):
            yield NO_SUCH_DAY.at(
                text.place, N_("It says %(typed)s: there is no such day."), about=typed, typed=Quoted(typed)
            )


def _impossible(text: PlannedText) -> list[str]:
    flat = _flat(text.text)
    return [
        text.text[match.start() : match.end()]
        for match in _matches(_DATES, flat)
        if _date(match["y"], _MONTH_NUMBERS[_plain(match["m"])], match["d"]) is None
    ]


def dates_in(text: str, days: Collection[dt.date] = ()) -> list[dt.date]:
    """The dates that a text names; one without a year is of the year of `days`, as far as that is one."""
    flat = _flat(text)
    years = {day.year for day in days}
    found = [_date(match["y"], _MONTH_NUMBERS[_plain(match["m"])], match["d"]) for match in _matches(_DATES, flat)]
    if len(years) == 1:
        year = str(*years)
        found += [_date(year, _MONTH_NUMBERS[_plain(match["m"])], match["d"]) for match in _matches(_YEARLESS, flat)]
    return [date for date in found if date]


def _matches(patterns: Collection[re.Pattern[str]], flat: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(flat)
