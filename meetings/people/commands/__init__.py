"""What is done to registrations, by visitors, by participants and by organisers. Each locks the meeting's row first."""

from meetings.people.commands.deciding import Decided, Decision, decide, protect
from meetings.people.commands.listing import settle_list
from meetings.people.commands.own import correct, rejoin, replace_link, withdraw
from meetings.people.commands.registering import ask_for_link, register, verify

__all__ = [
    "Decided",
    "Decision",
    "ask_for_link",
    "correct",
    "decide",
    "protect",
    "register",
    "rejoin",
    "replace_link",
    "settle_list",
    "verify",
    "withdraw",
]
