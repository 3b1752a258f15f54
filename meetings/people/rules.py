"""Registration: who may register until when, which step follows which, and when two names mean one organisation."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
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

_NOT_WORD = re.compile(r"[\W_]+")


def after(status: str, step: Step) -> Status | None:
    """The state that a step leads to from this one, or None where the step cannot be taken."""
    starts, end = STEPS[step]
    return end if status in starts else None


def attendances(mode: str) -> tuple[Attendance, ...]:
    """The ways to take part that a meeting of this mode offers."""
    return ("in_person", "online") if mode == "hybrid" else ("online",) if mode == "online" else ("in_person",)


def bare_name(name: str) -> str:
    """What two wordings of one name have in common: letters and digits, without case, accents and article.

    "The City of São Paulo" and "city of Sao Paulo" are one; so are full-width and ordinary letters.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _NOT_WORD.sub(" ", letters).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def is_same_organisation(name: str, country: str | None, known: Iterable[str | None], of_country: str | None) -> bool:
    """Whether a name that somebody typed means an organisation with these `known` names: its name and acronym.

    Where both countries are known and differ it does not: there is a Santa Fe in more than one of them.
    """
    if country and of_country and country != of_country:
        return False
    wanted = bare_name(name)
    return bool(wanted) and wanted in {bare_name(each) for each in known if each}


def mail_address(text: str) -> str:
    """An address as it is kept and compared: in lower case, as every mail server in use treats it."""
    return text.strip().lower()
