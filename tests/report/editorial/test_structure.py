"""Paragraphs, lists, headings, emphasis, length."""

import pytest

from exports.inline import Gap, Inline, Span
from exports.report_data import Paragraph
from meetings.report.rules.draft import Block, Draft
from meetings.report.rules.editorial import WHOLE, checked
from tests.report.editorial.cases import Hit, Miss, head, holds_in_report, report, silent_in_report

HITS: list[Hit] = [
    ("PA1", "⟦12. ⟧Cities met.", ""),
    ("PA1", "⟦(a) ⟧Cities met.", ""),
    ("PA1", "⟦• ⟧Cities met.", ""),
    ("PA1", "# ⟦II. ⟧Proceedings\nCities met.", ""),
    ("PA1", "Cities should:\n- ⟦(a) ⟧Meet;\n- Speak.", ""),
    ("PA1", "Cities should:\n- ⟦Meet.⟧", None),
    ("LI1", "Cities should:\n- Meet⟦⟧\n- Speak;\n- Listen⟦;⟧", ";"),
    ("LI1", "Cities should:\n- Meet⟦,⟧\n- Speak.", ";"),
    ("LI1", "Cities should:\n- ⟦m⟧eet;\n- Speak.", "M"),
    ("LI1", "The Council should ask OHCHR:\n- To meet;\n- ⟦Speak⟧ of it;\n- To listen.", None),
    ("ST1", "Cities met⟦⟧", "."),
    ("ST1", "Cities met⟦,⟧", "."),
    ("ST1", "⟦c⟧ities met.", "C"),
    ("ST1", "Cities should⟦.⟧\n- Meet;\n- Speak.", ":"),
    ("ST1", "They called it “What Works”⟦⟧", "."),
    ("HE1", "# Proceedings\n## ⟦Opening⟧\nCities met.", None),
    ("HE1", "# Proceedings\n## Opening\nCities met.\n## ⟦Closing⟧\n# Conclusions\nThey left.", None),
    ("HE1", "## ⟦Opening⟧\nCities met.\n## Closing\nThey left.", None),
    ("HE1", "# One\n## ⟦Opening⟧\nX.\n# Two\n## First\nX.\n## Second\nX.", None),
    ("HE2", "# Summary of proceedings⟦.⟧\nCities met.", ""),
    ("HE2", "# ⟦Summary Of Proceedings⟧\nCities met.", None),
    ("RE1", "# Recommendations\n⟦More money is wanted.⟧", None),
    ("EM1", "Cities ⟦MUST⟧ lead.", "must"),
    ("EM1", "⟦ALL⟧ cities ⟦SHOULD⟧ lead.", "All"),
]
MISSES: list[Miss] = [
    ("PA1", "In 2023. 28 cities met. A. Sample spoke.\nCities should:\n- Meet;\n- Speak."),
    (
        "PA1",
        "A city (a) meets and (b) speaks.\n2030 is near.\n3.5 per cent of them.\nE-training is – in short – needed.",
    ),
    ("LI1", "Cities should:\n- Meet;\n- Speak; and\n- Listen."),
    ("LI1", "The Council should ask OHCHR:\n- To meet;\n- To speak."),
    ("LI1", "Cities said:\n- They met. They spoke.\n- They left. They slept."),
    ("ST1", "Cities met.\nDid they?\nThey said: “We did.”\nThey left (later).\nThey should:\n- Meet;\n- Speak."),
    ("ST1", "e-training was held.\nThey called it “What Works!”\nThey left …\nThey left.^A note^"),
    (
        "HE1",
        "# Proceedings\n## Opening\nCities met.\n## Closing\nThey left.\n### Challenges\nThey slept.\n# End\nX.",
    ),
    (
        "HE2",
        "# Summary of proceedings\nOne.\n# Engagement with human rights mechanisms\nTwo.\n# The City for Rights\nX.",
    ),
    (
        "HE2",
        "# What next?\nOne.\n# The role of Cities for Rights in the Human Rights Council\nTwo.\n# Conclusions\nThree.",
    ),
    (
        "RE1",
        "# Recommendations\nCities should meet.\nStates are invited to speak.\nIt is urged to act.\n# End\nNo.",
    ),
    ("HE2", "# Cities For Rights and their people\nX."),
    ("EM1", "Cities of the NOT Network (NN) met; NGO; ALL IN ONE; DO NOT TOUCH."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_paragraphs_lists_and_headings_are_built_as_the_manual_asks(hit: Hit) -> None:
    holds_in_report(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_what_is_well_built_is_left_alone(miss: Miss) -> None:
    silent_in_report(miss)


@pytest.mark.parametrize(
    ("content", "bold", "found"),
    [
        ((Span("Cities "), Span("lead", bold=True), Span(".")), False, [(7, 11)]),
        ((Span("Cities "), Span("lead", bold=True), Span(".")), True, []),
        ((Span("Cities "), Span("must", italic=True), Span(" lead.")), False, [(7, 11)]),
        ((Span("The review "), Span("Cités", italic=True), Span(" and "), Span("prima facie", italic=True)), False, []),
    ],
)
def test_bold_and_italics_are_no_emphasis(
    content: tuple[Inline, ...], bold: bool, found: list[tuple[int, int]]
) -> None:
    draft = of_paragraph(Paragraph(content, bold=bold))
    assert [(f.start, f.end) for f in checked(draft).get("own", ()) if f.rule == "EM1"] == found


def test_a_paragraph_that_ends_in_a_gap_is_not_held_to_its_end() -> None:
    draft = of_paragraph(Paragraph((Span("Cities met in "), Gap("place", "Say where."))))
    assert checked(draft) == {}


@pytest.mark.parametrize(
    ("words", "limit", "rule"),
    [(8_400, 8_500, None), (8_600, 8_500, "LE1"), (8_600, 10_700, None), (3_400, 3_300, "LE2"), (3_200, 3_300, None)],
)
def test_the_document_is_held_to_its_limit(words: int, limit: int, rule: str | None) -> None:
    draft, _ = report(["# Introduction", f"The cities {'met and ' * (words // 2)}left."])
    assert [f.rule for f in checked(draft, limit=limit).get(WHOLE, ())] == ([rule] if rule else [])


def of_paragraph(paragraph: Paragraph) -> Draft:
    """A draft of one paragraph."""
    summary = Block("summary", Paragraph((Span("The present report reflects the discussions."),)), ())
    return Draft(head(), "Summary of the meeting", "Report of the Office", summary, (Block("own", paragraph, ()),))
