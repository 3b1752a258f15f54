"""The text of a file is read for others to lift words from; a hostile one holds nobody up."""

import time
import zlib
from pathlib import Path

import pytest

from meetings.floor import file_text, pdf_text
from meetings.floor.file_text import text_of
from meetings.floor.rules.statements import Examined, examine
from tests.floor.statement_files import assembled, docx, package, pdf, written_pdf


def packed_zeros(megabytes: int) -> bytes:
    """So many megabytes of blanks, packed to a thousandth."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize(
    ("file_type", "content", "text"),
    [
        ("docx", docx("Thank you, Chair.\nمرحبا"), "Thank you, Chair.\nمرحبا"),
        ("txt", b"Merci, Madame.\r\nDeux", "Merci, Madame.\nDeux"),
        ("txt", "Дом".encode("utf-16"), "Дом"),
        ("pdf", written_pdf("Cities act.", "They need money."), "Cities act.\n\nThey need money."),
    ],
)
def test_the_text_of_each_type_is_read(file_type: str, content: bytes, text: str) -> None:
    assert isinstance(found := examine(content), Examined)
    assert found.file_type == file_type
    assert text_of(file_type, content) == text


@pytest.mark.parametrize(
    ("file_type", "content"),
    [
        ("pdf", written_pdf("")),  # as a scanned one: a page without text
        ("pdf", pdf()),
        ("pdf", b"%PDF-1.7\nno more than its first line\n%%EOF"),
        ("pdf", b""),
        ("docx", b"PK\x03\x04 cut off"),
        ("docx", package({"[Content_Types].xml": b"<Types/>"})),
        ("docx", docx("")),
        ("txt", b"\xff\xfe\x00"),
    ],
)
def test_a_file_without_a_text_gives_none(file_type: str, content: bytes) -> None:
    assert text_of(file_type, content) is None


def test_what_no_document_can_carry_is_left_out() -> None:
    assert text_of("txt", b"a\x0cb") == "ab"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(written_pdf("first", "second", packed=packed_zeros(2000)), id="a page that unpacks to 2 GB"),
        pytest.param(
            assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9999999/Kids[2 0 R 2 0 R]>>"]),
            id="pages that are their own parents",
        ),
        pytest.param(written_pdf(*["["] * 1).replace(b"BT", b"[" * 2), id="brackets that never close"),
        pytest.param(b"%PDF-1.7\n" + b"<<" * 1_000_000 + b"\n%%EOF", id="a million dictionaries in each other"),
    ],
)
def test_a_hostile_pdf_is_given_up_within_its_time(content: bytes) -> None:
    began = time.monotonic()
    text = text_of("pdf", content)
    assert time.monotonic() - began < file_text._SECONDS + 5
    assert len(text or "") < 1000


def test_a_long_pdf_is_read_as_far_as_it_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of("pdf", written_pdf(*[f"Page {number}" for number in range(pdf_text.MOST_PAGES + 20)]))
    assert text is not None
    assert text.endswith(f"Page {pdf_text.MOST_PAGES - 1}")


def test_a_reader_that_does_not_end_is_stopped_and_what_it_brought_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import time\nprint('the first page', flush=True)\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setattr(file_text, "_PDF_TEXT", slow)
    monkeypatch.setattr(file_text, "_SECONDS", 1.0)
    began = time.monotonic()
    assert text_of("pdf", b"whatever") == "the first page"
    assert time.monotonic() - began < 10
