"""The length of the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from meetings.report.rules.budget import budget
from meetings.report.rules.draft import Draft
from meetings.report.rules.editorial.finding import N_, WHOLE, Finding, Rule

IN_SESSION: Final = 3_300  # words
LE1: Final = Rule(
    "LE1", "error", N_("The limit on words, footnotes included: 8,500 from the Secretariat, 10,700 others"),
    "General Assembly resolutions 52/214, 53/208 and 59/265",
)  # fmt: skip
LE2: Final = Rule(
    "LE2",
    "info",
    N_("A text in session has about 3,300 words"),
    "UN Office at Geneva, instructions",
)


def length(draft: Draft, limit: int) -> Iterator[tuple[str, Finding]]:
    """LE1, or LE2 where the limit is that of a text in session."""
    counted = budget(draft, limit)
    if counted.over:
        rule = LE1 if limit > IN_SESSION else LE2
        reason = N_("The document has %(words)s words, %(over)s more than the limit of %(limit)s.")
        words, over, most = (f"{value:,}" for value in (counted.total, counted.over, limit))
        yield WHOLE, rule.at(0, 0, reason, words=words, over=over, limit=most)
