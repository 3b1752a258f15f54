"""All rules over a draft, or over one stretch of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from meetings.report.rules.draft import Draft
from meetings.report.rules.editorial import (
    abbreviations,
    consistency,
    dates,
    length,
    names,
    numbers,
    punctuation,
    spelling,
    structure,
    symbols,
    wording,
)
from meetings.report.rules.editorial.finding import Finding, Rule
from meetings.report.rules.editorial.passage import Passage, of_text, passages
from meetings.report.rules.options import WORD_LIMIT

# Each check with the rules that it holds to. These see one passage …
BY_PASSAGE: Final[dict[Callable[[Passage], Iterator[Finding]], tuple[Rule, ...]]] = {
    spelling.spelling: (spelling.SP1, spelling.SP2, spelling.HY1),
    spelling.compounds: (spelling.SP3,),
    numbers.numbers: (numbers.NU1,),
    numbers.percentages: (numbers.NU2,),
    numbers.series: (numbers.NU3,),
    numbers.thousands: (numbers.NU4,),
    dates.dates: (dates.DA1,),
    dates.seasons: (dates.DA2,),
    dates.calendar: (dates.DA3,),
    dates.times: (dates.TI1,),
    abbreviations.united_nations: (abbreviations.AB2,),
    abbreviations.full_stops: (abbreviations.AB3, abbreviations.PE1),
    names.countries_named: (names.NA1, names.PO1),
    names.alphabetical_lists: (names.NA2,),
    names.possessives: (names.PO1,),
    punctuation.serial_comma: (punctuation.SC1,),
    punctuation.quotation_marks: (punctuation.QU1, punctuation.QU2),
    punctuation.typing: (punctuation.DH1, punctuation.TY1),
    punctuation.double_words: (punctuation.TY2,),
    punctuation.halves: (punctuation.BR1,),
    symbols.symbols: (symbols.SY1,),
    symbols.resolutions: (symbols.RS1,),
    symbols.footnote_places: (symbols.FN1,),
    wording.capitals: (wording.CA1,),
    wording.gender: (wording.GE1,),
    wording.disability: (wording.IN1,),
    wording.articles: (wording.AR1,),
    structure.typed_numbers: (structure.PA1,),
    structure.ends: (structure.ST1, structure.LI1),
    structure.headings: (structure.HE2,),
    structure.emphasis: (structure.EM1,),
}
# … these the whole report in the order it is read …
BY_REPORT: Final[dict[Callable[[Sequence[Passage]], Iterator[tuple[Passage, Finding]]], tuple[Rule, ...]]] = {
    abbreviations.spelled_out: (abbreviations.AB1,),
    names.first_mentions: (names.NA1,),
    symbols.citations: (symbols.FN2,),
    consistency.practices: (consistency.CO1,),
    consistency.speakers: (consistency.CO2,),
    consistency.people: (consistency.CO3,),
    consistency.accents: (consistency.CO4,),
    consistency.places_possessive: (consistency.PO2,),
}
# … and these its build.
BY_DRAFT: Final[dict[Callable[[Draft], Iterator[tuple[str, Finding]]], tuple[Rule, ...]]] = {
    structure.sections: (structure.HE1,),
    structure.recommendations: (structure.RE1, structure.PA1, structure.LI1),
}
RULES: Final = tuple(
    sorted(
        {
            rule
            for held in (*BY_PASSAGE.values(), *BY_REPORT.values(), *BY_DRAFT.values(), (length.LE1, length.LE2))
            for rule in held
        },
        key=lambda rule: rule.id,
    )
)


def checked(draft: Draft, *, limit: int = WORD_LIMIT) -> dict[str, tuple[Finding, ...]]:
    """What the rules find in a draft that may have `limit` words, by the key of the place.

    That is a paragraph's key, `title`, `report` for what concerns the whole, or `heading:` and the heading's place in
    the body; places without findings are left out. Within a place the findings stand in the order of the text.
    """
    report = [passage for passage in passages(draft) if passage.text.strip()]
    found: dict[str, list[Finding]] = {}
    for passage in report:
        found.setdefault(passage.key, []).extend(of_passage(passage))
    for over_all in BY_REPORT:
        for passage, finding in over_all(report):
            found.setdefault(passage.key, []).append(_of_item(finding, passage.item))
    for of_draft in BY_DRAFT:
        for key, finding in of_draft(draft):
            found.setdefault(key, []).append(finding)
    for key, finding in length.length(draft, limit):
        found.setdefault(key, []).append(finding)
    return {key: in_order(findings) for key, findings in found.items() if findings}


def checked_text(text: str) -> tuple[Finding, ...]:
    """What the rules find in one paragraph of plain text, as far as they need no other."""
    passage = of_text(text)
    return in_order(of_passage(passage)) if text.strip() else ()


@lru_cache(maxsize=2048)  # a page of the draft asks for the same passages again and again: some 2 ms each
def of_passage(passage: Passage) -> tuple[Finding, ...]:
    """What the rules for a single passage find in it."""
    return tuple(_of_item(finding, passage.item) for check in BY_PASSAGE for finding in check(passage))


def _of_item(finding: Finding, item: int | None) -> Finding:
    return finding if item is None else replace(finding, item=item)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as the text is read: each place once for each rule."""
    once = {(f.rule, f.item, f.start, f.end): f for f in findings}
    return tuple(sorted(once.values(), key=lambda f: (-1 if f.item is None else f.item, f.start, f.end, f.rule)))
