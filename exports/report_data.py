"""What a compiled summary report consists of, before it becomes a file.

The anatomy is that of A/HRC/56/32: masthead, title, author line, summary, then headings and
paragraphs. Numbers are never part of the text: the writer of the file numbers headings (I., A.),
paragraphs (1. to the last, over the whole document) and lettered items ((a), (b), anew under each
paragraph), so that an inserted paragraph renumbers the rest by itself.

Order is the order of `Report.body`, read from top to bottom: a heading owns what follows it up to
the next heading of its level or above.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from exports.inline import Footnote, Gap, Inline, Remark, Span

__all__ = [
    "AgendaItem",
    "Annex",
    "AnnexSession",
    "Footnote",
    "Gap",
    "Heading",
    "HeadingLevel",
    "Inline",
    "Masthead",
    "Paragraph",
    "Remark",
    "Report",
    "Span",
]

HeadingLevel = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (I.), 2 (A.) or 3 (1.); `numbered=False` gives the bold head without number."""

    level: HeadingLevel
    text: str
    numbered: bool = True
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with its lettered items.

    `bold` prints the whole paragraph and its items bold: conclusions and recommendations, the only
    use of bold that the editorial instructions leave. `numbered=False` is for the rare text that has
    no number; it does not disturb the numbering around it.
    """

    content: tuple[Inline, ...]
    items: tuple[tuple[Inline, ...], ...] = ()
    bold: bool = False
    numbered: bool = True
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the Council's agenda: its number and its title as the agenda has it."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Masthead:
    """The block at the head of the first page, as far as the Secretariat's author fills it in.

    The job number (GE.…) and the bar code are left to document management. `session` is in words
    ("Sixty-third session"); `session_dates` is its first and last day. `agenda_gap` stands where the
    agenda items would, while none is known.
    """

    symbol: str | Gap
    submission_date: date | Gap
    session: str | Gap
    session_dates: tuple[date, date] | Gap
    agenda_items: tuple[AgendaItem, ...]
    organ: str = "General Assembly"
    body: str = "Human Rights Council"
    distribution: str = "General"
    original_language: str = "English"
    agenda_gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class AnnexSession:
    """Who spoke in a session: its `named` speakers as (role, person), and the bodies heard from the `floor`.

    Nobody who spoke from the floor is named.
    """

    title: str
    named: tuple[tuple[str, str], ...] = ()
    floor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """The list of speakers behind the report, session by session."""

    title: str
    sessions: tuple[AnnexSession, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `summary` is the unnumbered paragraph in the box on the first page.

    `language` is the BCP 47 tag of the text (it decides spelling and hyphenation in Word);
    `comment_author` signs the comments at the gaps and at what is to be checked.
    """

    masthead: Masthead
    title: str
    author_line: str
    summary: tuple[Inline, ...]
    body: tuple[Heading | Paragraph, ...]
    language: str = "en-GB"
    comment_author: str = "Rostrum"
    title_remarks: tuple[Remark, ...] = ()
    summary_remarks: tuple[Remark, ...] = ()
    annex: Annex | None = None
