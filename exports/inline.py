"""Text inside a paragraph, as every Word document here takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one typeface. With `url` it is a link, e.g. behind a document symbol."""

    text: str
    italic: bool = False
    bold: bool = False
    url: str | None = None


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
