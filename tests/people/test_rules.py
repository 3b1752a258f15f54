"""The rules of registration, as tables of cases."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.people import rules

TAKEN = {
    ("unverified", "verify"): "pending",
    ("pending", "confirm"): "confirmed",
    ("pending", "decline"): "declined",
    ("confirmed", "decline"): "declined",
    ("declined", "reopen"): "pending",
    ("pending", "withdraw"): "withdrawn",
    ("confirmed", "withdraw"): "withdrawn",
    ("withdrawn", "rejoin"): "pending",
}


@pytest.mark.parametrize("status", get_args(rules.Status))
@pytest.mark.parametrize("step", get_args(rules.Step))
def test_each_step_is_taken_from_its_states_alone(status: rules.Status, step: rules.Step) -> None:
    assert rules.after(status, step) == TAKEN.get((status, step))


@pytest.mark.parametrize(
    ("mode", "offered"),
    [("in_person", ("in_person",)), ("online", ("online",)), ("hybrid", ("in_person", "online"))],
)
def test_only_what_the_meeting_offers_can_be_chosen(mode: str, offered: tuple[str, ...]) -> None:
    assert rules.attendances(mode) == offered


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


def test_addresses_are_compared_in_lower_case() -> None:
    assert rules.mail_address(" Ana@Example.ORG ") == "ana@example.org"
