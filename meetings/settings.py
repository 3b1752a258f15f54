"""Every setting, read from the environment once and checked. `docs/installing.md` shows the same table, by a test.

Nothing else in the program reads the environment.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(ValueError):
    """A setting has a value that cannot work; the message names the setting and the cure."""


def _setting(default: str, meaning: str, read: Callable[[str], Any] = str) -> Any:
    """A field whose value comes from the environment variable of the same name in capitals."""
    return field(metadata={"default": default, "meaning": meaning, "read": read})


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise BadSetting(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise BadSetting(f"must be one of: {', '.join(choices)}")
        return text

    return read


def _optional(text: str) -> str | None:
    return text or None


def _path(text: str) -> Path:
    return ROOT / text


def _optional_path(text: str) -> Path | None:
    return ROOT / text if text else None


def _words(text: str) -> tuple[str, ...]:
    words = tuple(text.replace(",", " ").split())
    if not words:
        raise BadSetting("must name at least one language")
    return words


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise BadSetting("must be an address that starts with http:// or https://")
    return text.rstrip("/")


def _database(text: str) -> str:
    scheme = text.partition(":")[0]
    if scheme in ("postgres", "postgresql"):
        text = "postgresql+psycopg" + text[len(scheme) :]
    elif scheme not in ("sqlite", "postgresql+psycopg"):
        raise BadSetting("must start with sqlite:/// or postgresql://")
    try:
        make_url(text)
    except (ArgumentError, ValueError):
        raise BadSetting("cannot be read; it looks like postgresql://user:password@host:5432/name") from None
    return text


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings. Paths are taken relative to the checkout; durations carry their unit in the name."""

    instance_folder: Path = _setting("instance", "where the database, the key and the outgoing mail are kept", _path)
    database_url: str = _setting("", "empty: SQLite in the instance folder; or `postgresql://…`")
    secret_key: str = _setting("", "signs links and cookies; empty: made once and kept in the instance folder")
    host: str = _setting("127.0.0.1", "the address the server listens on")
    port: int = _setting("8000", "the port the server listens on", _number(1, 65535))
    web_workers: int = _setting("1", "web processes; more than 1 needs PostgreSQL", _number(1, 64))
    outbox_worker: str = _setting(
        "inside", "`inside` the web process, or `separate` (`rostrum worker`)", _one_of("inside", "separate")
    )
    base_url: str = _setting("", "the public address, used in mails; empty: `http://HOST:PORT`", _address)
    trusted_proxies: int = _setting("0", "reverse proxies in front whose headers are believed", _number(0, 5))
    languages: tuple[str, ...] = _setting("en", "interface languages offered, the first is the default", _words)
    translations_folder: Path = _setting("translations", "where the compiled translations are", _path)
    mail_from: str = _setting("rostrum@localhost", "the sender's address on every mail")
    mail_folder: Path | None = _setting("", "where mail is written without SMTP; empty: `outbox` there", _optional_path)
    smtp_host: str | None = _setting("", "mail server; empty: mail is written to files", _optional)
    smtp_port: int = _setting("587", "the mail server's port", _number(1, 65535))
    smtp_security: str = _setting("starttls", "`none`, `starttls` or `tls`", _one_of("none", "starttls", "tls"))
    smtp_user: str | None = _setting("", "user at the mail server", _optional)
    smtp_password: str | None = _setting("", "password at the mail server", _optional)
    smtp_ca_file: Path | None = _setting("", "certificate authority of the mail server, if private", _optional_path)
    graph_tenant: str | None = _setting("", "Microsoft Entra tenant id; empty: Teams links are pasted", _optional)
    graph_client_id: str | None = _setting("", "application (client) id", _optional)
    graph_client_secret: str | None = _setting("", "client secret", _optional)
    graph_organiser: str | None = _setting("", "object id of the user who owns the Teams meetings", _optional)
    graph_url: str = _setting("https://graph.microsoft.com/v1.0", "Microsoft Graph", _address)
    graph_authority: str = _setting("https://login.microsoftonline.com", "Microsoft Entra ID", _address)
    graph_ca_file: Path | None = _setting("", "certificate authority of the two above, if private", _optional_path)

    entra_sign_in: str = _setting(
        "off", "`on`: people may sign in with Microsoft too, by the application above", _one_of("off", "on")
    )

    @property
    def sends_by_smtp(self) -> bool:
        """Whether mail leaves by SMTP rather than as files."""
        return self.smtp_host is not None

    @property
    def has_graph(self) -> bool:
        """Whether Teams links can be made: all four Graph credentials are there."""
        return all((self.graph_tenant, self.graph_client_id, self.graph_client_secret, self.graph_organiser))

    @property
    def has_entra(self) -> bool:
        """Whether people may sign in with Microsoft."""
        return self.entra_sign_in == "on"

    @property
    def secure_cookies(self) -> bool:
        """Cookies are marked Secure where the public address is https."""
        return self.base_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the data is in a SQLite file."""
        return self.database_url.startswith("sqlite")


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check all settings; refuses with BadSetting, which names the variable."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for each in fields(Settings):
        variable = each.name.upper()
        text = source.get(variable, "").strip() or each.metadata["default"]
        try:
            values[each.name] = each.metadata["read"](text)
        except BadSetting as error:
            raise BadSetting(f"{variable}={text!r}: {error}") from None
    return _complete(values)


def _complete(values: dict[str, Any]) -> Settings:
    """Fill in what depends on other settings, and refuse combinations that cannot work."""
    instance: Path = values["instance_folder"]
    if not values["database_url"]:
        values["database_url"] = f"sqlite:///{instance / 'rostrum.db'}"
    try:
        values["database_url"] = _database(values["database_url"])
    except BadSetting as error:
        raise BadSetting(f"DATABASE_URL: {error}") from None
    if values["web_workers"] > 1 and values["database_url"].startswith("sqlite"):
        raise BadSetting("WEB_WORKERS: more than one web process needs PostgreSQL; set DATABASE_URL=postgresql://…")
    _refuse_half_an_entra(values)
    values["base_url"] = values["base_url"] or _own_address(values["host"], values["port"])
    values["mail_folder"] = values["mail_folder"] or instance / "outbox"
    values["secret_key"] = values["secret_key"] or _kept_secret(instance)
    return Settings(**values)


def _refuse_half_an_entra(values: dict[str, Any]) -> None:
    """Signing in needs the application, and one tenant by its id: who comes from any other is nobody here."""
    if values["entra_sign_in"] == "off":
        return
    names = ("graph_tenant", "graph_client_id", "graph_client_secret")
    missing = [name.upper() for name in names if not values[name]]
    if missing:
        raise BadSetting(f"ENTRA_SIGN_IN=on needs {', '.join(missing)} too")
    try:
        values["graph_tenant"] = str(UUID(values["graph_tenant"]))
    except ValueError:
        raise BadSetting(
            "GRAPH_TENANT must be the tenant's id for ENTRA_SIGN_IN=on; it looks like "
            "00000000-0000-0000-0000-000000000000"
        ) from None


def _own_address(host: str, port: int) -> str:
    """Where the server itself answers; an IPv6 address stands in brackets (RFC 3986, 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _kept_secret(instance: Path) -> str:
    """The installation's own key, made at the first start and readable by its owner alone."""
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()


def table() -> list[tuple[str, str, str]]:
    """Every setting as (variable, default, meaning), for the documentation."""
    return [(each.name.upper(), each.metadata["default"], each.metadata["meaning"]) for each in fields(Settings)]
