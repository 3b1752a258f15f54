"""Asking somebody to speak: which step follows which, and what is shown of it. Pure."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

Status = Literal["not_asked", "invited", "confirmed", "declined", "withdrawn"]
Step = Literal["ask", "remind", "accept", "decline", "withdraw", "new_link", "record_accept", "record_decline"]
Answer = Literal["accept", "decline"]

# Step -> the states it starts from, and the one it leads to (None: the same). Whoever has no row is `not_asked`.
STEPS: dict[Step, tuple[frozenset[Status], Status | None]] = {
    "ask": (frozenset({"not_asked", "declined", "withdrawn"}), "invited"),
    "remind": (frozenset({"invited"}), None),
    "accept": (frozenset({"invited", "declined"}), "confirmed"),
    "decline": (frozenset({"invited", "confirmed"}), "declined"),
    "withdraw": (frozenset({"invited", "confirmed", "declined"}), "withdrawn"),
    "new_link": (frozenset({"invited", "confirmed", "declined"}), None),
    "record_accept": (frozenset({"not_asked", "invited", "declined", "withdrawn"}), "confirmed"),
    "record_decline": (frozenset({"not_asked", "invited", "confirmed", "withdrawn"}), "declined"),
}

# Longest remark that a speaker sends with the answer, in characters.
LONGEST_REMARK = 2000

# The same brake as on participants' links: who lost theirs stays far below.
PERIOD = dt.timedelta(hours=1)
LINKS_TO_ONE_ADDRESS = 4


class Missing(StrEnum):
    """What a list of speakers can be narrowed to, beside the states."""

    ADDRESS = "no_address"
    CHECK = "not_checked"
    CHANGED = "changed"
    LATE = "late"


def after(status: Status, step: Step) -> Status | None:
    """The state that a step leads to from this one, or None where the step cannot be taken."""
    starts, end = STEPS[step]
    return (end or status) if status in starts else None


def link_opens(status: Status) -> bool:
    """Whether a speaker's private link shows anything: not once the invitation was withdrawn."""
    return status in STEPS["new_link"][0]


def is_late(status: Status, answer_by: dt.date | None, today: dt.date) -> bool:
    """Whether somebody has let the day pass by which they were to answer; `today` is in the meeting's zone."""
    return status == "invited" and answer_by is not None and answer_by < today


class InSession(Protocol):
    """A role in a session."""

    @property
    def role(self) -> str: ...
    @property
    def session_key(self) -> str: ...


T = TypeVar("T", bound=InSession)


def held(published: Iterable[T], planned: Iterable[T]) -> list[T]:
    """The roles that a speaker is told of: what is published holds, and what is planned beside it is added."""
    found = list(published)
    known = {(each.session_key, each.role) for each in found}
    return found + [each for each in planned if (each.session_key, each.role) not in known]
