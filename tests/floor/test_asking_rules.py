"""Whether requests are taken: the window in the meeting's own time, the maximum, and what else stands in the way."""

import datetime as dt
from dataclasses import dataclass

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from meetings.floor.asking_words import asking_in_words
from meetings.floor.rules.asking import Asking, asking, earliest, latest


@dataclass
class Window:
    """What a floor says about asking."""

    list_open: bool = True
    closed_at: dt.datetime | None = None
    asking_opens: dt.datetime | None = None
    asking_closes: dt.datetime | None = None
    max_requests: int | None = None


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


OPENS, CLOSES = wall("2025-11-26 08:00"), wall("2025-11-26 10:00")


@pytest.mark.parametrize(
    ("timezone", "now", "found"),
    [
        ("Europe/Zurich", "2025-11-26 06:59:59", Asking.NOT_YET),
        ("Europe/Zurich", "2025-11-26 07:00", Asking.OPEN),
        ("Europe/Zurich", "2025-11-26 08:59:59", Asking.OPEN),
        ("Europe/Zurich", "2025-11-26 09:00", Asking.WINDOW_OVER),
        ("Asia/Kathmandu", "2025-11-26 02:14:59", Asking.NOT_YET),  # UTC+05:45
        ("Asia/Kathmandu", "2025-11-26 02:15", Asking.OPEN),
        ("America/Bogota", "2025-11-26 12:59", Asking.NOT_YET),
        ("America/Bogota", "2025-11-26 15:00", Asking.WINDOW_OVER),
    ],
)
def test_a_window_is_in_the_time_of_the_meeting(timezone: str, now: str, found: Asking) -> None:
    window = Window(asking_opens=OPENS, asking_closes=CLOSES)
    assert asking(window, counted=0, over=False, timezone=timezone, now=utc(now)) is found


@pytest.mark.parametrize(
    ("opens", "closes", "now", "found"),
    [
        # 26 October 2025: the hour from 02:00 to 03:00 comes twice in Geneva; the window has both.
        ("2025-10-26 02:30", None, "2025-10-26 00:29", Asking.NOT_YET),
        ("2025-10-26 02:30", None, "2025-10-26 00:30", Asking.OPEN),
        ("2025-10-26 02:30", None, "2025-10-26 01:15", Asking.OPEN),  # 02:15 again, and still open
        (None, "2025-10-26 02:30", "2025-10-26 00:45", Asking.OPEN),
        (None, "2025-10-26 02:30", "2025-10-26 01:29", Asking.OPEN),
        (None, "2025-10-26 02:30", "2025-10-26 01:30", Asking.WINDOW_OVER),
        # 30 March 2025: the hour from 02:00 to 03:00 does not come.
        ("2025-03-30 02:30", None, "2025-03-30 00:29", Asking.NOT_YET),
        ("2025-03-30 02:30", None, "2025-03-30 01:00", Asking.OPEN),
        (None, "2025-03-30 02:30", "2025-03-30 01:29", Asking.OPEN),
        (None, "2025-03-30 02:30", "2025-03-30 01:30", Asking.WINDOW_OVER),
    ],
)
def test_where_the_clocks_change_a_window_is_never_shorter_than_announced(
    opens: str | None, closes: str | None, now: str, found: Asking
) -> None:
    window = Window(asking_opens=wall(opens) if opens else None, asking_closes=wall(closes) if closes else None)
    assert asking(window, counted=0, over=False, timezone="Europe/Zurich", now=utc(now)) is found


@given(
    st.datetimes(wall("2024-01-01"), wall("2027-01-01")),
    st.sampled_from(["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]),
)
def test_the_two_readings_of_a_time_are_never_far_apart(time: dt.datetime, timezone: str) -> None:
    apart = latest(time, timezone) - earliest(time, timezone)
    assert dt.timedelta() <= apart <= dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("window", "counted", "over", "found"),
    [
        (Window(), 0, False, Asking.OPEN),
        (Window(max_requests=2), 1, False, Asking.OPEN),
        (Window(max_requests=2), 2, False, Asking.FULL),
        (Window(max_requests=2), 3, False, Asking.FULL),
        (Window(list_open=False, max_requests=2), 3, False, Asking.LIST_CLOSED),
        (Window(list_open=False, asking_opens=wall("2030-01-01")), 0, False, Asking.LIST_CLOSED),
        (Window(list_open=False), 0, True, Asking.MEETING_OVER),
        (Window(asking_closes=wall("2020-01-01"), max_requests=2), 3, False, Asking.WINDOW_OVER),
        (Window(closed_at=utc("2025-11-26 10:00"), list_open=False), 0, True, Asking.FLOOR_CLOSED),
    ],
)
def test_of_several_reasons_the_hardest_to_change_is_given(
    window: Window, counted: int, over: bool, found: Asking
) -> None:
    now = utc("2025-11-26 10:00")
    assert asking(window, counted=counted, over=over, timezone="Europe/Zurich", now=now) is found


@pytest.mark.parametrize(
    ("window", "over", "found"),
    [
        (Window(list_open=False, max_requests=1), False, Asking.USED_UP),
        (Window(), True, Asking.MEETING_OVER),
        (Window(closed_at=utc("2025-11-26 10:00")), False, Asking.FLOOR_CLOSED),
    ],
)
def test_a_floor_whose_time_is_used_up_takes_no_requests(window: Window, over: bool, found: Asking) -> None:
    now = utc("2025-11-26 10:00")
    assert asking(window, counted=3, over=over, timezone="Europe/Zurich", now=now, used_up=True) is found


@pytest.mark.sqlite_only("asks no database")
def test_each_reason_is_said_with_its_time_and_zone(app: Flask) -> None:
    window = Window(asking_opens=OPENS, asking_closes=CLOSES, max_requests=60)
    with app.test_request_context():
        said = {each: asking_in_words(each, window, "Europe/Zurich") for each in Asking}
        unbounded = asking_in_words(Asking.OPEN, Window(), "Europe/Zurich")
    at = "Wednesday 26 November 2025, %s CET (Europe/Zurich)."
    assert said[Asking.NOT_YET] == "The list of speakers opens on " + at % "08:00"
    assert said[Asking.WINDOW_OVER] == "The list of speakers closed on " + at % "10:00"
    assert said[Asking.OPEN] == "The list of speakers is open until " + at % "10:00"
    assert said[Asking.FULL] == "The list of speakers is full: it takes 60 requests."
    assert unbounded == "The list of speakers is open."
    assert len(set(said.values())) == len(Asking)
