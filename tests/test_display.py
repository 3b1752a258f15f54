"""How dates, times, zones and texts are shown."""

import datetime as dt

import pytest
from flask import Flask

from meetings import display

pytestmark = pytest.mark.sqlite_only("formatting asks no database")


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0:00"),
        (999, "0:00"),
        (1000, "0:01"),
        (120_000, "2:00"),
        (2_700_000, "45:00"),
        (-12_345, "−0:12"),
        (-1, "0:00"),
    ],
)
def test_a_duration_is_minutes_and_seconds_and_an_overrun_has_a_minus(milliseconds: int, shown: str) -> None:
    assert display.minutes(milliseconds) == shown


@pytest.mark.parametrize(
    ("zone", "date", "shown"),
    [
        ("Europe/Zurich", dt.date(2025, 11, 26), "CET (Europe/Zurich)"),
        ("Europe/Zurich", dt.date(2025, 7, 22), "CEST (Europe/Zurich)"),
        ("America/Bogota", dt.date(2025, 7, 22), "UTC-05:00 (America/Bogota)"),
        ("Pacific/Auckland", dt.date(2025, 11, 26), "NZDT (Pacific/Auckland)"),
        ("Asia/Kathmandu", dt.date(2025, 11, 26), "UTC+05:45 (Asia/Kathmandu)"),
    ],
)
def test_a_zone_is_named_as_people_know_it_on_that_day(zone: str, date: dt.date, shown: str) -> None:
    assert display.zone(zone, date) == shown


def test_dates_carry_their_weekday_and_a_range_both_ends(app: Flask) -> None:
    with app.test_request_context():
        assert display.day(dt.date(2025, 11, 26)) == "Wednesday 26 November 2025"
        assert display.day_range(dt.date(2025, 7, 21), dt.date(2025, 7, 23)) == "21 July 2025 – 23 July 2025"
        assert display.day_range(dt.date(2025, 7, 21), dt.date(2025, 7, 21)) == "Monday 21 July 2025"
        assert display.day_range(None, None) == ""


def test_an_instant_is_shown_in_the_meetings_zone(app: Flask) -> None:
    happened = dt.datetime(2025, 11, 26, 9, 31, tzinfo=dt.UTC)
    with app.test_request_context():
        assert display.instant(happened, "Europe/Zurich") == "26 Nov 2025 10:31 CET"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>\n"),
        ("[site](https://example.org)", '<p><a href="https://example.org">site</a></p>\n'),
        ("[bad](javascript:alert(1))", "<p>[bad](javascript:alert(1))</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        (None, ""),
    ],
)
def test_markdown_gives_paragraphs_emphasis_and_safe_links_and_never_raw_html(text: str | None, html: str) -> None:
    assert display.markdown(text) == html


def test_the_nine_categories_stand_in_the_order_of_the_concept_note(app: Flask) -> None:
    with app.test_request_context():
        assert list(display.categories()) == [
            "states",
            "local_and_regional_governments",
            "human_rights_institutions",
            "city_networks",
            "international_organizations",
            "academia",
            "united_nations_entities",
            "non_governmental_organizations",
            "other_stakeholders",
        ]


def test_countries_have_their_united_nations_names_in_the_pages_language(app: Flask) -> None:
    with app.test_request_context():
        assert display.country("TR") == "Türkiye"
        assert display.country(None) == ""
        names = [name for _, name in display.country_choices()]
        assert len(names) == 249
        assert "Viet Nam" in names
        assert names[0] == "Afghanistan"
        assert names.index("Costa Rica") < names.index("Côte d'Ivoire") < names.index("Croatia")
