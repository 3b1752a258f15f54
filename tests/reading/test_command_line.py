"""`rostrum programme read`: prints a meeting file that can be imported as it is; tells the rest on standard error."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from exports import meeting_file
from meetings import cli
from meetings.database import db
from tests.reading import notes

Read = Callable[[str], Result]


@pytest.fixture
def rostrum(app: Flask) -> Callable[..., Result]:
    def run(*arguments: str) -> Result:
        db.session.rollback()
        result = CliRunner().invoke(cli.rostrum, arguments, obj=ScriptInfo(create_app=lambda: app))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def read(rostrum: Callable[..., Result], tmp_path: Path) -> Read:
    def run(text: str) -> Result:
        file = tmp_path / "note.txt"
        file.write_text(text, encoding="utf-8")
        return rostrum("programme", "read", str(file))

    return run


@pytest.mark.parametrize("text", [notes.JULY, notes.NOVEMBER, notes.JUNE, notes.FRENCH, notes.SPANISH])
def test_what_is_printed_is_imported_and_exported_the_same(
    read: Read, rostrum: Callable[..., Result], tmp_path: Path, text: str
) -> None:
    done = read(text)
    assert done.exit_code == 0
    file = tmp_path / "meeting.yaml"
    file.write_text(done.stdout, encoding="utf-8")
    slug = yaml.safe_load(done.stdout)["meeting"]["slug"]
    assert rostrum("meeting", "import", str(file)).stdout == f"{slug}: imported\n"
    assert rostrum("meeting", "export", slug, "yaml").stdout == done.stdout


def test_what_was_not_understood_and_assumed_is_told_line_by_line(read: Read) -> None:
    done = read(
        "Cities meet\nMonday 22 July 2025\nby somebody unknown, for reasons unknown\n\n"
        "10:00 – 9:00 Opening\n11:00 – 12:00 Panel 1: Rent\n"
    )
    assert done.exit_code == 0
    told = done.stderr.splitlines()
    assert told[0].startswith("line 2: “Monday 22 July 2025”: the weekday is not that of the date")
    assert "line 3: not understood: by somebody unknown, for reasons unknown" in told
    assert any(line.startswith("line 5: “10:00 – 09:00”: the end is not after the start") for line in told)
    assert any("UTC is taken" in line for line in told)
    assert "How the meeting is held is not said: in person is taken." in told
    assert told[-1] == "The meeting's address (slug) is made from its title: cities-meet"
    meeting_file.read(done.stdout, "printed")


def test_a_note_of_which_nothing_is_recognised_is_refused(read: Read) -> None:
    done = read("-----\n\n-----\n")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "neither a title nor a session" in done.stderr


def test_a_file_that_cannot_be_read_is_refused(rostrum: Callable[..., Result], tmp_path: Path) -> None:
    missing = rostrum("programme", "read", str(tmp_path / "nowhere.docx"))
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "No such file" in missing.stderr
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    old = rostrum("programme", "read", str(tmp_path / "old.doc"))
    assert (old.exit_code, old.stdout) == (1, "")
    assert "save it as .docx" in old.stderr
    assert rostrum("programme", "read").exit_code == 2


def test_everything_that_was_recognised_stands_in_the_file(read: Read) -> None:
    july, june, november = (
        meeting_file.read(read(text).stdout, "printed") for text in (notes.JULY, notes.JUNE, notes.NOVEMBER)
    )
    meeting = july.meeting
    assert (meeting.place.room, meeting.place.venue, meeting.place.city, meeting.place.country) == (
        "Room XXIV",
        "Palais des Nations",
        "Geneva",
        "CH",
    )
    assert (meeting.mode, meeting.timezone, str(meeting.dates.start)) == ("in_person", "Europe/Zurich", "2025-07-22")
    assert meeting.modalities
    assert meeting.modalities.startswith("Two or three guests")
    assert meeting.background
    assert meeting.background.startswith("Six years after")
    assert len(meeting.objectives) == 3
    assert [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in july.sittings] == ["10:00-13:00", "15:00-18:00"]
    assert [each.label for each in july.sessions if each.label] == ["Dialogue 1", "Dialogue 2", "Dialogue 3"]
    assert next((each.theme, len(each.questions)) for each in june.meeting.guiding_questions)[1] == 2
    parts = [each for each in june.sessions if each.part_of]
    assert [(each.part_of, each.presentations_minutes, each.floor and each.floor.cap_minutes) for each in parts] == [
        ("session-5", 30, 15)
    ] * 3
    people = {each.id: each for each in june.people}
    spoken = [people[role.person] for role in june.sessions[1].roles]
    assert [(each.given, each.family, each.function) for each in spoken] == [
        ("Kate", "Gilmore", "Deputy High Commissioner"),
        (None, None, "co-presidency"),
    ]
    assert [each.name for each in june.organisations] == ["UCLG CSIPDHR"]
    assert len(november.meeting.documents) == 15
    assert all(each.url for each in november.meeting.documents)
