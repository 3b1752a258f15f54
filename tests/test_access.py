"""Who may open what: every address of the site against the table below, as every kind of visitor."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from meetings import links
from meetings.access import Audience
from meetings.database import transaction
from tests import factories
from tests.client import Client
from tests.signing_in import sign_in

# The contract: an address that is not here, or is open to others than it says, fails the tests.
TABLE: dict[str, Audience] = {}

VISITORS = ("visitor", "nobody", "rapporteur", "chair", "elsewhere", "organiser", "administrator")
MAY = {
    Audience.ANYONE: set(VISITORS),
    Audience.LINK: set(VISITORS),
    Audience.SIGNED_IN: set(VISITORS) - {"visitor"},
    Audience.RAPPORTEUR: {"rapporteur", "organiser", "administrator"},
    Audience.CHAIR: {"chair", "organiser", "administrator"},
    Audience.ORGANISER: {"organiser", "administrator"},
    Audience.ADMINISTRATOR: {"administrator"},
}


def rules(app: Flask) -> list[Rule]:
    """Every address but those of static files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


@pytest.mark.sqlite_only("asks no database")
def test_every_address_is_in_the_table_and_says_the_same(app: Flask) -> None:
    said = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "audience", None) for rule in rules(app)}
    assert said == TABLE


@pytest.fixture
def house(app: Flask) -> dict[str, Any]:
    """What every address can be filled in with."""
    return fill_house()


def fill_house() -> dict[str, Any]:
    """A meeting with something of everything that an address can name, and an account of every kind."""
    with transaction():
        meeting = factories.meeting(slug="here")
        session = factories.session(meeting, key="talk")
        factories.floor(session)
        factories.sitting(meeting, key="talk")
        registration = factories.registration(meeting)
        request = factories.floor_request(session, registration)
        elsewhere = factories.meeting(slug="elsewhere")
        accounts = {
            "nobody": factories.account("nobody@example.org"),
            "elsewhere": factories.account("elsewhere@example.org", "organiser", of=elsewhere),
            "administrator": factories.account("administrator@example.org", "administrator"),
        } | {
            role: factories.account(f"{role}@example.org", role, of=meeting)
            for role in ("rapporteur", "chair", "organiser")
        }
        values = {
            "slug": "here",
            "key": "talk",
            "registration_id": registration.id,
            "request_id": request.id,
        }
        claims = {
            "personal": [registration.id, 1],
            "verify": [registration.id, 1],
            "display": [session.id, 1],
            "sign_in": ["nonce"],
        }
    return {"values": values, "claims": claims, "accounts": accounts}


def address(app: Flask, rule: Rule, house: dict[str, Any]) -> str:
    """The rule's address with everything it names filled in."""
    values = {name: house["values"].get(name, 1) for name in rule.arguments}
    if "token" in rule.arguments:
        purpose = purpose_of(app, rule)
        values["token"] = links.make(purpose, *house["claims"][purpose])
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def purpose_of(app: Flask, rule: Rule) -> str:
    """What the links to this address are made for."""
    return str(getattr(app.view_functions[rule.endpoint], "purpose"))  # noqa: B009  # mypy knows no such attribute


def turned_away(client: Client, url: str, method: str) -> bool:
    """Whether the visitor is refused: sent to sign in, or told that it is not open to them."""
    answer = client.open(url, method=method)
    return answer.status_code == 403 or answer.headers.get("Location", "").startswith("/sign-in")


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_lets_in_whom_the_table_says_and_nobody_else(
    app: Flask, new_client: Callable[[], Client], house: dict[str, Any], visitor: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # so that a refusal can only come from the access rule
    wrong = []
    for rule in rules(app):
        audience = TABLE[rule.endpoint]
        expected = visitor in MAY[audience] or (visitor == "elsewhere" and "slug" not in rule.arguments)
        if audience is Audience.ADMINISTRATOR:
            expected = visitor == "administrator"
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if rule.endpoint in ("accounts.sign_in", "accounts.sign_out"):
                continue  # open to all, and the one place where being sent to sign in is right
            client = new_client()
            if visitor != "visitor":
                sign_in(client, house["accounts"][visitor])
            if turned_away(client, address(app, rule, house), method) == expected:
                wrong.append(f"{method} {rule.rule}: {visitor} {'is refused' if expected else 'gets in'}")
    assert wrong == []


def test_a_link_opens_only_what_it_was_made_for(app: Flask, client: Client, house: dict[str, Any]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    opened = []
    for rule in rules(app):
        if "token" not in rule.arguments:
            continue
        purpose = purpose_of(app, rule)
        others = [links.make(other, *claim) for other, claim in house["claims"].items() if other != purpose]
        for token in [*others, "made-up", links.make(purpose, 999_999, 1), links.make(purpose, "x")]:
            values = {name: house["values"].get(name, 1) for name in rule.arguments} | {"token": token}
            with app.test_request_context():
                url = app.url_for(rule.endpoint, **values)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                if client.open(url, method=method).status_code != 404:
                    opened.append(f"{method} {url}")
    assert opened == []
