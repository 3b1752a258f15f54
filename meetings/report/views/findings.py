"""What the editorial rules find, as the pages show it and as a press on a fix names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from meetings.report.rules.editorial import Finding


@dataclass(frozen=True, slots=True)
class Fix:
    """The fix that somebody pressed: which finding in which paragraph, at which version of that."""

    version: int
    key: str
    rule: str
    item: int | None
    start: int
    end: int

    def among(self, findings: Iterable[Finding]) -> Finding | None:
        """The finding that was pressed, as long as it is still there."""
        named = (self.rule, self.item, self.start, self.end)
        alike = (each for each in findings if (each.rule, each.item, each.start, each.end) == named)
        return next((each for each in alike if each.fix is not None), None)


def fix_of(finding: Finding, version: int, key: str) -> str:
    """A fix as the value of its button."""
    item = "-" if finding.item is None else finding.item
    return f"fix {version} {finding.rule} {item} {finding.start} {finding.end} {key}"


def pressed_fix(version: int, rest: str) -> Fix:
    """The fix out of its button's value; ValueError where that was not made by `fix_of`."""
    rule, item, start, end, key = rest.split(" ", 4)
    return Fix(version, key, rule, None if item == "-" else int(item), int(start), int(end))


def severities() -> dict[str, str]:
    """How severe a finding is, in words."""
    return {"error": _("Mistake"), "warning": _("Check"), "info": _("Hint")}


def reason_of(finding: Finding) -> str:
    """Why it is one, in the reader's language."""
    return str(_(finding.reason, **finding.values))
