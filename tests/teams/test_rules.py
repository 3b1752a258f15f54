"""What Teams is asked for, and which pasted links are taken."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.teams.rules import is_join_link, wanted

SITTING = {
    "site": "https://rostrum.example.org",
    "slug": "online-2025-11",
    "key": "morning",
    "title": "Local governments and human rights",
    "date": dt.date(2025, 11, 26),
    "start": dt.time(9),
    "end": dt.time(11, 30),
    "timezone": "Europe/Zurich",
}


@pytest.mark.parametrize(
    ("timezone", "date", "start", "end", "in_utc"),
    [
        ("Europe/Zurich", dt.date(2025, 11, 26), dt.time(9), dt.time(11, 30), ("26T08:00", "26T10:30")),
        ("Europe/Zurich", dt.date(2025, 7, 22), dt.time(9), dt.time(11, 30), ("22T07:00", "22T09:30")),
        ("America/Mexico_City", dt.date(2025, 11, 26), dt.time(17), dt.time(19), ("26T23:00", "27T01:00")),
        ("Asia/Kathmandu", dt.date(2025, 11, 26), dt.time(3), dt.time(6), ("25T21:15", "26T00:15")),
        ("UTC", dt.date(2025, 11, 26), dt.time(9), dt.time(10), ("26T09:00", "26T10:00")),
    ],
)
def test_wall_clock_times_are_asked_for_in_utc(
    timezone: str, date: dt.date, start: dt.time, end: dt.time, in_utc: tuple[str, str]
) -> None:
    what = wanted(**{**SITTING, "timezone": timezone, "date": date, "start": start, "end": end})  # type: ignore[arg-type]
    month = f"{date:%Y-%m}-"
    assert (what.start, what.end) == (f"{month}{in_utc[0]}:00Z", f"{month}{in_utc[1]}:00Z")


@pytest.mark.parametrize(
    ("changed", "same_meeting"),
    [
        ({}, True),
        ({"title": "Another title", "start": dt.time(8), "date": dt.date(2026, 1, 1), "timezone": "UTC"}, True),
        ({"key": "afternoon"}, False),
        ({"slug": "other"}, False),
        ({"site": "https://test.example.org"}, False),
    ],
)
def test_a_sitting_keeps_its_external_id_and_shares_it_with_no_other(
    changed: dict[str, object], same_meeting: bool
) -> None:
    first = wanted(**SITTING)  # type: ignore[arg-type]
    second = wanted(**{**SITTING, **changed})  # type: ignore[arg-type]
    assert (first.external_id == second.external_id) is same_meeting


@given(st.text(min_size=1, max_size=400))
def test_the_subject_names_the_day_however_long_the_title_is(title: str) -> None:
    subject = wanted(**{**SITTING, "title": title}).subject  # type: ignore[arg-type]
    assert len(subject) <= 250
    assert subject.endswith(", 2025-11-26 09:00 (Europe/Zurich)")


@pytest.mark.parametrize(
    "link",
    [
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d",
        "https://zoom.example.org/j/123456789?pwd=abc",
        "https://meet.example.org:8443/room",
        "https://example.org",
        "HTTPS://example.org/x",
    ],
)
def test_any_https_address_can_be_a_join_link(link: str) -> None:
    assert is_join_link(link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zoom.example.org/j/1",
        "http://zoom.example.org/j/1",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user:password@example.org/",
        "https://teams.microsoft.com@example.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org/\u202etxt",
        "https://example.org:port/",
        "https://[broken/",
        "https://example.org/" + "x" * 2000,
        "Join: https://example.org/",
    ],
)
def test_nothing_else_is_a_join_link(text: str) -> None:
    assert not is_join_link(text)
