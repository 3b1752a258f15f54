"""Signing in: a link by mail, good once, for fifteen minutes, on pressing a button."""

import re
import threading
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from itsdangerous import TimestampSigner

from meetings import database, links
from meetings.accounts import commands, queries, rules
from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE, VISITOR
from meetings.models.account import Account, SignInLink
from meetings.models.message import Event, Message
from meetings.refusals import Refused
from meetings.worker import make_worker
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

ANSWER = "If this address has an account, a link is on its way to it."
ADDRESS = "organiser@example.org"


@pytest.fixture
def account(app: Flask) -> Account:
    """Somebody who may sign in, and organises all meetings."""
    with transaction():
        return factories.account(ADDRESS, "organiser")


def mails(app: Flask) -> list[EmailMessage]:
    """What the outbox sends, in its order."""
    worker = make_worker(app, "test")
    while worker.run_once():
        pass
    folder: Path = app.config["SETTINGS"].mail_folder
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def link_in(mail: EmailMessage) -> str:
    """The path of the sign-in link in a mail."""
    found = re.search(r"http://127\.0\.0\.1:8000(/sign-in/\S+)", mail.get_content())
    assert found is not None
    return found[1]


def ask(client: Client, email: str = ADDRESS, path: str = "/sign-in") -> str:
    """Ask for a link on the page; gives what is answered."""
    return client.submit(path, {"email": email}).text


def signed_in_as(client: Client) -> int | None:
    """The account that the browser is signed in as."""
    with client.session_transaction() as session:
        held = session.get("account")
    return None if held is None else held[0]


def test_a_mailed_link_signs_in(app: Flask, client: Client, account: Account) -> None:
    assert ANSWER in ask(client, " Organiser@Example.org ")
    (mail,) = mails(app)
    assert mail["To"] == ADDRESS
    assert "once, for 15 minutes" in mail.get_content()
    answer = client.submit(link_in(mail), button="Sign in")
    assert answer.request.path == "/desk"
    assert signed_in_as(client) == account.id
    kinds = db.session.scalars(sa.select(Event.kind).order_by(Event.id)).all()
    assert kinds == ["account.link_asked", "account.signed_in"]


def test_an_unknown_address_gets_the_same_answer_and_no_mail(app: Flask, client: Client, account: Account) -> None:
    known = ask(client)
    assert re.sub(r"csrf_token\S* value=\S+", "", ask(client, "stranger@example.org")) == re.sub(
        r"csrf_token\S* value=\S+", "", known
    )
    assert [mail["To"] for mail in mails(app)] == [ADDRESS]


def test_the_mail_is_shown_to_nobody_and_holds_no_link_in_the_database(
    app: Flask, client: Client, account: Account
) -> None:
    ask(client)
    message = db.session.scalars(sa.select(Message)).one()
    assert message.private
    assert message.meeting_id is None
    assert "/sign-in/" not in message.text


def test_opening_the_link_signs_nobody_in_and_leaves_it_good(app: Flask, client: Client, account: Account) -> None:
    ask(client)
    path = link_in(mails(app)[0])
    for _ in range(2):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert signed_in_as(client) is None
    client.submit(path, button="Sign in")
    assert signed_in_as(client) == account.id


def test_a_link_works_once(app: Flask, client: Client, new_client: Callable[[], Client], account: Account) -> None:
    ask(client)
    path = link_in(mails(app)[0])
    thief = new_client()
    form = thief.form(path)  # opened while it was good
    client.submit(path, button="Sign in")
    answer = thief.send(form, form.fields)
    assert answer.status_code == 410
    assert "This link does not work any more" in answer.text
    assert signed_in_as(thief) is None
    assert "Ask for a new link" in thief.get(path).text
    assert "Go to my desk" in client.get(path).text


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 200), (15, 410), (24 * 60 - 1, 410)])
def test_a_link_is_good_for_fifteen_minutes(
    app: Flask, client: Client, account: Account, clock: Clock, minutes: float, status: int
) -> None:
    ask(client)
    path = link_in(mails(app)[0])
    form = client.form(path)
    clock.advance(minutes=minutes)
    assert client.get(path).status_code == status
    client.send(form, form.fields)
    assert (signed_in_as(client) == account.id) is (status == 200)


def test_two_presses_at_once_sign_in_once(app: Flask, account: Account) -> None:
    with transaction():
        db.session.add(
            SignInLink(email=ADDRESS, nonce="n", asked_at=database.now(), expires_at=database.now() + rules.LINK_VALID)
        )
    barrier = threading.Barrier(6)
    outcomes: list[bool] = []

    def press() -> None:
        with app.app_context():
            barrier.wait()
            try:
                commands.use_link(nonce="n", actor=VISITOR, now=database.now())
                outcomes.append(True)
            except Refused:
                outcomes.append(False)

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 5 + [True]


def test_nothing_of_the_session_before_is_left_but_the_language(app: Flask, client: Client, account: Account) -> None:
    with client.session_transaction() as session:
        session.update({"account": [999, 1], "planted": "by somebody", "language": "en"})
    with transaction():
        nonce = commands.print_link(email=ADDRESS, actor=COMMAND_LINE, now=database.now())
    with app.test_request_context():
        path = "/sign-in/" + links.make("sign_in", nonce)
    client.get("/sign-in")
    client.submit(path, button="Sign in")
    with client.session_transaction() as session:
        assert session["account"] == [account.id, 1]
        assert session["language"] == "en"
        assert "planted" not in session


@pytest.mark.parametrize(
    ("asked", "arrived"),
    [
        ("/meetings/x/organise/team?a=1", "/meetings/x/organise/team?a=1"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("/\t/example.org/x", "/"),
        ("/\nexample", "/"),
        ("", "/desk"),
        (None, "/desk"),
    ],
)
def test_one_goes_on_to_where_one_wanted_to_be_but_never_elsewhere(
    app: Flask, client: Client, account: Account, asked: str | None, arrived: str
) -> None:
    with app.test_request_context():
        path = app.url_for("accounts.sign_in", next=asked)
    ask(client, path=path)
    answer = client.submit(link_in(mails(app)[0]), button="Sign in", follow=False)
    assert answer.headers["Location"] == arrived
    assert client.get(path).headers["Location"] == arrived  # signed in already: no form


def test_signing_out_ends_the_sign_in(app: Flask, client: Client, account: Account) -> None:
    ask(client)
    client.submit(link_in(mails(app)[0]), button="Sign in")
    answer = client.submit("/", button="Sign out")
    assert "You are signed out." in answer.text
    assert signed_in_as(client) is None


def test_signing_out_ends_the_sign_ins_of_the_account_in_all_browsers_and_no_other_s(
    client: Client, new_client: Callable[[], Client], account: Account
) -> None:
    with transaction():
        another = factories.account("another@example.org", "organiser")
    copied, other = new_client(), new_client()
    for browser, owner in ((client, account), (copied, account), (other, another)):
        sign_in(browser, owner)
    assert copied.get("/desk").status_code == 200
    client.submit("/", button="Sign out")
    assert copied.get("/desk").headers["Location"] == "/sign-in?next=/desk"
    assert other.get("/desk").status_code == 200
    db.session.rollback()
    event = db.session.scalars(sa.select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.kind, event.actor, event.target) == ("account.signed_out", *[f"account:{account.id}"] * 2)


def test_pressing_sign_out_twice_ends_no_newer_sign_in(
    client: Client, new_client: Callable[[], Client], account: Account
) -> None:
    sign_in(client, account)
    client.submit("/", button="Sign out")
    newer = new_client()
    sign_in(newer, account)
    again = client.post("/sign-out", data={"csrf_token": client.form("/sign-in").fields["csrf_token"]})
    assert again.status_code == 303
    assert newer.get("/desk").status_code == 200


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 302)])
def test_a_sign_in_lasts_thirty_days_from_the_last_visit(
    app: Flask, client: Client, account: Account, monkeypatch: pytest.MonkeyPatch, days: int, status: int
) -> None:
    sign_in(client, account)
    start = time.time()
    for visit in (20, 40):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer, day=visit: int(start + day * 86400))
        answer = client.get("/desk")
        assert answer.status_code == 200
        assert "Expires=" in answer.headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get("/static/rostrum.css").headers
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: int(start + (40 + days) * 86400))
    assert client.get("/desk").status_code == status


def test_what_is_no_address_is_refused_and_stays_on_the_page(app: Flask, client: Client) -> None:
    answer = client.submit("/sign-in", {"email": "anna@"})
    assert answer.status_code == 422
    assert "It looks like name@example.org" in answer.text
    assert 'value="anna@"' in answer.text
    assert client.submit("/sign-in", {"email": ""}).status_code == 422


def test_an_address_is_asked_for_a_few_times_only_known_or_not(
    app: Flask, client: Client, account: Account, clock: Clock
) -> None:
    for email in (ADDRESS, "stranger@example.org"):
        for _ in range(rules.LINKS_PER_ADDRESS):
            assert ANSWER in ask(client, email)
        answer = client.submit("/sign-in", {"email": email})
        assert answer.status_code == 429
        assert "wait a quarter of an hour" in text_of(Page(answer.data).root)
    assert len(mails(app)) == rules.LINKS_PER_ADDRESS
    clock.advance(minutes=15)
    assert ANSWER in ask(client)


def test_a_machine_asks_for_so_many_links_only(app: Flask, client: Client, account: Account) -> None:
    now = database.now()
    elsewhere = {"REMOTE_ADDR": "192.0.2.9"}
    mark = rules.machine_mark("127.0.0.1", app.config["SECRET_KEY"])
    for number in range(rules.LINKS_PER_MACHINE):
        commands.ask_for_link(email=f"guess-{number}@example.org", machine=mark, actor=VISITOR, now=now)
    assert client.submit("/sign-in", {"email": ADDRESS}).status_code == 429
    form = client.form("/sign-in")
    answer = client.post("/sign-in", data=form.filled({"email": ADDRESS}), environ_base=elsewhere)
    assert answer.status_code == 303


def test_links_that_are_printed_count_for_no_limit_and_are_good_for_a_day(
    app: Flask, client: Client, account: Account, clock: Clock
) -> None:
    nonce = ""
    for _ in range(rules.LINKS_PER_ADDRESS):
        nonce = commands.print_link(email=ADDRESS, actor=COMMAND_LINE, now=database.now())
    assert ANSWER in ask(client)
    clock.advance(hours=23, minutes=59)
    assert queries.link_is_good(nonce, database.now())
    clock.advance(minutes=1)
    assert queries.link_is_good(nonce, database.now()) is False
    with pytest.raises(Refused, match="has no account"):
        commands.print_link(email="stranger@example.org", actor=COMMAND_LINE, now=database.now())


def test_addresses_that_were_typed_are_forgotten_after_a_day(app: Flask, client: Client, clock: Clock) -> None:
    ask(client, "stranger@example.org")
    clock.advance(days=1, minutes=1)
    ask(client, "another@example.org")
    assert db.session.scalars(sa.select(SignInLink.email)).all() == ["another@example.org"]


def test_the_machine_s_address_is_not_stored(app: Flask, client: Client) -> None:
    ask(client)
    (stored,) = db.session.scalars(sa.select(SignInLink.asked_from)).all()
    assert stored is not None
    assert "127.0.0.1" not in stored
