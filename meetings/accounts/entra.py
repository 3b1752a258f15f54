"""Signing in people with Microsoft Entra ID: OpenID Connect by an authorization code with PKCE (RFC 7636), by msal.

Microsoft leads people back with the code in the address, since the cookie of a Lax session would not come with a form
that another site posts. State, PKCE and nonce tie the code to this browser; Entra ID takes a code once.
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
"""

import json
import re
import warnings
from collections.abc import Mapping
from typing import Any, NoReturn

import requests
from flask_babel import gettext as _
from msal.exceptions import MsalServiceError

from meetings import microsoft
from meetings.accounts import rules
from meetings.microsoft import NoAnswer
from meetings.refusals import Refused
from meetings.settings import Settings

# What of msal's flow is kept until the person comes back; the address they were sent to is not needed any more.
_KEPT = ("state", "redirect_uri", "scope", "code_verifier", "nonce", "claims_challenge")
# https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
_NOT_ASSIGNED = {"50105"}
_NO_CONSENT = {"65001", "90094", "90095", "900941"}
_DECLINED = {"65004"}
_CODE_IS_OLD = {"54005", "70008", "70000", "9002313", "50148"}


def begin(settings: Settings, address_back: str) -> tuple[str, dict[str, Any]]:
    """Where to send a person to sign in, and what to keep for finish() in this browser's session."""
    application = _application(settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it recommends a form, which would lose the session: see above
        flow = application.initiate_auth_code_flow([], redirect_uri=address_back, response_mode="query")
    return str(flow["auth_uri"]), {name: flow[name] for name in _KEPT}


def finish(settings: Settings, flow: dict[str, Any], answer: Mapping[str, str], at: float) -> rules.Identity:
    """Who has come back with this answer; `at` is the present in epoch seconds.

    Refuses with what to do about it, and raises NoAnswer or GiveUp as all calls of Microsoft do.
    """
    application = _application(settings)
    try:
        got = application.acquire_token_by_auth_code_flow(flow, dict(answer))
    except requests.exceptions.RequestException as error:
        microsoft.not_reached(error, "Microsoft Entra ID")
    except (MsalServiceError, json.JSONDecodeError):
        raise NoAnswer(microsoft.away()) from None
    except ValueError:  # another state than was given out, or neither a code nor an error
        raise Refused(begin_again()) from None
    except RuntimeError as problem:
        if "nonce" in str(problem):
            raise Refused(begin_again()) from None
        raise NoAnswer(microsoft.away()) from None
    if "error" in got:
        _refused(got, settings)
    try:
        return rules.identity(
            got.get("id_token_claims") or {},
            tenant=str(settings.graph_tenant),
            client_id=str(settings.graph_client_id),
            issuer=f"{settings.graph_authority}/{settings.graph_tenant}/v2.0",
            at=at,
        )
    except rules.WrongClock:
        raise Refused(
            _(
                "The clocks of Microsoft and of this server are too far apart. Tell whoever looks after this "
                "installation: the server is to keep time by NTP."
            )
        ) from None
    except rules.NotForUs as problem:
        raise Refused(
            _("What Microsoft says of you cannot be used here (%(problem)s). Nobody was signed in.", problem=problem)
        ) from None


def begin_again() -> str:
    """What to do where an answer does not belong to a sign-in that was begun in this browser."""
    return str(
        _(
            "This sign-in was not begun in this browser, was used already, or was begun too long ago. Begin it again "
            "from the page for signing in, in one window only."
        )
    )


def _application(settings: Settings) -> Any:
    """The application, anew for each step: nobody's tokens are kept here."""
    session = microsoft.connection(settings)
    return microsoft.application(settings, session, exclude_scopes=["offline_access"])


def _refused(answer: dict[str, Any], settings: Settings) -> NoReturn:
    """Raise what a refusal by Entra ID means for the person, or for whoever looks after the installation."""
    codes = {str(code) for code in answer.get("error_codes") or ()}
    codes |= set(re.findall(r"AADSTS(\d+)", str(answer.get("error_description", ""))))
    error = answer.get("error")
    if codes & _NOT_ASSIGNED:
        raise Refused(
            _(
                "Microsoft knows you, but nobody has given you a part in this application. Ask whoever looks after it "
                "at your organization to assign you a role in Entra ID (Enterprise applications, Users and groups)."
            )
        )
    if codes & _NO_CONSENT or error in ("consent_required", "interaction_required"):
        raise Refused(
            _(
                "This application still needs the consent of an administrator of your organization: in Entra ID, App "
                "registrations, API permissions, Grant admin consent."
            )
        )
    if codes & _DECLINED or error == "access_denied":
        raise Refused(_("You have not agreed to be signed in at Microsoft. Nothing was changed."))
    if codes & _CODE_IS_OLD or error == "invalid_grant":
        raise Refused(begin_again())
    microsoft.refused(answer, settings)
