"""The rules of registration, as tables of cases."""

from typing import get_args

import pytest

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


def test_addresses_are_compared_in_lower_case() -> None:
    assert rules.mail_address(" Ana@Example.ORG ") == "ana@example.org"
