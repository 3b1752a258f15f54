"""Microsoft Graph, asked for online meetings in the application's own name (client credentials).

Every way it can fail becomes a sentence with the cure: `GiveUp` where only a person can mend it, `Later` where the
service asks for time, `NoAnswer` where trying again may help.
https://learn.microsoft.com/en-us/graph/api/onlinemeeting-createorget
"""

import json
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import quote

import msal
import requests
from flask_babel import gettext as _
from msal.exceptions import MsalServiceError

from meetings.database import now
from meetings.outbox import GiveUp, Later
from meetings.settings import Settings
from meetings.teams.rules import Wanted, is_join_link

_SCOPE = "https://graph.microsoft.com/.default"
# Of every answer waited for; with the few questions a job asks it stays below the lease of a job.
TIMEOUT_SECONDS = 15.0
_LONGEST_WAIT_SECONDS = 3600.0
_WAIT_SECONDS = 30.0

# What Entra ID says where asking again helps (RFC 6749, 4.1.2.1, which Entra ID uses for tokens too).
_PASSING = ("temporarily_unavailable", "server_error")
# Numbers in what it says else; where one is unknown, its own words are passed on (https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes)
_WRONG_SECRET = 7000215
_EXPIRED_SECRET = 7000222
_NO_APPLICATION = 700016
_NO_TENANT = (90002, 900023)


class NoAnswer(Exception):
    """Microsoft did not answer, or not in a usable way; trying again may help. The message is for the organiser."""


@dataclass(frozen=True, slots=True)
class OnlineMeeting:
    """An online meeting as Teams has made it."""

    id: str
    join_url: str


class _Session(requests.Session):
    """Requests that never wait for ever."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", TIMEOUT_SECONDS)
        return super().request(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class _Client:
    http: requests.Session
    tokens: Any  # msal is untyped


def create_or_get(settings: Settings, what: Wanted) -> OnlineMeeting:
    """Make the online meeting, or get the one that was made for the same external id before."""
    url = f"{settings.graph_url}/users/{quote(str(settings.graph_organiser), safe='')}/onlineMeetings/createOrGet"
    body = {
        "externalId": what.external_id,
        "subject": what.subject,
        "startDateTime": what.start,
        "endDateTime": what.end,
    }
    headers = {"Authorization": f"Bearer {token(settings)}"}
    try:
        answer = _client(settings).http.post(url, json=body, headers=headers)
    except requests.RequestException as error:
        _not_reached(error, "Microsoft Graph")
    if answer.status_code not in (200, 201):
        _refused(answer, settings)
    return _read(answer)


def token(settings: Settings) -> str:
    """An access token, kept as long as it is good. Nothing but signing in is tried here."""
    try:
        answer = _client(settings).tokens.acquire_token_for_client(scopes=[_SCOPE])
    except requests.exceptions.RequestException as error:
        forget()
        _not_reached(error, "Microsoft Entra ID")
    except (MsalServiceError, json.JSONDecodeError, RuntimeError):
        forget()
        raise NoAnswer(_("Microsoft Entra ID does not work properly just now.")) from None
    except ValueError:  # the constructor's word for a tenant that is not there
        forget()
        raise GiveUp(_no_tenant(settings)) from None
    if "access_token" in answer:
        return str(answer["access_token"])
    forget()  # msal keeps refusals for a while; the next attempt is to ask anew
    if answer.get("error") in _PASSING:
        raise NoAnswer(_("Microsoft Entra ID does not work properly just now."))
    raise GiveUp(_why_not_signed_in(answer, settings))


def forget() -> None:
    """Drop the tokens that are kept, so that the next call signs in anew."""
    _client.cache_clear()


@lru_cache(maxsize=4)
def _client(settings: Settings) -> _Client:
    """Made at first use, since msal asks the tenant's address at once."""
    http = _Session()
    if settings.graph_ca_file:
        # Otherwise REQUESTS_CA_BUNDLE, where the machine has it set, would win over the file named here.
        http.trust_env = False
        http.verify = str(settings.graph_ca_file)
    application = msal.ConfidentialClientApplication(
        settings.graph_client_id,
        client_credential=settings.graph_client_secret,
        authority=f"{settings.graph_authority}/{settings.graph_tenant}",
        instance_discovery=False,  # the authority is the operator's word; it need not be known to Microsoft
        http_client=http,
    )
    return _Client(http, application)


def _read(answer: requests.Response) -> OnlineMeeting:
    try:
        body = answer.json()
        made = OnlineMeeting(id=str(body["id"]), join_url=str(body["joinWebUrl"]))
    except (ValueError, KeyError, TypeError):
        raise NoAnswer(_("Microsoft Graph answered without a join link.")) from None
    if not is_join_link(made.join_url):
        raise NoAnswer(_("Microsoft Graph answered without a join link."))
    return made


def _not_reached(error: requests.RequestException, whom: str) -> NoReturn:
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


def _why_not_signed_in(answer: dict[str, Any], settings: Settings) -> str:
    codes = answer.get("error_codes") or []
    if _WRONG_SECRET in codes or _EXPIRED_SECRET in codes:
        return str(
            _(
                "Microsoft does not accept the application's secret: it is wrong or has expired. Make a new one in "
                "Entra ID (App registrations, Certificates & secrets), put its value, not its id, into "
                "GRAPH_CLIENT_SECRET and restart Rostrum."
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
    return str(_("Microsoft does not sign the application in: %(message)s", message=_message(answer)))


def _no_tenant(settings: Settings) -> str:
    return str(
        _(
            "There is no tenant %(id)s. Compare GRAPH_TENANT with the tenant id in Entra ID, and restart Rostrum.",
            id=settings.graph_tenant,
        )
    )


def _message(answer: dict[str, Any]) -> str:
    """The first line of what Entra ID says; the rest are numbers for its support."""
    text = str(answer.get("error_description") or answer.get("error") or "")
    return text.strip().partition("\n")[0].strip()[:300]


def _refused(answer: requests.Response, settings: Settings) -> NoReturn:
    if answer.status_code == 429:
        raise Later(_wait(answer))
    message = _graph_message(answer)
    if answer.status_code == 403 or (answer.status_code == 401 and _lacks_policy(message)):
        raise GiveUp(_why_forbidden(message, settings))
    if answer.status_code == 401:
        forget()
        raise NoAnswer(_("Microsoft Graph did not accept the sign-in of the application."))
    if answer.status_code >= 500:
        raise NoAnswer(_("Microsoft Graph does not work properly just now (%(code)s).", code=answer.status_code))
    if answer.status_code == 404:
        raise GiveUp(
            _(
                "Microsoft knows no user %(id)s with Teams. GRAPH_ORGANISER must be the object id, not the address, of "
                "a user who has a Teams licence. Correct it and restart Rostrum.",
                id=settings.graph_organiser,
            )
        )
    raise GiveUp(_("Microsoft Graph refuses to make the meeting: %(message)s", message=message))


def _why_forbidden(message: str, settings: Settings) -> str:
    if _lacks_policy(message):
        return str(
            _(
                "The Teams administrator has not allowed the application to make meetings for this organizer. In Teams "
                'PowerShell: New-CsApplicationAccessPolicy -Identity Rostrum -AppIds "%(application)s", then '
                'Grant-CsApplicationAccessPolicy -PolicyName Rostrum -Identity "%(organiser)s". It acts within half an '
                "hour; then press the button again.",
                application=settings.graph_client_id,
                organiser=settings.graph_organiser,
            )
        )
    return str(
        _(
            "The application may not make online meetings. In Entra ID (App registrations, API permissions) add the "
            "application permission OnlineMeetings.ReadWrite.All of Microsoft Graph and grant admin consent; then "
            "press the button again."
        )
    )


def _lacks_policy(message: str) -> bool:
    """Whether Graph misses the Teams administrator's leave; it has said so in two ways over the years."""
    return "access policy" in message.lower() or "not authorized to create meeting" in message.lower()


def _graph_message(answer: requests.Response) -> str:
    try:
        error = answer.json()["error"]
        return str(error.get("message") or error["code"])[:300]
    except (ValueError, KeyError, TypeError, AttributeError):
        return str(answer.status_code)


def _wait(answer: requests.Response) -> float:
    """Seconds that a throttled answer asks for, as a number (a fraction too) or as a date (RFC 9110, 10.2.3)."""
    text = answer.headers.get("Retry-After", "")
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - now()).total_seconds()
        except (ValueError, TypeError):
            seconds = _WAIT_SECONDS
    return min(max(seconds, 1.0), _LONGEST_WAIT_SECONDS)
