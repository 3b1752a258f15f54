"""A source as it was sent, line by line, with what its form tells: headings, bullets, rows of tables, links. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Literal, cast, get_args

from exports.text import clean

Style = Literal["", "title", "subtitle", "heading", "bullet", "row", "cell", "note"]

# Lines that somebody broke by hand are all of about one length; a paragraph on one line is far longer.
_LONGEST_BROKEN = 160
MOST_LINES = 20_000
# A longer line is several: what looks for patterns in it takes the longer the longer it is, and more than that.
LONGEST_LINE = 4_000

_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
# What shows nothing: the soft hyphen, marks of direction, joiners that a PDF leaves behind, the mark of a UTF-8 file.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<said>.*?)\s*#*\s*$")
_RULED = re.compile(r"\s*[-=_~]{3,}\s*(?P<said>\S.*?)\s*[-=_~]{3,}\s*$")
_BULLET = re.compile(
    r"\s*(?:[•‣▪▫●○◦⁃∙·■□►▶➢➤✓✔§¢\uf0b7\uf0a7\uf0d8\uf0fc]|[-–—*+](?=\s)|o(?=\s+[A-ZÀ-Þ“«])|e(?=\s+[A-ZÀ-Þ“«])"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*(?P<said>.*)$"
)
_CELL_END = re.compile(r"\s*(?<!\\)\|\s*")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(?P<said>.{1,300}?)(?<=\S)\1(?![\w*])")
_LINK = re.compile(r"\[(?P<text>[^\[\]]{1,300})\]\((?P<url>https?://[^\s)]+)\)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source. `text` is as it stands there; `said` is what is read: plain blanks, without its decoration.

    `soft`: it goes on with the paragraph of the line before, after a line break. `own`: what a line is in a programme
    written by Rostrum (time, session, role …), by its style; `spans` are then its stretches, each with its own style.
    """

    number: int
    text: str
    said: str
    style: Style = ""
    bold: bool = False
    soft: bool = False
    links: tuple[tuple[str, str], ...] = ()
    own: str = ""
    spans: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """All lines. `paragraphs`: each line is a whole paragraph, as in a Word file, and none is wrapped by hand.

    `language` is that of a Word file as it says itself.
    """

    lines: tuple[Line, ...]
    paragraphs: bool = False
    language: str = "en"


def normal(text: str) -> str:
    """Plain blanks, nothing that is not seen, no blanks around. Runs of blanks stay: they tell columns apart."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", clean(text))).replace("\u2011", "-").strip()


def squeezed(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())


def cut(line: str) -> Iterable[str]:
    """A line in pieces that are not too long, cut at blanks where there are any."""
    while len(line) > LONGEST_LINE:
        at = line.rfind(" ", 1, LONGEST_LINE) + 1 or LONGEST_LINE
        yield line[:at]
        line = line[at:]
    yield line


def from_text(text: str) -> Source:
    """The lines of a text file or of a pasted text, Markdown's decoration told from what is said."""
    lines = (part for line in clean(text.replace("\f", "\n\n")).split("\n") for part in cut(line))
    found = tuple(_line(number, line) for number, line in enumerate(lines, 1))
    return Source(found, paragraphs=any(len(line.said) > _LONGEST_BROKEN for line in found))


def from_paragraphs(lines: Iterable[Line], language: str = "en") -> Source:
    """The lines of a Word file, numbered. A file that a PDF was turned into has a paragraph for each printed line."""
    found = tuple(_typed(replace(line, number=number)) for number, line in enumerate(lines, 1))
    plain = [line.said for line in found if line.said and line.style == ""]
    small = sum(said[0].islower() for said in plain)
    broken = small >= 5 and small >= len(plain) * 0.2 and max(map(len, plain)) <= _LONGEST_BROKEN
    return Source(found, not broken, language)


def _typed(line: Line) -> Line:
    """A paragraph whose bullet or underlining was typed."""
    if line.style not in ("", "cell") or line.own or not line.said:
        return line
    if match := _RULED.match(line.said):
        return replace(line, style="heading", said=match["said"])
    if line.style == "" and (match := _BULLET.match(line.said)) and match["said"]:
        return replace(line, style="bullet", said=match["said"].strip())
    return line


def _line(number: int, text: str) -> Line:
    style: Style = ""
    said = normal(text)
    bold = False
    if match := _HEADING.match(said) or _RULED.match(said):
        style, said = "heading", match["said"]
    elif _is_row(said):
        style = "row"
        said = " | ".join(filter(None, (cell.strip() for cell in _CELL_END.split(said.lstrip("-•* ")))))
    elif match := _BULLET.match(said):
        style, said = "bullet", match["said"].strip()
    links = tuple((match["text"], match["url"]) for match in _LINK.finditer(said))
    said = _LINK.sub(lambda match: match["text"], said)
    if (match := _EMPHASIS.fullmatch(said)) and len(match[1]) >= 2:
        bold = True
    said = _EMPHASIS.sub(lambda match: match["said"], said)
    return Line(number, text.rstrip(), said.strip(), style=style, bold=bold, links=links)


def _is_row(said: str) -> bool:
    return said.count("|") >= 2 and said.lstrip("-•* ").startswith("|")


_DEFAULTS = {each.name: each.default for each in fields(Line) if each.name not in ("number", "text", "said")}


_PAIRS = ("links", "spans")


def to_json(source: Source) -> str:
    """The source as a form carries it from page to page."""
    rows = []
    for line in source.lines:
        row: dict[str, object] = {"text": line.text}
        if line.said != normal(line.text):
            row["said"] = line.said
        row |= {name: value for name, default in _DEFAULTS.items() if (value := getattr(line, name)) != default}
        rows.append(row)
    data = {"paragraphs": source.paragraphs, "language": source.language, "lines": rows}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Source:
    """A source as it came back with a form; ValueError for whatever to_json() does not write."""
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("lines"), list) or len(data["lines"]) > MOST_LINES:
        raise ValueError("not a source")
    lines = tuple(_from_row(number, row) for number, row in enumerate(data["lines"], 1))
    return Source(lines, data.get("paragraphs") is True, clean(str(data.get("language", "en")))[:20])


def _from_row(number: int, row: object) -> Line:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError("not a line")
    text = clean(row["text"])
    values = {name: row.get(name, default) for name, default in _DEFAULTS.items()}
    if any(type(values[name]) is not type(default) for name, default in _DEFAULTS.items() if name not in _PAIRS):
        raise ValueError("not a line")
    said = row.get("said", normal(text))
    if not isinstance(said, str) or len(said) > LONGEST_LINE or values["style"] not in get_args(Style):
        raise ValueError("not a line")
    values |= {name: tuple(_pairs(values[name])) for name in _PAIRS}
    return Line(number, text, clean(said), **values)


def _pairs(links: object) -> Iterable[tuple[str, str]]:
    for pair in cast("list[object]", links if isinstance(links, list | tuple) else []):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)):
            raise ValueError("not a link")
        yield clean(pair[0]), clean(pair[1])
