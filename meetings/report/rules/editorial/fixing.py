"""Putting a fix in: the rest of the paragraph keeps its typefaces, gaps and footnotes."""

from __future__ import annotations

from dataclasses import replace

from exports.inline import Inline, Span
from exports.report_data import Paragraph
from meetings.report.rules.editorial.finding import Finding
from meetings.report.rules.wording import Text, plain, text


def fixed(paragraph: Paragraph, finding: Finding) -> Paragraph:
    """The paragraph with a finding's fix put in; as it was where there is none, or where a gap would be overwritten."""
    if finding.item is None:
        return replace(paragraph, content=_replaced(paragraph.content, finding))
    items = [*paragraph.items]
    if finding.item < len(items):
        items[finding.item] = _replaced(items[finding.item], finding)
    return replace(paragraph, items=tuple(items))


def _replaced(content: Text, finding: Finding) -> Text:
    """The content with the stretch replaced. A fix of equal length keeps each character's typeface."""
    start, end, fix = finding.start, finding.end, finding.fix
    if fix is None or not 0 <= start <= end <= len(plain(content)):
        return content
    even = len(fix) == end - start
    made: list[Inline] = []
    at, left = 0, fix
    for piece in content:
        length = len(plain((piece,)))
        first, last = max(start, at), min(end, at + length)
        touched = first < last or (start == end and at <= start <= at + length)
        if not touched or (not left and start == end):
            made.append(piece)
        elif not isinstance(piece, Span):
            if not even or left[: last - first] != plain((piece,))[first - at : last - at]:
                return content
            left = left[last - first :]
            made.append(piece)
        else:
            mine = left[: last - first] if even and start != end else left
            left = left[len(mine) :]
            made.append(replace(piece, text=piece.text[: first - at] + mine + piece.text[last - at :]))
        at += length
    return (
        text(tuple(made))
        if not any(isinstance(p, Span) and (p.italic or p.bold or p.url) for p in made)
        else tuple(made)
    )
