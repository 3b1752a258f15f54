"""Signs: commas, quotation marks, dashes, spaces, doubles, halves."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, silent

HITS: list[Hit] = [
    ("SC1", "They spoke of water, housing⟦,⟧ and education.", ""),
    ("SC1", "They named mayors, women, girls⟦,⟧ or elders.", ""),
    ("QU1", 'A series, ⟦"Go Local"⟧, was run.', "“Go Local”"),
    ("QU1", "People⟦'⟧s lives.", "’"),
    ("QU1", "A campaign⟦'s \"Cities for the 'new' rights\"⟧ was run.", "’s “Cities for the ‘new’ rights”"),
    ("QU1", 'A mark that ⟦"⟧ stands alone.', None),
    ("QU1", 'A ⟦"series "here"⟧ was run.', None),
    ("QU1", "A series, ⟦‘Go Local’⟧, was run.", "“Go Local”"),
    ("QU1", "A series, ⟦«⟧Go Local⟦»⟧, was run.", None),
    ("QU2", "She said⟦,⟧ “Cities must lead.”", ":"),
    ("DH1", "The series “Go Local⟦ - ⟧What Works” was run.".replace("“", "").replace("”", ""), " – "),
    ("DH1", "Cities⟦--⟧and towns.", " – "),
    ("TY1", "Two⟦  ⟧spaces.", " "),
    ("TY1", "A space⟦ ⟧, and one before⟦ ⟧.", ""),
    ("TY1", "Water⟦,⟧housing and care.", ", "),
    ("TY1", "They met⟦.⟧Then they left.", ". "),
    ("TY1", "They met⟦..⟧ Then,⟦,⟧ they left.".replace("Then,⟦,⟧", "Then⟦,,⟧"), "."),
    ("TY2", "They met in the⟦ the⟧ city.", ""),
    ("TY2", "The⟦ the⟧ city of of⟦ of⟧ cities.".replace("city of of⟦ of⟧", "city of⟦ of⟧"), ""),
    ("BR1", "A word ⟦(⟧in brackets.", None),
    ("BR1", "A word⟦)⟧ in brackets⟦”⟧.", None),
    ("BR1", "A word ⟦“⟧in quotation marks.", None),
]
MISSES: list[Miss] = [
    ("SC1", "They spoke of water, housing and education. However, mayors, and others, spoke."),
    ("SC1", "She named cities, including large, and towns; Ms. Lee, the moderator, and Mr. Yun spoke."),
    (
        "SC1",
        "They asked for care, especially now, and for funds, and left. In cities, towns, and villages that grow.",
    ),
    ("SC1", "Policies, laws and plans that integrate rights, and the means for them, are needed."),
    ("QU1", "A series, “Go ‘Local’”, was run; people’s lives; the ’90s; M’Bikay."),
    ("SC1", "They met again, however, and left."),
    ("QU2", "She said: “Cities must lead.” The guide, “Planning”, entitled “Rights”, and that, she added, “works”."),
    ("DH1", "The series – a first one – ran in 2020–2024 with self-help, peer-to-peer and A/HRC/56/32."),
    (
        "TY1",
        "They met. Then they left … in the end, at 10 a.m., with 1,000 cities and 3.30 p.m., etc., to example.org.",
    ),
    ("TY1", "See https://example.org/a,b.Cd and info@example.org; e.g. towns; U.N.D.P.; 10.5 per cent."),
    ("TY2", "They knew that that was so, had had enough, and came in in time; Baden Baden; the Bora Bora atoll."),
    ("BR1", "A (small (nested) word), “a ‘quoted’ one”, [set off], and 1) one, b) two, (c) three, (iv) four."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_signs_stand_where_they_belong(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_signs_in_their_places_are_left_alone(miss: Miss) -> None:
    silent(miss)
