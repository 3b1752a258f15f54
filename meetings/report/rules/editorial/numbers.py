"""Numbers: in words below ten, in figures from ten; percentages always in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage

_MANUAL: Final = "UN Editorial Manual, Numbers, dates and time"
NU2: Final = Rule("NU2", "error", N_("Percentages in figures with “per cent”; the sign only in tables"), _MANUAL)

_PERCENT = re.compile(r"(?P<number>\d)?(?P<space> ?)%|(?<![\w-])per ?-?cent(?![\w-])")


def percentages(passage: Passage) -> Iterator[Finding]:
    """NU2: “70 per cent”, for “70%” and “70 percent”."""
    for match in _PERCENT.finditer(passage.own):
        if match[0] == "per cent":
            continue
        number = f"{match['number']} per cent" if match["number"] else None
        fix = number if match[0].endswith("%") else "per cent"
        yield NU2.at(match.start(), match.end(), N_("Percentages are written “per cent”, in figures."), fix=fix)
