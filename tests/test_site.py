"""What holds on every page: headers, errors in the site's own style, logs without personal data, health."""

import json
import logging
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask, g, request
from werkzeug.exceptions import BadRequest

from meetings import access
from meetings.access import Audience, allow
from meetings.database import db, transaction
from meetings.models.account import Account
from meetings.refusals import Refused, Stale
from meetings.requests import CONTENT_SECURITY_POLICY, JsonLines
from tests import factories
from tests.client import Client
from tests.signing_in import sign_in


@pytest.fixture
def organiser(app: Flask) -> Account:
    """Who organises the meeting `here`."""
    with transaction():
        return factories.account("organiser@example.org", "organiser", of=factories.meeting(slug="here"))


def add(app: Flask, path: str, error: Exception) -> None:
    """A page that fails in this way."""

    @allow(Audience.ANYONE)
    def view() -> str:
        raise error

    app.add_url_rule(path, path.strip("/"), view)


def test_health_is_ok_when_the_database_answers_and_is_migrated(app: Flask, client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "migration 0000" in answer.text


def test_every_answer_has_the_security_headers_and_a_request_id(app: Flask, client: Client) -> None:
    for path in ("/", "/no-such-page", "/healthz"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert len(headers["X-Request-Id"]) == 16
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (BadRequest(), 400, "This could not be read"),
        (Refused("The list is closed."), 409, "The list is closed."),
        (Stale("Somebody gave the floor to another speaker."), 409, "Somebody was faster"),
        (ZeroDivisionError("of a person named Quilmes"), 500, "Something went wrong on our side"),
    ],
)
@pytest.mark.sqlite_only("no page here asks the database")
@pytest.mark.own_app("it adds a view")
def test_an_error_is_a_page_that_says_what_to_do(
    app: Flask, client: Client, error: Exception, status: int, words: str
) -> None:
    add(app, "/failing", error)
    app.testing = False
    page = client.page("/failing", status=status)
    assert words in page.text
    assert "Quilmes" not in page.text


@pytest.mark.sqlite_only("no page here asks the database")
def test_a_page_that_is_not_there_says_so_in_the_sites_own_style(client: Client) -> None:
    assert "There is no such page" in client.page("/no-such-page", status=404).text


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 10**20])
@pytest.mark.parametrize("path", ["organise/registrations/{}", "organise/messages/{}", "points/{}"])
def test_an_id_that_no_row_can_have_names_no_page(client: Client, organiser: Account, path: str, number: int) -> None:
    sign_in(client, organiser)
    assert client.get("/meetings/here/" + path.format(number)).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/meetings/%00/", 404),
        ("/meetings/he%00re/organise/", 404),
        ("/meetings/here/organise/sessions/%00", 404),
        ("/meetings/here/organise/registrations?words=a%00b", 404),
        ("/meetings/here/organise/registrations?words=ab", 200),
        ("/meetings/here/organise/registrations?page=100000000000000000000", 200),
        ("/meetings/here/organise/messages?page=100000000000000000000", 200),
    ],
)
def test_an_address_that_no_database_can_look_up_names_no_page(
    client: Client, organiser: Account, address: str, status: int
) -> None:
    sign_in(client, organiser)
    assert client.get(address).status_code == status


@pytest.mark.sqlite_only("no page here asks the database")
def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(app: Flask, client: Client) -> None:
    answer = client.post("/language", data={"language": "en"})
    assert answer.status_code == 400
    assert "reload the page" in answer.text


@pytest.mark.sqlite_only("no page here asks the database")
@pytest.mark.own_app("it adds a view")
def test_the_log_says_what_happened_and_nothing_about_whom(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    add(app, "/failing", ValueError("ana@example.org"))
    app.testing = False
    app.logger.addHandler(caplog.handler)
    caplog.set_level(logging.INFO)
    client.get("/failing?email=ana@example.org")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    text = json.dumps(lines)
    assert "ana" not in text.replace("manager", "")
    failed = next(line for line in lines if line.get("error"))
    assert failed["error"] == "ValueError"
    assert any("view" in frame for frame in failed["where"])
    done = next(line for line in lines if line.get("endpoint"))
    assert (done["endpoint"], done["status"], done["method"]) == ("failing", 500, "GET")


@pytest.mark.sqlite_only("no page here asks the database")
def test_static_files_carry_their_version_and_are_kept_for_a_year(app: Flask, client: Client) -> None:
    page = client.get("/no-such-page").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in address
    answer = client.get(address)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/a\\b",
        "",
        "evil",
        " /desk",
        "/ /evil.example",
        "/\t/evil.example/x",
        "\t//evil.example",
        "/\n/evil.example",
        "/\nevil",
        "/\rSet-Cookie: a=b",
        "/\x00/evil.example",
        "/\x7f/evil.example",
        "/\u00a0/evil.example",
        "/\u200b/evil.example",
        "/\u2028/evil.example",
        "/\u3000/evil.example",
    ],
)
@pytest.mark.sqlite_only("no page here asks the database")
def test_nobody_is_sent_on_to_another_site(app: Flask, client: Client, target: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/language", data={"language": "en", "next": target})
    assert answer.headers["Location"] == "/"


def language_of(client: Client, address: str) -> str | None:
    """The language that a page is in."""
    return next(client.page(address).elements("html")).get("lang")


def test_an_address_may_name_the_language_which_is_not_kept(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))
    assert language_of(client, "/?language=fr") == "fr"
    assert language_of(client, "/") == "en"
    assert language_of(client, "/?language=xx") == "en"
    client.submit("/", {"language": "fr"}, action="/language")
    assert (language_of(client, "/"), language_of(client, "/?language=en")) == ("fr", "en")


def test_the_language_chosen_on_a_page_takes_the_place_of_the_one_in_its_address(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))
    answer = client.submit("/sign-in?next=/desk&language=fr", {"language": "en"}, action="/language", follow=False)
    assert answer.headers["Location"] == "/sign-in?next=%2Fdesk"
    assert language_of(client, answer.headers["Location"]) == "en"


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/here/sessions/a%20b%3Fc",
        "/meetings/here/%D8%A3%E2%80%8C/x?words=%D8%A3+b%26c&page=2",
        "/?words=\u0623 b",
    ],
)
@pytest.mark.sqlite_only("no page here asks the database")
def test_the_choice_of_language_leads_back_to_whatever_page_it_was_made_on(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))
    with app.test_request_context(address):
        path, query = request.path, request.args
        left = access.here()
    app.config["WTF_CSRF_ENABLED"] = False
    back = client.post("/language", data={"language": "en", "next": left}).headers["Location"]
    assert back == left
    with app.test_request_context(back):
        assert (request.path, request.args) == (path, query)
    assert f'name="next" value="{left.replace("&", "&amp;")}"' in client.get(address).text


@pytest.mark.sqlite_only("no page here asks the database")
@pytest.mark.own_app("it adds a view")
def test_a_link_that_was_not_signed_here_opens_nothing(app: Flask, client: Client) -> None:
    @allow(Audience.LINK, purpose="personal")
    def view(token: str) -> str:
        return str(g.claim)

    app.add_url_rule("/secret/<token>", "secret", view)
    assert client.get("/secret/WzEsMV0.forged").status_code == 404
