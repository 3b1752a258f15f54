"""Signed links: what a link in a mail says, nobody can make up. Nothing secret is stored.

A link carries a purpose and a claim (ids and a serial number); who reads it compares the serial with the row's, so
that a link can be revoked. The purposes and their addresses are the table below.
"""

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

# purpose -> the endpoint whose address carries the token
PURPOSES = {
    "sign_in": "accounts.use_link",
    "verify": "people.verify",
    "personal": "people.personal",
    "feed": "invitations.subscribed_ics",
    "speaker": "speakers.own",
    "display": "floor.display",
    "interpreters": "floor.interpreters",
    "input": "report.own_submission",
    "check": "report.paragraph_check",
}


def make(purpose: str, *claim: int | str) -> str:
    """The token for a purpose and a claim."""
    return _serializer(purpose).dumps(list(claim))


def read(purpose: str, token: str) -> list[Any] | None:
    """The claim of a token made for this purpose, or None for any other text."""
    try:
        claim = _serializer(purpose).loads(token)
    except BadSignature:
        return None
    return claim if isinstance(claim, list) else None


def address(purpose: str, *claim: int | str) -> str:
    """The absolute address of a link, as it stands in a mail."""
    return page(PURPOSES[purpose], token=make(purpose, *claim))


def page(endpoint: str, **values: int | str) -> str:
    """The absolute address of a page, as it stands in a mail or a calendar; needs no request."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return str(current_app.config["SETTINGS"].base_url) + path


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"rostrum-{purpose}")
