"""The programme of work: a table of times and sessions for each day.

What is told of a session stands in paragraphs of a style of its own (`_ Session`, `_ Track` …, word_styles.py), and a
label, a name or a function in words of one: whoever reads the file back finds everything by its style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from docx.oxml import OxmlElement
from docx.shared import Length, Twips
from docx.table import Table, _Cell, _Row

from exports import people
from exports.dates import clock_text, day_text, weekday_text, zone_text
from exports.inline import Inline, Span
from exports.meeting_head import MeetingHead, open_file
from exports.people import Person
from exports.phrases import Phrases, Role, kind_told, phrases
from exports.text import begun, clean, one_line
from exports.word import TEXT_WIDTH, WordFile, set_borders, set_caption, set_widths

PAUSES = frozenset({"break", "lunch", "photo"})
_TIME_WIDTH = Twips(2552)
_BLANK_LINES = re.compile(r"\n\s*\n")
# A row of so many lines at most is kept on one page; higher ones may break, or half a page would stay empty.
_LINES_KEPT, _LINE_CHARACTERS = 12, 70
_HEADINGS = {"_ Kind", "_ Session", "_ Part"}
_PERSON_STYLES: dict[people.Part, str] = {
    "name": "_ Name",
    "function": "_ Function",
    "unit": "_ Unit",
    "organisation": "_ Organization",
    "country": "_ Country",
}


@dataclass(frozen=True, slots=True)
class RolePeople:
    """Those who have one role in a session, in the order in which they speak."""

    role: Role
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """One line of the programme. `label` is "Session 1" or "Dialogue 2"; `parts` are its blocs.

    `kind` is one of phrases.py; it is written where the title does not tell it. `track` names the session among those
    that run at the same time. Times are wall clock in the meeting's zone, or None where they are not fixed.
    `description` is plain text; blank lines part its paragraphs. `floor_minutes` are for interventions in all,
    `limit_seconds` for each of them; None where the floor is not open.
    """

    title: str
    start: time | None = None
    end: time | None = None
    kind: str = "other"
    label: str = ""
    description: str = ""
    roles: tuple[RolePeople, ...] = ()
    track: str = ""
    room: str = ""
    presentations_minutes: int | None = None
    floor_minutes: int | None = None
    limit_seconds: int | None = None
    replies_minutes: int | None = None
    parts: tuple[ProgrammeItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day's items in the order of the programme."""

    day: date
    items: tuple[ProgrammeItem, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme.

    `tentative` heads it "Tentative programme of work"; `version` is the number of the published version that it is,
    with the day it was published on in the meeting's zone, None for a draft.
    """

    days: tuple[ProgrammeDay, ...] = ()
    tentative: bool = False
    version: int | None = None
    version_date: date | None = None

    def name(self, language: str = "en") -> str:
        """What the document calls itself."""
        words = phrases(language)
        return words.tentative_programme if self.tentative else words.programme

    def edition(self, language: str = "en") -> str:
        """Version 3 of 12 July 2025; empty for a draft."""
        if self.version is None or self.version_date is None:
            return ""
        dated = day_text(self.version_date, language)
        return phrases(language).version.format(number=self.version, date=dated)


def programme_docx(head: MeetingHead, programme: Programme, *, made: datetime, modalities: str = "") -> bytes:
    """programme.docx: the head of the meeting, how its sessions are held, and its programme of work.

    `modalities` is plain text. `made` is an aware instant.
    """
    language = head.language
    file = open_file(head, programme.name(language), made=made, edition=programme.edition(language))
    if not write_programme(file, programme, head, modalities=modalities):
        file.paragraph(phrases(language).empty)
    return file.to_bytes()


def write_programme(file: WordFile, programme: Programme, head: MeetingHead, *, modalities: str = "") -> bool:
    """Append the programme under its heading; False when there is no session, and then there is no table."""
    file.paragraph(programme.name(head.language), "Heading 1")
    if edition := programme.edition(head.language):
        file.paragraph(edition, "_ Version")
    for number, text in enumerate(plain_paragraphs(modalities)):
        called = [Span(f"{phrases(head.language).format}: ", bold=True)] if number == 0 else []
        file.paragraph([*called, Span(text)], "_ Format")
    days = [day for day in programme.days if day.items]
    for day in days:
        if len(days) > 1 or head.first_day != head.last_day:
            file.paragraph(begun(weekday_text(day.day, head.language)), "Heading 2")
        _Day(file, day, head).write()
    return bool(days)


class _Day:
    """One day being written into its table."""

    def __init__(self, file: WordFile, day: ProgrammeDay, head: MeetingHead) -> None:
        self._file, self._day, self._head = file, day, head
        self._words: Phrases = phrases(head.language)

    def write(self) -> None:
        """Append the table: a header that is repeated on each page, and a row for each item."""
        day, language = self._day, self._head.language
        starts = [item.start for item in day.items if item.start]
        # Where no time is known a column for it would say nothing.
        widths = [_TIME_WIDTH, Length(TEXT_WIDTH - _TIME_WIDTH)] if starts else [Length(TEXT_WIDTH)]
        caption = self._words.sessions_of.format(day=weekday_text(day.day, language))
        table = _new_table(self._file, len(day.items) + 1, widths, caption)
        time_title = [f"{self._words.time}, {zone_text(day.day, starts[0], self._head.zone)}"] if starts else []
        header, *rows = table.rows
        for cell, title in zip(header.cells, [*time_title, self._words.session], strict=True):
            self._line(cell, [Span(title, bold=True)], "_ Cell text")
        for item, row in zip(day.items, rows, strict=True):
            if starts:
                self._line(row.cells[0], _time_text(item), "_ Time")
            self._item(row.cells[-1], item, day.items)
            for part in item.parts:
                self._item(row.cells[-1], part, item.parts, part_of=item)
            _keep_together(row)

    def _item(
        self, cell: _Cell, item: ProgrammeItem, beside: Sequence[ProgrammeItem], part_of: ProgrammeItem | None = None
    ) -> None:
        label, title = one_line(item.label), one_line(item.title)
        usual = part_of.kind if part_of else "other"
        if kind_told(f"{label} {title}", self._head.language, usual) != item.kind and item.kind in self._words.kinds:
            self._line(cell, self._words.kinds[item.kind], "_ Kind")
        content = [Span(f"{_time_text(item)}  ", style="_ Hours")] if part_of and item.start else []
        if label:
            content += [Span(label, style="_ Label"), Span(": " if title else "")]
        style = "_ Pause" if item.kind in PAUSES else "_ Part" if part_of else "_ Session"
        self._line(cell, [*content, Span(title)], style)
        if track := one_line(item.track):
            parallel = any(_in_parallel(item, other) for other in beside)
            self._line(cell, f"{self._words.in_parallel}: {track}" if parallel else track, "_ Track")
        if room := one_line(item.room):
            self._line(cell, room, "_ Room")
        for text in plain_paragraphs(item.description):
            self._line(cell, text, "_ Cell text")
        for role in item.roles:
            self._role(cell, role)
        if timing := "; ".join(self._timing(item)):
            self._line(cell, f"{begun(timing)}.", "_ Timing")

    def _role(self, cell: _Cell, role: RolePeople) -> None:
        lines = [content for person in role.people if (content := self._person(person))]
        one, several = self._words.roles[role.role]
        if len(lines) == 1:
            self._line(cell, [Span(one, style="_ Role name"), Span(": "), *lines[0]], "_ Role")
        elif lines:
            head = self._file.paragraph([Span(several, style="_ Role name"), Span(":")], "_ Role", within=cell)
            head.paragraph_format.keep_with_next = True
            for content in lines:
                self._line(cell, content, "_ Speaker")

    def _person(self, person: Person) -> list[Inline]:
        content: list[Inline] = []
        for part, text in people.parts(person).items():
            content += [*([Span(", ")] if content else []), Span(text, style=_PERSON_STYLES[part])]
        if content and person.unconfirmed:
            content += [Span(" "), Span(self._words.unconfirmed, style="_ Unconfirmed")]
        return content

    def _timing(self, item: ProgrammeItem) -> Iterator[str]:
        """How the time of a session is shared out, as far as it is fixed."""
        words = self._words
        if item.presentations_minutes is not None:
            yield words.presentations.format(time=_counted(words.minutes, item.presentations_minutes))
        if item.floor_minutes is not None:
            floor = words.floor.format(time=_counted(words.minutes, item.floor_minutes))
            if item.limit_seconds is None:
                yield floor
            else:
                minutes, seconds = divmod(item.limit_seconds, 60)
                each = _counted(words.seconds, item.limit_seconds) if seconds else _counted(words.minutes, minutes)
                yield f"{floor}, {words.limit.format(time=each)}"
        if item.replies_minutes is not None:
            yield words.replies.format(time=_counted(words.minutes, item.replies_minutes))

    def _line(self, cell: _Cell, content: str | Sequence[Inline], style: str) -> None:
        self._file.paragraph(content, style, within=cell)


def plain_paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text: parted by blank lines, single line ends kept inside."""
    return list(filter(None, (paragraph.strip() for paragraph in _BLANK_LINES.split(clean(text)))))


def _counted(forms: tuple[str, str], number: int) -> str:
    one, several = forms
    return one if number == 1 else several.format(number)


def _time_text(item: ProgrammeItem) -> str:
    if item.start is None:
        return ""
    return clock_text(item.start, item.end) if item.end else f"{item.start:%H:%M}"


def _in_parallel(item: ProgrammeItem, other: ProgrammeItem) -> bool:
    """Whether the two run at the same time in tracks of their own."""
    if not (item.start and item.end and other.start and other.end) or item.track == other.track:
        return False
    return item.start < other.end and other.start < item.end


def _keep_together(row: _Row) -> None:
    """A row stays on one page; in one too long for that, each heading stays with what it is for."""
    paragraphs = row.cells[-1].paragraphs
    if sum(len(paragraph.text) // _LINE_CHARACTERS + 1 for paragraph in paragraphs) <= _LINES_KEPT:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        return
    for paragraph in paragraphs[:-1]:
        if paragraph.style is not None and paragraph.style.name in _HEADINGS:
            paragraph.paragraph_format.keep_with_next = True


def _new_table(file: WordFile, rows: int, widths: Sequence[Length], caption: str) -> Table:
    table: Table = file.document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    set_borders(table, {"top": 4, "bottom": 4, "insideH": 4}, color="808080")
    set_caption(table, caption)
    set_widths(table, widths)
    return table
