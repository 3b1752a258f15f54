"""When a report is due."""

import datetime as dt

import pytest

from meetings.report.rules.clock import Date, clock

OPENED = dt.date(2024, 6, 18)  # the fifty-sixth session of the Council
MEETING = dt.date(2023, 8, 28)


def test_the_dates_of_the_fifty_sixth_session() -> None:
    now = clock(OPENED, None, MEETING, dt.date(2024, 3, 10))
    assert now.forecast == Date(dt.date(2024, 3, 12), 2)
    assert now.slot == Date(dt.date(2024, 4, 9), 30)
    assert now.session == Date(OPENED, 100)
    assert (now.since_meeting, now.late_by) == (195, 0)


@pytest.mark.parametrize(
    ("submitted", "today", "late"),
    [
        (None, dt.date(2024, 4, 9), 0),
        (None, dt.date(2024, 4, 13), 4),
        (dt.date(2024, 3, 20), dt.date(2026, 1, 1), 0),
        (dt.date(2024, 4, 10), dt.date(2024, 4, 1), 1),
    ],
)
def test_a_report_behind_its_slot_is_late(submitted: dt.date | None, today: dt.date, late: int) -> None:
    assert clock(OPENED, submitted, MEETING, today).late_by == late


def test_a_date_that_has_passed_counts_below_nought() -> None:
    now = clock(OPENED, dt.date(2024, 3, 20), MEETING, dt.date(2024, 3, 16))
    assert now.forecast == Date(dt.date(2024, 3, 12), -4)
    assert now.submitted == Date(dt.date(2024, 3, 20), 4)


@pytest.mark.parametrize("end", [None, dt.date(2024, 3, 17)])
def test_without_a_session_and_a_meeting_nothing_is_counted(end: dt.date | None) -> None:
    now = clock(None, None, end, dt.date(2024, 3, 16))
    assert (now.forecast, now.slot, now.session, now.since_meeting, now.late_by) == (None, None, None, None, 0)


def test_the_published_report_was_205_days_behind_its_meeting() -> None:
    assert clock(OPENED, None, MEETING, dt.date(2024, 3, 20)).since_meeting == 205
