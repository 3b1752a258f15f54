"""The rules of taking notes: whose words, which themes, which session; and lists in a text box."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.text import one_line
from meetings.report.rules.kept import from_lines, from_paragraphs, to_lines, to_paragraphs
from meetings.report.rules.material import Session
from meetings.report.rules.notes import Voice, in_progress, themes_from, themes_to, voice

IDS = st.none() | st.integers(1, 10**9)


@given(st.builds(Voice, IDS, IDS, IDS, st.booleans()))
def test_a_voice_comes_back_from_a_form(spoken: Voice) -> None:
    assert voice(spoken.value) == spoken


@pytest.mark.parametrize("value", ["", "p", "x3", "p3x", "p-1", "several!", "o3p4"])
def test_what_is_no_voice_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"^" + value):
        voice(value)


@pytest.mark.parametrize(
    ("typed", "themes"),
    [
        ("", ()),
        (" , ", ()),
        ("Housing", ("Housing",)),
        ("Housing,  Water , Housing", ("Housing", "Water")),
        ('"Peace, justice", Water', ("Peace, justice", "Water")),
        ("السكن, 住房", ("السكن", "住房")),
    ],
)
def test_themes_are_typed_with_commas(typed: str, themes: tuple[str, ...]) -> None:
    assert themes_from(typed) == themes


@given(st.lists(st.text(max_size=12).map(one_line).filter(bool), unique=True, max_size=4))
def test_themes_come_back_from_a_form(themes: list[str]) -> None:
    assert themes_from(themes_to(themes)) == tuple(themes)


ITEMS = st.lists(st.text(max_size=12), max_size=4).map(tuple)


def as_sent(box: str) -> str:
    """A box's text as browsers send it: every kind of line end as CRLF (HTML standard, "normalize newlines")."""
    return box.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


@given(ITEMS)
@example(("\r\b", ""))
def test_a_list_in_a_box_that_nobody_touched_comes_back_as_it_was(items: tuple[str, ...]) -> None:
    assert from_paragraphs(as_sent(to_paragraphs(items)), items) == items
    assert from_lines(as_sent(to_lines(items)), items) == items


def test_a_list_is_read_from_a_box_that_was_changed() -> None:
    assert from_paragraphs("one\nmore\r\n\r\n \n two ", ("x",)) == ("one\nmore", "two")
    assert from_lines("one\n\n two ", ("x",)) == ("one", "two")
    assert from_lines("", ("x",)) == ()


def session(number: int, start: int, end: int) -> Session:
    day = dt.date(2026, 3, 2)
    return Session(number, f"s{number}", "panel", "T", None, day, dt.time(start), dt.time(end))


@pytest.mark.parametrize(
    ("hour", "running"),
    [(8, None), (9, 1), (10, 2), (11, 1), (12, None)],
)
def test_the_session_in_progress_is_the_one_that_began_last(hour: int, running: int | None) -> None:
    sessions = [session(1, 9, 12), session(2, 10, 11), Session(3, "s3", "panel", "No time")]
    found = in_progress(sessions, dt.datetime(2026, 3, 2, hour))  # noqa: DTZ001  # wall clock of the meeting
    assert (found.id if found else None) == running
