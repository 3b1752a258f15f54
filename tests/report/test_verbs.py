"""How a note becomes what somebody said."""

import pytest

from meetings.report.rules.verbs import reporting


@pytest.mark.parametrize(
    ("kind", "verb", "note", "said"),
    [
        ("point", None, "the need for rules", "noted the need for rules."),
        ("point", "Stressed", "That cities act", "stressed that cities act."),
        ("point", "called for", "a new status.", "called for a new status."),
        ("example", None, "a desk for residents", "described a desk for residents."),
        ("example", None, "that offices exist", "reported that offices exist."),
        ("challenge", None, "lack of funds", "highlighted lack of funds."),
        ("recommendation", None, "regular training", "recommended regular training."),
        ("recommendation", None, "to hear cities", "proposed to hear cities."),
        ("question", None, "how to report?", "asked how to report."),
        ("question", None, "the next steps", "asked about the next steps."),
        ("question", "asked", "whether this works?", "asked whether this works."),
        ("point", "stressed", "one line\n  and another", "stressed one line and another."),
    ],
)
def test_a_note_becomes_what_was_said(kind: str, verb: str | None, note: str, said: str) -> None:
    assert reporting(kind, verb, note)[1] == said


@pytest.mark.parametrize(
    ("kind", "verb", "note", "said"),
    [
        # A question as it was asked stands in quotation marks, behind a colon; a reported one does not.
        ("question", None, "How can a town report?", "asked: “How can a town report?”"),
        ("question", "asked", "is this the end?", "asked: “Is this the end?”"),
        ("point", None, "What is the next step?", "asked: “What is the next step?”"),
        ("question", "raised", "Who pays for it all?", "raised the question: “Who pays for it all?”"),
        ("question", "wondered", "Who said “never”, and can we?", "wondered who said “never”, and can we."),
        ("question", "stressed", "Who pays?", "stressed: “Who pays?”"),
        ("question", None, "whether towns can report?", "asked whether towns can report."),
        ("question", "enquired", "why rents rise?", "enquired why rents rise."),
        # So does a sentence that is quoted; a few words in quotation marks are part of the sentence.
        ("point", None, "“We are the first to answer.”", "stated: “We are the first to answer.”"),
        ("point", "said", "“We are the first to answer.”", "said: “We are the first to answer.”"),
        ("recommendation", None, "“cities first”", "recommended “cities first”."),
        ("point", None, "“cities first” as a rule.", "noted “cities first” as a rule."),
        # A whole sentence is reported with "that".
        ("point", None, "Cities cannot borrow", "noted that cities cannot borrow."),
        ("recommendation", None, "States should act.", "recommended that States should act."),
        ("challenge", "stressed", "Local governments lack funds", "stressed that local governments lack funds."),
        ("point", None, "70 per cent of people live in cities", "noted that 70 per cent of people live in cities."),
        ("point", None, "Over 2,000 towns are members", "noted that over 2,000 towns are members."),
        ("point", None, "70 per cent of the budget", "noted 70 per cent of the budget."),
        ("point", None, "the work cities do", "noted the work cities do."),
        ("point", "called for", "cities that act", "called for cities that act."),
        # Verbs that go on with a noun.
        ("point", "welcomed", "that the Council listens", "welcomed the fact that the Council listens."),
        ("example", "described", "that of Los Angeles", "described that of Los Angeles."),
        ("point", "noted that", "that rents rise", "noted that rents rise."),
        # What marks an item of a list is no part of the note; a full stop further on is.
        ("point", None, "- more money", "noted more money."),
        ("point", None, "1. more money", "noted more money."),
        ("point", None, "(a) more money", "noted more money."),
        ("point", None, "the need for rules. They must be clear", "noted the need for rules. They must be clear."),
        ("point", None, "3.5 million homes", "noted 3.5 million homes."),
        ("point", None, "2030 Agenda goals", "noted 2030 Agenda goals."),
        ("point", None, "🙂 and more", "noted 🙂 and more."),
    ],
)
def test_a_note_that_is_a_sentence_a_quotation_or_an_item(kind: str, verb: str | None, note: str, said: str) -> None:
    assert reporting(kind, verb, note)[1] == said


@pytest.mark.parametrize("kind", ["point", "example", "challenge", "recommendation", "question"])
@pytest.mark.parametrize("note", ["the need for rules", "that rents rise", "how rents rise", "whether it helps"])
def test_the_usual_verb_is_hardly_ever_that_of_the_sentence_before(kind: str, note: str) -> None:
    first, _ = reporting(kind, None, note)
    second, _ = reporting(kind, None, note, last=first)
    assert second != first or (kind, note) == ("question", "that rents rise")
    assert reporting(kind, None, note, last=second)[0] != second or first == second


def test_the_usual_verb_is_the_same_whenever_it_is_asked_for() -> None:
    assert {reporting("point", None, "rules", seed="u7")[0] for _ in range(3)} == {
        reporting("point", None, "rules", seed="u7", last="recalled")[0]
    }
