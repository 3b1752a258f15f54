"""What holds for every Word document made here."""

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

from exports.concept_note import BackgroundDocument, ConceptNote, QuestionGroup, concept_note_docx
from exports.inline import Footnote, Gap, Span
from exports.meeting_head import MeetingHead
from exports.participants import Participant, ParticipantList, participants_docx
from exports.people import Person
from exports.programme import Programme, ProgrammeDay, ProgrammeItem, RolePeople, programme_docx
from exports.report import report_docx
from exports.report_data import AgendaItem, Heading, Masthead, Paragraph, Report
from exports.text import clean
from exports.word import held_together, link_target
from tests.exports.reading import findings, opened, part, texts
from tests.exports.samples import (
    CONCEPT_NOTE,
    HOSTILE,
    JULY_HEAD,
    JULY_PROGRAMME,
    JUNE_HEAD,
    JUNE_PROGRAMME,
    MADE,
    PARTICIPANTS,
    REPORT,
)


def hostile_head(text: str) -> MeetingHead:
    return replace(JULY_HEAD, title=text, subtitle=text, place=text)


def hostile_programme(text: str) -> Programme:
    person = Person(text, text, text, "family_given", text, text, text, text)
    part = ProgrammeItem(text, label=text, description=text)
    item = ProgrammeItem(
        text,
        label=text,
        description=text,
        roles=(RolePeople("chair", (person,)),),
        track=text,
        room=text,
        parts=(part,),
    )
    return Programme((ProgrammeDay(JULY_HEAD.first_day, (item,)),))


def concept_note_of(text: str) -> bytes:
    note = ConceptNote(
        head=hostile_head(text),
        programme=hostile_programme(text),
        background=text,
        objectives=(text,),
        modalities=text,
        guiding_questions=(QuestionGroup(text, (text,)),),
        documents=(BackgroundDocument(text, text, text),),
        contact=text,
    )
    return concept_note_docx(note, made=MADE)


def programme_of(text: str) -> bytes:
    return programme_docx(hostile_head(text), hostile_programme(text), made=MADE)


def participants_of(text: str) -> bytes:
    person = Person(text, text, text, "given_family", text, text, text, text)
    listed = (Participant(person, "states", text), Participant(person, "academia"))
    return participants_docx(
        ParticipantList(hostile_head(text), listed, provisional=True, corrections_to=text), made=MADE
    )


def report_of(text: str) -> bytes:
    gap = Gap(text, text)
    note = Footnote((Span(text), gap))
    content = (Span(text, italic=True, url=text), gap, note)
    masthead = Masthead(gap, gap, gap, gap, (AgendaItem(2, text),), text, text, text, text)
    body = (Heading(1, text), Paragraph(content, items=(content, content), bold=True))
    return report_docx(Report(masthead, text, text, content, body), made=MADE)


REAL = {
    "concept note": lambda: concept_note_docx(CONCEPT_NOTE, made=MADE),
    "programme of two days": lambda: programme_docx(JUNE_HEAD, JUNE_PROGRAMME, made=MADE),
    "participants": lambda: participants_docx(PARTICIPANTS, made=MADE),
    "report": lambda: report_docx(REPORT, made=MADE),
}
EMPTY = {
    "empty concept note": lambda: concept_note_docx(ConceptNote(JULY_HEAD, Programme()), made=MADE),
    "empty programme": lambda: programme_docx(JULY_HEAD, Programme(), made=MADE),
    "empty participants": lambda: participants_docx(ParticipantList(JULY_HEAD, ()), made=MADE),
    "empty report": lambda: report_docx(replace(REPORT, body=(), summary=()), made=MADE),
}
MAKERS: dict[str, Callable[[str], bytes]] = {
    "concept note": concept_note_of,
    "programme": programme_of,
    "participants": participants_of,
    "report": report_of,
}


@pytest.mark.parametrize("make", (REAL | EMPTY).values(), ids=(REAL | EMPTY).keys())
def test_a_validator_finds_nothing_in_any_document(make: Callable[[], bytes], tmp_path: Path) -> None:
    assert findings(make(), tmp_path) == []


def test_the_validator_does_find_what_the_untouched_template_has(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert findings(buffer.getvalue(), tmp_path)


@pytest.mark.parametrize("make", REAL.values(), ids=REAL.keys())
def test_every_document_is_a4_dated_titled_and_in_its_language(make: Callable[[], bytes]) -> None:
    document = opened(make())
    section = document.sections[0]
    assert (round(section.page_width or 0, -4), round(section.page_height or 0, -4)) == (
        round(Mm(210), -4),
        round(Mm(297), -4),
    )
    properties = document.core_properties
    assert properties.title
    assert properties.author == "Rostrum"
    assert properties.created == MADE
    assert properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml


@pytest.mark.parametrize("make", REAL.values(), ids=REAL.keys())
def test_no_leftover_of_a_template_is_inside(make: Callable[[], bytes]) -> None:
    content = make()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [name for name in names if "stylesWithEffects" in name or "thumbnail" in name or "customXml" in name]
    assert "Theme=" not in part(content, "styles.xml")


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_hostile_text_breaks_nothing_and_stays_readable(make: Callable[[str], bytes], tmp_path: Path) -> None:
    content = make(HOSTILE)
    assert findings(content, tmp_path) == []
    text = "\n".join(texts(content))
    for legible in ("]]>", "حقوق الإنسان", "人权城市", "Права", "\U0001f469\u200d\U0001f4bb", "\u202eoverride\u202c"):
        assert legible in text
    assert "\x07" not in text


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_twenty_thousand_words_are_all_there(make: Callable[[str], bytes]) -> None:
    words = " ".join(f"word{number}" for number in range(20_000))
    text = "\n".join(texts(make(words)))
    assert "word0 " in text
    assert "word19999" in text


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
@pytest.mark.parametrize("text", ["", " ", "\x00", "\n", "\t", "\u200f", "]"])
def test_next_to_nothing_is_taken_as_well(make: Callable[[str], bytes], text: str, tmp_path: Path) -> None:
    assert findings(make(text), tmp_path) == []


@given(st.text(st.characters(exclude_categories=())))
def test_cleaning_takes_only_what_xml_cannot_carry(text: str) -> None:
    cleaned = clean(text)
    element = parse_xml(f"<a>{cleaned.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</a>")
    assert (element.text or "") == cleaned
    assert clean(cleaned) == cleaned
    kept = [character for character in text if character.isprintable() and character not in "\ufffe\uffff"]
    assert [character for character in cleaned if character.isprintable()] == kept


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://docs.un.org/A/HRC/56/32", "https://docs.un.org/A/HRC/56/32"),
        (" http://example.org:8080/a b?c=d#e\n", "http://example.org:8080/a%20b?c=d#e"),
        ("https://例え.example/حقوق", "https://例え.example/حقوق"),
        ('https://example.org/"<x>|\x00', "https://example.org/%22%3Cx%3E%7C"),
        ("mailto:secretariat@example.org", "mailto:secretariat@example.org"),
        ("mailto:nobody", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://a b/", None),
        ("https://example.org:port/", None),
        ("http://[", None),
        ("//example.org", None),
        ("example.org", None),
        ("", None),
    ],
)
def test_only_sound_web_and_mail_addresses_can_be_links(url: str, target: str | None) -> None:
    assert link_target(url) == target


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b/", ""])
def test_what_cannot_be_a_link_stands_as_text(url: str) -> None:
    note = replace(CONCEPT_NOTE, documents=(BackgroundDocument("Document", "A/HRC/1/1", url),), background="")
    content = concept_note_docx(note, made=MADE)
    assert part(content, "_rels/document.xml.rels").count("/hyperlink") == 1  # the contact's address
    assert url in "\n".join(texts(content))


def test_a_link_of_the_documents_list_is_one_in_word() -> None:
    relations = part(concept_note_docx(CONCEPT_NOTE, made=MADE), "_rels/document.xml.rels")
    assert 'Target="https://docs.un.org/en/A/HRC/56/32" TargetMode="External"' in relations


def test_text_runs_in_its_own_direction() -> None:
    note = replace(
        CONCEPT_NOTE, head=replace(JULY_HEAD, title="حقوق الإنسان (2027)"), objectives=("Peace (سلام) for all",)
    )
    xml = {paragraph.text: paragraph._p.xml for paragraph in opened(concept_note_docx(note, made=MADE)).paragraphs}
    title = xml["“حقوق الإنسان (2027)”"]
    assert "<w:bidi/>" in title
    assert title.count("<w:rtl/>") == title.count("<w:t") == 3  # marks and figures stand where such a line has them
    assert "<w:bidi/>" not in xml["Peace (سلام) for all."]
    assert xml["Peace (سلام) for all."].count("<w:rtl/>") == 1


def test_the_language_is_checked_and_completed() -> None:
    arabic = opened(programme_docx(replace(JULY_HEAD, language="ar"), JULY_PROGRAMME, made=MADE))
    assert 'w:bidi="ar-SA"' in arabic.styles.element.xml
    with pytest.raises(ValueError, match="not a language tag"):
        programme_docx(replace(JULY_HEAD, language='en"/>'), JULY_PROGRAMME, made=MADE)


@pytest.mark.parametrize("make", REAL.values(), ids=REAL.keys())
def test_cells_are_as_wide_as_their_columns(make: Callable[[], bytes]) -> None:
    """Word goes by the cells, other programs by the columns."""
    for table in opened(make()).tables:
        columns = [column.get(qn("w:w")) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        for row in table._tbl.tr_lst:
            assert [width.get(qn("w:w")) for width in row.iter(qn("w:tcW"))] == columns


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("Ms. Lee and Prof. 王", "Ms.~Lee and Prof.~王"),
        ("on 28 August 2023, from 1 to 3 May", "on 28~August 2023, from 1 to 3~May"),
        ("resolution 51/12; Resolutions 24/2 and 27/4", "resolution~51/12; Resolutions~24/2 and 27/4"),
        (
            "a resolution of 28 Augustinians, Forms. Lee, 2028 May",
            "a resolution of 28 Augustinians, Forms. Lee, 2028 May",
        ),
    ],
)
def test_a_line_does_not_end_inside_a_name_a_date_or_a_number(words: str, held: str) -> None:
    assert held_together(words) == held.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize("make", REAL.values(), ids=REAL.keys())
def test_the_same_content_makes_the_same_bytes(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever it is written: a server compares them."""
    first = make()
    later = time.localtime(time.time() + 3600)
    monkeypatch.setattr(zipfile.time, "localtime", lambda *_given: later)  # type: ignore[attr-defined]  # its own import
    assert make() == first


def test_a_file_that_is_dated_before_zip_archives_were_can_be_written() -> None:
    assert texts(programme_docx(JULY_HEAD, JULY_PROGRAMME, made=datetime.fromtimestamp(0, UTC)))
