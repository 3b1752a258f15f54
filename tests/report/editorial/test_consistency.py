"""One thing is called one way throughout."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds_in_report, silent_in_report

HITS: list[Hit] = [
    ("CO1", "They shared good practices and good practices.\nThey asked for ⟦best⟧ practices.", None),
    ("CO2", "The speaker from Model Network spoke.\nThe ⟦representative of⟧ Model Network left.", None),
    (
        "CO2",
        "The representative of the Example Programme (EX-Pro) spoke.\nThe ⟦speaker from⟧ EX-Pro asked.",
        None,
    ),
    ("CO3", "Ms. Ward spoke. Ms. Ward asked.\nIn the end ⟦Ms. Kamuf Ward⟧ left.", None),
    ("CO3", "Ms. Sáiz spoke. Ms. Sáiz asked.\nIn the end ⟦Ms. Saiz⟧ left.", None),
    ("CO4", "The city of Bogotá met.\nThe Council of ⟦Bogota⟧ left.", "Bogotá"),
    ("PO2", "The city of Gwangju met.\n⟦Gwangju’s⟧ charter was read.", None),
    ("PO2", "The Mayor’s Office of Bogotá met.\nIn ⟦Bogota’s⟧ centre it rained.", None),
    ("NA1", "Cities in the ⟦United States⟧ met.\nCities in the United States left.", "United States of America"),
]
MISSES: list[Miss] = [
    (
        "CO1",
        "They shared good practices.\nThey asked for good practices and promising practices; in practice it was best.",
    ),
    (
        "CO2",
        "The speaker from Model Network spoke.\nThe representative of Ghana left. The speaker from Model City left.",
    ),
    ("CO2", "Representatives of Model Network spoke.\nThe speaker from Model Network left. The speaker asked."),
    ("CO3", "Ms. Ward spoke.\nMr. Ward left. Ms. Lee Ward and Ms. Kim Ward stayed. Ms. Ward asked."),
    ("CO3", "Ms. González Rodríguez spoke.\nMs. González Rodríguez left. Mr. Rodríguez stayed. Ms. Al-Nashif came."),
    ("CO3", "Ms. Anna Lee spoke.\nMs. Maria Lee left. Mr. van der Berg and Mr. Berg stayed away."[:47]),
    (
        "CO4",
        "The city of Bogotá met.\nBogotá left. The Résumé of Rose and Rosé.".replace(
            " The Résumé of Rose and Rosé.", ""
        ),
    ),
    ("CO4", "Peru and Perusia met.\nThe “Bogota” text of Bogotá."),
    ("PO2", "The city of Gwangju met.\nThe Mayor’s charter, Ms. Ward’s idea, and women’s rights."),
    (
        "NA1",
        "Cities in the United States of America met.\nCities in the United States left, with the United States Forum.",
    ),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_two_ways_of_calling_one_thing_are_found(hit: Hit) -> None:
    holds_in_report(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_two_things_may_be_called_two_ways(miss: Miss) -> None:
    silent_in_report(miss)
