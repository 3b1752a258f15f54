# ruff: noqa: E501  -- tables of cases, one on a line
"""Times, days, zones, places and people in the forms in which notes write them."""

import datetime as dt
import time

import pytest

from meetings.floor.rules import CAP_MS
from meetings.reading.rules import from_text, read
from meetings.reading.rules.clock import leading, stretches
from meetings.reading.rules.days import days
from meetings.reading.rules.drafts import CAP_MINUTES
from meetings.reading.rules.people import lone_person, person_in, title_and_people
from meetings.reading.rules.places import Place, place_in
from meetings.reading.rules.result import Doubt, Person
from meetings.reading.rules.zones import stated, zone_for
from tests.reading.test_notes import doubts, line, reading


def hours(text: str) -> list[str]:
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" if each.end else f"{each.start:%H:%M}" for each in stretches(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:30 – 10:00", "09:30-10:00"),
        ("9:30-10:00", "09:30-10:00"),
        ("10:45 – 12h45", "10:45-12:45"),
        ("14h – 15h30", "14:00-15:30"),
        ("9h-9h30", "09:00-09:30"),
        ("9.30–10.00", "09:30-10:00"),
        ("10 a.m.–1 p.m.", "10:00-13:00"),
        ("10–11 a.m.", "10:00-11:00"),
        ("11–1 p.m.", "11:00-13:00"),
        ("9:30 am to noon", "09:30-12:00"),
        ("12 p.m. - 1 p.m.", "12:00-13:00"),
        ("14 h 30 – 16 h", "14:30-16:00"),
        ("de 10 h à 13 h", "10:00-13:00"),
        ("de 10:00 a 13:00 hs", "10:00-13:00"),
        ("desde las 9:00 hasta las 10:15", "09:00-10:15"),
        ("between 9:00 and 10:00", "09:00-10:00"),
        ("entre 9 h et 10 h 15", "09:00-10:15"),
        ("0930-1000 hrs", "09:30-10:00"),
        ("10:00 — 10:30", "10:00-10:30"),
    ],
)
def test_stretches_of_time(text: str, found: str) -> None:
    assert hours(text) == [found]
    start = leading(text)
    assert start is not None
    assert start.to == len(text)


@pytest.mark.parametrize(
    ("text", "start"),
    [("9h Accueil", "09:00"), ("12h45 – Lunch", "12:45"), ("9:30: Opening", "09:30"), ("a las 10:00 h", "10:00")],
)
def test_a_start_alone(text: str, start: str) -> None:
    found = leading(text)
    assert found is not None
    assert (f"{found.start:%H:%M}", found.end) == (start, None)


@pytest.mark.parametrize(
    "text",
    ["2019–2025", "resolution 57/12", "24/2 of 26 September", "10–11 cities", "25:00 – 26:00", "A/HRC/56/32", "1.5 million",
     "10, 100, 1000 cities", "3-4 local governments", "2030"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert hours(text) == []
    assert leading(text) is None


def test_two_stretches_on_a_line_are_the_hours_of_the_meeting() -> None:
    assert hours("10:00 - 13:00 and 15:00 - 18:00 CEST") == ["10:00-13:00", "15:00-18:00"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Tuesday 22 July 2025", "2025-07-22", "2025-07-22"),
        ("Tuesday, July 22, 2025", "2025-07-22", "2025-07-22"),
        ("July 22–23, 2025", "2025-07-22", "2025-07-23"),
        ("22nd of July 2025", "2025-07-22", "2025-07-22"),
        ("17–18 June 2019", "2019-06-17", "2019-06-18"),
        ("30 June – 2 July 2025", "2025-06-30", "2025-07-02"),
        ("Monday 30 June 2025 – Wednesday 2 July 2025", "2025-06-30", "2025-07-02"),
        ("mardi 22 juillet 2025", "2025-07-22", "2025-07-22"),
        ("du 17 au 18 juin 2019", "2019-06-17", "2019-06-18"),
        ("1er juin 2026", "2026-06-01", "2026-06-01"),
        ("22 de julio de 2025", "2025-07-22", "2025-07-22"),
        ("jueves 4 y viernes 5 de junio de 2026", "2026-06-04", "2026-06-05"),
        ("2025-07-22", "2025-07-22", "2025-07-22"),
        ("22/07/2025", "2025-07-22", "2025-07-22"),
        ("22.07.2025", "2025-07-22", "2025-07-22"),
        ("07/22/2025", "2025-07-22", "2025-07-22"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    (found,) = days(text)
    assert (str(found.first), str(found.last), found.doubtful) == (first, last, False)


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert days("31 June 2025, 99/99/2025, 22 July") == []
    assert [str(each.first) for each in days("22 July", 2025)] == ["2025-07-22"]


@pytest.mark.parametrize(
    ("text", "city", "country", "zone", "certain", "fits"),
    [
        ("CEST", "Geneva", "", "Europe/Zurich", True, True),
        ("CET", "Geneva", "", "Europe/Zurich", True, False),
        ("CEST", "", "", "Europe/Zurich", False, True),
        ("heure de Genève", "", "", "Europe/Zurich", True, True),
        ("hora de Ginebra", "", "", "Europe/Zurich", True, True),
        ("New York time", "", "", "America/New_York", True, True),
        ("Europe/Madrid", "Geneva", "", "Europe/Madrid", True, True),
        ("NZST (UTC+12)", "Auckland", "", "Pacific/Auckland", True, True),
        ("", "", "KR", "Asia/Seoul", True, True),
        ("KST", "", "", "Asia/Seoul", False, True),
        ("UTC", "", "", "Etc/UTC", True, True),
        ("UTC+3", "", "", "Etc/GMT-3", False, True),
        ("GMT", "London", "", "Europe/London", True, False),
        ("EST", "", "", "America/New_York", False, False),
    ],
)
def test_zones_on_a_day_in_july(text: str, city: str, country: str, zone: str, certain: bool, fits: bool) -> None:
    found = zone_for(stated(text), city=city, country=country, day=dt.date(2025, 7, 22))
    assert found is not None
    assert (found.name, found.certain, found.fits) == (zone, certain, fits)


@pytest.mark.parametrize("text", ["", "IST", "CST", "UTC+5:30", "Room TBC", "Timetable"])
def test_what_tells_no_zone(text: str) -> None:
    assert zone_for(stated(text), city="", country="US", day=dt.date(2025, 7, 22)) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Room XXIV, Palais des Nations, Geneva, Switzerland",
            Place("Palais des Nations", "Room XXIV", "Geneva", "CH", "in_person"),
        ),
        ("Salle XX, Palais des Nations, Genève", Place("Palais des Nations", "Salle XX", "Genève", "", "in_person")),
        ("Sala 3, Centro de Convenciones, Barcelona (España)", Place("Centro de Convenciones", "Sala 3", "Barcelona", "ES", "in_person")),
        ("Gwangju, Republic of Korea", Place("", "", "Gwangju", "KR", "in_person")),
        ("Online (MS Teams)", Place(mode="online")),
        ("En ligne (Zoom)", Place(mode="online")),
        ("En línea", Place(mode="online")),
        ("Geneva and online", Place(city="Geneva", mode="hybrid")),
        ("Room 1, Geneva, Switzerland, and online", Place("", "Room 1", "Geneva", "CH", "hybrid")),
        ("Hybrid", Place(mode="hybrid")),
    ],
)  # fmt: skip
def test_places(text: str, place: Place) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    "text",
    ["Addressing economic and social inequalities at local level", "Human rights, cities and water", "Format:",
     "kept for statements from the floor in each session, consisting of", "Who sits in a town hall, and why?"],
)  # fmt: skip
def test_what_is_no_place(text: str) -> None:
    assert place_in(text) is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ms. Jane Roe, Mayor of Utrecht", Person("", "Ms.", "Jane", "Roe", "Mayor of Utrecht")),
        ("Mr. John van der Berg – Director, City of Sampleton", Person("", "Mr.", "John", "van der Berg", "Director", "", "City of Sampleton")),
        ("Mme Awa EXEMPLE, adjointe au maire, Ville d'exemple, Sénégal", Person("", "Mme", "Awa", "EXEMPLE", "adjointe au maire", "", "Ville d'exemple", "Sénégal")),
        ("H.E. Mr. Seong Demo, Permanent Representative, Mission of Demo", Person("", "H.E. Mr.", "Seong", "Demo", "Permanent Representative", "", "Mission of Demo")),
        ("Dra. Ana Prueba", Person("", "Dra.", "Ana", "Prueba")),
        ("Ben Sample, Chief of Section, Housing Division, OHCHR", Person("", "", "Ben", "Sample", "Chief of Section", "Housing Division", "OHCHR")),
    ],
)  # fmt: skip
def test_people(text: str, person: Person) -> None:
    assert person_in(text, "") == person


@pytest.mark.parametrize(
    "text",
    [
        "Housing, water and rights",
        "City of Utrecht",
        "Local Governments, cities",
        "an independent expert",
        "Human Rights",
    ],
)
def test_who_is_nobody(text: str) -> None:
    assert person_in(text, "") is None


def test_a_function_or_a_body_stands_for_somebody_below_speakers() -> None:
    assert lone_person("Mayor of Vienna", "panellist") == Person("panellist", function="Mayor of Vienna")
    assert lone_person("City of Utrecht", "panellist") == Person("panellist", organisation="City of Utrecht")


def test_nobody_is_made_of_somebody_unknown() -> None:
    title = "Keynote speeches by an independent expert"
    assert title_and_people(title, "keynote", ()) == (title, ())


def test_the_cap_of_a_floor_is_the_floors() -> None:
    assert CAP_MINUTES * 60_000 == CAP_MS


HEAD = "Rights in the city\n4 June 2026, Geneva\n\nProgramme\n\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (  # the times of a left column, then the titles of a right one
            "10:00 – 10:30\n10:30 – 11:30\n11:30 – 11:45\n\nOpening\nPanel 1: Housing for all\nWho pays for it, and who does not.\nCoffee break\n",
            [
                ("10:00", "10:30", "opening", "", "Opening"),
                ("10:30", "11:30", "panel", "Panel 1", "Housing for all"),
                ("11:30", "11:45", "break", "", "Coffee break"),
            ],
        ),
        (
            "Opening\nHousing for all\n\n10:00 – 10:30\n10:30 – 11:30\n",
            [("10:00", "10:30", "opening", "", "Opening"), ("10:30", "11:30", "other", "", "Housing for all")],
        ),
        (  # a narrow column that parted the times
            "10:00 –   Welcome and\n10:30     opening remarks\n10:30 –   Keynote\n11:00\n",
            [
                ("10:00", "10:30", "opening", "", "Welcome and opening remarks"),
                ("10:30", "11:00", "keynote", "", "Keynote"),
            ],
        ),
        (
            "Session 1: Housing\n10:00 – 11:30\n\nSession 2: Water\n11:30 – 13:00\n",
            [("10:00", "11:30", "dialogue", "Session 1", "Housing"), ("11:30", "13:00", "dialogue", "Session 2", "Water")],
        ),
        (
            "| Time | Session |\n|---|---|\n| 10:00–10:30 | **Opening** |\n| 10:30–12:00 | Panel 1: Housing |\n",
            [("10:00", "10:30", "opening", "", "Opening"), ("10:30", "12:00", "panel", "Panel 1", "Housing")],
        ),
        (
            "• 10:00\u202f–\u202f10:30 :\u00a0Opening\n• 10:30–11:00: Hou\u00adsing: a dialogue\n",
            [("10:00", "10:30", "opening", "", "Opening"), ("10:30", "11:00", "dialogue", "", "Housing: a dialogue")],
        ),
    ],
)  # fmt: skip
def test_programmes_in_columns_tables_and_lists(text: str, found: list[tuple[str, ...]]) -> None:
    result = reading(HEAD + text)
    assert [line(each) for each in result.sessions] == found
    assert result.not_understood == ()


def test_a_programme_of_starts_takes_its_ends_from_what_follows() -> None:
    found = reading(HEAD + "9h Opening\n9h30 Panel 1: Housing\n12h Lunch\n")
    assert [line(each)[:2] for each in found.sessions] == [("09:00", "09:30"), ("09:30", "12:00"), ("12:00", "")]
    assert [doubt for _, doubt in doubts(found)] == [Doubt.NO_ZONE, Doubt.END_TAKEN, Doubt.END_TAKEN]


def test_days_over_the_sessions() -> None:
    found = reading(
        "Forum\n9–11 September 2026\nGwangju\nProgramme\nDay 1 (9 September)\n09:00-10:00 Opening\n"
        "Day 2\n09:00-10:00 Panel A: Water\nFriday 11 September 2026\n9:00-9:30 Closing\n"
    )
    assert [each.day and each.day.day for each in found.sessions] == [9, 10, 11]
    assert (found.head.last_day, found.head.zone) == (dt.date(2026, 9, 11), "Asia/Seoul")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title\nMonday 22 July 2025, Geneva\n10:00-11:00 Opening", [(2, Doubt.WEEKDAY), (2, Doubt.NO_ZONE)]),
        ("A title\n03/07/2025, Geneva\n10:00-11:00 Opening", [(2, Doubt.DAY_OR_MONTH), (2, Doubt.NO_ZONE)]),
        ("A title\n22 July 2025, CEST\nGeneva\n11:00-10:00 Opening", [(4, Doubt.BACKWARDS)]),
        ("A title\n22 July 2025, CET\nGeneva\n10:00-11:00 Opening", [(2, Doubt.ZONE_CONTRADICTS)]),
        ("A title\n22 July 2025\n10:00-11:00 Opening", [(2, Doubt.ZONE_GUESSED)]),
        ("A title\nGeneva\n10:00-11:00 Opening", [(0, Doubt.NO_ZONE), (0, Doubt.NO_DATE)]),
        (
            "A title\n22 July 2025, CEST\nGeneva\nProgramme\n23 July 2025\n10:00-11:00 Opening",
            [(5, Doubt.OTHER_DAY)],
        ),
        (
            "A title\n22 July 2025, CEST\nGeneva\nFormat: In each session 90 minutes are for interventions from the floor.\n10:00-13:00 Panel 1: Water",
            [(5, Doubt.TOO_LONG)],
        ),
    ],
)  # fmt: skip
def test_contradictions_are_remarks_at_their_lines(text: str, expected: list[tuple[int, Doubt]]) -> None:
    found = reading(text)
    assert sorted(doubts(found)) == sorted(expected)
    assert len(found.sessions) == 1


def test_the_questions_of_a_session_are_grouped_under_it() -> None:
    found = reading(
        HEAD + "10:00-11:00 Session 1: Water\nGuiding questions:\n- Who pays?\n- Who decides?\n"
        "11:00-12:00 Session 2: Land\nGuiding questions:\n- Whose is it?\n"
    )
    assert found.questions[0].theme == "Session 1: Water"
    assert found.questions[0].questions == ("Who pays?", "Who decides?")
    assert len(found.sessions) == 2


def test_speakers_below_their_session() -> None:
    found = reading(
        HEAD
        + "10:15 - 11:45 Panel Discussion: Housing\n   Moderator: Dr. Ann Sample (City of Sampleton)\n   Speakers:\n"
        "     - Hon. Bob Example, Mayor of Exampleville\n     - Carla Model, Executive Director, Network of Model Cities\n"
        "11:45 - 12:00 Break\n"
    )
    assert [(each.role, each.family, each.function, each.organisation) for each in found.sessions[0].people] == [
        ("moderator", "Sample", "", "City of Sampleton"),
        ("panellist", "Example", "Mayor of Exampleville", ""),
        ("panellist", "Model", "Executive Director", "Network of Model Cities"),
    ]
    assert found.sessions[0].description == ""


@pytest.mark.parametrize(
    "text",
    [
        "word " * 60_000,
        "\n".join(["a b, c - d 10:00 e: 24/2 of A/HRC/1 http://x.y/z"] * 6_000),
        "\n".join(["10:00"] * 6_000),
        "Programme\n" + "\n".join(["Session 1: x"] * 6_000),
        "\n".join(f"https://x.y/guidance-framework-for-cities-{number}" for number in range(5_000)),
        "10:00 - 11:00 Opening by " + "Aa Bb, " * 3_000,
        "*a " * 60_000,
        "[" * 300_000,
    ],
    ids=["a line", "paragraphs", "times", "labels", "links", "names", "emphasis", "brackets"],
)
def test_no_text_keeps_the_reader_busy(text: str) -> None:
    """What the page takes at most; nothing of it grows with its square."""
    started = time.process_time()
    found = read(from_text(text))
    assert time.process_time() - started < 8
    assert found.used or found.not_understood
