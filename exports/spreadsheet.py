"""Tables for spreadsheet programs: CSV (RFC 4180) that opens right and runs nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from exports.text import clean

Cell = str | int | date | None

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula, in its full-width forms too.
# It counts at the start, and after what may start a cell where the program takes another separator
# than the comma (a semicolon in much of Europe), or a line.
_FORMULA = re.compile('((?:^|[;\t\n])[ "]*)(?=[=+\\-@\t\uff1d\uff0b\uff0d\uff20])')


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The header and the rows as UTF-8 with a byte order mark, without which Excel garbles Arabic or Chinese.

    A text that a program would take for a formula gets a leading apostrophe: cells that begin with
    = + - @ or a tab. This is done to every such text, also to a telephone number ("+41 22 …") or
    to "-5" typed by a participant, since a program would turn these into another number; who reads the
    file by machine removes the one apostrophe. Numbers given as `int` are written as they are, dates as
    2025-07-22, None as an empty cell. Raises ValueError for a row that is not as long as the header.
    """
    buffer = io.StringIO(newline="")
    # Every cell in quotation marks: a lone line end or blank at an edge survives every reader.
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_cell(title) for title in header])
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise ValueError(f"row {number} has {len(row)} cells, the header {len(header)}")
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return _FORMULA.sub(r"\1'", clean(value))
        case date():
            return value.isoformat()
    return str(value)
