"""The rules of a call for inputs: its deadlines on several clocks, its states, its questions as they are typed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.report.rules.call import (
    Clock,
    Deadline,
    Question,
    State,
    clock_problem,
    ends,
    from_questions,
    last_end,
    state,
    to_questions,
)

UTC = dt.UTC


def at(wall: str) -> dt.datetime:
    """A wall-clock time."""
    return dt.datetime.fromisoformat(wall)


GENEVA = Deadline("OHCHR", at("2025-06-30 23:59"), "Europe/Zurich")
BARCELONA = Deadline("UCLG", at("2025-07-15 18:00"), "Europe/Madrid")
HONOLULU = Deadline("Pacific", at("2025-06-30 23:59"), "Pacific/Honolulu")


@pytest.mark.parametrize(
    ("deadline", "end"),
    [
        (GENEVA, dt.datetime(2025, 6, 30, 22, 0, tzinfo=UTC)),
        (BARCELONA, dt.datetime(2025, 7, 15, 16, 1, tzinfo=UTC)),
        (HONOLULU, dt.datetime(2025, 7, 1, 10, 0, tzinfo=UTC)),
        (Deadline("x", at("2025-06-30 12:00"), "Asia/Kathmandu"), dt.datetime(2025, 6, 30, 6, 16, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_over_after_its_last_minute_on_its_own_clock(deadline: Deadline, end: dt.datetime) -> None:
    assert ends(deadline) == end


def test_the_same_wall_clock_ends_later_further_west() -> None:
    assert last_end([HONOLULU, GENEVA]) == ends(HONOLULU)
    assert last_end([]) is None


@pytest.mark.parametrize(
    ("wall", "timezone", "problem"),
    [
        (at("2026-03-29 02:30"), "Europe/Zurich", Clock.SKIPPED),
        (at("2026-03-29 01:59"), "Europe/Zurich", None),
        (at("2026-03-29 03:00"), "Europe/Zurich", None),
        (at("2026-10-25 02:30"), "Europe/Zurich", Clock.TWICE),
        (at("2026-10-25 03:00"), "Europe/Zurich", None),
        (at("2026-09-06 00:00"), "America/Santiago", Clock.SKIPPED),  # at midnight
        (at("2026-04-05 01:45"), "Australia/Lord_Howe", Clock.TWICE),  # by half an hour
        (at("2026-10-25 02:30"), "Africa/Nairobi", None),
    ],
)
def test_a_time_that_the_clocks_skip_or_show_twice_is_told(
    wall: dt.datetime, timezone: str, problem: Clock | None
) -> None:
    assert clock_problem(wall, timezone) is problem


OPENED = dt.datetime(2025, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadlines", "opened", "closed", "now", "expected"),
    [
        ((GENEVA,), None, None, OPENED, State.NOT_ANNOUNCED),
        ((GENEVA,), OPENED, None, OPENED, State.OPEN),
        ((GENEVA, BARCELONA), OPENED, None, ends(GENEVA), State.OPEN),
        ((GENEVA, BARCELONA), OPENED, None, ends(BARCELONA) - dt.timedelta(milliseconds=1), State.OPEN),
        ((GENEVA, BARCELONA), OPENED, None, ends(BARCELONA), State.OVER),
        ((GENEVA, BARCELONA), OPENED, OPENED, ends(GENEVA), State.CLOSED),
        ((GENEVA,), OPENED, OPENED, ends(GENEVA), State.OVER),
        ((), OPENED, None, ends(BARCELONA), State.OPEN),
        ((), OPENED, OPENED, ends(BARCELONA), State.CLOSED),
    ],
)
def test_a_call_is_open_until_the_last_partners_deadline_or_until_it_is_closed(
    deadlines: tuple[Deadline, ...],
    opened: dt.datetime | None,
    closed: dt.datetime | None,
    now: dt.datetime,
    expected: State,
) -> None:
    assert state(deadlines, opened, closed, now) is expected


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("", ()),
        ("What works?", (Question("What works?"),)),
        ("1st one\n\n  - part\n-second\nTwo", (Question("1st one", ("part", "second")), Question("Two"))),
        ("- no question above", (Question("no question above"),)),
        ("\\- 5 degrees?\n– and why", (Question("- 5 degrees?", ("and why",)),)),
        ("-\n\\\n•", ()),
        ("ما الذي يعمل؟\n- مثال", (Question("ما الذي يعمل؟", ("مثال",)),)),
    ],
)
def test_questions_are_typed_one_on_each_line(typed: str, questions: tuple[Question, ...]) -> None:
    assert to_questions(typed) == questions


lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs", "Cs", "Cn"]), min_size=1)
words = lines.map(lambda text: text.strip("\ufffe\uffff")).filter(bool)


@given(st.lists(st.builds(Question, words, st.lists(words, max_size=3).map(tuple)), max_size=4).map(tuple))
def test_whatever_the_questions_are_they_are_read_as_they_are_shown(questions: tuple[Question, ...]) -> None:
    assert to_questions(from_questions(questions)) == questions
