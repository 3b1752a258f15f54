"""The application at Microsoft Entra ID: its tokens for Microsoft Graph, and why there is none.

Every way this can fail becomes a sentence with the cure: `GiveUp` where only a person can mend it, `NoAnswer` where
trying again may help.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

import msal
import requests
from flask_babel import gettext as _
from msal.exceptions import MsalServiceError

from meetings.outbox import GiveUp
from meetings.settings import Settings

_SCOPE = "https://graph.microsoft.com/.default"
# Of every answer waited for; with the few questions a job asks it stays below the lease of a job.
TIMEOUT_SECONDS = 15.0

# What Entra ID says where asking again helps (RFC 6749, 4.1.2.1, which Entra ID uses for tokens too).
_PASSING = ("temporarily_unavailable", "server_error")
# Numbers in what it says else; where one is unknown, its own words are passed on (https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes)
_WRONG_SECRET = 7000215
_EXPIRED_SECRET = 7000222
_NO_APPLICATION = 700016
_NO_TENANT = (90002, 900023)


class NoAnswer(Exception):
    """Microsoft did not answer, or not in a usable way; trying again may help. The message is for the organiser."""


class _Session(requests.Session):
    """Requests that never wait for ever."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", TIMEOUT_SECONDS)
        return super().request(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class _Client:
    http: requests.Session
    tokens: Any  # msal is untyped


def http(settings: Settings) -> requests.Session:
    """The connection to Microsoft that the application keeps."""
    return _client(settings).http


def token(settings: Settings) -> str:
    """An access token for Graph, kept as long as it is good. Nothing but signing in is tried here."""
    try:
        answer: dict[str, Any] = _client(settings).tokens.acquire_token_for_client(scopes=[_SCOPE])
    except requests.exceptions.RequestException as error:
        forget()
        not_reached(error, "Microsoft Entra ID")
    except (MsalServiceError, json.JSONDecodeError, RuntimeError):
        forget()
        raise NoAnswer(away()) from None
    if "access_token" in answer:
        return str(answer["access_token"])
    forget()  # msal keeps refusals for a while; the next attempt is to ask anew
    refused(answer, settings)


def forget() -> None:
    """Drop the tokens that are kept, so that the next call signs in anew."""
    _client.cache_clear()


def connection(settings: Settings) -> requests.Session:
    """A new connection to Microsoft, which trusts the authority that is set."""
    session = _Session()
    if settings.graph_ca_file:
        # Otherwise REQUESTS_CA_BUNDLE, where the machine has it set, would win over the file named here.
        session.trust_env = False
        session.verify = str(settings.graph_ca_file)
    return session


def application(settings: Settings, session: requests.Session, **options: Any) -> Any:
    """The application as msal knows it. Asks the tenant's address at once: made at first use, never before."""
    try:
        return msal.ConfidentialClientApplication(
            settings.graph_client_id,
            client_credential=settings.graph_client_secret,
            authority=f"{settings.graph_authority}/{settings.graph_tenant}",
            instance_discovery=False,  # the authority is the operator's word; it need not be known to Microsoft
            http_client=session,
            **options,
        )
    except requests.exceptions.RequestException as error:
        not_reached(error, "Microsoft Entra ID")
    except (MsalServiceError, json.JSONDecodeError, RuntimeError):
        raise NoAnswer(away()) from None
    except ValueError:  # its word for a tenant that is not there
        raise GiveUp(_no_tenant(settings)) from None


@lru_cache(maxsize=4)
def _client(settings: Settings) -> _Client:
    session = connection(settings)
    return _Client(session, application(settings, session))


def not_reached(error: requests.RequestException, whom: str) -> NoReturn:
    """Say why somebody was not reached."""
    if isinstance(error, requests.exceptions.SSLError):
        raise GiveUp(
            _(
                "The certificate of %(whom)s is not trusted. If a proxy stands between, put its authority's "
                "certificate into a file and its path into GRAPH_CA_FILE, then restart Rostrum.",
                whom=whom,
            )
        ) from None
    if isinstance(error, requests.exceptions.Timeout):
        raise NoAnswer(_("%(whom)s did not answer in time.", whom=whom)) from None
    raise NoAnswer(_("%(whom)s could not be reached.", whom=whom)) from None


def refused(answer: dict[str, Any], settings: Settings) -> NoReturn:
    """Say why Entra ID does not sign the application in."""
    if answer.get("error") in _PASSING:
        raise NoAnswer(away())
    raise GiveUp(_why_not_signed_in(answer, settings))


def away() -> str:
    """What to say where Entra ID answers, but not as it should."""
    return str(_("Microsoft Entra ID does not work properly just now."))


def _why_not_signed_in(answer: dict[str, Any], settings: Settings) -> str:
    codes = answer.get("error_codes") or []
    if _EXPIRED_SECRET in codes:
        return str(
            _(
                "The application's secret has expired. Make a new one in Entra ID (App registrations, Certificates & "
                "secrets), put its value, not its id, into GRAPH_CLIENT_SECRET and restart Rostrum."
            )
        )
    if _WRONG_SECRET in codes:
        return str(
            _(
                "Microsoft does not accept the application's secret. Make a new one in Entra ID (App registrations, "
                "Certificates & secrets), put its value, not its id, into GRAPH_CLIENT_SECRET and restart Rostrum."
            )
        )
    if _NO_APPLICATION in codes:
        return str(
            _(
                "There is no application %(id)s in the tenant. Compare GRAPH_CLIENT_ID and GRAPH_TENANT with the "
                "application's overview in Entra ID, and restart Rostrum.",
                id=settings.graph_client_id,
            )
        )
    if any(code in codes for code in _NO_TENANT):
        return _no_tenant(settings)
    return str(_("Microsoft does not sign the application in: %(message)s", message=_said(answer)))


def _no_tenant(settings: Settings) -> str:
    return str(
        _(
            "There is no tenant %(id)s. Compare GRAPH_TENANT with the tenant id in Entra ID, and restart Rostrum.",
            id=settings.graph_tenant,
        )
    )


def _said(answer: dict[str, Any]) -> str:
    """The first line of what Entra ID says; the rest are numbers for its support."""
    text = str(answer.get("error_description") or answer.get("error") or "")
    return text.strip().partition("\n")[0].strip()[:300]
