"""Times of day and stretches of them, in the forms that notes in English, French and Spanish write them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MERIDIEM = r"(?:\s*(?P<{0}m>[ap])\.?\s?m\b\.?)"
_CLOCK = (
    r"(?:(?P<{0}h>\d{{1,2}})\s?(?:[:.]\s?|\s?(?:h|H|u)\s?)(?P<{0}n>\d{{2}})(?:\s?(?:hrs?|hs|h|uhr)\b\.?)?"
    r"(?:" + _MERIDIEM.replace("{0}", "{0}x") + r")?"
    r"|(?P<{0}d>[012]\d[0-5]\d)(?:\s?(?:hrs?|hs|h)\b\.?)?(?![\d:.,/])"
    r"|(?P<{0}j>\d{{1,2}})(?:\s?(?:h|H|hrs?|hs|horas|heures)\b\.?|" + _MERIDIEM.replace("{0}", "{0}y") + r")"
    r"|(?P<{0}w>noon|midnight|midi|minuit|mediod[ií]a|medianoche)\b)"
)
_BARE = r"(?:(?P<{0}b>\d{{1,2}}))"
_DASH = r"(?:[-–—−‒―]{1,2}|to|till|until|à|a|jusqu['’]à|hasta|/|&)"
_LEAD = r"(?:(?:from|between|de|del?\s+las?|desde(?:\s+las?)?|entre|dès)\s+)?"
_ARTICLE = r"(?:las?\s+)?"
_RANGE = re.compile(
    rf"{_LEAD}{_ARTICLE}(?<![\d/.:])(?:{_CLOCK.format('s')}|{_BARE.format('s')})\s*"
    rf"(?:{_DASH})\s*{_ARTICLE}(?:{_CLOCK.format('e')}|{_BARE.format('e')})(?![\d/])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?:between|entre)\s+{_ARTICLE}{_CLOCK.format('s')}\s+(?:and|et|y)\s+{_ARTICLE}{_CLOCK.format('e')}(?![\d/])",
    re.IGNORECASE,
)
_AT = re.compile(
    rf"(?:(?:at|from|à|dès|a\s+las?|desde\s+las?)\s+)?(?<![\d/.:]){_CLOCK.format('s')}(?![\d/])", re.IGNORECASE
)
_WORDS = {
    "noon": dt.time(12), "midi": dt.time(12), "mediodía": dt.time(12), "mediodia": dt.time(12),
    "midnight": dt.time(0), "minuit": dt.time(0), "medianoche": dt.time(0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the day, and where in the text it stands. `end` is None where only a start is written."""

    start: dt.time
    end: dt.time | None
    at: int
    to: int


def stretches(text: str) -> list[Stretch]:
    """Every stretch from one time to another in a text."""
    matches = sorted([*_RANGE.finditer(text), *_BETWEEN.finditer(text)], key=lambda match: match.start())
    return [found for match in matches if (found := _stretch(match)) is not None]


def leading(text: str) -> Stretch | None:
    """The stretch or the single time that a text begins with."""
    match = _RANGE.match(text) or _BETWEEN.match(text)
    if match and (found := _stretch(match)):
        return found
    match = _AT.match(text)
    if match is None or match["sd"]:
        return None  # four digits alone are as well a year
    start = _time(match, "s", "")
    return Stretch(start, None, match.start(), match.end()) if start else None


def _stretch(match: re.Match[str]) -> Stretch | None:
    groups = match.groupdict()
    if groups.get("eb") or (groups.get("sb") and match["ed"]):
        return None  # a bare number is a time only before one that says what it is: 10–11 a.m.
    if match["sd"] and match["ed"] and all(1900 <= int(match[each]) < 2100 for each in ("sd", "ed")):
        return None  # 2019–2025
    half = match["exm"] or match["eym"] or ""
    end = _time(match, "e", "")
    start = _time(match, "s", half)
    if start is None or end is None:
        return None
    if half and start > end and not (match["sxm"] or match["sym"]):
        start = _time(match, "s", "") or start  # 10–1 p.m. begins in the morning
    return Stretch(start, end, match.start(), match.end())


def _time(match: re.Match[str], which: str, half: str) -> dt.time | None:
    """The time of one side; `half` (a or p) is what the other side says, for one that says nothing."""
    if word := match[which + "w"]:
        return _WORDS[word.lower()]
    if digits := match[which + "d"]:
        hour, minute = int(digits[:2]), int(digits[2:])
    else:
        groups = match.groupdict()
        hour = int(groups[which + "h"] or groups[which + "j"] or groups.get(which + "b") or 0)
        minute = int(groups[which + "n"] or 0)
    own = match[which + "xm"] or match[which + "ym"] or half
    if own and 1 <= hour <= 12:
        hour = hour % 12 + (12 if own.lower() == "p" else 0)
    if hour == 24 and minute == 0:
        return None
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
