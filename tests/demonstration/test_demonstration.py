"""The demonstration meetings are the real dialogues as their documents have them, and one marked as invented."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from exports.categories import Category
from exports.meeting_file import MeetingFile, read, write
from exports.meeting_file_types import Person, Session

FOLDER = Path(__file__).parents[2] / "demonstration"
PATHS = {path.stem: path for path in FOLDER.glob("*.yaml")}
# The word in every language that a participant's name is written in.
MARKS = ("demonstration", "démonstration", "demostración", "demonstração", "демонстрация", "演示", "시연", "عرض تجريبي")
SCRIPTS = {
    "Arabic": "\u0600-\u06ff",
    "Cyrillic": "а-я",
    "Chinese": "一-鿿",
    "Korean": "가-힣",
    "diacritics": "àéñøđłșűž",
}


def meeting(name: str) -> MeetingFile:
    return read(PATHS[name].read_text(encoding="utf-8"), PATHS[name].name)


def session(file: MeetingFile, key: str) -> Session:
    return next(session for session in file.sessions if session.id == key)


@pytest.mark.parametrize("name", PATHS)
def test_every_file_is_read_and_stands_in_the_form_in_which_it_is_written(name: str) -> None:
    text = PATHS[name].read_text(encoding="utf-8")
    assert write(read(text, name)) == text


def test_the_dialogues_are_all_there() -> None:
    days = {name: meeting(name).meeting.dates.start for name in PATHS}
    real = {name: str(day) for name, day in days.items() if name != "in-progress"}
    assert sorted(real) == ["2019-06-17", "2023-08-28", "2025-07-21", "2025-07-22", "2025-07-23", "2025-11-26"]
    assert all(day == name for name, day in real.items())


@pytest.mark.parametrize(
    ("name", "times"),
    [
        (
            "2019-06-17",
            "09:00-09:30 09:30-10:00 10:00-10:30 10:30-10:45 10:45-12:45 12:45-14:00 14:00-15:30 15:30-15:45",
        ),
        (
            "2025-07-22",
            "10:00-10:30 10:30-11:00 11:00-13:00 13:00-13:15 13:15-15:00 15:00-16:30 16:30-17:45 17:45-18:00",
        ),
        ("2025-11-26", "09:00-09:20 09:20-11:00 15:00-16:45 16:45-17:00"),
        ("2023-08-28", ""),
    ],
)
def test_sessions_have_the_times_of_the_document(name: str, times: str) -> None:
    found = [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in meeting(name).sessions if each.start and each.end]
    assert " ".join(found) == times


def test_each_group_of_2019_has_a_floor_of_its_own() -> None:
    blocs = [each for each in meeting("2019-06-17").sessions if each.part_of == "thematic"]
    assert [(bloc.presentations_minutes, bloc.floor and bloc.floor.cap_minutes) for bloc in blocs] == [(30, 15)] * 3


def test_the_panels_of_2025_have_45_minutes_for_the_floor() -> None:
    file = meeting("2025-11-26")
    assert [each.floor and each.floor.cap_minutes for each in file.sessions] == [None, 45, 45, None]
    assert [f"{each.start:%H}-{each.end:%H}" for each in file.sittings] == ["09-11", "15-17"]


def test_the_speakers_of_2023_and_their_countries() -> None:
    file = meeting("2023-08-28")
    people = {person.id: person for person in file.people}
    bodies = {body.id: body for body in file.organisations}
    panel = [people[role.person] for role in session(file, "session-1").roles if role.role == "panellist"]
    shown = {bodies[p.organisation].country for p in panel if p.organisation and bodies[p.organisation].show_country}
    assert (len(panel), shown) == (5, {"CO", "GH", "KR", "UY"})
    assert not bodies["nyc_commission"].show_country
    assert not bodies["italy_committee"].show_country
    assert [person.id for person in file.people if person.former] == ["kothari"]
    assert [person.id for person in file.people if person.indefinite] == ["bova", "upreti"]
    assert people["kamuf_ward"].report_surname == "Kamuf Ward"


def test_everybody_who_spoke_in_2023_has_points() -> None:
    file = meeting("2023-08-28")
    spoke = {(each.id, role.person) for each in file.sessions for role in each.roles if role.role != "moderator"}
    heard = {(entry.session, entry.organisation) for entry in file.floor}
    assert spoke <= {(point.session, point.person) for point in file.points}
    assert heard <= {(point.session, point.organisation) for point in file.points}
    assert len(heard) == 9


def test_the_report_of_2023_has_the_shape_of_the_published_one() -> None:
    file = meeting("2023-08-28")
    assert file.report is not None
    assert (file.report.symbol, file.report.council_session.number) == ("A/HRC/56/32", 56)
    assert len(file.report.conclusions) == 4
    assert [len(each.items) for each in file.report.recommendations] == [5, 7, 6, 0, 0]
    assert len(file.submissions) == 28
    themes = [theme for point in file.points if point.submission for theme in point.themes[:1]]
    assert set(themes) == {"Challenges", "Capacity-building", "Engagement with United Nations human rights mechanisms"}


# The meeting in progress -----------------------------------------------------------------------------------------


def name_of(person: Person) -> str:
    return f"{person.given or ''} {person.family or ''}"


def test_everything_invented_is_marked() -> None:
    file = meeting("in-progress")
    assert "Demonstration" in file.meeting.title
    assert [name_of(person) for person in file.people if not any(mark in name_of(person) for mark in MARKS)] == []
    assert [body.name for body in file.organisations if "emonstra" not in body.name.lower()] == []
    assert all(person.email and person.email.endswith("@example.org") for person in file.people)


def test_it_has_people_of_all_categories_and_scripts() -> None:
    file = meeting("in-progress")
    category = {body.id: body.category for body in file.organisations}
    assert {category[person.organisation] for person in file.people if person.organisation} == set(get_args(Category))
    letters = {letter for person in file.people for letter in name_of(person).lower()}
    for script, span in SCRIPTS.items():
        wanted = set(span) if "-" not in span else {chr(code) for code in range(ord(span[0]), ord(span[-1]) + 1)}
        assert letters & wanted, script
    assert max(len(name_of(person)) for person in file.people) > 60
    assert any(person.given is None for person in file.people)
    assert any(person.name_order == "family_given" for person in file.people)
    assert sum(person.protected for person in file.people) == 1


def test_its_floor_and_registrations_can_be_tried_at_once() -> None:
    file = meeting("in-progress")
    statuses = Counter(registration.status for registration in file.registrations)
    assert 35 <= len(file.registrations) <= 45
    assert statuses["confirmed"] > 30
    assert statuses["pending"] > 1
    assert {registration.attendance for registration in file.registrations} == {"online", "in_person"}
    assert any(registration.accessibility for registration in file.registrations)
    confirmed = {registration.person for registration in file.registrations if registration.status == "confirmed"}
    waiting = [(entry.session, entry.person) for entry in file.floor if entry.status == "requested"]
    assert {person for _, person in waiting} <= confirmed
    assert Counter(key for key, _ in waiting) == {"session-1": 19, "session-2": 3}
    roles = {role.role for each in file.sessions for role in each.roles}
    assert {"chair", "moderator", "panellist"} <= roles
    assert {role.person for each in file.sessions for role in each.roles} <= confirmed


def test_its_first_session_has_been_heard_and_has_figures_to_show() -> None:
    file = meeting("in-progress")
    people = {person.id: person for person in file.people}
    category = {body.id: body.category for body in file.organisations}
    entries = [entry for entry in file.floor if entry.session == "preparatory"]
    heard = [entry for entry in entries if entry.spoken_seconds]
    assert Counter(entry.status for entry in entries) == {"spoken": 8, "absent": 1, "declined": 1, "not_reached": 1}
    assert len({category[entry.organisation] for entry in heard if entry.organisation}) == 8
    assert {people[entry.person].gender for entry in heard if entry.person} == {"woman", "man", None}
    floor = session(file, "preparatory").floor
    assert floor is not None
    left = floor.cap_minutes * 60 - sum(entry.spoken_seconds or 0 for entry in heard)
    assert 0 <= left < floor.minimum_seconds, "nobody else could be given the floor"
    assert [bool(entry.reason) for entry in entries if entry.status == "declined"] == [True]
    assert [entry.statement and entry.statement.for_record for entry in entries if entry.status == "not_reached"] == [
        True
    ]


def test_its_floor_shows_all_that_a_request_can_say() -> None:
    file = meeting("in-progress")
    assert Counter(entry.real_capacity for entry in file.floor) == {"organisation": 28, "joint": 3, "national": 2}
    assert sum(entry.dignitary for entry in file.floor) == 2
    assert all("emonstration" in entry.substitute for entry in file.floor if entry.substitute)
    assert sum(bool(entry.substitute) for entry in file.floor) == 2
    assert any(entry.seat for entry in file.floor)
    statements = [entry.statement.text for entry in file.floor if entry.statement]
    assert [text for text in statements if not any(mark in text.lower() for mark in (*MARKS, "демонстрационн"))] == []
    letters = {letter for text in statements for letter in text.lower()}
    assert all(letters & set(script) for script in ("عرض", "демо", "演示", "시연", "éà", "áó"))
    protected = {person.id for person in file.people if person.protected}
    assert [entry.session for entry in file.floor if entry.person in protected] == ["session-1"]


def test_those_who_wait_do_not_all_fit_so_the_forecast_has_something_to_say() -> None:
    file = meeting("in-progress")
    floor = session(file, "session-1").floor
    assert floor is not None
    waiting = sum(entry.session == "session-1" for entry in file.floor)
    shortest = min(floor.limit_seconds, *floor.limits_seconds.values())
    assert waiting * shortest > floor.cap_minutes * 60 >= waiting * 120
    planned = session(file, "session-2").floor
    assert planned is not None
    assert (planned.policy, planned.priority, bool(planned.quotas)) == ("quotas", True, True)
    assert planned.asking_opens is not None
    assert planned.asking_closes is not None
