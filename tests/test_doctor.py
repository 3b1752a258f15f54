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
from meetings.database import transaction
from meetings.doctor import Finding
from meetings.settings import Settings
from meetings.teams import graph
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
    subjects = ["database", "migrations", "clock", "mail", "Graph", "secret key", "address", "languages"]
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
    assert len(good.stdout.splitlines()) == 8
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
def test_graph_is_only_signed_in_to(settings: Settings, microsoft: FakeMicrosoft) -> None:
    found = finding(replace(settings, **microsoft.settings), "Graph")
    assert found.good
    assert (microsoft.token_requests, microsoft.graph_requests) == (1, 0)
    graph.forget()


@pytest.mark.sqlite_only("asks no database")
@pytest.mark.parametrize(
    ("changed", "cure"),
    [
        ({"graph_client_secret": "wrong"}, "GRAPH_CLIENT_SECRET"),
        ({"graph_tenant": "elsewhere"}, "Compare GRAPH_TENANT"),
        ({"graph_organiser": None}, "set GRAPH_ORGANISER too, or none of the four"),
        ({"graph_authority": "https://localhost:9"}, "Entra ID could not be reached"),
    ],
)
def test_what_is_wrong_with_graph_is_told(
    settings: Settings, microsoft: FakeMicrosoft, changed: dict[str, Any], cure: str
) -> None:
    found = finding(replace(settings, **(microsoft.settings | changed)), "Graph")
    assert not found.good
    assert cure in found.text


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
