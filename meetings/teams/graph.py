"""Microsoft Graph, asked for online meetings in the application's own name (client credentials).

Every way it can fail becomes a sentence with the cure: `GiveUp` where only a person can mend it, `Later` where the
service asks for time, `NoAnswer` where trying again may help. All that is asked for here is safe to ask for again.
https://learn.microsoft.com/en-us/graph/api/onlinemeeting-createorget
https://learn.microsoft.com/en-us/graph/api/onlinemeeting-update
https://learn.microsoft.com/en-us/graph/api/onlinemeeting-delete
"""

import base64
import json
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isnan
from typing import Any, NoReturn
from urllib.parse import quote

import requests
from flask_babel import gettext as _

from meetings import microsoft
from meetings.database import now
from meetings.microsoft import NoAnswer
from meetings.outbox import GiveUp, Later
from meetings.settings import Settings
from meetings.teams.rules import Wanted, is_join_link

PERMISSION = "OnlineMeetings.ReadWrite.All"
_LONGEST_WAIT_SECONDS = 3600.0
_WAIT_SECONDS = 30.0
# It took too long, collided with another change, or the meeting is locked for one: asking again helps.
_PASSING = (408, 409, 412, 423)


class Gone(Exception):
    """Microsoft has no such online meeting any more."""


@dataclass(frozen=True, slots=True)
class OnlineMeeting:
    """An online meeting as Teams has made it."""

    id: str
    join_url: str


def create_or_get(settings: Settings, external_id: str, what: Wanted | None = None) -> OnlineMeeting:
    """Make the online meeting, or get the one that was made for the same external id before, as it is.

    Who waits in the lobby and who presents cannot be said here; update() says it.
    """
    body = {"externalId": external_id}
    if what is not None:
        body |= {"subject": what.subject, "startDateTime": what.start, "endDateTime": what.end}
    answer = _call(settings, "POST", "/createOrGet", body)
    if answer.status_code not in (200, 201):
        _refused(answer, settings)
    return _read(answer)


def update(settings: Settings, teams_id: str, what: Wanted) -> None:
    """Tell Teams what an online meeting is called, when it is, who waits in the lobby and who presents.

    Refuses with Gone where there is no such online meeting any more.
    """
    body = {
        "subject": what.subject,
        "startDateTime": what.start,
        "endDateTime": what.end,
        "lobbyBypassSettings": {"scope": what.lobby, "isDialInBypassEnabled": False},
        "allowedPresenters": what.presenters,
        "allowMeetingChat": "enabled",
        "recordAutomatically": False,
    }
    answer = _call(settings, "PATCH", f"/{quote(teams_id, safe='')}", body)
    if answer.status_code == 404:
        raise Gone
    if answer.status_code not in (200, 204):
        _refused(answer, settings)


def delete(settings: Settings, teams_id: str) -> None:
    """Delete an online meeting; one that is gone already is as good."""
    answer = _call(settings, "DELETE", f"/{quote(teams_id, safe='')}")
    if answer.status_code not in (200, 204, 404):
        _refused(answer, settings)


def probe(settings: Settings) -> str | None:
    """Ask for an online meeting that nobody has: None when that is allowed, else what is not known.

    Graph looks at the permission and the Teams administrator's leave first and at the meeting last, so what is wrong
    with them is refused as in all other calls. Nothing is made.
    https://learn.microsoft.com/en-us/graph/api/onlinemeeting-get
    """
    context = quote(json.dumps({"Tid": settings.graph_tenant, "Oid": settings.graph_organiser}, separators=(",", ":")))
    nowhere = f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_Um9zdHJ1bQ%40thread.v2/0?context={context}"
    condition = quote(f"JoinWebUrl eq '{nowhere}'", safe="")
    answer = _call(settings, "GET", f"?$filter={condition}")
    if answer.status_code == 404 and "user" in _graph_message(answer).lower():
        _refused(answer, settings)
    if answer.status_code in (400, 404):
        return f"Graph says: {_graph_message(answer)}"
    if answer.status_code != 200:
        _refused(answer, settings)
    return None


def permissions(settings: Settings) -> frozenset[str] | None:
    """The application's permissions as its token has them; None where the token cannot be read.

    It is meant for Graph alone, which may change its form at any time.
    https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens
    """
    try:
        part = microsoft.token(settings).split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return frozenset(str(role) for role in claims.get("roles", ()))
    except (IndexError, ValueError, AttributeError, TypeError):
        return None


def why_no_permission() -> str:
    """What to do where the application may not make online meetings at all."""
    return str(
        _(
            "The application may not make online meetings. In Entra ID (App registrations, API permissions) add the "
            "application permission OnlineMeetings.ReadWrite.All of Microsoft Graph and grant admin consent; then "
            "press the button again."
        )
    )


def _call(settings: Settings, method: str, path: str, body: dict[str, Any] | None = None) -> requests.Response:
    """One call about the organiser's online meetings; with a new token once, since one can expire on the way."""
    url = f"{settings.graph_url}/users/{quote(str(settings.graph_organiser), safe='')}/onlineMeetings{path}"
    answer = _send(settings, method, url, body)
    if answer.status_code == 401 and not _lacks_policy(_graph_message(answer)):
        microsoft.forget()
        answer = _send(settings, method, url, body)
    return answer


def _send(settings: Settings, method: str, url: str, body: dict[str, Any] | None) -> requests.Response:
    headers = {"Authorization": f"Bearer {microsoft.token(settings)}"}
    try:
        return microsoft.http(settings).request(method, url, json=body, headers=headers)
    except requests.RequestException as error:
        microsoft.not_reached(error, "Microsoft Graph")


def _read(answer: requests.Response) -> OnlineMeeting:
    try:
        body = answer.json()
        made = OnlineMeeting(id=str(body["id"]), join_url=str(body["joinWebUrl"]))
    except (ValueError, KeyError, TypeError):
        raise NoAnswer(_("Microsoft Graph answered without a join link.")) from None
    if not made.id or not is_join_link(made.join_url):
        raise NoAnswer(_("Microsoft Graph answered without a join link."))
    return made


def _refused(answer: requests.Response, settings: Settings) -> NoReturn:
    if answer.status_code == 429:
        raise Later(_wait(answer))
    message = _graph_message(answer)
    if answer.status_code == 403 or (answer.status_code == 401 and _lacks_policy(message)):
        raise GiveUp(_why_forbidden(message, settings))
    if answer.status_code == 401:
        microsoft.forget()
        raise NoAnswer(_("Microsoft Graph did not accept the sign-in of the application."))
    if answer.status_code in _PASSING:
        raise NoAnswer(_("Microsoft Graph could not do it just now (%(code)s).", code=answer.status_code))
    if answer.status_code >= 500:
        raise NoAnswer(_("Microsoft Graph does not work properly just now (%(code)s).", code=answer.status_code))
    if answer.status_code < 400:
        raise NoAnswer(_("Microsoft Graph answered in a way that is not known (%(code)s).", code=answer.status_code))
    if answer.status_code == 404:
        raise GiveUp(
            _(
                "Microsoft knows no user %(id)s with Teams. GRAPH_ORGANISER must be the object id, not the address, of "
                "a user who has a Teams licence. Correct it and restart Rostrum.",
                id=settings.graph_organiser,
            )
        )
    raise GiveUp(_("Microsoft Graph refuses: %(message)s", message=message))


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
    # Graph gives no other reason where the user may not make meetings in Teams, a guest for example.
    also = _("If it has that, see that the user of GRAPH_ORGANISER is no guest and has a Teams licence.")
    return f"{why_no_permission()} {also}"


def _lacks_policy(message: str) -> bool:
    """Whether Graph misses the Teams administrator's leave; it has said so in several ways over the years."""
    said = message.lower()
    return (
        "access policy" in said
        or ("not authorized to" in said and "on behalf of" in said)
        or "not allowed to perform operations on the user" in said
    )


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
    return min(max(seconds, 1.0), _LONGEST_WAIT_SECONDS) if not isnan(seconds) else _WAIT_SECONDS
