import csv
import io
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.spreadsheet import Cell, csv_bytes
from exports.text import clean
from tests.exports.samples import HOSTILE


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_excel_is_told_that_it_is_utf_8_and_lines_end_as_rfc_4180_has_it() -> None:
    content = csv_bytes(["name", "organization"], [["ليلى الحسن", "示范大学"], ['He said "yes", twice', "two\nlines"]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == 3
    assert read(content) == [
        ["name", "organization"],
        ["ليلى الحسن", "示范大学"],
        ['He said "yes", twice', "two\nlines"],
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+41 22 917 90 00", "'+41 22 917 90 00"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\r=x", "\n'=x"),
        ("  =x", "  '=x"),
        ("\x00=x", "'=x"),
        ("＝x", "'＝x"),
        ('"=x', "\"'=x"),
        ("a;=x", "a;'=x"),
        ("a\n-x", "a\n'-x"),
        ("a\t+x", "a\t'+x"),
        ("Jean-Pierre", "Jean-Pierre"),
        ("a = b", "a = b"),
        ("ana@example.org", "ana@example.org"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        (None, ""),
        (0, "0"),
        (-5, "-5"),
        (date(2025, 7, 22), "2025-07-22"),
        (datetime(2025, 7, 22, 10, tzinfo=UTC), "2025-07-22T10:00:00+00:00"),
    ],
)
def test_only_what_a_program_would_calculate_gets_an_apostrophe(value: Cell, written: str) -> None:
    assert read(csv_bytes(["x"], [[value]])) == [["x"], [written]]


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=())), st.text()), max_size=5))
def test_every_text_comes_back_but_for_its_apostrophes(rows: list[tuple[str, str]]) -> None:
    back = read(csv_bytes(["a", "b"], rows))[1:]
    assert [[cell.replace("'", "") for cell in row] for row in back] == [
        [clean(cell).replace("'", "") for cell in row] for row in rows
    ]
    for cell in (cell for row in back for cell in row):
        for delimiter in ";\t\n":
            assert all(not piece.lstrip(' "').startswith(tuple("=+-@")) for piece in cell.split(delimiter))


@pytest.mark.parametrize("character", list("\n \t;=\"'"))
def test_a_long_run_of_one_character_takes_no_time(character: str) -> None:
    began = time.perf_counter()
    csv_bytes(["x"], [[character * 20_000 + "x"]])
    assert time.perf_counter() - began < 1


def test_a_table_without_rows_is_its_header() -> None:
    assert csv_bytes(["name", "=x"], []) == '\ufeff"name","\'=x"\r\n'.encode()


def test_a_row_of_another_length_is_refused_by_its_number() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells, the header 2"):
        csv_bytes(["a", "b"], [["1", "2"], ["3"]])


def test_hostile_text_stays_in_its_cell() -> None:
    assert read(csv_bytes(["a", "b"], [[HOSTILE, "x"]]))[1][1] == "x"
