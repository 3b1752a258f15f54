"""Meeting files are read strictly: every mistake is told at once, at its path, in plain words with the cure."""

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
import yaml
from sqlalchemy import CheckConstraint, ColumnDefault

from exports import meeting_file_floor as parts
from exports import meeting_file_yaml
from exports.meeting_file import MeetingFileError, read, write
from exports.meeting_file_floor import CAP_MINUTES, WARNING_SECONDS, Capacity, Delivery, Policy
from meetings.floor.rules import CAP_MS
from meetings.models.floor import Floor, FloorRequest, Statement
from tests.exports.meeting_file_mistakes import BASE, MISTAKES, NOT_YAML

MINIMAL = """
format: rostrum-meeting/1
meeting: {slug: m, title: M, mode: online, timezone: Europe/Zurich}
"""


def problems(text: str, name: str = "meeting.yaml") -> list[str]:
    with pytest.raises(MeetingFileError) as caught:
        read(text, name)
    return [str(problem) for problem in caught.value.problems]


def test_the_base_of_the_cases_below_has_no_mistake() -> None:
    file = read(BASE, "meeting.yaml")
    assert file.floor[0].spoken_seconds == Decimal("130.5")


@pytest.mark.parametrize(("good", "bad", "message"), MISTAKES, ids=[message for _, _, message in MISTAKES])
def test_a_mistake_is_told_at_its_path_with_its_cure(good: str, bad: str, message: str) -> None:
    assert BASE.count(good) == 1, "the case must change one place"
    assert problems(BASE.replace(good, bad)) == [message]


def test_a_file_knows_the_same_cap_and_warning_as_the_floor() -> None:
    warning = Floor.metadata.tables["floor"].c.warning_ms.default
    assert isinstance(warning, ColumnDefault)
    assert (CAP_MS, warning.arg) == (CAP_MINUTES * 60_000, WARNING_SECONDS * 1000)


def test_a_file_knows_the_same_words_as_what_is_stored() -> None:
    """What a database would refuse is no word of a file, and the other way round."""
    stored = {
        str(check.name): re.findall(r"'(\w+)'", str(check.sqltext))
        for table in (Floor, FloorRequest, Statement)
        for check in table.metadata.tables[table.__tablename__].constraints
        if isinstance(check, CheckConstraint)
    }
    assert stored["ck_floor_policy"] == list(get_args(Policy))
    assert stored["ck_floor_request_capacity"] == list(get_args(Capacity))
    assert stored["ck_statement_delivery"] == list(get_args(Delivery))


def test_mistakes_of_all_kinds_are_told_together_in_the_order_of_the_file() -> None:
    text = BASE
    for good, bad, _ in (
        (good, bad, message)
        for good, bad, message in MISTAKES
        if message.startswith(
            ("meeting.mode", "people[1].email", "sittings[0].end: 09", "sessions[1].kind", "points[1]:")
        )
    ):
        text = text.replace(good, bad)
    text = text.replace("cap_minutes: 4,", "cap_minutes: 46, capp: 1,").replace(
        "person: lee, consent", "person: le, consent"
    )
    assert [problem.partition(":")[0] for problem in problems(text)] == [
        "meeting.mode",
        "people[1].email",
        "sittings[0].end",
        "sessions[0].floor.cap_minutes",
        "sessions[0].floor.capp",
        "sessions[1].kind",
        "registrations[0].person",
        "points[1]",
    ]


def test_one_mistake_in_a_row_hides_no_other_in_it() -> None:
    text = BASE.replace('start: "09:00", end: "10:00", sitting: morning', 'start: "11:00", end: "10:00", seating: x')
    assert problems(text) == [
        "sessions[0].seating: is not a key of a meeting file; did you mean sitting?",
        "sessions[0].end: 10:00 is before the start, 11:00",
    ]


# The text of the file --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "message"), NOT_YAML, ids=[message for _, message in NOT_YAML])
@pytest.mark.parametrize("loader", [yaml.SafeLoader, meeting_file_yaml._Loader], ids=["pure", "fast"])
def test_what_is_not_a_meeting_file_at_all_is_told_in_a_line(
    text: str, message: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting_file_yaml, "_Loader", loader)
    assert problems(text) == [message]


def test_aliases_that_grow_are_refused_before_they_do() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{chr(ord(n) - 1)}, *{chr(ord(n) - 1)}]\n" for n in "bcdefghijklmnop"
    )
    assert problems(bomb) == ["line 1: anchors (&) and aliases (*) are not accepted: write the value out"]


def test_tags_make_no_python_objects() -> None:
    assert problems(MINIMAL + "points: !!python/object/apply:os.system [ls]") == [
        "points: the tag python/object/apply:os.system is not accepted: leave it away"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n}', "line 2: this is not JSON (Expecting property name enclosed in double quotes)"),
        ("[" * 100_000, "this is nested too deeply for a meeting file, or has too long a number"),
    ],
)
def test_what_is_not_json_is_told_in_a_line(text: str, message: str) -> None:
    [problem] = problems(text, "meeting.json")
    assert problem.startswith(message.split(" (", maxsplit=1)[0])


def test_a_key_given_twice_is_found_in_json_too() -> None:
    text = json.dumps({"format": "rostrum-meeting/1"})[:-1] + ', "format": "rostrum-meeting/1"}'
    assert 'the key "format" stands twice in one group' in problems(text, "meeting.json")


def test_json_is_read_as_yaml_is() -> None:
    data = {
        "format": "rostrum-meeting/1",
        "meeting": {
            "slug": "m",
            "title": "M 😀",
            "mode": "online",
            "timezone": "Asia/Tokyo",
            "dates": {"start": "2026-05-01"},
        },
        "sessions": [{"id": "s", "kind": "panel", "title": "P", "floor": {}}],
        "floor": [{"session": "s", "status": "spoken", "granted_seconds": 120, "spoken_seconds": 118.25}],
    }
    file = read(json.dumps(data), "meeting.json")
    assert file.meeting.title == "M 😀"
    assert file.meeting.dates.start == dt.date(2026, 5, 1)
    assert file.floor[0].spoken_seconds == Decimal("118.25")
    assert read(write(file), "meeting.yaml") == file


# What may be left away -------------------------------------------------------------------------------------------


def test_only_the_essential_is_needed() -> None:
    file = read(MINIMAL + "sessions: [{kind: panel, title: P}]", "m.yaml")
    assert file.sessions[0].id == "session-1"
    assert file.sessions[0].floor is None
    assert file.meeting.dates.start is None


def test_null_and_blank_count_as_absent() -> None:
    keys = "subtitle: , place: null, languages: null, mandate: null, dates: null, background: '  ', contact: ''"
    text = (
        MINIMAL.replace("}", f", {keys}}}")
        + "people: null\nreport: null\nsessions:\n  - {kind: panel, title: P, floor: {cap_minutes: null}}"
    )
    plain = MINIMAL + "sessions: [{kind: panel, title: P, floor: {}}]"
    assert read(text, "m.yaml") == read(plain, "m.yaml")


def test_ids_that_nothing_refers_to_are_made_and_clash_with_none() -> None:
    file = read(MINIMAL + "organisations: [{name: A}, {id: organisation-1, name: B}, {name: C}]", "m.yaml")
    assert [organisation.id for organisation in file.organisations] == [
        "organisation-2",
        "organisation-1",
        "organisation-3",
    ]


@pytest.mark.parametrize(
    ("mode", "attendance"), [("online", "online"), ("in_person", "in_person"), ("hybrid", "in_person")]
)
def test_attendance_follows_the_mode_where_it_is_not_said(mode: str, attendance: str) -> None:
    text = MINIMAL.replace("mode: online", f"mode: {mode}") + "people: [{id: a}]\nregistrations: [{person: a}]"
    [registration] = read(text, "m.yaml").registrations
    assert (registration.attendance, registration.status, registration.consent.listed) == (attendance, "pending", False)


def test_what_has_only_an_acronym_or_a_symbol_is_called_by_it() -> None:
    text = MINIMAL.replace("}", ", documents: [{symbol: A/HRC/56/32}]}") + "organisations: [{id: o, acronym: UCLG}]"
    file = read(text, "m.yaml")
    assert (file.organisations[0].name, file.meeting.documents[0].title) == ("UCLG", "A/HRC/56/32")


def test_a_windows_file_with_a_byte_order_mark_is_read() -> None:
    assert read("\ufeff" + BASE.replace("\n", "\r\n"), "m.yaml") == read(BASE, "m.yaml")


# Writing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["NO", "y", "10:30", "2025-11-26", "57", "1e3", "0o17", "~", "null", "true", "1_000", ".5"]
)
def test_what_other_readers_would_take_for_something_else_is_quoted(text: str) -> None:
    written = write(read(MINIMAL.replace("title: M", f'title: "{text}"'), "m.yaml"))
    assert f'  title: "{text}"\n' in written


def test_a_text_of_several_paragraphs_is_written_as_one_can_read_it() -> None:
    text = "First line\nsecond line\n\nsecond paragraph: with a colon"
    file = read(MINIMAL.replace("}", f", background: {json.dumps(text)}}}"), "m.yaml")
    assert file.meeting.background == text
    assert "  background: |-\n    First line\n    second line\n\n    second paragraph: with a colon\n" in write(file)


def test_an_instant_is_written_in_the_zone_of_the_meeting() -> None:
    text = MINIMAL + (
        "sessions: [{id: s, kind: panel, title: P, floor: {}}]\n"
        "floor: [{session: s, requested_at: 2025-07-01T08:00:00Z}, {session: s, requested_at: 2025-12-01T08:00:00.25Z}]"
    )
    written = write(read(text, "m.yaml"))
    assert "requested_at: 2025-07-01T10:00:00+02:00\n" in written
    assert "requested_at: 2025-12-01T09:00:00.250+01:00\n" in written


def test_every_part_is_written_in_the_order_of_the_format() -> None:
    parts = re.findall(r"^(\w+):", write(read(MINIMAL, "m.yaml")), re.MULTILINE)
    expected = "format meeting organisations people sittings sessions registrations floor points submissions report"
    assert parts == expected.split()


def test_the_documentation_shows_a_file_that_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "meeting-file.md").read_text(encoding="utf-8")
    [whole, entry] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    file = read(f"{whole}floor:\n{entry}", "meeting-file.md")
    assert file.meeting.slug == "online-2025-11"
    assert file.floor[0].statement is not None


@pytest.mark.parametrize("bad", ["a/b", "new", ".", ".."])
def test_an_id_that_no_page_could_be_called_by_is_refused(bad: str) -> None:
    assert problems(BASE.replace("id: morning", f'id: "{bad}"').replace("sitting: morning", f'sitting: "{bad}"')) == [
        f"{path}: {bad} cannot stand in the address of a page; choose another id, as session-1"
        for path in ("sittings[0].id", "sessions[0].sitting")
    ]


def test_the_documentation_names_every_key_of_the_floor() -> None:
    page = (Path(__file__).parents[2] / "docs" / "meeting-file.md").read_text(encoding="utf-8")
    keys = {*parts.Floor.model_fields, *parts.FloorEntry.spared, *parts.Statement.model_fields}
    assert [key for key in sorted(keys) if f"`{key}" not in page] == []
