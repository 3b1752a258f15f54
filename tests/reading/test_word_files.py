"""Word files in the layouts in which notes come; and files that are none, or are made to keep a reader busy."""

import io
import time
import zipfile

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from meetings.reading.files import source_of
from meetings.reading.rules import Line, from_json, read, to_json
from meetings.refusals import Refused
from tests.floor.statement_files import MAIN, W, pdf
from tests.floor.statement_files import docx as plain_docx
from tests.reading import notes


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def lines_of(document: Document) -> tuple[Line, ...]:
    return source_of(saved(document)).lines


def as_word(text: str) -> Document:
    """A note in Word: tables as tables, bullets as a list, emphasis as typeface."""
    document = docx.Document()
    table = None
    for line in text.split("\n"):
        said = line.strip().replace("**", "").strip("-").strip() if line.startswith("-----") else line.strip()
        if said.startswith(("|", "- |")):
            cells = [cell.strip() for cell in said.lstrip("- ").strip("|").split("|")]
            if any(cell.strip("-") for cell in cells):
                table = table or document.add_table(0, 2)
                for cell, content in zip(table.add_row().cells, cells, strict=True):
                    cell.text = content
            continue
        table = None
        if said.startswith("- "):
            document.add_paragraph(said[2:].replace("**", ""), style="List Bullet")
        elif said:
            document.add_paragraph(said.replace("**", "").replace("*", ""))
    return document


@pytest.mark.parametrize("text", [notes.JULY, notes.JUNE, notes.FRENCH, notes.SPANISH])
def test_a_note_in_word_says_the_same_as_in_a_text(text: str) -> None:
    from_word = read(source_of(saved(as_word(text))))
    from_text = read(source_of(text.encode()))
    assert from_word.head == from_text.head

    def sessions(found: object) -> list[tuple[object, ...]]:
        names = ("day", "start", "end", "kind", "label", "title", "description", "part_of", "floor_minutes")
        return [tuple(getattr(each, name) for name in names) for each in getattr(found, "sessions")]  # noqa: B009

    assert sessions(from_word) == sessions(from_text)
    assert [text for text, _ in from_word.objectives] == [text for text, _ in from_text.objectives]
    assert [each.questions for each in from_word.questions] == [each.questions for each in from_text.questions]
    assert from_word.not_understood == ()


def test_a_table_with_speakers_and_a_head() -> None:
    document = docx.Document()
    document.add_paragraph("Housing and rights", style="Title")
    document.add_paragraph("Tuesday 22 July 2025, Geneva")
    document.add_paragraph("Programme", style="Heading 1")
    table = document.add_table(0, 3)
    for row in (
        ("Time", "Session", "Speakers"),
        ("9.30–10.00", "Opening", "Ms. Ada Example, Mayor of Exampleton"),
        (
            "10 a.m.–1 p.m.",
            "Panel 1: Rent",
            "Mr. Ben Sample, Director, City of Sampleton; Ms. Cleo Case, Mayor of Caseville",
        ),
        ("13h–14h", "Lunch", ""),
    ):
        for cell, content in zip(table.add_row().cells, row, strict=True):
            cell.text = content
    cell = table.rows[2].cells[1]
    cell.add_paragraph("What rent does to families.")
    cell.add_paragraph("Moderator: Ms. Dora Model")
    found = read(source_of(saved(document)))
    assert [(each.start and each.start.hour, each.kind, each.label, each.title) for each in found.sessions] == [
        (9, "opening", "", "Opening"),
        (10, "panel", "Panel 1", "Rent"),
        (13, "lunch", "", "Lunch"),
    ]
    assert [(each.role, each.family) for each in found.sessions[1].people] == [
        ("panellist", "Sample"),
        ("panellist", "Case"),
        ("moderator", "Model"),
    ]
    assert found.sessions[1].description == "What rent does to families."
    assert found.not_understood == ()


def test_times_in_a_column_of_several_paragraphs_and_merged_cells() -> None:
    document = docx.Document()
    document.add_paragraph("Programme of work")
    table = document.add_table(2, 3)
    first = table.rows[0].cells[0]
    first.text = "10:00"
    first.add_paragraph("–")
    first.add_paragraph("10:30")
    table.rows[0].cells[1].merge(table.rows[0].cells[2]).text = "Opening session"
    table.rows[1].cells[0].text = "10:30 – 11:00"
    table.rows[1].cells[1].text = "Break"
    found = read(source_of(saved(document)))
    assert [
        (each.start and each.start.minute, each.end and each.end.minute, each.title) for each in found.sessions
    ] == [
        (0, 30, "Opening session"),
        (30, 0, "Break"),
    ]


def test_a_table_that_only_arranges_the_page() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, (head, content) in zip(
        table.rows,
        (
            ("Date", "22 July 2025"),
            ("Venue", "Room XX, Palais des Nations, Geneva"),
            ("Background", "Cities meet again, and there is much to say about it."),
        ),
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = head, content
    found = read(source_of(saved(document)))
    assert str(found.head.first_day) == "2025-07-22"
    assert (found.head.room, found.head.city) == ("Room XX", "Geneva")
    assert found.background == "Cities meet again, and there is much to say about it."


def test_lists_headings_and_breaks_are_told() -> None:
    document = docx.Document()
    document.add_paragraph("A title", style="Title")
    document.add_paragraph("Objectives", style="Heading 1")
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Two", style="List Number")
    document.add_paragraph("- typed")
    broken = document.add_paragraph("first")
    broken.add_run().add_break(WD_BREAK.LINE)
    broken.add_run("second")
    told = [(line.style, line.said, line.soft) for line in lines_of(document)]
    assert told == [
        ("title", "A title", False),
        ("heading", "Objectives", False),
        ("bullet", "One", False),
        ("bullet", "Two", False),
        ("bullet", "typed", False),
        ("", "first", False),
        ("", "second", True),
    ]


def test_links_deleted_text_text_boxes_and_content_controls() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), document.part.relate_to("https://docs.un.org/A/HRC/38/22", f"{REL}/hyperlink", is_external=True)
    )
    for text in ("A/HRC", "/38/22"):
        run = OxmlElement("w:r")
        run.append(parse_xml(f"<w:t {nsdecls('w')}>{text}</w:t>"))
        link.append(run)
    paragraph._p.append(link)
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>gone</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>, new</w:t></w:r></w:ins>"))
    inside = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:pict>{inside}</w:pict></w:r>"))
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    found = lines_of(document)
    assert [line.said for line in found] == ["See A/HRC/38/22, new", "In a box", "In a control"]
    assert found[0].links == (("A/HRC/38/22", "https://docs.un.org/A/HRC/38/22"),)


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_footnote_stands_where_it_is_called() -> None:
    body = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Cities</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t> meet.</w:t></w:r></w:p><w:p><w:r><w:t>They talk.</w:t></w:r></w:p></w:body></w:document>"
    )
    said = "<w:p><w:r><w:t>All of them.</w:t></w:r></w:p>"
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{said}</w:footnote></w:footnotes>'
    content = plain_docx(extra={"word/document.xml": body.encode(), "word/footnotes.xml": note.encode()})
    assert [(line.said, line.style) for line in source_of(content).lines] == [
        ("Cities¹ meet.", ""),
        ("¹ All of them.", "note"),
        ("They talk.", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_every_usual_encoding(encoding: str) -> None:
    text = "Réunion d’été\n22 juillet 2025\n9 h – 10 h Séance d’ouverture\n"
    found = read(source_of(text.encode(encoding)))
    assert found.head.title == "Réunion d’été"
    assert [each.title for each in found.sessions] == ["Séance d’ouverture"]


def opendocument() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # its type comes first, and is not packed
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in it"),
        (b"   \n", "nothing in it"),
        (b"a" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
        (pdf(), "This is a PDF"),
        (pdf(b"/Encrypt 5 0 R"), "This is a PDF"),
        (b"%PDF-1.7 cut off", "This is a PDF"),
        (opendocument(), "LibreOffice"),
        (b"{\\rtf1\\ansi hello}", "Rich Text"),
        (b"<html><body>hello</body></html>", "Only Word files"),
        (b"\x00\x01\x02\x03", "Only Word files"),
        (plain_docx(content_type=MAIN.replace("document.main", "document.macroEnabled.main")), "macros"),
        (b"PK\x03\x04 cut off", "damaged"),
        (plain_docx("x" * 3_000_000), "far longer than any programme"),
        (plain_docx(""), "nothing in it"),
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        source_of(content)


def document_xml(inside: str, head: str = "") -> bytes:
    return f'{head}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'.encode()


def with_part(name: str, root: str) -> bytes:
    """A sound body beside a part whose entities would grow."""
    return plain_docx("x", extra={f"word/{name}.xml": f'{ENTITIES}<w:{root} xmlns:w="{W}">&b;</w:{root}>'.encode()})


def with_body(inside: str, head: str = "") -> bytes:
    return plain_docx(extra={"word/document.xml": document_xml(inside, head)})


ENTITIES = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
HOSTILE = {
    "a body that unpacks to 100 MB": with_body(" " * 100_000_000),
    "entities": with_body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", ENTITIES),
    "entities in the styles": with_part("styles", "styles"),
    "entities in the footnotes": with_part("footnotes", "footnotes"),
    "styles that unpack to 100 MB": plain_docx("x", extra={"word/styles.xml": b"<a>" + b" " * 100_000_000 + b"</a>"}),
    "two hundred thousand paragraphs": with_body("<w:p/>" * 200_000),
    "tables in tables": with_body("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000),
    "broken links": plain_docx("x", extra={"word/_rels/document.xml.rels": b"<Relationships"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str) -> None:
    started = time.perf_counter()
    with pytest.raises(Refused, match="damaged"):
        source_of(HOSTILE[name])
    assert time.perf_counter() - started < 2


def test_what_else_is_in_the_package_is_not_opened() -> None:
    content = plain_docx(
        "Cities meet.", extra={"word/media/bomb.xml": b" " * 50_000_000, "word/header1.xml": ENTITIES.encode()}
    )
    assert [line.said for line in source_of(content).lines] == ["Cities meet."]


def test_a_cell_that_claims_to_span_a_million_columns_takes_no_memory() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    content = plain_docx(extra={"word/document.xml": document_xml(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>")})
    assert [line.said for line in source_of(content).lines] == ["x | x"]


@pytest.mark.parametrize("text", [notes.JULY, notes.NOVEMBER, notes.JUNE])
def test_a_source_travels_in_a_form_unchanged(text: str) -> None:
    for source in (source_of(text.encode()), source_of(saved(as_word(text)))):
        assert from_json(to_json(source)) == source


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"lines": [1]}', '{"lines": [{"text": 1}]}', '{"lines": [{"text": "a", "style": "b"}]}',
     '{"lines": [{"text": "a", "bold": "1"}]}', '{"lines": [{"text": "a", "links": [["b"]]}]}'],
)  # fmt: skip
def test_a_source_that_was_tampered_with_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whichever of them; nothing else may come out
        from_json(text)
