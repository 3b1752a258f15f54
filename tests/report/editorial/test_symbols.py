"""Symbols, resolutions, footnotes."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, holds_in_report, silent, silent_in_report

HITS: list[Hit] = [
    ("SY1", "See ⟦A/HRC 56/32⟧ and ⟦a/hrc/56/32⟧.", "A/HRC/56/32"),
    ("SY1", "See ⟦A/HRC/56/32/Add1⟧.", "A/HRC/56/32/Add.1"),
    ("SY1", "See ⟦A-HRC-56-32⟧.", None),
    ("SY1", "See (⟦A/HRC/56/32/add.1⟧).", "A/HRC/56/32/Add.1"),
    ("RS1", "In ⟦res.⟧ 51/12 the Council asked.", "resolution"),
    ("RS1", "The Council, in its ⟦Resolution⟧ 51/12, asked.", "resolution"),
    ("RS1", "The Council, in resolution ⟦51-12⟧, asked.", "51/12"),
    ("RS1", "The Council, in resolution ⟦A/HRC/RES/51/12⟧, asked.", "51/12"),
    ("RS1", "General Assembly ⟦Resolution⟧ 70/1 was named.", "resolution"),
]
MISSES: list[Miss] = [
    ("SY1", "See A/HRC/56/32, A/HRC/RES/51/12, A/HRC/56/32/Add.1, A/HRC/20/L.23/Rev.1 and A/HRC/WG.6/41/URY/1."),
    ("SY1", "See A/HRC/S-31/1, A/HRC/56/NGO/12, A/HRC/EMRIP/2023/2, A/HRC/DEC/6/102 and (A/HRC/38/22)."),
    ("SY1", "A HRC panel, a human rights city, A/RES/70/1, A/C.3/78/L.10 and ST/SGB/2019/8."),
    (
        "RS1",
        "In resolution 51/12, Resolutions were adopted. Resolution 51/12 was adopted.",
    ),
    ("RS1", "The Resolution Centre, the text “Resolution 51/12” and resolution 1325 (2000) of the Security Council."),
]
REPORT_HITS: list[Hit] = [
    ("FN1", "Cities met^A report.^⟦,⟧ and left.", None),
    ("FN1", "Cities met⟦ ⟧^A report.^and left.", None),
    ("FN1", "Cities met.⟦⟧^^", None),
    ("FN1", "Cities met.⟦⟧^A/HRC/56/32, p. 7.^", None),
    ("FN2", "Cities met ⟦(A/HRC/56/32)⟧ in Geneva.\nThey left.^A/HRC/38/22, para. 5.^", None),
]
REPORT_MISSES: list[Miss] = [
    ("FN1", "Cities met.^A/HRC/56/32, para. 7.^ They left,^A report, p. 7.^ and slept."),
    ("FN2", "Cities met (A/HRC/56/32) in Geneva.\nThey left.^A book.^"),
    ("FN2", "Cities met.^A/HRC/56/32.^ They left.^A/HRC/38/22.^"),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_symbols_are_written_in_full(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_right_symbols_are_left_alone(miss: Miss) -> None:
    silent(miss)


@pytest.mark.parametrize("hit", REPORT_HITS, ids=str)
def test_footnotes_are_called_where_they_belong(hit: Hit) -> None:
    holds_in_report(hit)


@pytest.mark.parametrize("miss", REPORT_MISSES, ids=str)
def test_footnotes_in_their_places_are_left_alone(miss: Miss) -> None:
    silent_in_report(miss)


def test_two_footnotes_side_by_side_are_found() -> None:
    holds_in_report(("FN1", "Cities met.^One.^⟦⟧^Two.^", None))
