"""What a rule is and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]
# The places that are no paragraph: the document's title, the report as a whole, headings by their place in the body.
TITLE: Final = "title"
WHOLE: Final = "report"
HEADING: Final = "heading:"


def N_(words: str) -> str:  # noqa: N802 -- the name under which the extractor of translations looks for it
    """Marks words that are translated where they are shown, with the finding's values put in."""
    return words


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that a rule holds against.

    `start` and `end` count characters of the paragraph as it reads (`wording.plain`), in its lettered item number
    `item` (from 0) where that is not None. `reason` is marked for translation and takes `values`: pages show
    `gettext(finding.reason, **finding.values)`, documents in English `finding.message`. `fix` is what has to stand
    there instead, given only where that is certain; `fixing.fixed` puts it in.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    reason: str
    source: str
    values: Mapping[str, str] = field(default_factory=dict)
    fix: str | None = None
    item: int | None = None

    @property
    def message(self) -> str:
        """The reason in English."""
        return self.reason % self.values if self.values else self.reason


@dataclass(frozen=True, slots=True)
class Rule:
    """An editorial rule: `what` it asks for and where that stands, or what practice it follows."""

    id: str
    severity: Severity
    what: str
    source: str

    def at(  # the values of a reason are its keywords
        self, start: int, end: int, reason: str, *, fix: str | None = None, item: int | None = None, **values: str
    ) -> Finding:
        """A place where it is not kept."""
        return Finding(self.id, self.severity, start, end, reason, self.source, values, fix, item)
