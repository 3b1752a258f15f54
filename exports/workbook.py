"""A workbook for spreadsheet programs (.xlsx): tables with real times and durations, and no formula ever.

XlsxWriter makes formulas and links of texts that look like one unless it is told not to; here every text is written as
a text, whatever it begins with. Strings are kept in the shared table, since Apple Numbers reads no others.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from exports.text import clean, one_line

Kind = Literal["text", "whole", "date", "instant", "duration"]
Cell = str | int | date | datetime | timedelta | None

_LONGEST_TEXT = 32_767  # characters that a cell holds
_LONGEST_NAME = 31  # characters, in UTF-16, of a sheet's name
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_A4 = 9
_NUMBER_FORMATS = {"whole": "0", "date": "d mmm yyyy", "instant": "d mmm yyyy hh:mm:ss", "duration": "[m]:ss"}
_HEADER = {"bold": True, "bottom": 1, "bg_color": "#E7ECF0", "text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, and what its cells hold."""

    title: str
    width: int
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; `total` is a last row that is set apart. Every row is as long as the columns."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of tables, one below the other, each after a heading. The header of a sheet's only table stays in sight.

    The name is made fit for Excel: without the characters it refuses, and not longer than it takes.
    """

    name: str
    headings: Sequence[str]
    tables: Sequence[Table]


def xlsx_bytes(sheets: Sequence[Sheet], *, title: str, zone: str, made: datetime) -> bytes:
    """The workbook. Aware instants are written as wall clock in the zone, to the millisecond; durations as durations.

    The same sheets made at the same instant give the same bytes. Raises ValueError for a row that is not as long as
    the columns, and for a naive instant.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": one_line(title), "created": made.replace(tzinfo=None)})
    styles = _Styles(book)
    taken: set[str] = set()
    for sheet in sheets:
        _write(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, styles, ZoneInfo(zone))
    book.close()
    return buffer.getvalue()


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading: Format = book.add_format({"bold": True, "font_size": 12})
        self.header: Format = book.add_format(_HEADER)
        self._cells: dict[tuple[Kind, bool], Format] = {}
        self._book = book

    def cell(self, kind: Kind, *, total: bool) -> Format:
        """How a cell looks. Text is wrapped; its direction follows what it begins with, as Excel does by itself."""
        if (kind, total) not in self._cells:
            look: dict[str, object] = {"valign": "top"} | ({"bold": True, "top": 1} if total else {})
            look |= {"text_wrap": True} if kind == "text" else {"num_format": _NUMBER_FORMATS[kind]}
            self._cells[kind, total] = self._book.add_format(look)
        return self._cells[kind, total]


def _write(page: Worksheet, sheet: Sheet, styles: _Styles, zone: ZoneInfo) -> None:
    row = 0
    for heading, table in zip(sheet.headings, sheet.tables, strict=True):
        page.write_string(row, 0, _text(one_line(heading)), styles.heading)
        row = _write_table(page, row + 1, table, styles, zone) + 1
    if len(sheet.tables) == 1:
        table = sheet.tables[0]
        page.freeze_panes(2, 1)
        page.repeat_rows(1)
        page.autofilter(1, 0, 1 + max(1, len(table.rows)), len(table.columns) - 1)
    for number, width in enumerate(_widths(sheet)):
        page.set_column(number, number, width)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")


def _write_table(page: Worksheet, row: int, table: Table, styles: _Styles, zone: ZoneInfo) -> int:
    """Write a table from this row on; gives the row below it."""
    for number, column in enumerate(table.columns):
        page.write_string(row, number, column.title, styles.header)
    rows = [*((cells, False) for cells in table.rows), *([(table.total, True)] if table.total is not None else [])]
    for below, (cells, total) in enumerate(rows, start=1):
        if len(cells) != len(table.columns):
            raise ValueError(f"row {below} has {len(cells)} cells, the table {len(table.columns)} columns")
        for number, (column, value) in enumerate(zip(table.columns, cells, strict=True)):
            _write_cell(page, row + below, number, value, styles.cell(column.kind, total=total), zone)
    return row + len(rows) + 1


def _write_cell(page: Worksheet, row: int, column: int, value: Cell, style: Format, zone: ZoneInfo) -> None:
    match _text(value) if isinstance(value, str) else value:
        case None | "":
            page.write_blank(row, column, None, style)
        case str() as text:
            page.write_string(row, column, text, style)
        case int() as number:
            page.write_number(row, column, number, style)
        case datetime() as instant:
            if instant.tzinfo is None:
                raise ValueError("an instant without a zone")
            page.write_datetime(row, column, instant.astimezone(zone).replace(tzinfo=None), style)
        case duration_or_day:
            page.write_datetime(row, column, duration_or_day, style)


def _text(text: str) -> str:
    """The text without what XML cannot carry, as much of it as a cell holds."""
    text = clean(text)
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _widths(sheet: Sheet) -> list[int]:
    widths: dict[int, int] = {}
    for table in sheet.tables:
        for number, column in enumerate(table.columns):
            widths[number] = max(column.width, widths.get(number, 0))
    return [widths[number] for number in sorted(widths)]


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes and that no sheet has yet: it tells no capitals from small letters."""
    wanted = one_line(name.translate(_NOT_IN_A_NAME)).strip("'") or "Sheet"
    number, found = 1, _shortened(wanted, "")
    while found.casefold() in taken | {"history"}:
        number += 1
        found = _shortened(wanted, f" ({number})")
    taken.add(found.casefold())
    return found


def _shortened(name: str, ending: str) -> str:
    room = 2 * (_LONGEST_NAME - len(ending))
    return name.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").rstrip(" '") + ending
