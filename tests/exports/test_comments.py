"""Comments at the words they are about, whatever those are."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.inline import Footnote, Gap, Inline, Remark, Span
from exports.report import report_docx
from exports.report_data import Annex, AnnexSession, Heading, Paragraph
from exports.text import clean, one_line
from tests.exports.reading import findings, opened, part
from tests.exports.samples import HOSTILE, MADE, REPORT

NOTE = Footnote((Span("See the note."),))
GAP = Gap("number", "Count them.")


def of(*paragraphs: Heading | Paragraph) -> bytes:
    return report_docx(replace(REPORT, summary=(), body=paragraphs), made=MADE)


def commented(content: bytes) -> list[tuple[str, str]]:
    """Each comment with the words that it stands at, in the order of the text."""
    document = opened(content)
    texts = {comment.comment_id: comment.text for comment in document.comments}
    found: dict[int, str] = {}
    open_now: list[int] = []
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            number = int(element.get(qn("w:id")))
            found[number] = ""
            open_now.append(number)
        elif element.tag == qn("w:commentRangeEnd"):
            open_now.remove(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:t"):
            for number in open_now:
                found[number] += (element.text or "").replace("\N{NO-BREAK SPACE}", " ")
    assert not open_now
    assert found.keys() == texts.keys()
    return [(texts[number], words) for number, words in found.items()]


WORDS = Span("The City of Vienna was heard, in particular.")


@pytest.mark.parametrize(
    ("content", "remarks", "expected"),
    [
        ((WORDS,), (Remark(4, 18, "a"),), [("a", "City of Vienna")]),
        ((WORDS,), (Remark(0, 44, "a"),), [("a", WORDS.text)]),
        ((WORDS,), (Remark(4, 8, "a"), Remark(12, 18, "b")), [("a", "City"), ("b", "Vienna")]),
        ((WORDS,), (Remark(4, 18, "a"), Remark(12, 22, "b")), [("a", "City of Vienna"), ("b", "Vienna was")]),
        ((WORDS,), (Remark(4, 18, "a"), Remark(4, 18, "b")), [("a", "City of Vienna"), ("b", "City of Vienna")]),
        ((WORDS,), (Remark(18, 18, "a"),), [("a", "")]),
        ((WORDS,), (Remark(39, 400, "a"), Remark(900, 910, "b")), [("a", "ular."), ("b", "")]),
        (
            (Span("One "), Span("two", italic=True), NOTE, Span(" three")),
            (Remark(2, 9, "a"), Remark(8, 13, "b")),
            [("a", "e two t"), ("b", "three")],
        ),
        ((Span("In "), GAP, Span(" cities")), (Remark(12, 18, "a"),), [("Count them.", "[number]"), ("a", "cities")]),
        ((Span("In "), GAP, Span(" x")), (Remark(0, 13, "a"),), [("a", "In [number] x"), ("Count them.", "[number]")]),
        ((Span("Ms. Lee spoke", url="https://e.org/"),), (Remark(4, 7, "a"),), [("a", "Lee")]),
        ((Span("سلام peace"),), (Remark(5, 10, "a"),), [("a", "peace")]),
        ((), (Remark(0, 0, "a"),), [("a", "")]),
    ],
)  # fmt: skip
def test_a_comment_stands_at_its_words(
    content: tuple[Inline, ...], remarks: tuple[Remark, ...], expected: list[tuple[str, str]]
) -> None:
    assert commented(of(Paragraph(content, remarks=remarks))) == expected


def test_items_headings_title_and_summary_have_comments_of_their_own() -> None:
    body = (
        Heading(1, "Introduction", remarks=(Remark(0, 5, "heading"),)),
        Paragraph((WORDS,), ((Span("first"),), (Span("second"),)), remarks=(Remark(0, 6, "item", 1),)),
    )
    report = replace(
        REPORT,
        title="Summary of it",
        title_remarks=(Remark(8, 10, "title"),),
        summary=(Span("Short."),),
        summary_remarks=(Remark(0, 5, "summary"),),
        body=body,
    )
    assert commented(report_docx(report, made=MADE)) == [
        ("title", "of"),
        ("summary", "Short"),
        ("heading", "Intro"),
        ("item", "second"),
    ]


def test_a_place_that_a_comment_begins_at_parts_no_name_from_its_honorific() -> None:
    xml = part(of(Paragraph((Span("Ms. Lee spoke"),), remarks=(Remark(4, 7, "a"),))), "document.xml")
    assert "Ms.\N{NO-BREAK SPACE}</w:t>" in xml


def test_a_validator_finds_nothing_in_comments_footnotes_and_annex_of_hostile_text(tmp_path: Path) -> None:
    content = (Span(HOSTILE, url="https://e.org/"), Gap(HOSTILE, HOSTILE), Footnote((Span(HOSTILE),)), Span(HOSTILE))
    remarks = tuple(Remark(start, start + 9, HOSTILE, item) for start in range(0, 400, 7) for item in (None, 0))
    report = replace(
        REPORT,
        body=(Heading(1, HOSTILE, remarks=remarks[:3]), Paragraph(content, (content,), remarks=remarks)),
        annex=Annex(HOSTILE, (AnnexSession(HOSTILE, ((HOSTILE, HOSTILE),), (HOSTILE,)), AnnexSession("", (), ("",)))),
    )
    made = report_docx(report, made=MADE)
    assert findings(made, tmp_path) == []
    assert len(commented(made)) == len(remarks) + 3 + 3  # two gaps of the paragraph and its item, one of the summary


ANY = st.text(st.characters(exclude_categories=()))
PIECES = st.lists(
    st.one_of(
        st.builds(Span, ANY, st.booleans(), st.booleans(), st.sampled_from([None, "https://e.org/"])),
        st.builds(Gap, ANY, ANY),
        st.builds(Footnote, st.tuples(st.builds(Span, ANY))),
    ),
    max_size=5,
)
REMARKS = st.lists(st.builds(Remark, st.integers(0, 40), st.integers(0, 60), ANY), max_size=4)


def read(content: Iterable[Inline]) -> str:
    """What a file can carry of it."""
    return "".join(
        clean(piece.text) if isinstance(piece, Span) else f"[{one_line(piece.text)}]" if isinstance(piece, Gap) else ""
        for piece in content
    )


def plainly(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@settings(max_examples=40)  # each opens a whole file
@given(PIECES, REMARKS)
def test_no_character_is_lost_in_text_footnotes_or_comments(content: list[Inline], remarks: list[Remark]) -> None:
    made = of(Paragraph(tuple(content), remarks=tuple(remarks)))
    document = opened(made)
    assert plainly(document.paragraphs[-2].text) == plainly(read(content))
    comments = [clean(piece.comment) for piece in content if isinstance(piece, Gap)]
    assert sorted(comment.text for comment in document.comments) == sorted(
        comments + [clean(remark.text) for remark in remarks]
    )
    notes = parse_xml(part(made, "footnotes.xml").encode())
    shown = [WordParagraph(paragraph, document.part).text for note in notes[2:] for paragraph in note]
    assert [plainly(text) for text in shown] == [
        plainly("\t" + read(piece.content)) for piece in content if isinstance(piece, Footnote)
    ]
