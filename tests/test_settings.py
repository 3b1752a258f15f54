"""Settings: read once, checked, and refused with the name of the variable and the cure."""

import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from meetings.settings import BadSetting, load, table


def read(folder: Path, **values: str) -> object:
    return load({"INSTANCE_FOLDER": str(folder), **values})


def test_without_any_setting_the_data_is_sqlite_and_mail_goes_to_files(tmp_path: Path) -> None:
    chosen = load({"INSTANCE_FOLDER": str(tmp_path)})
    assert chosen.is_sqlite
    assert chosen.database_url == f"sqlite:///{tmp_path}/rostrum.db"
    assert not chosen.sends_by_smtp
    assert chosen.mail_folder == tmp_path / "outbox"
    assert not chosen.has_graph
    assert chosen.base_url == "http://127.0.0.1:8000"
    assert not chosen.secure_cookies


def test_the_secret_key_is_made_once_kept_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = load({"INSTANCE_FOLDER": str(tmp_path)}).secret_key
    assert len(first) >= 48
    assert load({"INSTANCE_FOLDER": str(tmp_path)}).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert load({"INSTANCE_FOLDER": str(tmp_path), "SECRET_KEY": "given"}).secret_key == "given"


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////data/rostrum.db", "sqlite:////data/rostrum.db"),
    ],
)
def test_a_database_address_is_taken_in_its_usual_forms(tmp_path: Path, written: str, used: str) -> None:
    assert load({"INSTANCE_FOLDER": str(tmp_path), "DATABASE_URL": written}).database_url == used


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("PORT", "eighty", "PORT='eighty': must be a whole number from 1 to 65535"),
        ("PORT", "0", "PORT='0': must be a whole number from 1 to 65535"),
        ("PORT", "٨٠", "PORT='٨٠': must be a whole number from 1 to 65535"),
        ("BASE_URL", "meetings.example.org", "must be an address that starts with http:// or https://"),
        ("SMTP_SECURITY", "ssl", "SMTP_SECURITY='ssl': must be one of: none, starttls, tls"),
        ("OUTBOX_WORKER", "yes", "OUTBOX_WORKER='yes': must be one of: inside, separate"),
        ("DATABASE_URL", "mysql://h/d", "DATABASE_URL: must start with sqlite:/// or postgresql://"),
        ("WEB_WORKERS", "2", "WEB_WORKERS: more than one web process needs PostgreSQL"),
        ("LANGUAGES", ",", "LANGUAGES=',': must name at least one language"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(tmp_path: Path, variable: str, value: str, message: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, **{variable: value})
    assert message in str(refused.value)


def test_an_empty_variable_means_the_default(tmp_path: Path) -> None:
    chosen = load({"INSTANCE_FOLDER": str(tmp_path), "PORT": "", "SMTP_HOST": " "})
    assert chosen.port == 8000
    assert chosen.smtp_host is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("::1", "http://[::1]:8100"),
        ("::", "http://[::]:8100"),
        ("192.0.2.7", "http://192.0.2.7:8100"),
        ("localhost", "http://localhost:8100"),
    ],
)
def test_without_a_public_address_it_is_that_of_host_and_port(tmp_path: Path, host: str, address: str) -> None:
    chosen = load({"INSTANCE_FOLDER": str(tmp_path), "HOST": host, "PORT": "8100"})
    assert chosen.base_url == address
    assert urlsplit(chosen.base_url).port == 8100


def test_cookies_are_secure_behind_https(tmp_path: Path) -> None:
    assert load({"INSTANCE_FOLDER": str(tmp_path), "BASE_URL": "https://meetings.example.org/"}).secure_cookies


def test_teams_needs_all_four_credentials(tmp_path: Path) -> None:
    four = {"GRAPH_TENANT": "t", "GRAPH_CLIENT_ID": "c", "GRAPH_CLIENT_SECRET": "s", "GRAPH_ORGANISER": "o"}
    assert load({"INSTANCE_FOLDER": str(tmp_path), **four}).has_graph
    for name in four:
        assert not load({"INSTANCE_FOLDER": str(tmp_path), **(four | {name: ""})}).has_graph


ENTRA = {
    "ENTRA_SIGN_IN": "on",
    "GRAPH_TENANT": "{11111111-2222-3333-4444-55555555555A}",
    "GRAPH_CLIENT_ID": "c",
    "GRAPH_CLIENT_SECRET": "s",
}


def test_signing_in_with_microsoft_needs_the_application_and_one_tenant(tmp_path: Path) -> None:
    chosen = load({"INSTANCE_FOLDER": str(tmp_path), **ENTRA})
    assert (chosen.has_entra, chosen.has_graph) == (True, False)
    assert chosen.graph_tenant == "11111111-2222-3333-4444-55555555555a"
    for name in ("GRAPH_TENANT", "GRAPH_CLIENT_ID", "GRAPH_CLIENT_SECRET"):
        with pytest.raises(BadSetting, match=f"ENTRA_SIGN_IN=on needs {name} too"):
            load({"INSTANCE_FOLDER": str(tmp_path), **(ENTRA | {name: ""})})
    for tenant in ("common", "organizations", "example.onmicrosoft.com"):
        with pytest.raises(BadSetting, match="GRAPH_TENANT must be the tenant's id"):
            load({"INSTANCE_FOLDER": str(tmp_path), **(ENTRA | {"GRAPH_TENANT": tenant})})
    assert not load({"INSTANCE_FOLDER": str(tmp_path), **(ENTRA | {"ENTRA_SIGN_IN": "off"})}).has_entra


def test_the_page_on_installing_shows_every_setting_as_it_is() -> None:
    page = (Path(__file__).parent.parent / "docs" / "installing.md").read_text(encoding="utf-8")
    for variable, default, meaning in table():
        assert f"| `{variable}` | {f'`{default}`' if default else ''} | {meaning} |" in page
