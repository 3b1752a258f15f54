"""How long the draft is against its limit."""

from dataclasses import replace

import pytest

from exports.inline import Footnote, Gap, Span
from exports.report_data import AgendaItem, Heading, Masthead, Paragraph
from meetings.report.rules.budget import budget, words_in
from meetings.report.rules.draft import Block, Draft, block
from meetings.report.rules.edited import Edit, merged
from meetings.report.rules.wording import text

GAP = Gap("date of submission", "")


def words(number: int) -> str:
    return "word " * number


def draft(lengths: dict[str, int]) -> Draft:
    """A report with a paragraph of so many words in each section, under a heading of one word."""
    body: list[Heading | Block] = []
    for key, length in lengths.items():
        body += [Heading(1, "Head"), block(f"{key}:0", text(words(length)))]
    masthead = Masthead(GAP, GAP, GAP, GAP, ())
    return Draft(masthead, "Title of five plain words", "Author", block("summary", text(words(10))), tuple(body))


FULL = {"introduction": 84, "session": 5014, "inputs": 2294, "conclusions": 500, "recommendations": 604}


def test_sections_are_held_against_their_shares_of_the_limit() -> None:
    counted = budget(draft(FULL), 8_500)
    rows = [(section.label, section.words, section.share, section.useful, section.over) for section in counted.sections]
    assert rows[1:] == [
        ("I. Head", 85, 1, 85, 0),
        ("II. Head", 5015, 59, 5015, 0),
        ("III. Head", 2295, 27, 2295, 0),
        ("IV. Head – V. Head", 1106, 13, 1105, 1),
    ]
    assert counted.total == sum(section.words for section in counted.sections)


def test_the_first_page_counts_too() -> None:
    plain = budget(draft({}), 100)
    assert [section.share for section in plain.sections] == [None]
    fixed = 11  # General Assembly, Human Rights Council, United Nations, Distr.: General, Original: English
    assert plain.total == fixed + len(["Title", "of", "five", "plain", "words", "Author", "Summary"]) + 10
    head = Masthead("A/HRC/56/32", GAP, "Fifty-sixth session", GAP, (AgendaItem(6, "Universal periodic review"),))
    assert budget(replace(draft({}), masthead=head), 100).total == plain.total + 1 + 2 + 3


@pytest.mark.parametrize(("limit", "over", "left"), [(10_000, 0, 1_000), (9_000, 0, 0), (8_999, 1, 0)])
def test_what_is_too_long_is_told(limit: int, over: int, left: int) -> None:
    length = 9_000 - budget(draft({"introduction": 0}), 0).total
    counted = budget(draft({"introduction": length}), limit)
    assert (counted.total, counted.over, counted.left) == (9_000, over, left)


def test_items_footnotes_gaps_and_lower_headings_count() -> None:
    content = (Span("two words"), Footnote((Span("three more words"),)), Span(" and "), GAP)
    paragraph = Paragraph(content, ((Span("an item"),),))
    assert words_in(paragraph) == 2 + 3 + 1 + 3 + 2
    whole = replace(
        draft({}), body=(Heading(1, "Two words"), Heading(2, "Three words more"), Block("session:a", paragraph, ()))
    )
    assert budget(whole, 100).sections[1].words == 5 + 11


def test_what_is_left_out_does_not_count_and_an_own_paragraph_does() -> None:
    whole = draft(FULL)
    edits = [
        Edit("inputs:0", "left_out"),
        Edit("own:1", "own", words(20), after="before:introduction:0"),
    ]
    counted = budget(merged(whole, edits), 8_500)
    assert [(section.label, section.words, section.share) for section in counted.sections][1:3] == [
        ("I. Head", 105, 1),
        ("II. Head", 5015, 59),
    ]
    assert counted.sections[3].words == 1
