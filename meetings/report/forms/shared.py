"""What the report's forms share."""

from __future__ import annotations

from exports.text import clean, one_line


def typed_line(text: str | None) -> str | None:
    """What was typed on one line; None for nothing."""
    return one_line(text or "") or None


def typed_text(text: str | None) -> str:
    """What was typed in a box, with its line ends."""
    return clean(text or "").strip()
