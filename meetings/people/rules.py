"""Registration: who may register until when, and which step follows which."""

import datetime as dt
from typing import Literal

Status = Literal["unverified", "pending", "confirmed", "declined", "withdrawn"]
Step = Literal["verify", "confirm", "decline", "reopen", "withdraw", "rejoin"]
Attendance = Literal["in_person", "online"]

# Step -> the states it starts from, and the one it leads to.
STEPS: dict[Step, tuple[frozenset[Status], Status]] = {
    "verify": (frozenset({"unverified"}), "pending"),
    "confirm": (frozenset({"pending"}), "confirmed"),
    "decline": (frozenset({"pending", "confirmed"}), "declined"),
    "reopen": (frozenset({"declined"}), "pending"),
    "withdraw": (frozenset({"pending", "confirmed"}), "withdrawn"),
    "rejoin": (frozenset({"withdrawn"}), "pending"),
}

# Brakes on abuse. Somebody who mistypes or is impatient stays far below; who registers in earnest confirms soon.
PERIOD = dt.timedelta(hours=1)
MAILS_TO_ONE_ADDRESS = 4
UNVERIFIED_IN_ONE_MEETING = 200


def after(status: str, step: Step) -> Status | None:
    """The state that a step leads to from this one, or None where the step cannot be taken."""
    starts, end = STEPS[step]
    return end if status in starts else None


def attendances(mode: str) -> tuple[Attendance, ...]:
    """The ways to take part that a meeting of this mode offers."""
    return ("in_person", "online") if mode == "hybrid" else ("online",) if mode == "online" else ("in_person",)


def mail_address(text: str) -> str:
    """An address as it is kept and compared: in lower case, as every mail server in use treats it."""
    return text.strip().lower()
