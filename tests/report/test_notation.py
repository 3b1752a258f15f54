"""How a paragraph is typed, and read back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.inline import Footnote, Gap, Inline, Span
from exports.report_data import Paragraph
from meetings.report.rules.notation import from_notation, gaps_in, paragraph_to_lines, to_notation
from meetings.report.rules.wording import Text

NAME = Gap("name", "Whose?")


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("", ()),
        ("Plain words.", (Span("Plain words."),)),
        ("See *Habitat* now", (Span("See "), Span("Habitat", italic=True), Span(" now"))),
        ("*all*", (Span("all", italic=True),)),
        ("5 * 3 * 2", (Span("5 * 3 * 2"),)),
        ("one * and *no end", (Span("one * and *no end"),)),
        ("**two** stars", (Span("*"), Span("two", italic=True), Span("* stars"))),
        (r"\*not\* italic", (Span("*not* italic"),)),
        ("said so^[A/HRC/56/32.]", (Span("said so"), Footnote((Span("A/HRC/56/32."),)))),
        ("so^[See *Cities*, [name].]", (
            Span("so"), Footnote((Span("See "), Span("Cities", italic=True), Span(", "), NAME, Span("."))),
        )),
        (r"x\^[plain]", (Span("x^[plain]"),)),
        ("x^[no end", (Span("x^[no end"),)),
        ("x^[outer ^[inner] end]", (Span("x"), Footnote((Span("outer ^[inner] end"),)))),
        ("the [name] spoke", (Span("the "), NAME, Span(" spoke"))),
        ("quoted [sic *here*] so", (Span("quoted [sic "), Span("here", italic=True), Span("] so"))),
        (r"\[name]", (Span("[name]"),)),
        ("[[name]]", (Span("["), NAME, Span("]"))),
        ("*the [name]*", (Span("the ", italic=True), NAME)),
        (r"C:\dir and a\\b", (Span(r"C:\dir and a\b"),)),
        ("مدينة *فاس* اليوم", (Span("مدينة "), Span("فاس", italic=True), Span(" اليوم"))),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(typed: str, content: Text) -> None:
    assert from_notation(typed, [NAME]) == content


words = st.text(st.sampled_from("ab *[]^\\\n\u0645"), min_size=1, max_size=12)
gaps = st.builds(Gap, words, st.just("Fill it in."))
spans = st.builds(Span, words, italic=st.booleans())
inlines: st.SearchStrategy[Inline] = st.one_of(
    spans, gaps, st.builds(Footnote, st.lists(spans | gaps, min_size=1, max_size=4).map(tuple))
)


def known(content: Text) -> list[Gap]:
    """The gaps of a text in their order, those in its footnotes too."""
    inside = [piece.content if isinstance(piece, Footnote) else (piece,) for piece in content]
    return [piece for part in inside for piece in part if isinstance(piece, Gap)]


def letters(content: Text) -> list[tuple[str, bool] | Gap | list[object]]:
    """A text as its single letters, so that it does not matter how it is cut; blanks are never italic."""
    read: list[tuple[str, bool] | Gap | list[object]] = []
    for piece in content:
        if isinstance(piece, Span):
            read += [(letter, piece.italic and not letter.isspace()) for letter in piece.text]
        else:
            read.append(piece if isinstance(piece, Gap) else [*letters(piece.content)])
    return read


@given(st.lists(inlines, max_size=6).map(tuple))
def test_any_text_comes_back_as_it_was(content: Text) -> None:
    typed = to_notation(content)
    again = from_notation(typed, known(content))
    assert letters(again) == letters(content)
    assert to_notation(again) == typed
    assert gaps_in(typed) == [gap.text for gap in known(content)]


@given(st.text(st.sampled_from("ab *[]^\\"), max_size=40))
def test_what_was_typed_reads_the_same_once_it_is_written_anew(typed: str) -> None:
    content = from_notation(typed, [Gap("a", "")])
    assert letters(from_notation(to_notation(content), [Gap("a", "")])) == letters(content)


def test_two_gaps_of_the_same_name_keep_their_own_hints() -> None:
    first, second = Gap("name", "of the first"), Gap("name", "of the second")
    assert from_notation("[name] and [name]", [first, second]) == (first, Span(" and "), second)


def test_a_paragraph_is_kept_with_its_items_one_line_each() -> None:
    paragraph = Paragraph((Span("They should:"),), ((Span("act;"),), (NAME,)))
    assert paragraph_to_lines(paragraph) == "They should:\nact;\n[name]"


@pytest.mark.parametrize("hostile", ["*a ", "^[", "[", "^[a", "[a]", "\\", "a*", "^[[a]"])
def test_signs_without_end_are_read_in_no_time(hostile: str) -> None:
    start = time.monotonic()
    from_notation(hostile * 30_000)
    assert time.monotonic() - start < 3
