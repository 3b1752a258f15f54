"""Which step follows which when somebody is asked to speak, and which roles they are told of."""

import datetime as dt
from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.speakers.rules import STEPS, Status, Step, after, held, is_late, link_opens

STATES: tuple[Status, ...] = get_args(Status)

# State by state, where each step leads; what is not here cannot be done.
TABLE: dict[Status, dict[Step, Status]] = {
    "not_asked": {"ask": "invited", "record_accept": "confirmed", "record_decline": "declined"},
    "invited": {
        "remind": "invited",
        "accept": "confirmed",
        "decline": "declined",
        "withdraw": "withdrawn",
        "new_link": "invited",
        "record_accept": "confirmed",
        "record_decline": "declined",
    },
    "confirmed": {
        "decline": "declined",
        "withdraw": "withdrawn",
        "new_link": "confirmed",
        "record_decline": "declined",
    },
    "declined": {
        "ask": "invited",
        "accept": "confirmed",
        "withdraw": "withdrawn",
        "new_link": "declined",
        "record_accept": "confirmed",
    },
    "withdrawn": {"ask": "invited", "record_accept": "confirmed", "record_decline": "declined"},
}


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("step", list(STEPS))
def test_each_step_leads_where_the_table_says_and_nowhere_else(status: Status, step: Step) -> None:
    assert after(status, step) == TABLE[status].get(step)


@given(st.lists(st.sampled_from(["accept", "decline", "remind", "new_link"])))
def test_nothing_but_an_organizer_brings_a_withdrawn_invitation_back(steps: list[Step]) -> None:
    status: Status = "withdrawn"
    for step in steps:
        status = after(status, step) or status
    assert status == "withdrawn"


def test_a_link_opens_while_somebody_is_asked_and_after_every_answer() -> None:
    assert [status for status in STATES if link_opens(status)] == ["invited", "confirmed", "declined"]


TODAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("status", "answer_by", "late"),
    [
        ("invited", dt.date(2026, 3, 1), True),
        ("invited", dt.date(2026, 3, 2), False),
        ("invited", None, False),
        ("confirmed", dt.date(2026, 3, 1), False),
        ("withdrawn", dt.date(2026, 3, 1), False),
    ],
)
def test_an_answer_is_overdue_from_the_day_after(status: Status, answer_by: dt.date | None, late: bool) -> None:
    assert is_late(status, answer_by, TODAY) is late


@dataclass(frozen=True)
class Held:
    """A role, and where it was read."""

    role: str
    session_key: str
    where: str


def test_what_is_published_holds_and_what_is_planned_beside_it_is_added() -> None:
    published = [Held("panellist", "a", "published"), Held("chair", "b", "published")]
    planned = [Held("panellist", "a", "planned"), Held("moderator", "a", "planned"), Held("chair", "c", "planned")]
    assert held(published, planned) == [*published, *planned[1:]]
    assert held([], planned) == planned
