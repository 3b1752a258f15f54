"""Which acts of the chair and the desk can be undone, and how. Pure.

Undo is a further act that compensates the last one; it takes nothing out of the log and never gives time back. What is
not in the table stays done: the end of the floor (everybody was told), a correction of time (correct it again), an
undo, somebody added to the list (decline them).
"""

from enum import StrEnum


class Undoing(StrEnum):
    """What makes an act undone."""

    STATUS = "status"  # the request as it was: status, place, reason
    TURN_BACK = "turn_back"  # the turn ends, its time is charged, and the speaker waits as before
    NEW_TURN = "new_turn"  # the speaker goes on, with what they still had
    RUN_ON = "run_on"  # the clock runs on
    HALT = "halt"  # the clock stands still again
    ORDER = "order"  # the order of the list as it was
    SETTINGS = "settings"  # what was set of the floor, as it was
    DIGNITARY = "dignitary"


UNDOABLE: dict[str, Undoing] = {
    "floor.call": Undoing.STATUS,
    "floor.decline": Undoing.STATUS,
    "floor.put_back": Undoing.STATUS,
    "floor.mark_absent": Undoing.STATUS,
    "floor.give": Undoing.TURN_BACK,
    "floor.end": Undoing.NEW_TURN,
    "floor.set_aside": Undoing.NEW_TURN,
    "floor.pause": Undoing.RUN_ON,
    "floor.resume": Undoing.HALT,
    "floor.moved": Undoing.ORDER,
    "floor.ordered": Undoing.ORDER,
    "floor.list_opened": Undoing.SETTINGS,
    "floor.list_closed": Undoing.SETTINGS,
    "floor.limit_set": Undoing.SETTINGS,
    "floor.settings_set": Undoing.SETTINGS,
    "floor.dignitary_set": Undoing.DIGNITARY,
}


def undoing(kind: str, had_the_floor: bool) -> Undoing | None:
    """How an act is undone, or None. `had_the_floor`: the request was speaking or paused when the act came."""
    if kind == "floor.mark_absent" and had_the_floor:
        return Undoing.NEW_TURN
    return UNDOABLE.get(kind)
