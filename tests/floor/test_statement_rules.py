"""What a statement is: its words, its time, and what a file really is whatever it is called."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.floor.rules import statements
from meetings.floor.rules.statements import Examined, Problem, count_words, examine, reading_ms, shown_name
from tests.floor.statement_files import W, docx, package, pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("Thank you, Chair.", 3),
        ("cities' rights – a well-being", 4),  # a dash between blanks is none, a hyphen joins
        ("one—two", 2),
        ("no\u00a0break", 2),
        ("3 cities in 2025", 4),
        ("* * *", 0),
        ("👏 👏", 0),
        ("شكراً سيدي الرئيس", 3),
        ("谢谢主席。", 2),  # two characters are a word
        ("我们三个", 2),
        ("人権と city", 3),
        ("สิทธิมนุษยชน", 3),  # twelve letters and signs
        ("अधिकार और शहर", 3),
    ],
)
def test_words_are_counted_as_they_are_spoken(text: str, words: int) -> None:
    assert count_words(text) == words


def test_two_minutes_are_240_words() -> None:
    assert [reading_ms(words) for words in (0, 1, 240)] == [0, 500, 120_000]


@given(st.text(), st.text())
def test_two_texts_with_a_blank_between_have_the_words_of_both(one: str, other: str) -> None:
    both = count_words(f"{one} {other}")
    assert count_words(one) + count_words(other) - 2 <= both <= count_words(one) + count_words(other)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (docx("Thank you\nMadam Chair"), Examined("docx", 4)),
        (docx(""), Examined("docx", 0)),
        (pdf(), Examined("pdf", None)),
        (b"Thank you, Madam", Examined("txt", 3)),
        ("\ufeffMerci à tous".encode(), Examined("txt", 3)),
        ("شكراً لكم".encode("utf-16"), Examined("txt", 2)),
        (b"", Problem.EMPTY),
        (b" \r\n ", Problem.EMPTY),
        (b"x" * (statements.LARGEST_FILE + 1), Problem.TOO_LARGE),
        (b"MZ\x90\x00\x03\x00\x00\x00", Problem.UNKNOWN),  # a program
        (b"\x7fELF\x02\x01", Problem.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Problem.UNKNOWN),
        (b"{\\rtf1\\ansi Thank you}", Problem.UNKNOWN),
        (b"  <!DOCTYPE html><title>Thank you</title>", Problem.UNKNOWN),
        ("Grüße".encode("latin-1"), Problem.UNKNOWN),
        (b"\xff\xfeT", Problem.UNKNOWN),  # half a character of UTF-16
        (package({"mimetype": b"application/vnd.oasis.opendocument.text"}), Problem.UNKNOWN),
        (docx(content_type="application/vnd.ms-excel.sheet.main+xml"), Problem.UNKNOWN),
        (docx(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), Problem.MACROS),
        (docx(extra={"word/vbaProject.bin": b"x"}), Problem.MACROS),
        (OLE + b"\0" * 100, Problem.OLD_WORD),
        (OLE + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), Problem.LOCKED),
        (pdf(b"/Encrypt 5 0 R"), Problem.LOCKED),
        (pdf()[:-7], Problem.DAMAGED),  # cut off on the way
        (docx()[:-30], Problem.DAMAGED),
        (b"PK\x03\x04 and nothing else", Problem.DAMAGED),
        (docx(extra={"word/document.xml": b"<w:document"}), Problem.DAMAGED),
        (docx(extra={"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}), Problem.DAMAGED),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, found: Examined | Problem) -> None:
    assert examine(content) == found


def part(content: bytes) -> bytes:
    """A Word file with this as its text."""
    return docx(extra={"word/document.xml": content})


def body(paragraphs: bytes) -> bytes:
    """A Word file with these paragraphs."""
    return part(f'<w:document xmlns:w="{W}"><w:body>'.encode() + paragraphs + b"</w:body></w:document>")


def many_parts() -> bytes:
    return docx(extra={f"{number}": b"" for number in range(1_001)})


def packed_otherwise() -> bytes:
    """A Word file packed with LZMA, whose memory the file itself would choose."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        for name in made.namelist():
            archive.writestr(name, made.read(name))
    return file.getvalue()


ENTITIES = '<?xml version="1.0" encoding="{}"?><!DOCTYPE x [<!ENTITY a "{}">]><x>{}</x>'


@pytest.mark.parametrize(
    "make",
    [
        lambda: part(ENTITIES.format("UTF-16", "word " * 20_000, "&a;" * 50).encode("utf-16")),
        lambda: part(ENTITIES.format("UTF-8", "word " * 20_000, "&a;" * 50).encode()),
        lambda: part("<x/>".encode("utf-16")),
        lambda: part('<?xml version="1.0" encoding="ISO-8859-1"?><x>é</x>'.encode("latin-1")),
        lambda: part(b"<a>" + b"<b/>" * 4_900_000 + b"</a>"),
        lambda: part(b"<a>" + b"<b/>" * 200_000 + b"</a>"),
        lambda: part(b"<a>" * 1_000 + b"</a>" * 1_000),
        lambda: part(b"<a " + b" ".join(b'a%d=""' % each for each in range(20_000)) + b"/>"),
        lambda: part(b"<" + b"a" * 1_900_000 + b"/>"),
        many_parts,
        packed_otherwise,
    ],
    ids=["wide", "doctype", "utf-16", "latin", "unpacked", "elements", "deep", "attributes", "name", "parts", "lzma"],
)
def test_a_file_made_to_hold_up_the_server_is_refused_at_once(make: Callable[[], bytes]) -> None:
    content = make()
    before = time.process_time()
    assert examine(content) is Problem.DAMAGED
    assert time.process_time() - before < 0.5


@pytest.mark.parametrize(
    "content",
    [body(b"<w:p><w:t>" + b"a " * 1_000_000 + b"</w:t></w:p>"), b"a " * 2_600_000, "谢 ".encode() * 1_300_000],
    ids=["docx", "txt", "cjk"],
)
def test_words_are_counted_with_a_bound(content: bytes) -> None:
    before = time.process_time()
    found = examine(content)
    assert time.process_time() - before < 0.5
    assert isinstance(found, Examined)
    assert found.words is not None
    assert 50_000 < found.words < 200_000  # hours of speaking


def test_a_long_honest_statement_is_counted_to_its_end() -> None:
    paragraph = b"<w:p>" + b"<w:r><w:rPr><w:b/><w:sz/></w:rPr><w:t>word </w:t></w:r>" * 100 + b"</w:p>"
    assert examine(body(paragraph * 72)) == Examined("docx", 7_200)


def test_a_file_that_unpacks_to_far_more_is_not_unpacked() -> None:
    bomb = docx(extra={"word/media/image1.png": b"\0" * (201 * 1024 * 1024)})
    assert len(bomb) < statements.LARGEST_FILE
    assert examine(bomb) is Problem.DAMAGED
    assert examine(docx(extra={"word/document.xml": b" " * (21 * 1024 * 1024)})) is Problem.DAMAGED


def test_a_size_that_lies_is_not_believed() -> None:
    content = bytearray(docx("word " * 50_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        real = archive.getinfo("word/document.xml").file_size
    content = content.replace(real.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert examine(bytes(content)) is Problem.DAMAGED


def test_words_that_were_deleted_but_are_still_in_the_file_do_not_count() -> None:
    paragraph = (
        b"<w:p><w:del><w:r><w:delText>old words</w:delText></w:r></w:del><w:r><w:t>hu</w:t></w:r><w:r><w:t>man</w:t>"
        b"<w:tab/><w:t>rights</w:t></w:r></w:p>"
    )
    assert examine(body(paragraph)) == Examined("docx", 2)


@given(st.lists(st.tuples(st.integers(0, len(docx()) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_broken_file_has_an_answer(broken: list[tuple[int, int]]) -> None:
    content = bytearray(docx())
    for place, byte in broken:
        content[place] = byte
    assert isinstance(examine(bytes(content)), Examined | Problem)


@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(content: bytes) -> None:
    assert isinstance(examine(content), Examined | Problem)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("statement.docx", "statement.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Documents\\Our statement.pdf", "Our statement.pdf"),
        ("state\u202etxt.exe", "statetxt.exe"),
        ("\u2066a\u2069\u200f.pdf", "a.pdf"),
        ("بيان المدينة.docx", "بيان المدينة.docx"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        (None, ""),
        ("/", ""),
    ],
)
def test_a_name_is_shown_without_folders_and_marks_that_turn_it(name: str | None, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_end() -> None:
    assert len(shown_name("x" * 400 + ".docx")) == statements.LONGEST_NAME
    assert shown_name("x" * 400 + ".docx").endswith("xxxx.docx")
