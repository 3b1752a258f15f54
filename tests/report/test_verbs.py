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
