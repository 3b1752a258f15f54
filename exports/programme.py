"""The programme of work: a table of times and sessions for each day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Twips
from docx.table import Table, _Cell

from exports import people
from exports.dates import clock_text, weekday_text, zone_text
from exports.inline import Inline, Span
from exports.meeting_head import MeetingHead, open_file
from exports.people import Person
from exports.text import clean, one_line
from exports.word import TEXT_WIDTH, WordFile, set_borders, set_widths

Role = Literal["chair", "moderator", "opening", "keynote", "panellist", "facilitator", "closing"]

_ROLE_NAMES: dict[Role, tuple[str, str]] = {
    "chair": ("Chair", "Chairs"),
    "moderator": ("Moderator", "Moderators"),
    "opening": ("Opening remarks", "Opening remarks"),
    "keynote": ("Keynote speaker", "Keynote speakers"),
    "panellist": ("Panellist", "Panellists"),
    "facilitator": ("Facilitator", "Facilitators"),
    "closing": ("Closing remarks", "Closing remarks"),
}
_TIME_WIDTH = Twips(2552)
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class RolePeople:
    """Those who have one role in a session, in the order in which they speak."""

    role: Role
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """One line of the programme. `label` is "Session 1" or "Dialogue 2"; `parts` are its blocs.

    `track` names it among the sessions that run at the same time; `pause` is for breaks, lunch, photo.
    Times are wall clock in the meeting's zone, or None where they are not fixed. `description` is
    plain text; blank lines part its paragraphs.
    """

    title: str
    start: time | None = None
    end: time | None = None
    label: str = ""
    description: str = ""
    roles: tuple[RolePeople, ...] = ()
    track: str = ""
    room: str = ""
    pause: bool = False
    parts: tuple[ProgrammeItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day's items in the order of the programme."""

    day: date
    items: tuple[ProgrammeItem, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme. `tentative` heads it "Tentative programme of work"."""

    days: tuple[ProgrammeDay, ...] = ()
    tentative: bool = False

    @property
    def name(self) -> str:
        """What the document calls itself."""
        return "Tentative programme of work" if self.tentative else "Programme of work"


def programme_docx(head: MeetingHead, programme: Programme, *, made: datetime) -> bytes:
    """programme.docx: the head of the meeting and its programme of work. `made` is an aware instant."""
    file = open_file(head, programme.name, made=made)
    if not write_programme(file, programme, head):
        file.paragraph("No session has been entered yet.")
    return file.to_bytes()


def write_programme(file: WordFile, programme: Programme, head: MeetingHead) -> bool:
    """Append the programme under its heading; False when there is no session, and then only the heading is written."""
    file.paragraph(programme.name, "Heading 1")
    days = [day for day in programme.days if day.items]
    for day in days:
        if len(days) > 1 or head.first_day != head.last_day:
            file.paragraph(weekday_text(day.day), "Heading 2")
        _write_day(file, day, head.zone)
    return bool(days)


def _write_day(file: WordFile, day: ProgrammeDay, zone: str) -> None:
    starts = [item.start for item in day.items if item.start]
    # Where no time is known a column for it would say nothing.
    widths = [_TIME_WIDTH, Length(TEXT_WIDTH - _TIME_WIDTH)] if starts else [Length(TEXT_WIDTH)]
    table = _new_table(file, len(day.items) + 1, widths, f"Sessions of {weekday_text(day.day)}")
    titles = [f"Time, {zone_text(day.day, starts[0], zone)}", "Session"] if starts else ["Session"]
    header = table.rows[0]
    for cell, title in zip(header.cells, titles, strict=True):
        file.paragraph([Span(title, bold=True)], "_ Cell text", within=cell)
    # The header row is repeated on each page. Other rows may break: a description can be longer than a page.
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for item, row in zip(day.items, table.rows[1:], strict=True):
        if starts:
            file.paragraph([Span(_time_text(item), bold=True)], "_ Cell text", within=row.cells[0])
        _write_item(file, row.cells[-1], item, in_parallel=any(_in_parallel(item, other) for other in day.items))


def _write_item(file: WordFile, cell: _Cell, item: ProgrammeItem, *, in_parallel: bool) -> None:
    heading = ": ".join(filter(None, (one_line(item.label), one_line(item.title))))
    title = file.paragraph([Span(heading, bold=not item.pause, italic=item.pause)], "_ Cell text", within=cell)
    title.paragraph_format.keep_with_next = bool(item.description or item.roles or item.parts)
    _write_details(file, cell, item, in_parallel=in_parallel)
    for part in item.parts:
        label = ": ".join(filter(None, (one_line(part.label), one_line(part.title))))
        hours = f"{_time_text(part)}  " if part.start else ""
        title = file.paragraph([Span(f"{hours}{label}", bold=True)], "_ Cell text", within=cell)
        title.paragraph_format.keep_with_next = bool(part.description or part.roles)
        _write_details(file, cell, part, in_parallel=any(_in_parallel(part, other) for other in item.parts))


def _write_details(file: WordFile, cell: _Cell, item: ProgrammeItem, *, in_parallel: bool) -> None:
    where = ", ".join(filter(None, (one_line(item.track), one_line(item.room))))
    if in_parallel:
        where = f"In parallel: {where}"
    if where:
        file.paragraph([Span(where, italic=True)], "_ Cell text", within=cell)
    for text in plain_paragraphs(item.description):
        file.paragraph(text, "_ Cell text", within=cell)
    for role in item.roles:
        _write_role(file, cell, role)


def _write_role(file: WordFile, cell: _Cell, role: RolePeople) -> None:
    lines = list(filter(None, map(people.line, role.people)))
    one, several = _ROLE_NAMES[role.role]
    if len(lines) == 1:
        content: list[Inline] = [Span(f"{one}: ", italic=True), Span(lines[0])]
        file.paragraph(content, "_ Cell text", within=cell)
    elif lines:
        head = file.paragraph([Span(f"{several}:", italic=True)], "_ Cell text", within=cell)
        head.paragraph_format.keep_with_next = True
        for text in lines:
            file.paragraph(text, "List Bullet", within=cell)


def plain_paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text: parted by blank lines, single line ends kept inside."""
    return list(filter(None, (paragraph.strip() for paragraph in _BLANK_LINES.split(clean(text)))))


def _time_text(item: ProgrammeItem) -> str:
    if item.start is None:
        return ""
    return clock_text(item.start, item.end) if item.end else f"{item.start:%H:%M}"


def _in_parallel(item: ProgrammeItem, other: ProgrammeItem) -> bool:
    """Whether the two run at the same time in tracks of their own."""
    if not (item.start and item.end and other.start and other.end) or item.track == other.track:
        return False
    return item.start < other.end and other.start < item.end


def _new_table(file: WordFile, rows: int, widths: Sequence[Length], caption: str) -> Table:
    table: Table = file.document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    set_borders(table, {"top": 4, "bottom": 4, "insideH": 4}, color="808080")
    described = OxmlElement("w:tblCaption")  # what a screen reader calls the table
    described.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described)
    set_widths(table, widths)
    return table
