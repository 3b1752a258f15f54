"""The ledger of recommendations over a series: what a report recommends, item by item, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from exports.inline import Gap
from exports.text import one_line
from meetings.report.rules.draft import Block, numbered
from meetings.report.rules.edited import EditedDraft
from meetings.report.rules.material import Particulars, Recommendation
from meetings.report.rules.wording import plain

STATUSES: Final = ("open", "under_way", "done", "not_pursued")
_KEY = "recommendations:"


@dataclass(frozen=True, slots=True)
class Made:
    """One recommendation of a report: for whom, in which words, where it stands, and on which points it rests."""

    text: str
    addressee: str | None
    source: str
    points: tuple[str, ...]


def made_in(draft: EditedDraft, particulars: Particulars) -> list[Made]:
    """What the report recommends, in its order: each lettered item, or a paragraph without items as a whole.

    The source is written as reports cite each other: A/HRC/56/32, para. 61 (a).
    """
    symbol = draft.masthead.symbol
    document = "draft report" if isinstance(symbol, Gap) else one_line(symbol)
    found: list[Made] = []
    for line in numbered(draft.body):
        if not isinstance(line.part, Block) or not line.part.key.startswith(_KEY):
            continue
        given = _given(line.part.key, particulars)
        place = f"{document}, para. {line.label.rstrip('.')}"
        items = line.part.paragraph.items
        contents = [(item, f"{place} ({_letter(number)})") for number, item in enumerate(items)]
        for content, source in contents or [(line.part.paragraph.content, place)]:
            words = plain(content).strip().rstrip(";.").strip()
            if words:
                found.append(Made(words, one_line(given.addressee or "") or None, source, given.points))
    return found


def same(one: str, other: str) -> bool:
    """Whether two texts are one recommendation: the same words, whatever their capitals, blanks and last signs."""
    return _bare(one) == _bare(other)


def _bare(words: str) -> str:
    return one_line(words).rstrip(" ;.,").casefold()


def _given(key: str, particulars: Particulars) -> Recommendation:
    place = key.removeprefix(_KEY)
    known = particulars.recommendations
    return known[int(place)] if place.isdecimal() and int(place) < len(known) else Recommendation()


def _letter(number: int) -> str:
    """a, b, … z, aa, bb: as Word counts lettered items."""
    return chr(ord("a") + number % 26) * (number // 26 + 1)
