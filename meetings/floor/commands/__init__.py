"""What changes a floor. Every command locks the floor's row first, decides by a rule, and raises the version.

The chair's commands name their target and the version that the chair saw: a repeat does nothing, a command that rests
on an older list is refused (`Stale`). Times are milliseconds; `now` is the instant at which the command was given.
"""

from meetings.floor.commands.asking import Asked, ask, lower_place, substitute, withdraw
from meetings.floor.commands.configuring import remove_floor, renew_display, set_floor
from meetings.floor.commands.lists import close_floor, close_list, move, open_list
from meetings.floor.commands.speaking import (
    call,
    correct_used,
    decline,
    end,
    give_floor,
    mark_absent,
    pause,
    put_back,
    resume,
    set_aside,
)
from meetings.floor.commands.statements import Draft, file_statement, remove_statement

__all__ = [
    "Asked",
    "Draft",
    "ask",
    "call",
    "close_floor",
    "close_list",
    "correct_used",
    "decline",
    "end",
    "file_statement",
    "give_floor",
    "lower_place",
    "mark_absent",
    "move",
    "open_list",
    "pause",
    "put_back",
    "remove_floor",
    "remove_statement",
    "renew_display",
    "resume",
    "set_aside",
    "set_floor",
    "substitute",
    "withdraw",
]
