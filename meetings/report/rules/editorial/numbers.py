"""Numbers: in words below ten, in figures from ten, never in figures at the beginning of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage
from meetings.report.rules.editorial.vocabulary import NO_NOUN, NUMBERED

_MANUAL: Final = "UN Editorial Manual, Numbers, dates and time"
NU1: Final = Rule("NU1", "warning", N_("In words below ten and where a sentence begins, in figures from ten"), _MANUAL)
NU2: Final = Rule("NU2", "error", N_("Percentages in figures with “per cent”; the sign only in tables"), _MANUAL)
NU3: Final = Rule("NU3", "info", N_("Numbers in one series in one form"), "UN Correspondence Manual, para. 23")
NU4: Final = Rule("NU4", "warning", N_("A comma parts the thousands: 8,500"), "A/HRC/56/32, usage (“1,000”)")

_BELOW_TEN: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES: Final = {
    **{word: value for value, word in enumerate((*_BELOW_TEN, *_TEENS))},
    **{word: 20 + 10 * place for place, word in enumerate(_TENS)},
    **{
        f"{tens}-{unit}": 20 + 10 * place + value
        for place, tens in enumerate(_TENS)
        for value, unit in enumerate(_BELOW_TEN)
        if value
    },
}
_SMALL: Final = "two|three|four|five|six|seven|eight|nine"
_LARGE: Final = f"{'|'.join(_TEENS)}|(?:{'|'.join(_TENS)})(?:-(?:one|{_SMALL}))?"

_FIGURE = re.compile(r"(?<![\w.,:/$€£¥§°#+−–-])(?P<value>[1-9])(?= (?P<noun>[a-z]+)\b)")
_BEGINNING = re.compile(r"\d[\d,.]*(?= [a-z])")
_OWNERS: Final = NUMBERED | {"age", "aged", "ages"}
_IN_SERIES = re.compile(r"\d(?:, | and | or | to |–| in | (?:in|of) every )$")
_TWO_FIGURES = re.compile(r"(?<![\w.,:/-])[1-9]\d{1,2}(?:,\d{3})*(?= (?!per cent\b)[a-z])")
_LAST_WORD = re.compile(r"(\w+)\.? $")
_LARGE_WORD = re.compile(rf"(?<![\w-])(?:{_LARGE})(?= (?!per cent|thousand|hundred|million|billion|times\b)[a-z])")
_FRACTION = re.compile(r"(?<![\w/.,])(?:1/2|[12]/3|[13]/4)(?= (?:of|the)\b)|[½⅓⅔¼¾]")
_FRACTIONS: Final = {
    "1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter", "3/4": "three quarters",
    "½": "one half", "⅓": "one third", "⅔": "two thirds", "¼": "one quarter", "¾": "three quarters",
}  # fmt: skip
_CITED = re.compile(r"resolution|decision|document", re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?P<number>\d) ?%|%|(?<![\w-])(?:percent|per-cent)(?![\w-])"
    rf"|(?<![\w-])(?P<words>one|{_SMALL}|{_LARGE})(?= per cent\b)"
)
_SERIES = re.compile(
    rf"\b(?:of|with|by|from|in|for|between|including|involving|comprising) (?:the )?(?:"
    rf"(?P<low>{_SMALL}) (?:[a-z-]+ ){{0,2}}(?:and|or|to) [1-9]\d{{1,2}}(?= (?!per cent|of\b)[a-z])"
    rf"|[1-9]\d{{1,2}} (?:[a-z-]+ ){{0,2}}(?:and|or|to) (?P<low_last>{_SMALL})(?= (?!per cent|of\b)[a-z]))"
)
_THOUSANDS = re.compile(
    r"(?<![\w.,:/–-])(?P<run>\d{4,7})(?= (?P<noun>[a-z]+))|(?<![\w.,:/–-])\d{1,3}(?: \d{3})+(?= [a-z])"
)
_WORDS = N_("Numbers below ten are written in words.")


def numbers(passage: Passage) -> Iterator[Finding]:
    """NU1: figures below ten, words from ten, figures where a sentence begins, fractions in figures."""
    own = passage.own
    for start in passage.starts:
        if match := _BEGINNING.match(own, start):
            word = _BELOW_TEN[int(match[0])] if len(match[0]) == 1 else None
            yield NU1.at(
                start, match.end(), N_("A sentence does not begin with figures."), fix=word and word.capitalize()
            )
    for match in _FIGURE.finditer(own):
        if not passage.begins(match.start()) and _counts(passage, match):
            yield NU1.at(*match.span(), _WORDS, fix=_BELOW_TEN[int(match["value"])])
    for match in _LARGE_WORD.finditer(own):
        before = _LAST_WORD.search(own, max(match.start() - 24, 0), match.start())
        if not passage.begins(match.start()) and not (before and _leads_on(before[1])):
            value = str(VALUES[match[0]])
            yield NU1.at(
                *match.span(), N_("Numbers from ten are written in figures: %(value)s."), fix=value, value=value
            )
    for match in _FRACTION.finditer(own):
        if not passage.has(_CITED, passage.sentence(match.start())[0], match.start()):
            words = _FRACTIONS[match[0]]
            words = words.capitalize() if passage.begins(match.start()) else words
            fix = None if own[match.start() - 1 : match.start()].isdigit() else words
            yield NU1.at(*match.span(), N_("Simple fractions are written in words: %(words)s."), fix=fix, words=words)


def _counts(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a figure counts what follows, by itself: no number of an item, no date, none of a series."""
    own, start = passage.own, match.start()
    if match["noun"] in NO_NOUN or re.match(r"years? (?:of age|old)|year-old", own[match.end() + 1 : match.end() + 20]):
        return False
    before = own[max(start - 32, 0) : start]
    if _IN_SERIES.search(before):
        return False
    word = _LAST_WORD.search(before)
    if word and (_is_name(passage, start - len(word[0])) or word[1].isdigit() or word[1].lower() in _OWNERS):
        return False
    return not passage.has(_TWO_FIGURES, *passage.sentence(start))


def _is_name(passage: Passage, at: int) -> bool:
    """Whether the word here has a capital of its own."""
    return passage.own[at].isupper() and not passage.begins(at)


def _leads_on(word: str) -> bool:
    """Whether a word before a number makes it one of a series, a name or an idiom."""
    return word in {"or", "to", "and", "between", "top"} or word.lower() in NUMBERED


def percentages(passage: Passage) -> Iterator[Finding]:
    """NU2: “70 per cent”, for “70%” and “70 percent” and “seventy per cent”."""
    for match in _PERCENT.finditer(passage.own):
        if match["words"]:
            if passage.begins(match.start()):
                continue
            fix = str(VALUES[match["words"]])
        elif match["number"]:
            fix = f"{match['number']} per cent"
        else:
            fix = "" if match[0] == "%" else "per cent"
        yield NU2.at(*match.span(), N_("Percentages are written in figures, with “per cent”."), fix=fix or None)


def series(passage: Passage) -> Iterator[Finding]:
    """NU3: five of one and 12 of another: both in figures, as the higher one asks for."""
    for match in _SERIES.finditer(passage.own):
        group = "low" if match["low"] else "low_last"
        value = str(VALUES[match[group]])
        reason = N_("In a series with a number from ten, this one is in figures too: %(value)s.")
        yield NU3.at(*match.span(group), reason, fix=value, value=value)


def thousands(passage: Passage) -> Iterator[Finding]:
    """NU4: 8,500 for 8500 and 8 500; years and numbers of resolutions have none."""
    own = passage.own
    for match in _THOUSANDS.finditer(own):
        if match["run"]:
            before = _LAST_WORD.search(own, max(match.start() - 24, 0), match.start())
            named = before and (before[1].lower() in NUMBERED or _is_name(passage, match.start() - len(before[0])))
            if named or match["noun"] in NO_NOUN or 1500 <= int(match["run"]) <= 2200:
                continue
        right = f"{int(match[0].replace(' ', '')):,}"
        yield NU4.at(*match.span(), N_("A comma parts the thousands: %(right)s."), fix=right, right=right)
