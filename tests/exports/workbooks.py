"""Reads workbooks back, as a spreadsheet program would."""

import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook


def opened(content: bytes) -> Workbook:
    """The workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(content: bytes, sheet: str) -> list[list[Any]]:
    """The values of a sheet, a list for every row, without the empty cells at its end."""
    found = []
    for row in opened(content)[sheet].iter_rows(values_only=True):
        values = list(row)
        while values and values[-1] is None:
            values.pop()
        found.append(values)
    return found


def table(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet whose header is its second row, by the titles of the columns."""
    page = opened(content)[sheet]
    titles = [str(cell.value) for cell in page[2]]
    below = page.iter_rows(min_row=3, values_only=True)
    return [dict(zip(titles, values, strict=True)) for values in below]


def xml(content: bytes) -> str:
    """Everything that is written in the workbook's parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())
