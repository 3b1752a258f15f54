"""Lists of words that more than a word's spelling hangs on."""

from __future__ import annotations

from typing import Final


def words(listed: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(listed.split())


# What a figure may be the number of: item 2, Goal 5, session 3.
NUMBERED: Final = words(
    """action activity agenda annex annexes appendix area article articles bloc box building bullet case category
    chapter chapters class cluster component conclusion cycle day days decision dialogue dialogues district exhibit
    figure figures floor footnote form gate generation goal goals grade group guideline guidelines hall highway
    indicator indicators issue item items lesson level line lines module no nos note number numbers objective
    objectives option options outcome output page pages panel panels paragraph paragraphs paras part parts phase
    pillar point points principle principles priorities priority protocol question questions recommendation
    recommendations region resolution resolutions result room round rounds route rule rules scenario schedule section
    sections sector session sessions stage step steps strand table tables target targets theme themes tier topic
    topics track type unit version volume ward week world year zone art arts ch chap chaps fig figs p pp ser vol vols"""
)
# Words behind a figure that are nothing it counts.
NO_NOUN: Final = words(
    """a above also am an and are as at below billion but by cent cm for from g had has have in is it kg km m million
    mm not of on onwards or p per pm points such than that the through times to trillion was were when which with x"""
)
# Abbreviations known better than what they stand for, or no names at all. “UN-Habitat”, “UN-Women” are words.
WELL_KNOWN: Final = words(
    "AIDS CEST CET CO2 COVID DNA EST GMT GPS HIV ICLEI ISBN ISSN PDF QR RNA SARS SIM SMS TV URL USB UTC"
)
# Words that are written in capitals for emphasis, which is a matter of EM1.
EMPHATIC: Final = words("ALL ALWAYS AND ANY BUT EVERY MUST NEVER NO NONE NOT NOW ONLY OR SHALL SHOULD VERY")
BODIES: Final = words(
    """FAO ICRC ILO IMF IMO IOM ITU OCHA OECD OHCHR OSCE UCLG UNAIDS UNCDF UNCTAD UNDP UNDRR UNEP UNESCO UNFPA UNHCR
    UNICEF UNIDO UNITAR UNODC UNRWA WFP WHO WIPO WMO WTO"""
)
# Abbreviations of countries, which are not used at all (NA1).
OF_COUNTRIES: Final = words("DRC FYROM UAE UK US USA")
