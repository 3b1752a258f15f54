from datetime import date, time

import pytest

from exports.dates import clock_text, joined, weekday_text, zone_text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        # the weekdays that the concept notes state, and those of the other meetings
        (date(2019, 6, 17), "Monday 17 June 2019"),
        (date(2023, 8, 28), "Monday 28 August 2023"),
        (date(2025, 7, 22), "Tuesday 22 July 2025"),
        (date(2025, 11, 26), "Wednesday 26 November 2025"),
    ],
)
def test_a_day_is_written_with_its_weekday(day: date, text: str) -> None:
    assert weekday_text(day) == text


@pytest.mark.parametrize(
    ("day", "zone", "text"),
    [
        (date(2025, 7, 22), "Europe/Zurich", "CEST (UTC+2)"),
        (date(2025, 11, 26), "Europe/Zurich", "CET (UTC+1)"),
        (date(2025, 7, 1), "America/New_York", "EDT (UTC−4)"),
        (date(2025, 1, 1), "Pacific/Auckland", "NZDT (UTC+13)"),
        (date(2025, 1, 1), "Asia/Kolkata", "IST (UTC+5:30)"),
        (date(2025, 1, 1), "Asia/Kathmandu", "UTC+5:45"),
        (date(2025, 1, 1), "America/Sao_Paulo", "UTC−3"),
        (date(2025, 1, 1), "America/St_Johns", "NST (UTC−3:30)"),
        (date(2025, 1, 1), "Africa/Accra", "GMT (UTC)"),
        (date(2025, 1, 1), "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_so_that_nobody_takes_it_for_another(day: date, zone: str, text: str) -> None:
    assert zone_text(day, time(9), zone) == text


def test_hours_of_a_programme_have_a_spaced_dash() -> None:
    assert clock_text(time(9), time(10, 5)) == "09:00 – 10:05"


@pytest.mark.parametrize(("parts", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_a_series_has_no_comma_before_its_last_member(parts: list[str], text: str) -> None:
    assert joined(parts) == text
