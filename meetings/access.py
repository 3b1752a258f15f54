"""Who may see and do what: the one decorator that every view carries, and the account behind a request."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import quote

import sqlalchemy as sa
from flask import abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from meetings import links
from meetings.database import db, now
from meetings.journal import Actor
from meetings.models.account import ENTRA, Account, Grant
from meetings.models.meeting import Meeting

P = ParamSpec("P")


class Audience(StrEnum):
    """Who a view is for. The roles are those held in the meeting that the address names, or in all meetings."""

    ANYONE = "anyone"
    LINK = "link"  # whoever has the signed link
    SIGNED_IN = "signed_in"
    RAPPORTEUR = "rapporteur"
    CHAIR = "chair"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


# An organiser may do all that is done in the meeting (the desk helps the chair); an administrator, everything.
_SUFFICIENT = {
    Audience.RAPPORTEUR: {"rapporteur", "organiser", "administrator"},
    Audience.CHAIR: {"chair", "organiser", "administrator"},
    Audience.ORGANISER: {"organiser", "administrator"},
    Audience.ADMINISTRATOR: {"administrator"},
}

View = Callable[P, ResponseReturnValue]

# Where a browser's session keeps until when (epoch seconds) its sign-in by Entra ID lasts; others have no such end.
ENTRA_ENDS = "entra_ends"


def allow(audience: Audience, *, purpose: str | None = None) -> Callable[[View[P]], View[P]]:
    """Let only this audience through. With LINK, the view's `token` must be of the purpose; its claim is `g.claim`."""
    if (audience is Audience.LINK) != (purpose is not None):
        raise ValueError("a link needs its purpose, and nothing else has one")

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            answer = _check(audience, purpose, kwargs)
            return view(*args, **kwargs) if answer is None else answer

        guarded.audience = audience  # type: ignore[attr-defined]  # read by the tests over all addresses
        guarded.purpose = purpose  # type: ignore[attr-defined]
        return guarded

    return decorate


def _check(audience: Audience, purpose: str | None, values: dict[str, Any]) -> ResponseReturnValue | None:
    """None to go on; an answer (or an abort) to stop here."""
    if audience is Audience.ANYONE:
        return None
    if audience is Audience.LINK:
        g.claim = links.read(str(purpose), values["token"])
        if g.claim is None:
            abort(404)
        return None
    if current_account() is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=here()))
        abort(403)
    if audience is Audience.SIGNED_IN:
        return None
    if not may(audience, values.get("slug")):
        abort(403)
    return None


def here() -> str:
    """The address of this page within the site in the characters that an address may have, to come back to it."""
    query = quote(request.query_string, safe="%=&+")
    return quote(request.path) + (f"?{query}" if query else "")


def may(audience: Audience, slug: str | None = None) -> bool:
    """Whether the signed-in account belongs to the audience: in the meeting, or without one in any meeting."""
    if slug is None:
        return bool(_SUFFICIENT[audience] & {grant.role for grant in grants()})
    return bool(_SUFFICIENT[audience] & roles_in(slug))


def roles_in(slug: str) -> set[str]:
    """The roles of the signed-in account in one meeting, those held everywhere included."""
    held = grants()
    roles = {grant.role for grant in held if grant.meeting_id is None}
    if any(grant.meeting_id is not None for grant in held):
        meeting_id = db.session.scalar(sa.select(Meeting.id).where(Meeting.slug == slug))
        roles |= {grant.role for grant in held if meeting_id is not None and grant.meeting_id == meeting_id}
    return roles


def current_account() -> Account | None:
    """Who is signed in, or None. A sign-in ends for all devices when the account's serial rises."""
    if "account" not in g:
        g.account = None
        held = session.get("account")
        if isinstance(held, list) and len(held) == 2 and not _is_over():
            account = db.session.get(Account, held[0])
            if account is not None and account.serial == held[1]:
                g.account = account
                session.modified = True  # the sign-in lasts from this request on
    account = g.account
    return account if isinstance(account, Account) else None


def grants() -> list[Grant]:
    """The roles of the signed-in account. Those that follow Entra ID hold only for who signed in there, for a time."""
    account = current_account()
    held = account.grants if account else []
    return [grant for grant in held if grant.source != ENTRA or ENTRA_ENDS in session]


def _is_over() -> bool:
    """Whether this browser was signed in by Entra ID, and has to be so anew."""
    return ENTRA_ENDS in session and session[ENTRA_ENDS] <= now().timestamp()


def actor() -> Actor:
    """The signed-in account as the log names it; only for views that need one."""
    account = current_account()
    if account is None:
        abort(403)
    return Actor.account(account.id)
