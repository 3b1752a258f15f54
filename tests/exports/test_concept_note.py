from dataclasses import replace

import pytest

from exports.concept_note import BackgroundDocument, ConceptNote, QuestionGroup, concept_note_docx
from exports.programme import Programme
from tests.exports.reading import headings, opened, texts
from tests.exports.samples import CONCEPT_NOTE, JULY_HEAD, MADE

EMPTY = ConceptNote(JULY_HEAD, Programme())


def test_the_sections_come_in_the_order_of_a_concept_note() -> None:
    assert headings(concept_note_docx(CONCEPT_NOTE, made=MADE)) == [
        (1, "Background"),
        (1, "Objectives"),
        (1, "Format"),
        (1, "Guiding questions"),
        (2, "Action at the local level"),
        (2, "A common voice"),
        (1, "Background documents"),
        (1, "Tentative programme of work"),
        (1, "Contact"),
    ]


def test_what_is_empty_has_no_heading() -> None:
    blank = replace(
        EMPTY,
        background=" \n",
        objectives=("", " "),
        modalities="\n\n",
        guiding_questions=(QuestionGroup("", ("",)),),
        contact=" ",
    )
    for note in (EMPTY, blank):
        content = concept_note_docx(note, made=MADE)
        assert headings(content) == []
        assert texts(content)[-1] == "Concept note"


def test_objectives_and_questions_are_bullets() -> None:
    found = {
        line.text: line.style.name
        for line in opened(concept_note_docx(CONCEPT_NOTE, made=MADE)).paragraphs
        if line.style
    }
    for text in (*CONCEPT_NOTE.objectives, *CONCEPT_NOTE.guiding_questions[0].questions):
        assert found[text] == "List Bullet"


def test_blank_lines_part_the_paragraphs_of_the_format() -> None:
    lines = texts(concept_note_docx(replace(EMPTY, modalities="One\nstill one.\n\n \nTwo."), made=MADE))
    assert lines[-2:] == ["One\nstill one.", "Two."]


@pytest.mark.parametrize(
    ("document", "line", "linked"),
    [
        (BackgroundDocument("Report", "A/HRC/1/1", "https://e.org"), "Report (A/HRC/1/1)", ["A/HRC/1/1"]),
        (BackgroundDocument("Report", "A/HRC/1/1"), "Report (A/HRC/1/1)", []),
        (BackgroundDocument("Report", "", "https://e.org"), "Report", ["Report"]),
        (BackgroundDocument("", "A/HRC/1/1", "https://e.org"), "A/HRC/1/1", ["A/HRC/1/1"]),
        (BackgroundDocument("", "", "https://e.org"), "https://e.org", ["https://e.org"]),
        (BackgroundDocument("Report", "", "e.org/report"), "Report, e.org/report", []),
    ],
)
def test_a_document_has_its_symbol_and_its_link(document: BackgroundDocument, line: str, linked: list[str]) -> None:
    paragraph = opened(concept_note_docx(replace(EMPTY, documents=(document,)), made=MADE)).paragraphs[-1]
    assert paragraph.text == line
    assert [link.text for link in paragraph.hyperlinks] == linked
