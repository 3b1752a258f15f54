"""What the floor's forms share: one line of text, its longest, a number that may be missing."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from exports.text import one_line

LONGEST_TEXT = 300


def line(text: str | None) -> str | None:
    """A text on one line, None where it is empty."""
    return one_line(text or "") or None


def at_most() -> Length:
    """Refuses what is longer than a line."""
    return Length(max=LONGEST_TEXT, message=_l("Use at most %(max)d characters."))


def number(text: str | None) -> int | None:
    """A whole number, None for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() else None
