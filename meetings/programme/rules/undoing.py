"""What can be undone and done again: the log of a run sheet, read as two piles.

A change goes on the pile of what can be undone and empties the other; undoing takes from the one and puts on the
other, and doing again the other way round.
"""

from collections.abc import Iterable
from dataclasses import dataclass

UNDONE = "session.undone"
REDONE = "session.redone"
CHANGES = frozenset(
    f"session.{what}"
    for what in ("added", "moved", "retimed", "split", "merged", "break_added", "duplicated", "removed")
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log: a change, or the undoing or redoing `of` another line."""

    id: int
    kind: str
    of: int | None = None


def next_steps(log: Iterable[Line]) -> tuple[int | None, int | None]:
    """Which line of the log would be undone next, and which done again; `log` is in its order, its oldest first."""
    undo: list[int] = []
    redo: list[int] = []
    for line in log:
        if line.kind in CHANGES:
            undo.append(line.id)
            redo.clear()
        elif line.kind in (UNDONE, REDONE) and line.of is not None:
            source, other = (undo, redo) if line.kind == UNDONE else (redo, undo)
            if line.of in source:
                source.remove(line.of)
            other.append(line.of)
    return undo[-1] if undo else None, redo[-1] if redo else None
