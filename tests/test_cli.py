"""The command line, command by command: what it prints, what it refuses, and with which status it ends."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from exports import meeting_file
from meetings import cli, demonstration
from meetings.accounts import queries
from meetings.database import db, now, transaction
from meetings.models.account import Account, Grant
from meetings.models.meeting import Meeting
from tests import factories
from tests.client import Client

Rostrum = Callable[..., Result]

SMALL = """\
format: rostrum-meeting/1
meeting: {slug: small, title: "Réunion restreinte", timezone: Europe/Zurich, mode: online,
          dates: {start: 2025-11-26, end: 2025-11-26}}
"""


@pytest.fixture
def rostrum(app: Flask) -> Rostrum:
    """Runs a command as the console script does, on the test's database."""

    def run(*arguments: str) -> Result:
        db.session.rollback()
        result = CliRunner().invoke(cli.rostrum, arguments, obj=ScriptInfo(create_app=lambda: app))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A meeting file."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_an_empty_list_prints_nothing_and_hints_on_standard_error(rostrum: Rostrum) -> None:
    done = rostrum("meeting", "list")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "rostrum demo" in done.stderr


def test_the_list_has_a_line_for_each_meeting(rostrum: Rostrum) -> None:
    with transaction():
        factories.meeting(slug="later", title="Rencontre\n annuelle")
        factories.meeting(slug="undated", title="حقوق", start_date=None, end_date=None)
        first = factories.meeting(slug="first", title="First")
        first.start_date = first.start_date and first.start_date.replace(day=25)
    done = rostrum("meeting", "list")
    lines = {"first\t2025-11-25–2025-11-26\tFirst", "later\t2025-11-26\tRencontre annuelle", "undated\tno date\tحقوق"}
    assert set(done.stdout.splitlines()) == lines
    assert (done.exit_code, done.stderr) == (0, "")


def test_the_demonstration_is_loaded_once_with_its_team(rostrum: Rostrum) -> None:
    done = rostrum("demo")
    assert done.exit_code == 0
    slugs = done.stdout.split()
    assert "demonstration" in slugs
    assert len(slugs) == db.session.scalar(sa.select(sa.func.count()).select_from(Meeting))
    team = queries.team("demonstration")
    assert team is not None
    assert {(member.email, member.role) for member in team.members} == {
        (email, role) for role, email in demonstration.TEAM.items()
    }
    again = rostrum("demo")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "there already" in again.stderr


def test_the_demonstration_is_not_loaded_over_data_of_one_s_own(rostrum: Rostrum) -> None:
    with transaction():
        factories.meeting(slug="own")
    done = rostrum("demo")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("rostrum: There is data in this database.")
    assert rostrum("meeting", "list").stdout.startswith("own\t")


def test_a_meeting_file_is_imported_and_imported_again(rostrum: Rostrum, small: Path) -> None:
    done = rostrum("meeting", "import", str(small))
    assert (done.exit_code, done.stdout) == (0, "small: imported\n")
    assert rostrum("meeting", "import", str(small)).stdout == "small: replaced\n"
    assert rostrum("meeting", "list").stdout == "small\t2025-11-26\tRéunion restreinte\n"


def test_of_several_files_the_good_ones_are_imported_and_each_mistake_is_told(
    rostrum: Rostrum, small: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SMALL.replace("small", "wrong").replace("online", "by post") + "people: [{surname: x}]\n")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    missing = tmp_path / "missing.yaml"
    done = rostrum("meeting", "import", str(wrong), str(small), str(binary), str(missing), str(tmp_path))
    assert (done.exit_code, done.stdout) == (1, "small: imported\n")
    said = done.stderr.splitlines()
    assert any(line.startswith(f"{wrong}: meeting.mode: ") for line in said)
    assert any(line.startswith(f"{wrong}: people[0]") for line in said)
    assert f"{binary}: not a text in UTF-8" in said
    assert f"{missing}: No such file or directory" in said
    assert f"{tmp_path}: Is a directory" in said
    assert said[-1] == "rostrum: 4 of 5 not imported"
    assert db.session.scalars(sa.select(Meeting.slug)).all() == ["small"]


def test_the_meeting_file_comes_out_as_it_went_in(rostrum: Rostrum, small: Path, tmp_path: Path) -> None:
    rostrum("meeting", "import", str(small))
    done = rostrum("meeting", "export", "small", "yaml")
    assert done.exit_code == 0
    assert done.stdout == meeting_file.write(meeting_file.read(SMALL, "small.yaml"))
    out = tmp_path / "out.yaml"
    assert rostrum("meeting", "export", "small", "yaml", "-o", str(out)).stdout == ""
    assert out.read_bytes() == done.stdout_bytes


@pytest.mark.parametrize("name", ["concept-note.docx", "programme.docx", "participants.docx", "report.docx"])
def test_word_documents_are_written(rostrum: Rostrum, small: Path, tmp_path: Path, name: str) -> None:
    rostrum("meeting", "import", str(small))
    out = tmp_path / name
    assert rostrum("meeting", "export", "small", name, "-o", str(out)).exit_code == 0
    with zipfile.ZipFile(out) as parts:
        assert "Réunion restreinte" in parts.read("word/document.xml").decode()
    to_standard_output = rostrum("meeting", "export", "small", name)
    assert zipfile.is_zipfile(BytesIO(to_standard_output.stdout_bytes))


def test_the_calendar_is_written(rostrum: Rostrum, small: Path) -> None:
    rostrum("meeting", "import", str(small))
    done = rostrum("meeting", "export", "small", "ics")
    assert done.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("name", ["concept-note.docx", "programme.docx", "participants.docx", "participants.xlsx"])
def test_documents_that_begin_with_a_date_wait_for_one(rostrum: Rostrum, name: str) -> None:
    with transaction():
        factories.meeting(slug="undated", start_date=None, end_date=None)
    done = rostrum("meeting", "export", "undated", name)
    assert (done.exit_code, done.stderr) == (1, "rostrum: undated has no date yet, which its documents begin with\n")


def test_the_speakers_are_written(rostrum: Rostrum, small: Path, tmp_path: Path) -> None:
    rostrum("meeting", "import", str(small))
    out = tmp_path / "speakers.xlsx"
    assert rostrum("meeting", "export", "small", "speakers.xlsx", "-o", str(out)).exit_code == 0
    (heading,) = next(openpyxl.load_workbook(out)["Totals"].iter_rows(max_row=1, max_col=1, values_only=True))
    assert heading == "Réunion restreinte: speakers, all times in Europe/Zurich"


def test_the_participants_are_written_as_a_table(rostrum: Rostrum, small: Path, tmp_path: Path) -> None:
    rostrum("meeting", "import", str(small))
    out = tmp_path / "participants.xlsx"
    assert rostrum("meeting", "export", "small", "participants.xlsx", "-o", str(out)).exit_code == 0
    (heading,) = next(openpyxl.load_workbook(out)["Participants"].iter_rows(max_row=1, max_col=1, values_only=True))
    assert heading == "Provisional list of participants: Réunion restreinte"


@pytest.mark.parametrize("name", ["yaml", "ics", "report.docx", "programme.docx", "speakers.xlsx"])
def test_an_unknown_meeting_is_refused(rostrum: Rostrum, name: str) -> None:
    done = rostrum("meeting", "export", "nowhere", name)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nowhere" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_written_is_named(rostrum: Rostrum, small: Path, tmp_path: Path) -> None:
    rostrum("meeting", "import", str(small))
    done = rostrum("meeting", "export", "small", "yaml", "-o", str(tmp_path / "no" / "folder.yaml"))
    assert done.exit_code == 1
    assert done.stderr == f"rostrum: {tmp_path}/no/folder.yaml: No such file or directory\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["unknown"],
        ["meeting", "import"],
        ["meeting", "export", "small"],
        ["meeting", "export", "small", "pdf"],
        ["grant", "ana@example.org", "owner"],
        ["grant", "ana@example.org"],
        ["sign-in-link"],
        ["demo", "more"],
    ],
)
def test_wrong_usage_ends_with_two(rostrum: Rostrum, arguments: list[str]) -> None:
    done = rostrum(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage:" in done.stderr


def test_a_role_makes_an_account_and_a_link_signs_it_in(rostrum: Rostrum, client: Client) -> None:
    assert rostrum("grant", "Ana@Example.org", "administrator").stdout == (
        "ana@example.org is administrator of all meetings\n"
    )
    done = rostrum("sign-in-link", "ANA@example.org")
    assert done.exit_code == 0
    path = re.fullmatch(r"http://127\.0\.0\.1:8000(/sign-in/\S+)\n", done.stdout)
    assert path is not None
    assert client.submit(path[1], button="Sign in").request.path == "/desk"
    assert client.get(path[1]).status_code == 410


def test_a_role_can_be_for_one_meeting_alone(rostrum: Rostrum) -> None:
    with transaction():
        meeting = factories.meeting(slug="here")
    meeting_id = meeting.id
    given = rostrum("grant", "ana@example.org", "chair", "--meeting", "here")
    assert given.stdout == "ana@example.org is chair of here\n"
    again = rostrum("grant", "ana@example.org", "chair", "--meeting", "here")
    assert (again.exit_code, again.stdout) == (0, "ana@example.org is chair of here already\n")
    assert [(g.role, g.meeting_id) for g in db.session.scalars(sa.select(Grant))] == [("chair", meeting_id)]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["grant", "ana", "chair"], "ana is not an e-mail address"),
        (["sign-in-link", "ana"], "ana is not an e-mail address"),
        (["sign-in-link", "b@example.org"], "b@example.org has no account; rostrum grant b@example.org ROLE makes one"),
        (["grant", "a@example.org", "chair", "--meeting", "nowhere"], "There is no meeting nowhere."),
    ],
)
def test_what_is_refused_is_told_in_one_line(rostrum: Rostrum, arguments: list[str], reason: str) -> None:
    done = rostrum(*arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"rostrum: {reason}\n")
    assert db.session.scalars(sa.select(Account)).all() == []


def test_an_administrator_of_one_meeting_is_refused(rostrum: Rostrum) -> None:
    with transaction():
        factories.meeting(slug="here")
    done = rostrum("grant", "a@example.org", "administrator", "--meeting", "here")
    assert (done.exit_code, done.stderr) == (1, "rostrum: An administrator is one for all meetings.\n")


def test_the_printed_links_are_for_the_demonstration_alone(app: Flask, rostrum: Rostrum) -> None:
    assert demonstration.is_wanted()
    assert not demonstration.is_all_there_is()
    rostrum("demo")
    assert demonstration.is_all_there_is()
    assert list(demonstration.sign_in_links(now())) == ["organiser", "chair", "rapporteur", "participant"]
    with transaction():
        factories.meeting(slug="own")
    assert not demonstration.is_all_there_is()
    assert not demonstration.is_wanted()


def test_an_installation_with_an_account_of_its_own_gets_no_demonstration(app: Flask, rostrum: Rostrum) -> None:
    rostrum("grant", "ana@example.org", "administrator")
    assert not demonstration.is_wanted()
    assert not demonstration.is_all_there_is()


def test_the_demonstration_s_links_lead_in(app: Flask, rostrum: Rostrum, client: Client) -> None:
    rostrum("demo")
    found = demonstration.sign_in_links(now())
    site = app.config["SETTINGS"].base_url
    for who in ("organiser", "chair", "rapporteur"):
        client.submit(found[who].removeprefix(site), button="Sign in")
        with client.session_transaction() as session:
            held = session["account"]
        assert db.session.get_one(Account, held[0]).email == demonstration.TEAM[who]
    assert client.get(found["participant"].removeprefix(site)).status_code == 200


@pytest.mark.sqlite_only("no database is asked")
def test_the_commands_hang_under_flask_too(app: Flask) -> None:
    names = {"demo", "meeting", "programme", "calendar", "sign-in-link", "grant", "serve", "worker", "doctor"}
    assert names <= set(app.cli.commands)
    assert names == set(cli.rostrum.commands)
