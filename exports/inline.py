"""Text inside a paragraph, as every Word document here takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one typeface. With `url` it is a link, e.g. behind a document symbol.

    `style` names a character style, which says what the words are to whoever reads the file back.
    """

    text: str
    italic: bool = False
    bold: bool = False
    url: str | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something nobody has told yet. Never filled by guessing.

    `text` says what is missing ("date of submission") and is shown highlighted in square brackets;
    `comment` tells the reader of the draft what to do about it and becomes a Word comment.
    """

    text: str
    comment: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote called at this place. Numbered by Word, 1 to the last over the whole document."""

    content: tuple[Span | Gap, ...]


Inline = Span | Gap | Footnote


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody has to look at, at the words that it concerns: a Word comment.

    `start` and `end` count characters of the text as it reads: a gap with its brackets, without footnotes. `item` is
    the lettered item (from 0) that is meant, None for the text above the items.
    """

    start: int
    end: int
    text: str
    item: int | None = None
