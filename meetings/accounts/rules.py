"""Who may ask for a sign-in link, how long one is good for, and which roles may be given and taken."""

import datetime as dt
import hashlib
import hmac
import ipaddress
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email

# A mailed link is good for this long. Asking is counted over the same stretch: whoever is told to wait because their
# address was asked for too often has a good link in the mailbox already.
LINK_VALID = dt.timedelta(minutes=15)
# A link printed by the command line, where nobody waits for a mail.
PRINTED_LINK_VALID = dt.timedelta(hours=24)
LINKS_PER_ADDRESS = 4
# A whole delegation may sit behind one address of the network.
LINKS_PER_MACHINE = 30
# What was asked for is forgotten after this: it is of no use any more, and holds addresses that people typed.
KEEP_LINKS = dt.timedelta(days=1)

# What an organiser may give in a meeting. An administrator is one everywhere, and made by the command line alone.
MEETING_ROLES = ("organiser", "chair", "rapporteur")

# Who goes to sign in at Microsoft is back within this time, or begins again.
ENTRA_VALID = dt.timedelta(minutes=10)
# So long a sign-in by Entra ID lasts, in use or not: what is withdrawn there acts here by then.
ENTRA_LASTS = dt.timedelta(hours=12)
# The values of the app roles that the application has in Entra ID, and what they mean here, in all meetings.
APP_ROLES = {
    "Administrator": "administrator",
    "Organiser": "organiser",
    "Chair": "chair",
    "Rapporteur": "rapporteur",
}
_DRIFT_SECONDS = 300


class NotForUs(ValueError):
    """An identity token that is not meant for this application; the message names the claim."""


class WrongClock(NotForUs):
    """An identity token that is not good yet, or any more, by the clock here."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom Entra ID has signed in. `subject` is who they are for good; `address` (normal form) may come to another.

    `guest`: they belong to another tenant or to none, and nobody in ours vouches for the address.
    """

    subject: str
    address: str | None
    name: str | None
    roles: frozenset[str]
    guest: bool


def identity(claims: Mapping[str, Any], *, tenant: str, client_id: str, issuer: str, at: float) -> Identity:
    """Read an identity token that came from the token endpoint itself; `at` is the present in epoch seconds.

    Refuses with NotForUs what is not for this application, tenant and time (OpenID Connect Core 1.0, 3.1.3.7: its
    signature need not be looked at, since TLS has shown whom it comes from).
    """
    for name, wanted in (("aud", client_id), ("iss", issuer), ("tid", tenant)):
        if str(claims.get(name)).lower() != wanted.lower():
            raise NotForUs(name)
    try:
        ends, begins = float(claims["exp"]), float(claims.get("nbf", claims["iat"]))
    except (KeyError, TypeError, ValueError):
        raise NotForUs("exp") from None
    if at > ends + _DRIFT_SECONDS or at < begins - _DRIFT_SECONDS:
        raise WrongClock("exp")
    if not isinstance(claims.get("oid"), str) or not claims["oid"]:
        raise NotForUs("oid")
    try:
        address = normal_address(str(claims.get("preferred_username")))
    except ValueError:
        address = None
    roles = claims.get("roles")
    return Identity(
        subject=f"{tenant}:{claims['oid']}".lower(),
        address=address,
        name=str(claims["name"]).strip()[:200] or None if "name" in claims else None,
        roles=frozenset(meant for name, meant in APP_ROLES.items() if isinstance(roles, list) and name in roles),
        guest=tenant.lower() not in str(claims.get("idp", tenant)).lower(),
    )


def normal_address(text: str) -> str:
    """A mail address as accounts are known by it: checked, lower case, its domain in ASCII.

    Refuses with ValueError, whose message says what is wrong.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    return str(checked.ascii_email or checked.normalized).lower()


def machine_mark(address: str | None, key: str) -> str | None:
    """What is kept of the asking machine's network address: a keyed hash, of the /64 network for IPv6."""
    if not address:
        return None
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    known = str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
    return hmac.new(key.encode(), f"sign-in {known}".encode(), hashlib.sha256).hexdigest()


def asks_too_often(*, for_address: int, from_machine: int) -> bool:
    """Whether one more link is too many, after so many within LINK_VALID."""
    return for_address >= LINKS_PER_ADDRESS or from_machine >= LINKS_PER_MACHINE


def removal_locks_out(
    *, role: str, own: bool, sufficient_elsewhere: bool, organisers_of_meeting: Collection[int], holder: int
) -> bool:
    """Whether taking this role would leave the meeting without an organiser, or the one who takes it outside.

    `own`: it is the role of the one who takes it. `sufficient_elsewhere`: that one is organiser or administrator of
    all meetings too. `organisers_of_meeting` and `holder` are account ids.
    """
    if role != "organiser":
        return False
    return (own and not sufficient_elsewhere) or set(organisers_of_meeting) <= {holder}
