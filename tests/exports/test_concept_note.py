from dataclasses import replace

import pytest

from exports.concept_note import BackgroundDocument, ConceptNote, QuestionGroup, concept_note_docx
from exports.programme import Programme
from exports.text import as_clauses
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
        (1, "Contact"),
        (1, "Tentative programme of work"),
    ]


def test_the_programme_begins_a_page_with_the_head_of_the_meeting() -> None:
    lines = opened(concept_note_docx(CONCEPT_NOTE, made=MADE)).paragraphs
    (again,) = [number for number, line in enumerate(lines) if line.style and line.style.name == "_ Repeated title"]
    assert lines[again].paragraph_format.page_break_before
    head = texts(concept_note_docx(EMPTY, made=MADE))[:-1]
    assert [line.text.replace("\N{NO-BREAK SPACE}", " ") for line in lines[again : again + len(head)]] == head
    assert lines[again + len(head)].text == "Tentative programme of work"


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


@pytest.mark.parametrize(
    ("objectives", "lead"),
    [
        (("Recognize the role of cities", "Bring them together"), "are to:"),
        (("Recognizing the role of cities",), "are:"),
        (("Share practices", "The next steps"), "are:"),
        (("To share practices",), "are:"),
    ],
)
def test_the_objectives_follow_a_formula_that_fits_them(objectives: tuple[str, ...], lead: str) -> None:
    lines = texts(concept_note_docx(replace(EMPTY, objectives=objectives), made=MADE))
    assert lines[lines.index("Objectives") + 1] == f"The main objectives of the meeting {lead}"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (("One", "Two.", "Three"), ["One;", "Two;", "Three."]),
        (("One;", "Two;"), ["One;", "Two."]),
        (("Alone",), ["Alone."]),
        (("One. And more", "Two"), ["One. And more.", "Two."]),
        (("What for?", "Two"), ["What for?", "Two."]),
        (("حقوق", "الإنسان"), ["حقوق؛", "الإنسان."]),
        (("人权。", "城市"), ["人权；", "城市。"]),
        (("", " "), []),
    ],
)
def test_lines_of_a_list_end_as_clauses_of_a_sentence(given: tuple[str, ...], written: list[str]) -> None:
    assert as_clauses(given) == written


def test_a_note_in_french_has_its_headings_in_french() -> None:
    content = concept_note_docx(replace(CONCEPT_NOTE, head=replace(JULY_HEAD, language="fr")), made=MADE)
    assert [text for level, text in headings(content) if level == 1] == [
        "Contexte",
        "Objectifs",
        "Modalités",
        "Questions directrices",
        "Documents de référence",
        "Contact",
        "Programme de travail provisoire",
    ]
    assert "Note de cadrage" in texts(content)
    assert "Bring local governments and human rights bodies together ;" in texts(content)


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
