"""Lists in a text box, so that a box sent back untouched gives back the list as it was, whatever its items hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exports.text import clean, one_line

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def to_paragraphs(items: Sequence[str]) -> str:
    """Items with an empty line between them."""
    return "\n\n".join(items)


def from_paragraphs(box: str, stored: Sequence[str]) -> tuple[str, ...]:
    """The items of a box, parted by empty lines; `stored` where the box still reads as they do."""
    return _kept(box, stored, to_paragraphs(stored)) or tuple(
        item.strip() for item in _BLANK_LINES.split(clean(box)) if item.strip()
    )


def to_lines(items: Sequence[str]) -> str:
    """Items, one on each line."""
    return "\n".join(items)


def from_lines(box: str, stored: Sequence[str]) -> tuple[str, ...]:
    """The items of a box, one on each line; `stored` where the box still reads as they do."""
    return _kept(box, stored, to_lines(stored)) or tuple(
        item.strip() for item in clean(box).split("\n") if item.strip()
    )


def as_item(note: str) -> str:
    """A recommendation's note as an item: it went on behind "recommended that", and begins for itself now."""
    words = one_line(note).removeprefix("that ")
    return words[:1].upper() + words[1:]


def _kept(box: str, stored: Sequence[str], shown: str) -> tuple[str, ...]:
    return tuple(stored) if clean(box) == clean(shown) else ()
