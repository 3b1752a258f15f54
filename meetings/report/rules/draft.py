"""A compiled draft: the report's headings and paragraphs, each paragraph with a lasting key and what it rests on.

The key names what a paragraph is about by the keys of the meeting file ("session:panel:speaker:lee") and not where it
stands, so that what was written about one thing is found again after compiling anew, in another installation too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from exports.inline import Gap
from exports.report_data import Heading, Masthead, Paragraph, Report
from meetings.report.rules.wording import Text, plain

SourceKind = Literal["meeting", "session", "role", "point", "submission", "particulars"]
_SUBMISSIONS_NAMED = 3  # a page names no more of them beside a paragraph
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Source:
    """What a paragraph rests on. `id` is the row's; 0 where there is only one (the meeting, its particulars)."""

    kind: SourceKind
    id: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the report."""

    key: str
    paragraph: Paragraph
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Unheard:
    """Organisations that had the floor in a session while no point was taken of what they said."""

    session: int
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report, compiled. `unplaced` are the ids of points that found no place in it."""

    masthead: Masthead
    title: str
    author_line: str
    summary: Block
    body: tuple[Heading | Block, ...]
    unplaced: tuple[int, ...] = ()
    unheard: tuple[Unheard, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A heading or a paragraph with the number that Word will give it; empty for what has none."""

    label: str
    part: Heading | Block


def block(key: str, content: Text, *sources: Source, items: tuple[Text, ...] = (), bold: bool = False) -> Block:
    """A numbered paragraph."""
    return Block(key, Paragraph(content, items, bold), tuple(dict.fromkeys(sources)))


def numbered(body: tuple[Heading | Block, ...]) -> Iterator[Line]:
    """The body with its numbers: I., A. for headings, one run of 1., 2. for all paragraphs."""
    sections = subsections = paragraphs = 0
    for part in body:
        label = ""
        match part:
            case Heading(level=1, numbered=True):
                sections, subsections = sections + 1, 0
                label = f"{roman(sections)}."
            case Heading(level=2, numbered=True):
                subsections += 1
                label = f"{chr(64 + subsections)}."
            case Block() if part.paragraph.numbered:
                paragraphs += 1
                label = f"{paragraphs}."
            case _:
                pass
        yield Line(label, part)


def pages(lines: tuple[Line, ...], sizes: Mapping[str, int], *, limit: int, first: int) -> list[tuple[Line, ...]]:
    """The lines in pages of about so many bytes, so that no page of the draft grows beyond what loads at once.

    `sizes` is what is shown beside a paragraph beyond its own words, by key; the `first` page has more around it.
    """
    parts: list[list[Line]] = [[]]
    left = first
    for line in lines:
        long = _size(line.part, sizes)
        if parts[-1] and long > left:
            parts.append([])
            left = limit
        parts[-1].append(line)
        left -= long
    return [tuple(part) for part in parts]


def _size(part: Heading | Block, sizes: Mapping[str, int]) -> int:
    """Roughly what a part needs on a page: its text, and the links around it."""
    if isinstance(part, Heading):
        return 100
    contents = (part.paragraph.content, *part.paragraph.items)
    words = sum(20 + len(plain(content).encode()) for content in contents)
    submissions = sum(source.kind == "submission" for source in part.sources)
    links = len(part.sources) - submissions + min(submissions, _SUBMISSIONS_NAMED)
    return 560 + words + len(quote(part.key)) + 100 * links + sizes.get(part.key, 0)


def roman(number: int) -> str:
    """I, II, … for the few sections of a report."""
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def gaps_of(part: Block) -> list[Gap]:
    """What is missing in a paragraph and its items."""
    contents = (part.paragraph.content, *part.paragraph.items)
    return [piece for content in contents for piece in content if isinstance(piece, Gap)]


def masthead_gaps(masthead: Masthead) -> list[Gap]:
    """What is missing in the masthead."""
    fields = (
        masthead.symbol,
        masthead.submission_date,
        masthead.session,
        masthead.session_dates,
        masthead.agenda_gap,
    )
    return [field for field in fields if isinstance(field, Gap)]


def document(draft: Draft) -> Report:
    """The draft as the writer of the Word file takes it."""
    return Report(
        masthead=draft.masthead,
        title=draft.title,
        author_line=draft.author_line,
        summary=draft.summary.paragraph.content,
        body=tuple(part.paragraph if isinstance(part, Block) else part for part in draft.body),
    )
