"""Abbreviations in a paragraph, and over the whole report."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, holds_in_report, silent, silent_in_report

HITS: list[Hit] = [
    ("AB2", "The ⟦UN⟧ supports cities, and the ⟦UN’s⟧ Charter binds.", "United Nations"),
    ("AB2", "The ⟦UN Women⟧ office and the ⟦UN Habitat⟧ office.", "UN-Women"),
    ("AB2", "The ⟦UNGA⟧ adopted it; ⟦ECOSOC⟧ took note.", "General Assembly"),
    ("AB2", "The ⟦SG⟧ reported.", "Secretary-General"),
    ("AB2", "Pursuant to ⟦HRC⟧ resolution 51/12, it met.", "Human Rights Council"),
    ("AB2", "The Human Rights Council (⟦HRC⟧) met.", None),
    ("AB3", "The ⟦U.N.D.P.⟧ office helped.", "UNDP"),
    ("AB3", "Cities of the ⟦U.N.⟧ High Commissioner.", "United Nations"),
    ("AB3", "It was sent to the ⟦U.N.⟧", "United Nations."),
    ("AB3", "Cities of the ⟦U.S.A.⟧ took part.", "United States of America"),
    ("AB3", "Cities of ⟦U.S.A.⟧ and ⟦U.K.⟧ mayors.", None),
    ("AB3", "It was held by ⟦the OHCHR⟧ in Geneva.", "OHCHR"),
    ("AB3", "⟦The UNDP⟧ has replied.", "UNDP"),
    ("PE1", "⟦Mr⟧ Yun and ⟦Ms⟧ Lee spoke.", "Mr."),
]
MISSES: list[Miss] = [
    ("AB2", "UN-Habitat, UN-Women and UN Tourism; A/HRC/56/32; the United Nations; the campaign “UN for cities”."),
    ("AB2", "See https://un.org/UN/x, the UNO card and the SG1 line; the HRC of the city."),
    ("AB3", "The OHCHR Thematic Engagement Division and the UNDP field offices; J.R.R. Tolkien; Washington, D.C."),
    ("AB3", "OHCHR and UNDP; the NGO in Geneva; the EU; at 10 a.m.; J. K. Sow; the 2030 Agenda."),
    ("PE1", "Mr. Yun, Ms. Lee and Dr. Sow; MS Windows; the Dr in charge."),
]
REPORT_HITS: list[Hit] = [
    ("AB1", "Women, ⟦LGBTI⟧ persons and others were heard.\nLGBTI persons spoke.", None),
    ("AB1", "The work of ⟦OHCHR⟧ goes on.\nThe Office (OHCHR) met. Work of OHCHR goes on.", None),
    ("AB1", "The Network of Demonstration Cities (⟦NDC⟧) met.\nThe network went home.", None),
    (
        "AB1",
        "The Network of Demonstration Cities (NDC) met.\nThe Network of Demonstration Cities (⟦NDC⟧) and NDC.",
        None,
    ),
    ("AB1", "# The role of ⟦OHCHR⟧\nThe work goes on.", None),
    ("AB1", "T: Summary of the ⟦UCLG⟧ meeting\nThe work goes on.", None),
    ("AB1", "A call of ⟦UCLG⟧-Africa and other networks was heard.", None),
]
REPORT_MISSES: list[Miss] = [
    ("AB1", "The Office of the United Nations High Commissioner for Human Rights (OHCHR) met.\nOHCHR spoke for OHCHR."),
    ("AB1", "Universal Periodic Review Info (UPR Info) met.\nA coalition (UPR Info, UN-Habitat, UN-Women) was formed."),
    ("AB1", "The Association of Netherlands Municipalities (VNG) met.\nVNG asked for funds."),
    ("AB1", "HIV, AIDS and COVID-19 services; phase II of the plan; C40 Cities; the G20; World War II; A/HRC/56/32."),
    ("AB1", "UN-Habitat and UN-Women took part.\nThe project “WASH for LGBTI” and https://example.org/NGO were named."),
    (
        "AB1",
        "UNI Global Union, ICLEI – Local Governments for Sustainability and CLAC Forum.\nMs. FLOLU and Anna SOW spoke.",
    ),
    (
        "AB1",
        "The United States (USA) and UK cities met at 10 a.m. CET; it MUST NOT be so.\nHUMAN RIGHTS COUNCIL FORUM MET.",
    ),
    ("AB1", "# Phase III of the plan\nNon-governmental organizations (NGOs) met.\nAn NGO spoke."),
    ("AB1", "The Mayor of Modelville, Kim Beispiel (PDX), spoke."),
    ("AB1", "The LOCAL project of local governments was presented."),
    ("AB1", "The Global South (hereinafter “GSF”) met.\nGSF spoke."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_what_is_never_abbreviated_is_found(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_names_and_initials_are_left_alone(miss: Miss) -> None:
    silent(miss)


@pytest.mark.parametrize("hit", REPORT_HITS, ids=str)
def test_an_abbreviation_is_spelled_out_at_first_and_used_again(hit: Hit) -> None:
    holds_in_report(hit)


@pytest.mark.parametrize("miss", REPORT_MISSES, ids=str)
def test_abbreviations_that_were_introduced_are_left_alone(miss: Miss) -> None:
    silent_in_report(miss)
