"""All rules over a draft, or over one stretch of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from meetings.report.rules.draft import Draft
from meetings.report.rules.editorial import numbers, spelling
from meetings.report.rules.editorial.finding import Finding, Rule
from meetings.report.rules.editorial.passage import Passage, of_text, passages

# What each check holds against; a check sees one passage.
BY_PASSAGE: Final[dict[Callable[[Passage], Iterator[Finding]], tuple[Rule, ...]]] = {
    spelling.spelling: (spelling.SP1, spelling.SP2, spelling.HY1),
    spelling.compounds: (spelling.SP3,),
    numbers.percentages: (numbers.NU2,),
}


def checked(draft: Draft) -> dict[str, tuple[Finding, ...]]:
    """What the rules find in a draft, by the key of the place.

    That is a paragraph's key, `title`, `report` for what concerns the whole, or `heading:` and the heading's place in
    the body; places without findings are left out. Within a place the findings stand in the order of the text.
    """
    found: dict[str, list[Finding]] = {}
    for passage in passages(draft):
        for finding in of_passage(passage):
            found.setdefault(passage.key, []).append(finding)
    return {key: _in_order(findings) for key, findings in found.items()}


def checked_text(text: str) -> tuple[Finding, ...]:
    """What the rules find in one paragraph of plain text, as far as they need no other."""
    return _in_order(of_passage(of_text(text)))


def of_passage(passage: Passage) -> Iterator[Finding]:
    """What the rules for a single passage find in it."""
    if passage.text.strip():
        for check in BY_PASSAGE:
            for finding in check(passage):
                yield finding if passage.item is None else _of_item(finding, passage.item)


def _of_item(finding: Finding, item: int) -> Finding:
    return replace(finding, item=item)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (-1 if f.item is None else f.item, f.start, f.end, f.rule)))
