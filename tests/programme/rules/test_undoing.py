"""What can be undone and done again, out of the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.undoing import REDONE, UNDONE, Line, next_steps

ADDED, MOVED = "session.added", "session.moved"


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ([], (None, None)),
        ([Line(1, ADDED)], (1, None)),
        ([Line(1, ADDED), Line(2, MOVED)], (2, None)),
        # Several steps back, and forward again.
        ([Line(1, ADDED), Line(2, MOVED), Line(3, UNDONE, 2)], (1, 2)),
        ([Line(1, ADDED), Line(2, MOVED), Line(3, UNDONE, 2), Line(4, UNDONE, 1)], (None, 1)),
        ([Line(1, ADDED), Line(2, MOVED), Line(3, UNDONE, 2), Line(4, UNDONE, 1), Line(5, REDONE, 1)], (1, 2)),
        ([Line(1, ADDED), Line(2, UNDONE, 1), Line(3, REDONE, 1)], (1, None)),
        # A new change: what was undone before it cannot be done again.
        ([Line(1, ADDED), Line(2, MOVED), Line(3, UNDONE, 2), Line(4, MOVED)], (4, None)),
        # Other lines of the log, and steps whose change is no longer read.
        ([Line(1, ADDED), Line(2, "session.edited")], (1, None)),
        ([Line(7, UNDONE, 2)], (None, 2)),
        ([Line(7, REDONE, 2)], (2, None)),
    ],
)
def test_the_last_change_is_undone_first(log: list[Line], expected: tuple[int | None, int | None]) -> None:
    assert next_steps(log) == expected


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=30))
def test_the_log_leads_where_two_piles_lead(acts: list[str]) -> None:
    log: list[Line] = []
    undo: list[int] = []
    redo: list[int] = []
    for number, act in enumerate(acts, start=1):
        if act == "change":
            log.append(Line(number, MOVED))
            undo, redo = [*undo, number], []
        elif act == "undo" and undo:
            log.append(Line(number, UNDONE, undo[-1]))
            undo, redo = undo[:-1], [*redo, undo[-1]]
        elif act == "redo" and redo:
            log.append(Line(number, REDONE, redo[-1]))
            undo, redo = [*undo, redo[-1]], redo[:-1]
        assert next_steps(log) == (undo[-1] if undo else None, redo[-1] if redo else None)
