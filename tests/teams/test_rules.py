"""What Teams is asked for, and which pasted links are taken."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.teams.rules import asks_for_link, external_id, is_join_link, wanted

SITTING: dict[str, Any] = {
    "title": "Local governments and human rights",
    "date": dt.date(2025, 11, 26),
    "start": dt.time(9),
    "end": dt.time(11, 30),
    "timezone": "Europe/Zurich",
    "lobby": "organization",
    "presenters": "organization",
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
    what = wanted(**{**SITTING, "timezone": timezone, "date": date, "start": start, "end": end})
    month = f"{date:%Y-%m}-"
    assert (what.start, what.end) == (f"{month}{in_utc[0]}:00Z", f"{month}{in_utc[1]}:00Z")


@pytest.mark.parametrize(
    ("changed", "same_meeting"),
    [
        ({}, True),
        ({"let_go": 1}, False),
        ({"key": "afternoon"}, False),
        ({"sitting_id": 8}, False),
        ({"slug": "other"}, False),
        ({"site": "https://test.example.org"}, False),
        ({"site": "https://rostrum.example.org/below"}, True),
    ],
)
def test_a_sitting_keeps_its_external_id_and_shares_it_with_no_other(
    changed: dict[str, Any], same_meeting: bool
) -> None:
    own: dict[str, Any] = {
        "site": "https://rostrum.example.org",
        "slug": "online-2025-11",
        "key": "morning",
        "sitting_id": 7,
        "let_go": 0,
    }
    assert (external_id(**own) == external_id(**(own | changed))) is same_meeting


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another title"},
        {"date": dt.date(2025, 11, 27)},
        {"start": dt.time(9, 15)},
        {"end": dt.time(12)},
        {"timezone": "Asia/Kathmandu"},
        {"lobby": "everyone"},
        {"presenters": "organizer"},
    ],
)
def test_teams_is_told_of_every_change(changed: dict[str, Any]) -> None:
    assert wanted(**SITTING).fingerprint == wanted(**SITTING).fingerprint
    assert wanted(**SITTING).fingerprint != wanted(**(SITTING | changed)).fingerprint


@pytest.mark.parametrize(
    ("changed", "asks"),
    [
        ({}, True),
        ({"mode": "hybrid"}, True),
        ({"mode": "in_person"}, False),
        ({"state": "failed"}, True),
        ({"state": "asked"}, False),
        ({"state": "made", "join_url": "https://teams.example.org/1"}, False),
        ({"join_url": "https://zoom.example.org/1"}, False),
        ({"now": dt.datetime(2025, 11, 26, 10, 29, tzinfo=dt.UTC)}, True),
        ({"now": dt.datetime(2025, 11, 26, 10, 30, tzinfo=dt.UTC)}, False),
    ],
)
def test_publishing_asks_for_a_link_where_somebody_will_join_online(changed: dict[str, Any], asks: bool) -> None:
    plain: dict[str, Any] = {
        "mode": "online",
        "state": None,
        "join_url": None,
        "end": dt.datetime(2025, 11, 26, 10, 30, tzinfo=dt.UTC),
        "now": dt.datetime(2025, 11, 1, tzinfo=dt.UTC),
    }
    assert asks_for_link(**(plain | changed)) is asks


@given(st.text(min_size=1, max_size=400))
def test_the_subject_names_the_day_however_long_the_title_is(title: str) -> None:
    subject = wanted(**{**SITTING, "title": title}).subject
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
