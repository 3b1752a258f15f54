"""The doctor: what is in order says so, and what is not says what to do about it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from meetings import cli, doctor
from meetings import microsoft as microsoft_application
from meetings.database import transaction
from meetings.doctor import Finding
from meetings.settings import Settings
from tests.conftest import Clock
from tests.fake_microsoft import FakeMicrosoft, fake_microsoft
from tests.invitations.smtp_server import PASSWORD, USER
from tests.invitations.test_smtp import MailServer

LONG_KEY = "k" * 40


@pytest.fixture
def settings(app: Flask) -> Settings:
    """The settings of a sound installation on this machine."""
    chosen: Settings = app.config["SETTINGS"]
    return replace(chosen, secret_key=LONG_KEY)


@pytest.fixture(scope="module")
def microsoft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeMicrosoft]:
    """A stand-in for Microsoft."""
    with fake_microsoft(tmp_path_factory.mktemp("microsoft")) as fake:
        yield fake


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """A mail server that demands STARTTLS and a login."""
    server = MailServer(tmp_path_factory.mktemp("mail"))
    server.start()
    yield server
    server.stop()


def finding(settings: Settings, subject: str) -> Finding:
    """What one check has found."""
    (found,) = [each for each in doctor.examine(settings) if each.subject == subject]
    return found


def test_a_sound_installation_is_all_right(settings: Settings) -> None:
    findings = doctor.examine(settings)
    assert [str(each) for each in findings if not each.good] == []
    subjects = ["database", "migrations", "clock", "mail", "Graph", "Entra ID", "secret key", "address", "languages"]
    assert [each.subject for each in findings] == subjects


def test_a_password_in_the_database_s_address_is_not_shown(settings: Settings) -> None:
    found = finding(replace(settings, database_url="postgresql+psycopg://me:hidden@host/name"), "database")
    assert found.text == "postgresql+psycopg://me:***@host/name"


def test_the_command_ends_with_one_when_anything_is_bad(app: Flask, settings: Settings) -> None:
    info = ScriptInfo(create_app=lambda: app)
    bad = CliRunner().invoke(cli.rostrum, ["doctor"], obj=info)  # the key of the tests is short
    assert bad.exit_code == 1
    assert "secret key   BAD  too short" in bad.stdout
    app.config["SETTINGS"] = settings
    good = CliRunner().invoke(cli.rostrum, ["doctor"], obj=info)
    assert (good.exit_code, good.stderr) == (0, "")
    assert len(good.stdout.splitlines()) == 9
    assert all(" ok " in line for line in good.stdout.splitlines())


def test_a_database_without_the_newest_migration_is_told(settings: Settings) -> None:
    with transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'older'"))
    found = finding(settings, "migrations")
    assert not found.good
    assert "flask db upgrade" in found.text


def test_an_empty_database_is_told(settings: Settings) -> None:
    with transaction() as session:
        session.execute(sa.text("DROP TABLE alembic_version"))
    assert not finding(settings, "migrations").good


@pytest.mark.parametrize(("seconds", "good"), [(-4, True), (4, True), (-90, False), (90, False)])
def test_a_clock_that_is_off_is_told(settings: Settings, clock: Clock, seconds: int, good: bool) -> None:
    clock.set(doctor.clock_of_database())
    clock.advance(seconds=seconds)
    found = finding(settings, "clock")
    assert found.good is good
    assert good or "NTP" in found.text


def smtp(settings: Settings, server: MailServer, **changed: Any) -> Settings:
    """The settings for the mail server, with something else changed."""
    right: dict[str, Any] = {
        "smtp_host": "localhost",
        "smtp_port": server.port,
        "smtp_user": USER,
        "smtp_password": PASSWORD,
        "smtp_ca_file": server.authority,
        "base_url": "https://rostrum.example.org",
    }
    return replace(settings, **(right | changed))


@pytest.mark.sqlite_only("asks no database")
def test_the_mail_server_is_spoken_to_and_nothing_is_sent(settings: Settings, mail_server: MailServer) -> None:
    found = finding(smtp(settings, mail_server), "mail")
    assert found.good
    assert found.text == f"sent by localhost:{mail_server.port}; nothing was sent now"
    assert mail_server.raw() == []


@pytest.mark.sqlite_only("asks no database")
@pytest.mark.parametrize(
    ("changed", "cure"),
    [
        ({"smtp_password": "wrong"}, "correct SMTP_USER and SMTP_PASSWORD"),
        ({"smtp_ca_file": None}, "SMTP_CA_FILE"),
        ({"smtp_security": "tls"}, "SMTP_SECURITY=starttls"),
        ({"smtp_security": "none"}, "SMTP_SECURITY"),
        ({"smtp_port": 9}, "correct SMTP_HOST, SMTP_PORT or SMTP_SECURITY"),
    ],
)
def test_what_is_wrong_with_mail_is_told(
    settings: Settings, mail_server: MailServer, changed: dict[str, Any], cure: str
) -> None:
    found = finding(smtp(settings, mail_server, **changed), "mail")
    assert not found.good
    assert cure in found.text
    assert PASSWORD not in found.text


@pytest.mark.sqlite_only("asks no database")
def test_a_mail_folder_must_be_writable(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert finding(replace(settings, mail_folder=tmp_path / "new" / "folder"), "mail").good
    assert not (tmp_path / "new").exists()
    assert not finding(replace(settings, mail_folder=tmp_path / "file"), "mail").good


@pytest.mark.sqlite_only("asks no database")
def test_graph_is_asked_without_anything_being_made(settings: Settings, microsoft: FakeMicrosoft) -> None:
    microsoft.reset()
    found = finding(replace(settings, **microsoft.settings), "Graph")
    text = "the application signs in, and reads the organizer's online meetings; nothing was made now"
    assert (found.good, found.text) == (True, text)
    assert [method for method, _body in microsoft.asked] == ["GET"]
    assert (microsoft.token_requests, microsoft.meetings) == (1, {})
    microsoft_application.forget()


NO_POLICY = {"error": {"code": "Forbidden", "message": "No application access policy found for this app."}}


@pytest.mark.sqlite_only("asks no database")
@pytest.mark.parametrize(
    ("changed", "answer", "cure"),
    [
        ({"graph_client_secret": "wrong"}, None, "GRAPH_CLIENT_SECRET"),
        ({"graph_tenant": "elsewhere"}, None, "Compare GRAPH_TENANT"),
        ({"graph_organiser": None}, None, "set GRAPH_ORGANISER too, or none of the four"),
        ({"graph_organiser": "nobody"}, None, "Microsoft knows no user nobody with Teams"),
        ({"graph_authority": "https://localhost:9"}, None, "Entra ID could not be reached"),
        ({"graph_url": "https://localhost:9/v1.0"}, None, "Graph could not be reached"),
        ({}, (403, NO_POLICY), "New-CsApplicationAccessPolicy"),
        ({}, (403, {}), "OnlineMeetings.ReadWrite.All"),
        ({}, (503, {}), "does not work properly just now (503)"),
        ({}, (429, {}), "asked to wait 30.0 s"),
    ],
)
def test_what_is_wrong_with_graph_is_told(
    settings: Settings,
    microsoft: FakeMicrosoft,
    changed: dict[str, Any],
    answer: tuple[int, dict[str, Any]] | None,
    cure: str,
) -> None:
    microsoft.reset()
    if answer is not None:
        microsoft.refuse(*answer)
    found = finding(replace(settings, **(microsoft.settings | changed)), "Graph")
    assert not found.good
    assert cure in found.text
    microsoft_application.forget()


@pytest.mark.sqlite_only("asks no database")
def test_a_permission_to_read_alone_is_not_enough(settings: Settings, microsoft: FakeMicrosoft) -> None:
    microsoft.reset()
    microsoft.permissions = ["OnlineMeetings.Read.All"]
    found = finding(replace(settings, **microsoft.settings), "Graph")
    assert (found.good, "OnlineMeetings.ReadWrite.All" in found.text) == (False, True)
    assert microsoft.graph_requests == 0
    microsoft_application.forget()


@pytest.mark.sqlite_only("asks no database")
@pytest.mark.parametrize("status", [400, 404])
def test_what_graph_leaves_open_is_called_not_checked(
    settings: Settings, microsoft: FakeMicrosoft, status: int
) -> None:
    microsoft.reset()
    microsoft.refuse(status, {"error": {"code": "NotFound", "message": "1026: An error has occurred."}})
    found = finding(replace(settings, **microsoft.settings), "Graph")
    assert found.good
    assert "NOT CHECKED" in found.text
    assert "1026: An error has occurred." in found.text
    microsoft_application.forget()


@pytest.mark.sqlite_only("asks no database")
def test_signing_in_with_entra_id_is_looked_at(settings: Settings, microsoft: FakeMicrosoft) -> None:
    microsoft.reset()
    assert finding(settings, "Entra ID").text == "not set up: people sign in by mailed links"
    on = replace(settings, **microsoft.settings, entra_sign_in="on", base_url="https://rostrum.example.org")
    found = finding(on, "Entra ID")
    assert found.good
    assert "NOT CHECKED: that https://rostrum.example.org/sign-in/entra/back is among" in found.text
    assert finding(replace(on, graph_organiser=None), "Graph").text == "not set up: join links are pasted"
    assert "https" in finding(replace(on, base_url="http://192.0.2.1"), "Entra ID").text
    microsoft_application.forget()
    assert "GRAPH_CLIENT_SECRET" in finding(replace(on, graph_client_secret="wrong"), "Entra ID").text
    microsoft_application.forget()


@pytest.mark.sqlite_only("asks no database")
def test_a_key_that_others_can_read_is_told(settings: Settings, tmp_path: Path) -> None:
    key = tmp_path / "secret_key"
    key.write_text(LONG_KEY)
    key.chmod(0o644)
    found = finding(replace(settings, instance_folder=tmp_path), "secret key")
    assert (found.good, found.text) == (False, f"others can read {key}; run: chmod 600 {key}")
    key.chmod(0o600)
    assert finding(replace(settings, instance_folder=tmp_path), "secret key").good


@pytest.mark.sqlite_only("asks no database")
@pytest.mark.parametrize(
    ("base_url", "smtp_host", "good"),
    [
        ("http://127.0.0.1:8000", None, True),
        ("http://localhost:8000", "mail.example.org", False),
        ("http://rostrum.example.org", None, False),
        ("https://rostrum.example.org", None, True),
    ],
)
def test_the_address_must_be_one_that_mails_can_lead_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, base_url: str, smtp_host: str | None, good: bool
) -> None:
    monkeypatch.setattr(doctor, "_mail", lambda settings: "not asked")
    found = finding(replace(settings, base_url=base_url, smtp_host=smtp_host), "address")
    assert found.good is good
    assert good or "https://" in found.text


@pytest.mark.sqlite_only("asks no database")
@pytest.mark.parametrize(
    ("languages", "good"), [(("en",), True), (("en-GB",), True), (("en", "fr"), False), (("xx-bad",), False)]
)
def test_a_language_needs_its_translation(
    settings: Settings, tmp_path: Path, languages: tuple[str, ...], good: bool
) -> None:
    assert finding(replace(settings, languages=languages, translations_folder=tmp_path), "languages").good is good


@pytest.mark.sqlite_only("asks no database")
def test_a_language_with_its_translation_is_all_right(settings: Settings, tmp_path: Path) -> None:
    compiled = tmp_path / "fr" / "LC_MESSAGES" / "messages.mo"
    compiled.parent.mkdir(parents=True)
    compiled.touch()
    assert finding(replace(settings, languages=("fr",), translations_folder=tmp_path), "languages").good
