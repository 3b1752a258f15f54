"""Whether an answer that came by mail counts.

Who reads the mail can check that its sender, its ATTENDEE and the address of the invitation are one, that the entry is
one that was sent to that address, and that the answer is to the newest invitation and newer than the answer before. The
mail's way here cannot be checked: an organiser hands in what reached the meeting's address.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

# RFC 5545, 3.2.12: what counts as an answer, and how it is kept.
ANSWERS = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}
# How far a clock may be ahead: an answer from further on would keep all later ones from counting.
_AHEAD = dt.timedelta(hours=24)


class Reason(StrEnum):
    """Why a mail changes nothing."""

    TOO_LARGE = "too_large"
    NOT_A_MAIL = "not_a_mail"
    AUTOMATIC = "automatic"
    NO_CALENDAR = "no_calendar"
    OUTLOOK_ALONE = "outlook_alone"
    UNREADABLE = "unreadable"
    NO_REPLY = "no_reply"
    COUNTER = "counter"
    REFRESH = "refresh"
    DELEGATED = "delegated"
    NO_ANSWER = "no_answer"
    SEVERAL_PEOPLE = "several_people"
    OTHER_SENDER = "other_sender"
    OTHER_ORGANIZER = "other_organizer"
    UNKNOWN_ENTRY = "unknown_entry"
    OTHER_PERSON = "other_person"
    CANCELLED = "cancelled"
    OLDER_INVITATION = "older_invitation"
    NEVER_SENT = "never_sent"
    OLDER_ANSWER = "older_answer"
    FROM_THE_FUTURE = "from_the_future"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a mail answers. Addresses are in the form in which two are compared; `partstat` is in lower case."""

    sender: str
    attendee: str
    organizer: str
    uid: str
    sequence: int
    stamp: dt.datetime
    partstat: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a calendar was told last of the entry that a reply answers, and what was answered before."""

    state: str
    sequence: int
    answered_at: dt.datetime | None


def misfit(reply: Reply, organizers: Collection[str], now: dt.datetime) -> Reason | None:
    """Why a reply cannot count, whatever it answers. `organizers` are the addresses that invitations came from."""
    if not reply.attendee or reply.sender != reply.attendee:
        return Reason.OTHER_SENDER
    if reply.organizer not in organizers:
        return Reason.OTHER_ORGANIZER
    return Reason.FROM_THE_FUTURE if reply.stamp > now + _AHEAD else None


def outdated(reply: Reply, asked: Asked) -> Reason | None:
    """Why a reply comes too late, or too early, for what was asked."""
    if asked.state != "invited":
        return Reason.CANCELLED
    if reply.sequence != asked.sequence:
        return Reason.OLDER_INVITATION if reply.sequence < asked.sequence else Reason.NEVER_SENT
    if asked.answered_at is not None and reply.stamp <= asked.answered_at:
        return Reason.OLDER_ANSWER
    return None
