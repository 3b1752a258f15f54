"""What two people changed is told apart by the mark that the form carried."""

import datetime as dt

import pytest

from meetings.programme.rules.edits import changed, compare, mark

SHOWN = {"title": "A", "start": dt.time(9), "roles": ("x", "y")}


@pytest.mark.parametrize(
    ("stored", "typed", "mine", "theirs"),
    [
        ({}, {}, set(), set()),
        ({}, {"title": "B"}, {"title"}, set()),
        ({"title": "B"}, {}, set(), {"title"}),
        ({"title": "B"}, {"start": dt.time(10)}, {"start"}, {"title"}),
        ({"roles": ("y", "x")}, {"roles": ("x",)}, {"roles"}, {"roles"}),
    ],
)
def test_who_changed_what(
    stored: dict[str, object], typed: dict[str, object], mine: set[str], theirs: set[str]
) -> None:
    comparison = compare(mark(SHOWN), SHOWN | stored, SHOWN | typed)
    assert set(comparison.mine) == mine
    assert set(comparison.theirs) == theirs
    assert set(comparison.both) == mine & theirs


@pytest.mark.parametrize("spoilt", ["", "not json", "[]", "null", "7"])
def test_a_spoilt_mark_counts_as_older_than_everything(spoilt: str) -> None:
    comparison = compare(spoilt, SHOWN, SHOWN)
    assert set(comparison.theirs) == set(SHOWN)


def test_the_log_keeps_only_what_differs() -> None:
    assert changed({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})
    assert changed({}, {"a": 1}) == ({"a": None}, {"a": 1})
