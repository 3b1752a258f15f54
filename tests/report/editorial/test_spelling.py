"""Spelling: -ize, Oxford, compounds, lost hyphens; never in names, quotations, italics, addresses."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, silent

HITS: list[Hit] = [
    ("SP1", "The city ⟦organised⟧ a forum.", "organized"),
    ("SP1", "⟦Organisers⟧ of the forum met.", "Organizers"),
    ("SP1", "She called for the ⟦decentralisation⟧ of budgets.", "decentralization"),
    ("SP1", "Cities ⟦recognise⟧ the right to housing and ⟦emphasise⟧ it.", "recognize"),
    ("SP1", "To ⟦minimise⟧ harm and ⟦prioritising⟧ care, ⟦summarise⟧ results.", "minimize"),
    ("SP1", "A well-⟦organised⟧ process.", "organized"),
    ("SP1", "Officials ⟦analyze⟧ budgets.", "analyse"),
    ("SP1", "Work that ⟦catalyzed⟧ change.", "catalysed"),
    ("SP2", "A ⟦program⟧ for youth.", "programme"),
    ("SP2", "⟦Neighborhood⟧ councils met.", "Neighbourhood"),
    ("SP2", "The ⟦judgment⟧ and its ⟦fulfillment⟧.", "judgement"),
    ("SP2", "Two ⟦panelists⟧ on people-⟦centered⟧ services.", "panellists"),
    ("SP3", "Better ⟦co-operation⟧ among cities.", "cooperation"),
    ("SP3", "Support for ⟦capacity building⟧ is needed.", "capacity-building"),
    ("SP3", "Local ⟦policy makers⟧ met.", "policymakers"),
    ("SP3", "At the ⟦sub-national⟧ level.", "subnational"),
    ("SP3", "A ⟦human rights based⟧ approach.", "human rights-based"),
    ("HY1", "Like ⟦prereview⟧ consultations.", "pre-review"),
    ("HY1", "Health and ⟦wellbeing⟧.", "well-being"),
]
MISSES: list[Miss] = [
    ("SP1", "Advice on how to advise, comprise, exercise, promise, revise, supervise and raise funds for enterprises."),
    ("SP1", "A precise, concise and otherwise surprising franchise; expertise in merchandise; a treatise on paradise."),
    ("SP1", "They analyse and catalyse; the uprising was improvised and televised, with compromises."),
    ("SP1", "The Organisation for Economic Co-operation and Development and Organisation internationale took part."),
    ("SP1", "A course called “Organised cities” and its page https://example.org/organise-cities."),
    ("SP1", "Ms. Louise Denise promised noise-free cruises."),
    ("SP2", "The Carter Center and the Department of Labor sent inputs."),
    ("SP2", "A computer program and programming for programmers; the programme was programmed."),
    ("SP2", "The report “Program for people” is in the centre."),
    ("SP2", "The fulfilment of obligations; enrolled pupils; metres and kilometres; meters that measure."),
    ("SP3", "The Centre for Co-operation and Capacity Building took part."),
    ("SP3", "Cooperation in decision-making, policymaking and capacity-building; coordination."),
    ("SP3", "The level of decision making it possible for cities to act."),
    ("HY1", "Well-being, follow-up, long-term, pre- and post-session, cross-sectoral."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_spelling_is_held_to(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_other_spelling_is_left_alone(miss: Miss) -> None:
    silent(miss)
