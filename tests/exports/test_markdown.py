import time
from dataclasses import replace

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.concept_note import ConceptNote, concept_note_docx
from exports.programme import Programme
from tests.exports.reading import headings, labels, opened, part, texts
from tests.exports.samples import BACKGROUND, CONCEPT_NOTE, JULY_HEAD, MADE

BEGIN = 6  # title, date, hours, place, kind of document, "Background"


def of_background(text: str) -> bytes:
    return concept_note_docx(ConceptNote(JULY_HEAD, Programme(), background=text), made=MADE)


def written(text: str) -> list[tuple[str, str]]:
    """Number and text of each paragraph that the background became."""
    return labels(of_background(text))[BEGIN:]


def notes_of(content: bytes) -> list[str]:
    """The text of each footnote; the two separators come first in the part."""
    found = []
    for note in list(parse_xml(part(content, "footnotes.xml").encode()))[2:]:
        pieces = ["\n" if piece.tag == qn("w:br") else str(piece.text) for piece in note.iter(qn("w:t"), qn("w:br"))]
        found.append("".join(pieces).strip())
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\ntwo\n\nthree", [("", "one two"), ("", "three")]),
        ("one  \ntwo", [("", "one\ntwo")]),
        ("*a* **b** _c_ `d`", [("", "a b c d")]),
        ("- a\n- b", [("•", "a"), ("•", "b")]),
        ("1. a\n2. b\n\ntext\n\n1. c", [("1.", "a"), ("2.", "b"), ("", "text"), ("1.", "c")]),
        ("3. a\n4. b", [("3.", "a"), ("4.", "b")]),
        ("1. a\n   1. b\n   2. c\n2. d", [("1.", "a"), ("a.", "b"), ("b.", "c"), ("2.", "d")]),
        ("1. a\n\n   more\n2. b", [("1.", "a"), ("", "more"), ("2.", "b")]),
        ("1. - a", [("1.", ""), ("–", "a")]),
        ("> said", [("", "said")]),
        ("    code\n    more", [("", "code\nmore")]),
        ("```\nfence\n```", [("", "fence")]),
        ("```kind\nfence", [("", "kind\nfence")]),
        ("a\n\n---\n\nb", [("", "a"), ("", "b")]),
        ("![picture](https://e.org/x.png)", [("", "picture")]),
        ("<b>tag</b> &amp; &lt;", [("", "<b>tag</b> & <")]),
        ("<script>x</script>", [("", "<script>x</script>")]),
        ("[x](javascript:alert(1))", [("", "[x](javascript:alert(1))")]),
        ("5 * 3 = 15; a_b_c; #no heading", [("", "5 * 3 = 15; a_b_c; #no heading")]),
        ("", []),
    ],
)
def test_each_form_becomes_its_counterpart_in_word(source: str, expected: list[tuple[str, str]]) -> None:
    assert written(source) == expected


def test_emphasis_and_links_are_kept() -> None:
    content = of_background("**bold** and *slanted* and [linked](https://e.org/a) and <https://e.org/b>")
    (paragraph,) = opened(content).paragraphs[BEGIN:]
    looks = {run.text: (run.bold, run.italic) for run in paragraph.runs}
    assert looks["bold"] == (True, None)
    assert looks["slanted"] == (None, True)
    assert [(link.text, link.address) for link in paragraph.hyperlinks] == [
        ("linked", "https://e.org/a"),
        ("https://e.org/b", "https://e.org/b"),
    ]


def test_headings_of_the_text_stand_below_those_of_the_document() -> None:
    assert headings(of_background("# One\n\n## Two\n\n###### Six"))[1:] == [(2, "One"), (3, "Two"), (3, "Six")]


def test_footnotes_are_real_and_at_their_place() -> None:
    content = concept_note_docx(replace(CONCEPT_NOTE, background=BACKGROUND), made=MADE)
    notes = part(content, "footnotes.xml")
    assert notes.index("In Geneva, on 17\N{NO-BREAK SPACE}June 2019.") < notes.index("Signed by both; see ")
    assert "https://uclg-cisdp.org/en" in part(content, "_rels/footnotes.xml.rels")
    (paragraph,) = [line for line in opened(content).paragraphs if line.text.startswith("OHCHR and UCLG met")]
    kinds = [run._r.find(qn("w:footnoteReference")) is not None for run in paragraph.runs]
    assert kinds.count(True) == 2
    assert kinds[-1]


@pytest.mark.parametrize(
    ("source", "notes"),
    [
        ("a^[inline *note*]", ["inline note"]),
        ("a[^1] b[^1]\n\n[^1]: same", ["same", "same"]),
        ("a[^1]\n\n[^1]: first\n\n    second", ["first\nsecond"]),
        ("a[^1]\n\n[^1]: itself[^1]", ["itself"]),
        ("a[^1]\n\n[^1]: other[^2]\n[^2]: last", ["other", "last"]),
        ("a^[out^[in]]", ["out", "in"]),
        ("a[^1]", []),
        ("a[^1]\n\n[^1]: called\n[^2]: not called", ["called", "not called"]),
    ],
)
def test_footnotes_come_in_every_form(source: str, notes: list[str]) -> None:
    content = of_background(source)
    assert notes_of(content) == notes


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 1.)-*_#>`[]^:\n\\!(<&|\t", max_size=120))
def test_any_markup_is_taken_and_no_letter_is_lost(source: str) -> None:
    content = of_background(source)
    text = "".join(texts(content)[BEGIN:] + notes_of(content))
    # A link may hide its address, and a definition its label; a note may be called twice.
    if "]:" not in source and "](" not in source:
        assert text.count("a") == source.count("a")


@pytest.mark.parametrize(
    "source", ["*" * 20_000, "[" * 20_000, "> " * 5_000 + "x", "- " * 5_000 + "x", "[^1] " * 2_000]
)
def test_pathological_markup_ends_in_good_time(source: str) -> None:
    began = time.perf_counter()
    of_background(source)
    assert time.perf_counter() - began < 10
