"""What the rules read: one stretch of text at a time, with what is nobody's wording blanked out.

Each passage has three readings of the same length, so that a position in one is a position in all: `text` as it reads,
`open` without gaps, links, addresses and document symbols, and `own` without quotations and italics too, which are
somebody else's words or titles.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from exports.inline import Footnote, Gap, Span
from exports.report_data import Heading, Paragraph
from meetings.report.rules.draft import Block, Draft
from meetings.report.rules.editorial.finding import HEADING, TITLE
from meetings.report.rules.wording import Text, plain

Kind = Literal["title", "heading", "paragraph", "item"]
BLANK: Final = "\ufffc"  # neither a letter nor a sign nor a space: no rule finds anything in it

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>“”]+[^\s<>“”.,;:)\]]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w./-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:com|eu|gov|int|net|org)(?:/[^\s<>“”]*[^\s<>“”.,;:)\]])?(?!\w)"
)
SYMBOL: Final = re.compile(r"(?<![\w/])[A-Z]{1,8}(?:/[A-Z0-9][A-Za-z0-9.()\-]*)+(?<![.(\-])")
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[”’\"')\]]*\s+")
_BEFORE_STOP = re.compile(
    r"\b(?:[A-Za-z]|Mr|Ms|Mrs|Mx|Dr|Prof|St|No|Nos|(?i:vols?|chaps?|arts?|paras?|pp|figs?|res|approx|cf|eds?|etc|vs)"
    r"|Add|Corr|Rev|Inc|Ltd|Jr|Sr)$"
)


@dataclass(frozen=True)
class Passage:
    """A title, a heading, a paragraph's text or one of its items: number `item` of `items`. `key` is the place's."""

    key: str
    kind: Kind
    content: Text
    item: int | None = None
    items: int = 0
    bold: bool = False

    @cached_property
    def text(self) -> str:
        """The words as they read, gaps in square brackets."""
        return plain(self.content)

    @cached_property
    def open(self) -> str:
        """Without gaps, links, addresses and symbols."""
        blanked = "".join(
            BLANK * len(plain((piece,))) if isinstance(piece, Gap) or (isinstance(piece, Span) and piece.url) else words
            for piece in self.content
            if (words := plain((piece,)))
        )
        return SYMBOL.sub(_blank, _ADDRESS.sub(_blank, blanked))

    @cached_property
    def own(self) -> str:
        """Without quotations and italics too."""
        reading = [*self.open]
        at = 0
        for piece in self.content:
            length = len(plain((piece,)))
            if isinstance(piece, Span) and piece.italic:
                reading[at : at + length] = BLANK * length
            at += length
        for start, end in quotations(self.open):
            reading[start:end] = BLANK * (end - start)
        return "".join(reading)

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """The words of `own` with where they begin; hyphens and apostrophes part words."""
        return [(match.start(), match[0]) for match in _WORD.finditer(self.own)]

    @cached_property
    def starts(self) -> list[int]:
        """Where sentences begin, behind opening quotation marks and brackets, in order."""
        found = {_inside(self.text, 0)}
        for match in _STOP.finditer(self.text):
            before = self.text[max(match.start() - 12, 0) : match.start()]
            if not _BEFORE_STOP.search(before):
                found.add(_inside(self.text, match.end()))
        return sorted(found)

    def begins(self, at: int) -> bool:
        """Whether a sentence begins here."""
        place = bisect_left(self.starts, at)
        return place < len(self.starts) and self.starts[place] == at

    def sentence(self, at: int) -> tuple[int, int]:
        """From where to where the sentence goes that a place stands in."""
        place = bisect_right(self.starts, at)
        start = self.starts[place - 1] if place else 0
        return start, self.starts[place] if place < len(self.starts) else len(self.text)

    def has(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether a pattern begins in a stretch of `own`, which is looked through once for all stretches."""
        if pattern not in self._places:
            self._places[pattern] = [match.start() for match in pattern.finditer(self.own)]
        places = self._places[pattern]
        place = bisect_left(places, start)
        return place < len(places) and places[place] < end

    @cached_property
    def _places(self) -> dict[re.Pattern[str], list[int]]:
        return {}


def of_text(text: str, kind: Kind = "paragraph") -> Passage:
    """Plain text as a passage."""
    return Passage("", kind, (Span(text),) if text else ())


def passages(draft: Draft) -> Iterator[Passage]:
    """All that a report consists of, in the order it is read: title, summary, body with its headings."""
    yield Passage(TITLE, "title", (Span(draft.title),))
    yield from _of_block(draft.summary)
    for place, part in enumerate(draft.body):
        if isinstance(part, Heading):
            yield Passage(f"{HEADING}{place}", "heading", (Span(part.text),))
        else:
            yield from _of_block(part)


def _of_block(block: Block) -> Iterator[Passage]:
    paragraph: Paragraph = block.paragraph
    items = len(paragraph.items)
    yield Passage(block.key, "paragraph", paragraph.content, None, items, paragraph.bold)
    for number, item in enumerate(paragraph.items):
        yield Passage(block.key, "item", item, number, items, paragraph.bold)


def footnotes(passage: Passage) -> Iterator[tuple[int, Footnote]]:
    """The footnotes of a passage, with the place in its text where each is called."""
    at = 0
    for piece in passage.content:
        if isinstance(piece, Footnote):
            yield at, piece
        at += len(plain((piece,)))


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand, marks included: curly and straight double marks, and single curly ones."""
    opened: list[int] = []
    straight = single = -1
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "“":
            opened.append(at)
        elif mark == "”" and opened:
            yield opened.pop(), at + 1
        elif mark == '"':
            if straight >= 0:
                yield straight, at + 1
            straight = -1 if straight >= 0 else at
        elif mark == "‘" and single < 0:
            single = at
        elif mark == "’" and single >= 0 and not text[at + 1 : at + 2].isalnum():
            yield single, at + 1
            single = -1


_MARK = re.compile('[“”"‘’]')


def _inside(text: str, at: int) -> int:
    while at < len(text) and text[at] in "“‘\"'([ \t\n":
        at += 1
    return at


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
