"""Checks an installation: what is in order, and what to do about what is not. Sends nothing and changes nothing."""

import datetime as dt
import os
import smtplib
import ssl
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from babel import Locale, UnknownLocaleError

from meetings import mail, microsoft, site
from meetings.database import Instant, db, now
from meetings.outbox import GiveUp, Later
from meetings.settings import Settings
from meetings.teams import graph

_LONGEST_DRIFT = dt.timedelta(seconds=5)
_SHORTEST_KEY = 32


class Bad(Exception):
    """Something is not in order; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found."""

    subject: str
    good: bool
    text: str

    def __str__(self) -> str:
        return f"{self.subject:<12} {'ok' if self.good else 'BAD'}  {self.text}"


def examine(settings: Settings) -> list[Finding]:
    """Every check, in the order in which things are mended."""
    checks: dict[str, Callable[[Settings], str]] = {
        "database": _database,
        "migrations": _migrations,
        "clock": _clock,
        "mail": _mail,
        "Graph": _graph,
        "Entra ID": _entra,
        "secret key": _secret_key,
        "address": _address,
        "languages": _languages,
    }
    return [_find(subject, check, settings) for subject, check in checks.items()]


def _find(subject: str, check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(subject, True, check(settings))
    except Bad as bad:
        return Finding(subject, False, str(bad))
    except sa.exc.DBAPIError:
        return Finding(subject, False, "cannot be checked before the database answers")
    finally:
        db.session.remove()


def _database(settings: Settings) -> str:
    try:
        db.session.execute(sa.text("SELECT 1"))
    except sa.exc.DBAPIError as error:
        said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
        raise Bad(f"does not answer: {said[0]}; start it, or correct DATABASE_URL") from None
    return sa.make_url(settings.database_url).render_as_string(hide_password=True)


def _migrations(settings: Settings) -> str:
    problem = site.migration_problem()
    if problem is not None:
        raise Bad(f"{problem}; run: flask db upgrade (rostrum serve does it by itself)")
    return "up to date"


def _clock(settings: Settings) -> str:
    drift = abs(now() - clock_of_database())
    if drift >= _LONGEST_DRIFT:
        raise Bad(f"{drift.total_seconds():.0f} s away from the database's; let both machines keep time by NTP")
    return "agrees with the database's"


def clock_of_database() -> dt.datetime:
    """The present instant as the database has it, on SQLite to the second."""
    there: dt.datetime = db.session.execute(
        sa.select(sa.type_coerce(sa.func.current_timestamp(), Instant))
    ).scalar_one()
    return there


def _mail(settings: Settings) -> str:
    if not settings.sends_by_smtp:
        return _mail_folder(settings.mail_folder or Path())
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        with mail.connected(settings) as server:
            server.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError:
        raise Bad(f"{where} does not accept the password; correct SMTP_USER and SMTP_PASSWORD") from None
    except smtplib.SMTPNotSupportedError as error:
        raise Bad(f"{where}: {error}; try another SMTP_SECURITY, or no SMTP_USER") from None
    except ssl.SSLCertVerificationError:
        raise Bad(f"{where} has a certificate that is not trusted; name its authority in SMTP_CA_FILE") from None
    except ssl.SSLError:
        raise Bad(f"{where} does not begin with TLS; try SMTP_SECURITY=starttls, or another SMTP_PORT") from None
    except (OSError, smtplib.SMTPException) as error:
        raise Bad(f"{where} does not answer ({error}); correct SMTP_HOST, SMTP_PORT or SMTP_SECURITY") from None
    return f"sent by {where}; nothing was sent now"


def _mail_folder(folder: Path) -> str:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise Bad(f"{folder} cannot be written; correct MAIL_FOLDER or its rights")
    return f"written to {folder}; to send it, set SMTP_HOST"


def _graph(settings: Settings) -> str:
    credentials = {
        "GRAPH_TENANT": settings.graph_tenant,
        "GRAPH_CLIENT_ID": settings.graph_client_id,
        "GRAPH_CLIENT_SECRET": settings.graph_client_secret,
        "GRAPH_ORGANISER": settings.graph_organiser,
    }
    missing = [name for name, value in credentials.items() if not value]
    if len(missing) == len(credentials) or (settings.has_entra and missing == ["GRAPH_ORGANISER"]):
        return "not set up: join links are pasted"
    if missing:
        raise Bad(f"set {', '.join(missing)} too, or none of the four")
    try:
        permissions = graph.permissions(settings)
        if permissions is not None and graph.PERMISSION not in permissions:
            raise Bad(graph.why_no_permission())
        unknown = graph.probe(settings)
    except (GiveUp, Later, microsoft.NoAnswer) as error:
        raise Bad(str(error)) from None
    if unknown is not None:
        return f"the application signs in; NOT CHECKED: that it may make meetings for the organizer ({unknown})"
    return "the application signs in, and reads the organizer's online meetings; nothing was made now"


def _entra(settings: Settings) -> str:
    if not settings.has_entra:
        return "not set up: people sign in by mailed links"
    parts = urlsplit(settings.base_url)
    if parts.scheme != "https" and parts.hostname != "localhost":
        raise Bad("Microsoft leads people back to https addresses (or http://localhost) alone; set BASE_URL=https://…")
    try:
        microsoft.token(settings)
    except (GiveUp, microsoft.NoAnswer) as error:
        raise Bad(str(error)) from None
    return (
        f"the application signs in; NOT CHECKED: that {settings.base_url}/sign-in/entra/back is among its redirect "
        "addresses, and its roles"
    )


def _secret_key(settings: Settings) -> str:
    if len(settings.secret_key) < _SHORTEST_KEY:
        raise Bad("too short to be safe; unset SECRET_KEY to have one made, or set 32 random letters or more")
    kept = settings.instance_folder / "secret_key"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        raise Bad(f"others can read {kept}; run: chmod 600 {kept}")
    return "long enough"


def _address(settings: Settings) -> str:
    parts = urlsplit(settings.base_url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104  # compared, not listened on
    if local and settings.sends_by_smtp:
        raise Bad(f"mails lead to {settings.base_url}, which nobody else can open; set BASE_URL=https://…")
    if not local and parts.scheme != "https":
        raise Bad(f"{settings.base_url} is not protected; put a server with TLS in front and set BASE_URL=https://…")
    return settings.base_url


def _languages(settings: Settings) -> str:
    for code in settings.languages:
        try:
            locale = Locale.parse(code, sep="-")
        except (ValueError, UnknownLocaleError):
            raise Bad(f"{code} is not a language; correct LANGUAGES") from None
        compiled = settings.translations_folder / str(locale) / "LC_MESSAGES" / "messages.mo"
        if locale.language != "en" and not compiled.exists():
            raise Bad(f"{code} has no translation in {settings.translations_folder}; take it out of LANGUAGES")
    return " ".join(settings.languages)
