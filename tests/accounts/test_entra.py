"""Signing in with Microsoft: through Entra ID's own page and back, with the roles that it says."""

import datetime as dt
import threading
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings import access, database
from meetings.accounts import commands, rules
from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE, VISITOR
from meetings.models.account import Account, Grant
from meetings.models.message import Event
from meetings.refusals import Refused
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.fake_microsoft import PERSON, TENANT, FakeMicrosoft
from tests.page_lint import Page, text_of

ADDRESS = "desk@example.org"
SUBJECT = f"{TENANT}:{PERSON}"
BEGIN = "/sign-in/entra"
BACK = "/sign-in/entra/back"


def to_microsoft(client: Client, entra: FakeMicrosoft, path: str = BEGIN) -> str:
    """Press the button and sign in at Microsoft; gives the path by which it leads back."""
    answer = client.get(path)
    assert answer.status_code == 302
    page = requests.get(answer.headers["Location"], allow_redirects=False, verify=str(entra.ca_file), timeout=5)
    assert page.status_code == 302, page.text
    back = urlsplit(page.headers["Location"])
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def sign_in(client: Client, entra: FakeMicrosoft, *, roles: list[str] | None = None, **claims: Any) -> TestResponse:
    """Sign in as the person whom Entra ID describes so."""
    entra.user |= claims | ({} if roles is None else {"roles": roles})
    return client.get(to_microsoft(client, entra))


def held() -> list[tuple[str, int | None, str | None]]:
    """The roles of all accounts, with the meeting and the source."""
    rows = db.session.execute(sa.select(Grant.role, Grant.meeting_id, Grant.source).order_by(Grant.role, Grant.id))
    return [(row.role, row.meeting_id, row.source) for row in rows]


def signed_in_as(client: Client) -> int | None:
    """The account that the browser is signed in as."""
    with client.session_transaction() as session:
        kept = session.get("account")
    return None if kept is None else kept[0]


def test_an_organizer_signs_in_and_comes_back_to_the_page(client: Client, entra: FakeMicrosoft) -> None:
    page = client.get("/sign-in?next=/desk?later%3Dyes")
    (link,) = [each for each in Page(page.data).elements("a") if text_of(each) == "Sign in with Microsoft"]
    entra.user["roles"] = ["Organiser", "Something else"]
    answer = client.get(to_microsoft(client, entra, str(link.get("href"))))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk?later=yes")
    account = db.session.scalars(sa.select(Account)).one()
    assert (account.email, account.name, account.subject) == (ADDRESS, "Demonstration Organizer", SUBJECT)
    assert signed_in_as(client) == account.id
    assert held() == [("organiser", None, "entra")]
    assert client.get("/meetings/new").status_code == 200
    assert db.session.scalars(sa.select(Event.kind).order_by(Event.id)).all() == [
        "account.role_given",
        "account.signed_in_by_entra",
    ]


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
def test_what_is_asked_of_entra_id_is_a_code_bound_to_this_browser(client: Client, entra: FakeMicrosoft) -> None:
    asked = parse_qs(urlsplit(client.get(BEGIN).headers["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["response_mode"] == ["query"]
    assert asked["code_challenge_method"] == ["S256"]
    assert sorted(asked["scope"][0].split()) == ["openid", "profile"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/sign-in/entra/back"]
    assert asked["state"] != asked["nonce"]


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
def test_the_button_is_there_only_where_it_works(app: Flask, client: Client) -> None:
    assert "Microsoft" not in client.get("/sign-in").text
    assert client.get(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404


@pytest.mark.parametrize(
    ("claims", "given"),
    [
        (["Administrator"], ["administrator"]),
        (["Organiser", "Chair", "Rapporteur"], ["chair", "organiser", "rapporteur"]),
        (["organiser"], []),
        (["Everything"], []),
        ([], []),
        (None, []),
        ("Administrator", []),
        ([{"Administrator": 1}, 7], []),
    ],
)
def test_roles_are_those_of_the_application(
    client: Client, entra: FakeMicrosoft, claims: Any, given: list[str]
) -> None:
    answer = sign_in(client, entra, roles=claims) if claims is not None else sign_in(client, entra, roles=[])
    assert [role for role, _meeting, _source in held()] == given
    assert answer.status_code == (303 if given else 403)


def test_somebody_without_a_role_is_told_so_and_gets_no_account(client: Client, entra: FakeMicrosoft) -> None:
    answer = sign_in(client, entra)
    assert answer.status_code == 403
    assert "Microsoft has signed you in, but you have no role here." in answer.text
    assert signed_in_as(client) is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 0


def test_a_role_that_is_withdrawn_there_is_withdrawn_here_and_those_given_by_hand_stay(
    client: Client, entra: FakeMicrosoft
) -> None:
    with transaction():
        meeting = factories.meeting()
        factories.account(ADDRESS, "chair", of=meeting)
    commands.give_role(email=ADDRESS, role="rapporteur", slug=None, actor=COMMAND_LINE, now=database.now())
    sign_in(client, entra, roles=["Organiser", "Rapporteur", "Chair"])
    own = [("chair", meeting.id, None), ("rapporteur", None, None)]
    assert held() == [own[0], ("chair", None, "entra"), ("organiser", None, "entra"), own[1]]
    sign_in(client, entra, roles=["Organiser"])
    assert held() == [own[0], ("organiser", None, "entra"), own[1]]
    assert sign_in(client, entra, roles=[]).status_code == 303
    assert held() == own
    last = db.session.scalars(
        sa.select(Event).where(Event.kind == "account.role_removed").order_by(Event.id.desc())
    ).first()
    assert last is not None
    assert last.before == {"role": "organiser", "source": "entra"}


def test_who_loses_the_last_role_is_not_signed_in(client: Client, entra: FakeMicrosoft) -> None:
    sign_in(client, entra, roles=["Organiser"])
    assert sign_in(client, entra, roles=[]).status_code == 403
    assert held() == []


def test_the_team_page_says_where_a_role_comes_from(client: Client, entra: FakeMicrosoft) -> None:
    with transaction():
        factories.meeting(slug="here")
        factories.account("by-hand@example.org", "chair")
    sign_in(client, entra, roles=["Organiser"])
    rows = [text_of(row) for row in Page(client.get("/meetings/here/organise/team").data).elements("tr")]
    assert next(row for row in rows if ADDRESS in row).endswith("Organizer In all meetings, by Microsoft Entra ID")
    assert next(row for row in rows if "by-hand@" in row).endswith("Chair In all meetings")


def test_a_role_given_by_hand_as_well_stays(client: Client, entra: FakeMicrosoft) -> None:
    sign_in(client, entra, roles=["Organiser"])
    give = {"email": ADDRESS, "role": "organiser", "slug": None, "actor": COMMAND_LINE, "now": database.now()}
    assert commands.give_role(**give) is True  # type: ignore[arg-type]
    assert commands.give_role(**give) is False  # type: ignore[arg-type]
    sign_in(client, entra, roles=[])
    assert held() == [("organiser", None, None)]


def test_the_account_is_known_by_who_it_is_not_by_its_address(client: Client, entra: FakeMicrosoft) -> None:
    sign_in(client, entra, roles=["Organiser"])
    sign_in(client, entra, preferred_username="married@example.org")
    account = db.session.scalars(sa.select(Account)).one()
    assert account.email == ADDRESS
    answer = sign_in(client, entra, oid="someone-new", preferred_username=ADDRESS)
    assert answer.status_code == 403
    assert f"There is an account of {ADDRESS} here" in answer.text


def test_a_member_is_joined_to_the_account_of_the_same_address(client: Client, entra: FakeMicrosoft) -> None:
    with transaction():
        account = factories.account(ADDRESS, "chair")
    assert sign_in(client, entra).status_code == 303
    assert signed_in_as(client) == account.id
    assert db.session.get_one(Account, account.id).subject == SUBJECT


@pytest.mark.parametrize(("idp", "joined"), [("live.com", False), (f"https://sts.windows.net/{TENANT}/", True)])
def test_a_guest_s_address_joins_nothing(client: Client, entra: FakeMicrosoft, idp: str, joined: bool) -> None:
    with transaction():
        factories.account(ADDRESS, "administrator")
    answer = sign_in(client, entra, roles=["Chair"], idp=idp)
    assert answer.status_code == (303 if joined else 403)
    assert (signed_in_as(client) is not None) is joined
    assert ("chair" in {role for role, _meeting, _source in held()}) is joined


def test_a_guest_with_a_role_gets_an_account_of_their_own(client: Client, entra: FakeMicrosoft) -> None:
    assert sign_in(client, entra, roles=["Chair"], idp="live.com").status_code == 303


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
def test_a_user_name_that_is_no_address_is_told(client: Client, entra: FakeMicrosoft) -> None:
    answer = sign_in(client, entra, roles=["Organiser"], preferred_username="+41 22 917 90 00")
    assert (answer.status_code, "is not a mail address" in answer.text) == (403, True)
    assert sign_in(client, entra, roles=[], preferred_username=None).status_code == 403


WRONG_CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"nonce": "another"}, "was not begun in this browser"),
    ({"nonce": None}, "was not begun in this browser"),
    ({"aud": "another application"}, "(aud)"),
    ({"tid": "another tenant"}, "(tid)"),
    ({"iss": "https://login.example.org/x/v2.0"}, "(iss)"),
    ({"oid": None}, "(oid)"),
    ({"exp": None}, "(exp)"),
    ({"exp": 1}, "keep time by NTP"),
    ({"nbf": 9999999999}, "keep time by NTP"),
]


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
@pytest.mark.parametrize(("changed", "sentence"), WRONG_CLAIMS)
def test_a_token_that_is_not_for_this_sign_in_signs_nobody_in(
    client: Client, entra: FakeMicrosoft, changed: dict[str, Any], sentence: str
) -> None:
    entra.changed_claims = changed
    answer = sign_in(client, entra, roles=["Administrator"])
    assert answer.status_code == 403
    assert sentence in answer.text
    assert signed_in_as(client) is None
    assert held() == []


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
@pytest.mark.parametrize("drift", [-240, 240])
def test_clocks_may_differ_a_little(client: Client, entra: FakeMicrosoft, drift: int) -> None:
    present = int(database.now().timestamp())
    entra.changed_claims = {"nbf": present + max(drift, 0), "exp": present + min(drift, 0)}
    assert sign_in(client, entra, roles=["Chair"]).status_code == 303


def test_what_leads_back_is_good_once(client: Client, entra: FakeMicrosoft) -> None:
    entra.user["roles"] = ["Chair"]
    back = to_microsoft(client, entra)
    assert client.get(back).status_code == 303
    again = client.get(back)
    assert again.status_code == 400
    assert "was not begun in this browser" in again.text


def test_a_code_that_was_used_before_signs_nobody_in_though_the_cookie_is_old(
    client: Client, entra: FakeMicrosoft
) -> None:
    entra.user["roles"] = ["Chair"]
    back = to_microsoft(client, entra)
    cookie = client.get_cookie("rostrum", domain="localhost")
    assert cookie is not None
    client.get(back)
    client.set_cookie("rostrum", cookie.value, domain="localhost")
    answer = client.get(back)
    assert (answer.status_code, signed_in_as(client)) == (403, None)
    assert "was used already" in answer.text


def test_another_browser_cannot_use_what_leads_back(client: Client, new_client: Any, entra: FakeMicrosoft) -> None:
    entra.user["roles"] = ["Administrator"]
    back = to_microsoft(client, entra)
    other = new_client()
    assert other.get(back).status_code == 400
    to_microsoft(other, entra)  # even if it has begun one of its own
    assert other.get(back).status_code == 403
    assert signed_in_as(other) is None


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=y", "?error=access_denied", "?state="])
def test_what_does_not_come_from_microsoft_is_refused(client: Client, entra: FakeMicrosoft, query: str) -> None:
    assert client.get(BACK + query).status_code == 400
    client.get(BEGIN)
    answer = client.get(BACK + query)
    assert answer.status_code == 403
    assert "Begin it again" in answer.text
    assert client.get(BACK + query).status_code == 400  # what was begun is used up by it


def test_who_stays_away_too_long_begins_again(client: Client, entra: FakeMicrosoft, clock: Clock) -> None:
    clock.set(dt.datetime.now(dt.UTC))
    entra.user["roles"] = ["Chair"]
    back = to_microsoft(client, entra)
    clock.advance(minutes=10, seconds=1)
    assert client.get(back).status_code == 400
    assert signed_in_as(client) is None


REFUSALS = [
    ("access_denied", "AADSTS65004: User declined to consent.", "You have not agreed to be signed in at Microsoft."),
    ("access_denied", "the user canceled the authentication", "You have not agreed"),
    ("access_denied", "AADSTS50105: Your administrator has blocked users.", "nobody has given you a part"),
    ("invalid_client", "AADSTS650052: no subscription", "Microsoft does not sign the application in: AADSTS650052"),
    ("consent_required", "AADSTS65001: no consent", "Grant admin consent"),
    ("access_denied", "AADSTS90094: admin consent", "Grant admin consent"),
]


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
@pytest.mark.parametrize(("error", "description", "sentence"), REFUSALS)
def test_a_refusal_by_microsoft_is_told_in_a_sentence(
    client: Client, entra: FakeMicrosoft, error: str, description: str, sentence: str
) -> None:
    entra.refuse_person(error, description)
    answer = sign_in(client, entra, roles=["Chair"])
    assert answer.status_code in (403, 503)
    assert sentence in answer.text
    assert signed_in_as(client) is None


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, {"error": "invalid_client", "error_codes": [7000222]}, "secret has expired"),
        (401, {"error": "invalid_client", "error_codes": [7000215]}, "GRAPH_CLIENT_SECRET"),
        (400, {"error": "invalid_grant", "error_description": "AADSTS70008: expired"}, "Begin it again"),
        (400, {"error": "temporarily_unavailable"}, "does not work properly just now"),
        (503, {}, "does not work properly just now"),
        (400, {"error": "unknown", "error_description": "AADSTS1: Odd."}, "application in: AADSTS1: Odd."),
        (200, {"access_token": "x", "token_type": "Bearer"}, "cannot be used here"),
    ],
)
def test_trouble_with_the_token_is_told_in_a_sentence(
    client: Client, entra: FakeMicrosoft, status: int, body: dict[str, Any], sentence: str
) -> None:
    back = to_microsoft(client, entra)
    entra.refuse_token(status, body)
    answer = client.get(back)
    assert answer.status_code in (403, 503)
    assert sentence in answer.text


@pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")
def test_a_microsoft_that_is_away_is_told(app: Flask, client: Client, entra: FakeMicrosoft) -> None:
    back = to_microsoft(client, entra)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], graph_authority="https://localhost:9")
    for path in (back, BEGIN):
        answer = client.get(path)
        assert (answer.status_code, "could not be reached" in answer.text) == (503, True)


def test_roles_of_entra_id_hold_for_twelve_hours_and_for_no_other_sign_in(
    client: Client, entra: FakeMicrosoft, clock: Clock
) -> None:
    clock.set(dt.datetime.now(dt.UTC))
    sign_in(client, entra, roles=["Administrator"])
    clock.advance(hours=11, minutes=59)
    assert client.get("/meetings/new").status_code == 200
    clock.advance(minutes=1)
    assert client.get("/meetings/new").status_code == 302
    account = db.session.scalars(sa.select(Account)).one()
    with client.session_transaction() as session:
        session["account"] = [account.id, account.serial]
        session.pop(access.ENTRA_ENDS)  # as by a mailed link
    assert client.get("/desk").status_code == 200
    assert client.get("/meetings/new").status_code == 403


def test_signing_in_twice_at_once_makes_one_account(app: Flask, entra: FakeMicrosoft) -> None:
    db.session.rollback()
    who = rules.Identity(SUBJECT, ADDRESS, "Demonstration", frozenset({"chair", "organiser"}), guest=False)
    barrier = threading.Barrier(4)
    found: list[object] = []

    def enter() -> None:
        with app.app_context():
            barrier.wait()
            found.append(commands.sign_in_by_entra(who=who, actor=VISITOR, now=database.now()))

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert held() == [("chair", None, "entra"), ("organiser", None, "entra")]


def test_a_refused_address_changes_nothing(app: Flask, entra: FakeMicrosoft) -> None:
    with transaction():
        factories.account(ADDRESS, "chair")
    who = rules.Identity(SUBJECT, ADDRESS, None, frozenset({"administrator"}), guest=True)
    with pytest.raises(Refused, match="mailed link"):
        commands.sign_in_by_entra(who=who, actor=VISITOR, now=database.now())
    assert held() == [("chair", None, None)]
