import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from exports.text import clean
from exports.workbook import Cell, Column, Kind, Sheet, Table, xlsx_bytes
from tests.exports.samples import HOSTILE, MADE
from tests.exports.workbooks import opened, rows, xml

ZONE = "Africa/Nairobi"


def book(*cells: Cell, kind: Kind = "text", **more: Any) -> bytes:
    """A workbook with one column, a cell a row."""
    table = Table((Column("x", 10, kind),), [(cell,) for cell in cells], **more)
    return xlsx_bytes([Sheet("Sheet", ["Heading"], [table])], title="Title", zone=ZONE, made=MADE)


def values(content: bytes) -> list[Any]:
    """The cells of the one column, without heading and header."""
    return [row[0] if row else None for row in rows(content, "Sheet")[2:]]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://example.org")',
        "+41 22 917 90 00",
        "-5",
        "@SUM(A1)",
        "{=1}",
        "https://example.org",
        "mailto:ana@example.org",
        "007",
        "1e5",
        "TRUE",
        "_x0041_",
        "  edges  ",
        "two\nlines",
        "ليلى الحسن",
        "示范大学",
    ],
)
def test_every_text_stays_the_text_it_is(text: str) -> None:
    content = book(text)
    cell = opened(content)["Sheet"]["A3"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert "<f>" not in xml(content)
    assert "hyperlink" not in xml(content).replace("hyperlinkBase", "")


@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    assert values(book(*texts, total=["end"])) == [*(clean(text) or None for text in texts), "end"]


def test_hostile_text_does_not_break_the_file() -> None:
    assert values(book(HOSTILE)) == [clean(HOSTILE)]


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    (found,) = values(book("ab" * 20_000))
    assert (len(found), found[-2:]) == (32_767, "b…")


def test_an_instant_is_the_wall_clock_of_the_zone() -> None:
    content = book(dt.datetime(2025, 11, 26, 21, 30, 15, 250_000, dt.UTC), kind="instant")
    cell = opened(content)["Sheet"]["A3"]
    assert cell.is_date
    assert cell.value == dt.datetime(2025, 11, 27, 0, 30, 15, 250_000)  # noqa: DTZ001  # Excel knows no zones


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        book(dt.datetime(2025, 11, 26), kind="instant")  # noqa: DTZ001  # the mistake that is refused


@pytest.mark.parametrize(
    ("duration", "shown"),
    [(dt.timedelta(0), "0"), (dt.timedelta(minutes=2), "2"), (dt.timedelta(hours=3, milliseconds=1), "180")],
)
def test_a_duration_is_one(duration: dt.timedelta, shown: str) -> None:
    cell = opened(book(duration, kind="duration"))["Sheet"]["A3"]
    assert cell.number_format == "[m]:ss"
    value = cell.value
    assert isinstance(value, dt.timedelta)
    assert value == duration
    assert str(value // dt.timedelta(minutes=1)) == shown


def test_dates_and_numbers_are_themselves_and_nothing_is_empty() -> None:
    found = opened(book(dt.date(2025, 7, 22), kind="date"))["Sheet"]["A3"]
    assert (found.value, found.number_format) == (dt.datetime(2025, 7, 22), "d mmm yyyy")  # noqa: DTZ001
    assert values(book(0, 45, None, kind="whole", total=[45])) == [0, 45, None, 45]


def test_the_header_stays_in_sight_and_on_every_page() -> None:
    page = opened(book("a", "b", total=["c"]))["Sheet"]
    assert page.freeze_panes == "B3"
    assert page.print_title_rows == "$2:$2"
    assert page.auto_filter.ref == "A2:A4"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.fitToHeight == 0
    assert page.column_dimensions["A"].width == pytest.approx(10, abs=1)


def test_the_properties_say_what_it_is_and_when_it_was_made() -> None:
    properties = opened(book()).properties
    assert (properties.title, properties.created) == ("Title", MADE.replace(tzinfo=None))


def test_the_same_made_at_the_same_instant_is_the_same_file() -> None:
    assert book("a", "b") == book("a", "b")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Dialogue", "dialogue"], ["Dialogue", "dialogue (2)"]),
        (["a" * 40, "a" * 50], ["a" * 31, f"{'a' * 27} (2)"]),
        (["[1]: a/b*c?\\"], ["1 a b c"]),
        (["'quoted'", "", "  "], ["quoted", "Sheet", "Sheet (2)"]),
        (["History"], ["History (2)"]),
        (["\U0001f600" * 20], ["\U0001f600" * 15]),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(names: list[str], expected: list[str]) -> None:
    table = Table((Column("x", 10),), [])
    content = xlsx_bytes([Sheet(name, [""], [table]) for name in names], title="", zone=ZONE, made=MADE)
    assert opened(content).sheetnames == expected


def test_a_row_of_another_length_is_refused_by_its_number() -> None:
    table = Table((Column("a", 10), Column("b", 10)), [("1", "2"), ("3",)])
    with pytest.raises(ValueError, match="row 2 has 1 cells, the table 2 columns"):
        xlsx_bytes([Sheet("Sheet", ["x"], [table])], title="", zone=ZONE, made=MADE)


def test_the_file_is_as_the_format_wants_it(tmp_path: Any) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(HOSTILE, "=1", None))
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(path))
    assert [str(error) for error in result.errors] == []
