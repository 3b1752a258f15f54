"""What changes a floor. Every command locks the floor's row first, decides by a rule, and raises the version.

The chair's commands name their target and the version that the chair saw: a repeat does nothing, a command that rests
on an older list is refused (`Stale`). Times are milliseconds; `now` is the instant at which the command was given.
"""

from meetings.floor.commands.adding import add_speaker
from meetings.floor.commands.asking import Asked, ask, lower_place, substitute, withdraw
from meetings.floor.commands.configuring import (
    remove_floor,
    renew_display,
    renew_interpreters,
    set_floor,
    set_limit,
    set_settings,
)
from meetings.floor.commands.copying import has_opened, put_floor, settings_of
from meetings.floor.commands.lists import close_floor, close_list, move, open_list, set_dignitary
from meetings.floor.commands.ordering import apply_order
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
from meetings.floor.commands.statements import Draft, file_statement, read_file, remove_statement
from meetings.floor.commands.undoing import undo

__all__ = [
    "Asked",
    "Draft",
    "add_speaker",
    "apply_order",
    "ask",
    "call",
    "close_floor",
    "close_list",
    "correct_used",
    "decline",
    "end",
    "file_statement",
    "give_floor",
    "has_opened",
    "lower_place",
    "mark_absent",
    "move",
    "open_list",
    "pause",
    "put_back",
    "put_floor",
    "read_file",
    "remove_floor",
    "remove_statement",
    "renew_display",
    "renew_interpreters",
    "resume",
    "set_aside",
    "set_dignitary",
    "set_floor",
    "set_limit",
    "set_settings",
    "settings_of",
    "substitute",
    "undo",
    "withdraw",
]
