"""Capitals, people of every gender, articles."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, silent

HITS: list[Hit] = [
    ("CA1", "The ⟦member states⟧ agreed, as did other ⟦Member states⟧.", "Member States"),
    ("CA1", "The ⟦united nations⟧ and the ⟦sustainable development goals⟧.", "United Nations"),
    ("CA1", "It asked that ⟦Local Governments⟧ report.", None),
    ("GE1", "The ⟦chairman⟧ thanked ⟦mankind⟧.", None),
    ("GE1", "Each mayor brought ⟦his⟧ proposals.", None),
    ("GE1", "A resident may send ⟦his/her⟧ views.", None),
    ("IN1", "Services for ⟦the disabled⟧ and ⟦the elderly⟧.", None),
    ("AR1", "The session was moderated by ⟦Executive Director⟧ of the network, Mona Sample.", "the Executive Director"),
    ("AR1", "Remarks were delivered by ⟦Mayor⟧ of Modelville.", "the Mayor"),
]
MISSES: list[Miss] = [
    ("CA1", "Member States, the United Nations, the Sustainable Development Goals and local governments."),
    (
        "CA1",
        "United Cities and Local Governments, the Committee on Local Governments, the Local Governments Forum met.",
    ),
    ("CA1", "The report “member states” and the Universal Periodic Review Info network."),
    ("GE1", "The chair, the spokesperson, the Ombudsman for Children and the German; a woman and her town."),
    ("GE1", "Every city has its mayor. He spoke for his town; each mayor, she said, was heard."),
    (
        "IN1",
        "Persons with disabilities, older persons, the blind spot, the deafening noise, the elderly women of the town.",
    ),
    ("AR1", "It was moderated by the Executive Director of the network, by Mayor Sample and by Ms. Lee."),
    ("AR1", "It was opened by President Sample, chaired by a Director of the bank and led by women."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_words_are_those_of_the_united_nations(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_other_words_are_left_alone(miss: Miss) -> None:
    silent(miss)
