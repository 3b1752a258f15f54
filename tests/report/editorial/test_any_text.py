"""Whatever the text: no rule fails, runs away or points outside; a fix mends; right prose is left alone."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.inline import Footnote, Gap, Inline, Span
from exports.report_data import Paragraph
from meetings.report.rules.draft import Block
from meetings.report.rules.editorial import Finding, checked, checked_text, fixed
from meetings.report.rules.wording import plain
from tests.report.editorial.cases import report, text_of
from tests.report.editorial.prose import REPORT

# What the rules look for, put together at random: near misses, overlaps and nonsense.
LOOKED_FOR = """
organised organisation program analyze co-operation capacity building prereview 5 12 28 2/3 70% percent ten 8500 10 000
August 28, 28th 28/08/2023 2023-08-28 from 2020-2024 spring 10am 15:00–16:00 12h45 UN UNGA OHCHR the The U.N. Mr Ms.
Ward Kamuf Sáiz Saiz Turkey Iran South Korea Netherlands Ghana, Chile and Peru US United States Uruguay’s OHCHR's water,
housing, care or “ ” ‘ ’ " ' ( ) [ ] - -- – .. ,, ; : . , ? ! A/HRC 56/32 a/hrc/56/32 res. Resolution 51-12 member
states chairman his/her disabled moderated by Director of MUST Executive (a) • good best practices speaker from City
Gwangju Gwangju’s https://a.org x@a.org … 🙂 أمينة 中国 España
"""
PIECES = st.sampled_from(LOOKED_FOR.split())
JOINTS = st.sampled_from([" ", " ", " ", " ", "  ", "", ", ", ". ", "\n", "\u00a0", " \u202e"])
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.tuples(PIECES, JOINTS), max_size=30).map(lambda p: "".join(map("".join, p)))
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_findings_lie_in_the_text_and_say_why(text: str) -> None:
    for finding in checked_text(text):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.fix != text[finding.start : finding.end]
        assert finding.message
        assert "%(" not in finding.message


@given(st.lists(TEXTS.map(lambda text: text.replace("^", "")), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_findings_of_a_report_lie_in_their_places(texts: list[str]) -> None:
    draft, _ = report(["# Recommendations", *texts])
    for key, findings in checked(draft).items():
        assert len({(f.rule, f.item, f.start, f.end) for f in findings}) == len(findings)
        for f in findings:
            assert 0 <= f.start <= f.end <= len(text_of(draft, key, f.item))
            assert f.fix != text_of(draft, key, f.item)[f.start : f.end]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_fix_mends_what_it_is_for(text: str) -> None:
    for finding in checked_text(text):
        if finding.fix is not None:
            mended = text[: finding.start] + finding.fix + text[finding.end :]
            end = finding.start + len(finding.fix)
            again = [
                f for f in checked_text(mended) if f.rule == finding.rule and (f.start, f.end) == (finding.start, end)
            ]
            assert [f.fix for f in again if f.fix is not None] == [], (mended, again)


INLINE: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Span, PIECES, italic=st.booleans()),
    st.builds(Gap, PIECES, st.just("Ask.")),
    st.builds(lambda text: Footnote((Span(text),)), PIECES),
)


@given(st.lists(INLINE, min_size=1, max_size=8).map(tuple), st.data())
@settings(max_examples=200, deadline=None)
def test_a_fix_keeps_gaps_footnotes_and_the_words_around_it(content: tuple[Inline, ...], data: st.DataObject) -> None:
    text = plain(content)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    finding = Finding("XX1", "info", start, end, "reason", "source", fix="new")
    after = fixed(Paragraph(content), finding).content
    assert plain(after) in (text[:start] + "new" + text[end:], text)
    assert [p for p in after if not isinstance(p, Span)] == [p for p in content if not isinstance(p, Span)]


def test_a_fix_in_an_item_is_put_into_that_item() -> None:
    paragraph = Paragraph((Span("Cities should:"),), ((Span("Meet;"),), (Span("The UN."),)))
    finding = Finding("AB2", "error", 4, 6, "reason", "source", fix="United Nations", item=1)
    assert fixed(paragraph, finding).items == ((Span("Meet;"),), (Span("The United Nations."),))


def test_a_fix_of_quotation_marks_keeps_italics() -> None:
    paragraph = Paragraph((Span('The "'), Span("guide", italic=True), Span('" was read.')))
    (finding,) = (f for f in checked_text('The "guide" was read.') if f.rule == "QU1")
    assert fixed(paragraph, finding).content == (Span("The “"), Span("guide", italic=True), Span("” was read."))


def test_a_fix_of_quotation_marks_reaches_over_a_gap() -> None:
    gap = Gap("place", "Say where.")
    draft, _ = report(["# Introduction", "X."])
    paragraph = Paragraph((Span('The "guide" of '), gap, Span(' is "new".')))
    block = Block("own", paragraph, ())
    (finding,) = (f for f in checked(replace(draft, body=(block,)))["own"] if f.rule == "QU1")
    assert fixed(paragraph, finding).content == (Span("The “guide” of "), gap, Span(" is “new”."))


HOSTILE = [
    *(
        "a",
        "A",
        "(",
        "“",
        "‘",
        '"',
        "'",
        " ",
        "1 ",
        "A.",
        ".",
        "a, ",
        "-",
        "the ",
        "UN ",
        "ABC ",
        "A/HRC/5 ",
        "Ms. A ",
        "x@",
        "www.",
    ),
    *(
        "Ghana, ",
        "5 cities and ",
        "12 cities and two ",
        "10:00 ",
        "2020-2021 ",
        "1/2 of ",
        "government of A’s ",
        "Korea ",
    ),
    *("the speaker from A B C ", "(AB) ", "each mayor a ", "Iran’ ", "\ufffc", "🙂", "أمينة ", "organised ", "\n"),
]


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_no_text_takes_long(unit: str) -> None:
    """Twice the text takes about twice the time: a rule that takes the square of it would take 16 times here."""
    small, large = (_seconds((unit * 20_000)[:length]) for length in (10_000, 40_000))
    assert large < 8 * small + 0.3


def _seconds(text: str) -> float:
    """The processor's seconds of the quickest of three runs: a busy machine is no finding."""
    took = []
    for run in range(3):
        draft, _ = report(["# Introduction", f"{text} {run}"])  # another text each time: what was found is kept
        begun = time.process_time()
        checked(draft)
        took.append(time.process_time() - begun)
    return min(took)


def test_right_prose_is_left_alone() -> None:
    draft, _ = report(REPORT.split("\n"))
    found = {
        key: [(f.rule, text_of(draft, key, f.item)[f.start : f.end]) for f in fs] for key, fs in checked(draft).items()
    }
    assert found == {}
