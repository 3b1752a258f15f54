"""Names of countries: those of UNTERM, in alphabetical order, without possessive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from exports.countries import countries
from exports.people import alphabetical
from meetings.report.rules.editorial.country_names import Named, Naming, named
from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage
from meetings.report.rules.editorial.vocabulary import words
from meetings.report.rules.wording import country_after, country_in_text

NA1: Final = Rule("NA1", "error", N_("Countries by their short names in UNTERM"), "UN Editorial Manual, Country names")
NA2: Final = Rule(
    "NA2", "warning", N_("Countries in a list in English alphabetical order"),
    "UN Editorial Manual, Paragraphs; A/HRC/56/32, para. 5",
)  # fmt: skip
PO1: Final = Rule(
    "PO1", "error", N_("No possessive of a country, an abbreviation or the United Nations"),
    "UN Editorial Manual, Punctuation",
)  # fmt: skip

_REASONS: Final[dict[Naming, str]] = {
    "former": N_("The State is called %(right)s today."),
    "other": N_("The short name in UNTERM is %(right)s."),
    "foreign": N_("The English short name in UNTERM is %(right)s."),
    "unaccented": N_("The short name has its accents: %(right)s."),
    "unsure": N_("Say which: the Republic of Korea or the Democratic People’s Republic of Korea."),
}
# A body is called so: its name is its own, whatever the country is called.
_BODIES: Final = words(
    """Academy Association Authorities Bank Chamber Church Cities Committee Confederation Conference Congress Councils
    Federation Foundation Governors Institute League Mayors Municipalities Museum Network Party Regions Society Towns
    Union University"""
)
_OF_BODY = re.compile(r"\b([A-Z]\w+) (?:of|for) (?:the )?$")
_CAPITAL_BEFORE = re.compile(r"(?:^|[^\w])((?:[A-Z][\w’'-]*|Mr\.|Ms\.|Dr\.)) $")
_CAPITAL_BEHIND = re.compile(r"(?:-\w| (?:&|[A-Z][\w’'-]*))")
_ALLOWED_BEHIND = re.compile(r" (?:Government|Mission|Parliament|I)\b")
_PLACED = re.compile(r"(?:\b(?:in|from|of|and|to|by|for|with|between|or) (?:the )?|, |^)$")
_BETWEEN = re.compile(r", (?:the )?|,? (?:and|or) (?:the )?")
_OWNS = re.compile(r"[’']s\b|(?<=s)[’'](?!\w)")
_ADJECTIVAL = re.compile(r"[’'-]| (?:border|delegation|embassy|government|law|mission|policy|war)s?\b")
_OTHER_ORDER = re.compile(r"\b(?:respectively|order|followed by|then|first|later)\b")
_CITY_BEFORE = re.compile(r"[A-Z][\w’'-]*, (?:the )?$")


def countries_named(passage: Passage) -> Iterator[Finding]:
    """NA1 and PO1, where a country is named."""
    own = passage.own
    for place in named(own):
        if place.naming not in ("right", "short") and not _someone_elses(passage, place):
            yield _unterm(passage, place)
        if (owns := _OWNS.match(own, place.end)) and not _someone_elses(passage, place):
            yield PO1.at(place.start, owns.end(), N_("Countries have no possessive: write “of …”."))


def _someone_elses(passage: Passage, place: Named) -> bool:
    """Whether the word is part of another name: Ms. Holland, Central Macedonia, Union of Municipalities of Turkey."""
    own = passage.own
    before, behind = own[max(place.start - 40, 0) : place.start], own[place.end : place.end + 16]
    if body := _OF_BODY.search(before):
        return body[1] in _BODIES and not passage.begins(place.start - len(before) + body.start())
    capital = _CAPITAL_BEFORE.search(before)
    if capital and capital[1] != "The" and not passage.begins(place.start - len(capital[1]) - 1):
        return True
    if before.endswith(("-", "’", "'", "&")) or (_CAPITAL_BEHIND.match(behind) and not _ALLOWED_BEHIND.match(behind)):
        return True
    match own[place.start : place.end]:
        case "US":
            return behind.startswith(("$", " dollar"))
        case "Palestine":
            return behind.startswith(" refugee")
        case "Emirates" | "Vatican":
            return not before.endswith("the ")
        case "Holland":
            return not _PLACED.search(before) or not before
        case _:
            return place.naming in ("foreign", "unsure") and not _PLACED.search(before)


def _unterm(passage: Passage, place: Named) -> Finding:
    reason = _REASONS[place.naming]
    if not place.code:
        return NA1.at(place.start, place.end, reason)
    own, right = passage.own, country_in_text(place.code).replace("'", "’")
    start, end = place.start, place.end
    if own[max(start - 4, 0) : start].lower() == "the " and (start == 4 or not own[start - 5].isalnum()):
        start -= 4
    fix: str | None = right[:1].upper() + right[1:] if passage.begins(start) else right
    behind_city = (
        right.startswith("the ") and start == place.start and _CITY_BEFORE.search(own[max(start - 30, 0) : start])
    )
    if behind_city or _ADJECTIVAL.match(own, end):
        fix = None
    return NA1.at(start, end, reason, fix=fix, right=right)


def first_mentions(report: Sequence[Passage]) -> Iterator[tuple[Passage, Finding]]:
    """NA1: the United States and the United Kingdom with their full names at first."""
    given: set[str] = set()
    for passage in report:
        for place in named(passage.own):
            if place.code not in ("US", "GB") or place.code in given or _someone_elses(passage, place):
                continue
            if place.naming == "short":
                right = country_after(place.code)
                yield (
                    passage,
                    NA1.at(place.start, place.end, N_("At first in full: %(right)s."), fix=right, right=right),
                )
            if place.naming in ("right", "short"):
                given.add(place.code)


def alphabetical_lists(passage: Passage) -> Iterator[Finding]:
    """NA2: three countries or more in a row."""
    own = passage.own
    row: list[Named] = []
    for place in [*named(own), None]:
        joins = bool(row and place and _BETWEEN.fullmatch(own, row[-1].end, place.start))
        if not joins:
            yield from _row(passage, row)
            row = []
        if place and place.code and not _CAPITAL_BEHIND.match(own, place.end):
            row.append(place)
        elif place:
            row = []


def _row(passage: Passage, row: list[Named]) -> Iterator[Finding]:
    own = passage.own
    if len(row) < 3 or _CITY_BEFORE.search(own[max(row[0].start - 30, 0) : row[0].start]):
        return
    start, end = _with_article(own, row[0]), row[-1].end
    ordered = sorted(row, key=lambda place: alphabetical(countries()[place.code].name()))
    if ordered == row or passage.has(_OTHER_ORDER, *passage.sentence(start)):
        return
    typed = [own[_with_article(own, place) : place.end] for place in ordered]
    *between, last = (own[one.end : _with_article(own, two)] for one, two in pairwise(row))
    even = all(sign == ", " for sign in between) and last in (" and ", " or ")
    fix = ", ".join(typed[:-1]) + last + typed[-1] if even and not passage.begins(start) else None
    yield NA2.at(start, end, N_("Countries stand in English alphabetical order."), fix=fix)


def _with_article(own: str, place: Named) -> int:
    return place.start - 4 if own[max(place.start - 4, 0) : place.start] == "the " else place.start


_ACRONYMS = re.compile(r"(?<![\w&/.-])(?!UN\b)[A-Z]{2,}[’']s\b|\bUnited Nations(?:[’']s\b|[’'](?!\w))")


def possessives(passage: Passage) -> Iterator[Finding]:
    """PO1: OHCHR’s, United Nations’."""
    for match in _ACRONYMS.finditer(passage.own):
        fix = "United Nations" if match[0].startswith("United") else None
        yield PO1.at(*match.span(), N_("Abbreviations and the United Nations have no possessive."), fix=fix)
