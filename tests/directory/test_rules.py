"""Names of organizations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.directory import rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("City of São Paulo", "the city of Sao  Paulo"),
        ("Seine-Saint-Denis", "Seine Saint Denis"),
        ("UCLG.", "uclg"),
        ("Ｂarcelona", "BARCELONA"),
        ("Град Київ", "град київ"),
        ("مدينة تونس", "مَدِينَة تُونِس"),
        ("首尔 特别市", "首尔　特别市"),
        ("서울특별시", "서울특별시"),
    ],
)
def test_wordings_of_one_name_are_told_to_be_one(one: str, other: str) -> None:
    assert rules.is_same_organisation(one, None, [other], "CH")


@pytest.mark.parametrize(
    ("name", "country", "known", "of_country", "same"),
    [
        ("Santa Fe", "AR", ["Santa Fe"], "US", False),
        ("Santa Fe", "AR", ["Santa Fe"], None, True),
        ("OHCHR", None, ["Office of the High Commissioner", "OHCHR"], "CH", True),
        ("Office", None, ["Office of the High Commissioner", None], None, False),
        ("首尔", None, ["서울"], None, False),
        ("???", None, ["!!!"], None, False),
        ("The", None, ["the"], None, True),
        ("कोलकाता", None, ["कलकता"], None, False),
    ],
)
def test_other_names_and_other_countries_are_other_organisations(
    name: str, country: str | None, known: list[str | None], of_country: str | None, same: bool
) -> None:
    assert rules.is_same_organisation(name, country, known, of_country) is same


@given(st.text(max_size=60))
def test_a_bare_name_is_its_own_bare_name(name: str) -> None:
    bare = rules.bare_name(name)
    assert rules.bare_name(bare) == bare


@pytest.mark.parametrize(
    ("written", "name", "acronym"),
    [
        ("United Cities and Local Governments (UCLG)", "United Cities and Local Governments", "UCLG"),
        ("Human Settlements Programme (UN-Habitat)", "Human Settlements Programme", "UN-Habitat"),
        ("Demonstration City of Fez (Morocco)", "Demonstration City of Fez (Morocco)", None),
        ("City of Łódź", "City of Łódź", None),
        ("(UCLG)", "(UCLG)", None),
        ("A body (of two words)", "A body (of two words)", None),
    ],
)
def test_an_acronym_written_behind_a_name_is_kept_as_one(written: str, name: str, acronym: str | None) -> None:
    assert rules.name_and_acronym(written) == (name, acronym)
