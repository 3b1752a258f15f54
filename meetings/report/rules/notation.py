"""How a paragraph is typed: `*italic*`, `^[footnote]`, `[what is missing]`; a backslash makes a sign a plain one.

A gap is one only where its words are those of a gap that the compiler knows in that paragraph, so that square brackets
can be typed like any other sign. Bold and links have no sign: the report has none inside a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from exports.inline import Footnote, Gap, Inline, Span
from exports.report_data import Paragraph
from meetings.report.rules.wording import Text

_MEANT_PLAINLY = re.compile(r"[\\*^\[\]]")
_ESCAPE = re.compile(r"\\([\\*^\[\]])")
_TOKEN = re.compile(
    r"""
      \\(?P<plainly>[\\*^\[\]])
    | \^\[(?P<footnote>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*+\])*+)\]
    | \[(?P<gap>(?:\\.|[^\[\]\\])*+)\]
    | (?P<star>\*)
    | [^\\*^\[]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def to_notation(content: Text) -> str:
    """The text as it is typed."""
    return "".join(_typed(list(run), italic=italic) for italic, run in groupby(content, key=_is_italic))


def from_notation(text: str, gaps: Iterable[Gap] = ()) -> Text:
    """What was typed, as the report carries it; `gaps` are those that the paragraph may have."""
    known: dict[str, list[Gap]] = {}
    for gap in gaps:
        known.setdefault(gap.text, []).append(gap)
    return _read(text, known, footnotes=True)


def paragraph_to_lines(paragraph: Paragraph) -> str:
    """A paragraph with its items, one line each: how what was compiled is kept beside what was made of it."""
    return "\n".join(map(to_notation, (paragraph.content, *paragraph.items)))


def gaps_in(lines: str) -> list[str]:
    """What the gaps are called in text that `to_notation` gave: there, no other bracket stands without a backslash."""
    found: list[str] = []
    for token in _TOKEN.finditer(lines):
        if token["gap"] is not None:
            found.append(_ESCAPE.sub(r"\1", token["gap"]))
        elif token["footnote"] is not None:
            found += gaps_in(token["footnote"])
    return found


def _is_italic(piece: Inline) -> bool:
    return isinstance(piece, Span) and piece.italic and bool(piece.text)


def _typed(pieces: list[Inline], *, italic: bool) -> str:
    text = "".join(map(_typed_piece, pieces))
    if not italic or not text.strip():
        return text
    before = text[: len(text) - len(text.lstrip())]  # blanks stand outside the stars, which must touch a word
    after = text[len(text.rstrip()) :]
    return f"{before}*{text.strip()}*{after}"


def _typed_piece(piece: Inline) -> str:
    match piece:
        case Gap():
            return f"[{_plainly(piece.text)}]"
        case Footnote():
            return f"^[{to_notation(piece.content)}]"
        case _:
            return _plainly(piece.text)


def _plainly(text: str) -> str:
    return _MEANT_PLAINLY.sub(lambda sign: "\\" + sign[0], text)


@dataclass(frozen=True, slots=True)
class _Star:
    """A star that can begin or end italics by what it touches."""

    opens: bool
    closes: bool


def _read(text: str, known: dict[str, list[Gap]], *, footnotes: bool) -> Text:
    tokens: list[str | Inline | _Star] = []
    at = 0
    while match := _TOKEN.match(text, at):
        token, at = _token(match, known, footnotes=footnotes)
        tokens.append(token)
    return tuple(_joined(tokens, _pairs(tokens)))


def _token(match: re.Match[str], known: dict[str, list[Gap]], *, footnotes: bool) -> tuple[str | Inline | _Star, int]:
    """What a sign or a stretch of words stands for, and where the next one begins."""
    if match["plainly"] is not None:
        return match["plainly"], match.end()
    if match["star"]:
        before, behind = (
            match.string[max(match.start() - 1, 0) : match.start()],
            match.string[match.end() : match.end() + 1],
        )
        return _Star(opens=bool(behind.strip()), closes=bool(before.strip())), match.end()
    if match["footnote"] is not None and footnotes:
        content = _read(match["footnote"], known, footnotes=False)
        return Footnote(tuple(piece for piece in content if not isinstance(piece, Footnote))), match.end()
    if match["gap"] is not None and (gaps := known.get(_ESCAPE.sub(r"\1", match["gap"]))):
        return (gaps.pop(0) if len(gaps) > 1 else gaps[0]), match.end()
    if (
        match["gap"] is not None or match["footnote"] is not None
    ):  # a plain bracket: what is inside is read like any text
        return match[0][0], match.start() + 1
    return match[0], match.end()


def _pairs(tokens: list[str | Inline | _Star]) -> set[int]:
    """The places of the stars that begin or end italics; a star without another is a star."""
    paired: set[int] = set()
    begun: int | None = None
    for place, token in enumerate(tokens):
        if not isinstance(token, _Star):
            continue
        if begun is not None and token.closes and begun != place - 1:
            paired |= {begun, place}
            begun = None
        elif begun is None and token.opens and not isinstance(tokens[place + 1], _Star):
            begun = place
    return paired


def _joined(tokens: list[str | Inline | _Star], paired: set[int]) -> Iterator[Inline]:
    """The tokens as text, neighbouring words in one span."""
    italic, words = False, ""
    for place, token in enumerate(tokens):
        if isinstance(token, str) or (isinstance(token, _Star) and place not in paired):
            words += token if isinstance(token, str) else "*"
            continue
        if words:
            yield Span(words, italic=italic)
            words = ""
        if isinstance(token, _Star):
            italic = not italic
        else:
            yield token
    if words:
        yield Span(words, italic=italic)
