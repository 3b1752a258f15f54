"""A meeting's team: who holds which role, giving one, taking one away."""

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database
from meetings.accounts import commands, queries, rules
from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE, Actor
from meetings.models.account import Account, Grant
from meetings.models.meeting import Meeting
from meetings.models.message import Event, Message
from meetings.refusals import Refused
from meetings.worker import make_worker
from tests import factories
from tests.client import Client
from tests.conftest import ExactQueries
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

PAGE = "/meetings/here/organise/team"
ARABIC = "الحكومات المحلية وحقوق الإنسان"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting with an organiser of its own."""
    with transaction():
        made = factories.meeting(slug="here", title=ARABIC)
        factories.account("organiser@example.org", "organiser", of=made)
    return made


@pytest.fixture
def organiser(meeting: Meeting) -> Account:
    """The meeting's organiser."""
    return db.session.scalars(sa.select(Account).where(Account.email == "organiser@example.org")).one()


@pytest.fixture
def desk(client: Client, organiser: Account) -> Client:
    """The organiser's browser."""
    sign_in(client, organiser)
    return client


def held(slug: str = "here") -> list[tuple[str, str]]:
    """Who holds which role in the meeting."""
    found = queries.team(slug)
    assert found is not None
    return [(member.email, member.role) for member in found.members if not member.everywhere]


def rows(page: Page) -> list[str]:
    """What the rows of the team's table read."""
    return [text_of(row) for table in page.elements("tbody") for row in table]


def remove(desk: Client, role: str, email: str) -> str:
    """Press the button that takes a role away; gives the page that follows."""
    page = desk.page(PAGE)
    (button,) = [b for b in page.elements("button") if b.get("aria-label") == f"Remove: {role}, {email}"]
    form = page.ancestor(button, "form")
    assert form is not None
    return desk.submit(PAGE, action=form.get("action")).text


def test_the_page_shows_who_holds_which_role(desk: Client, meeting: Meeting) -> None:
    with transaction():
        factories.account("zoe@example.org", "chair", "rapporteur", of=meeting)
        factories.account("all@example.org", "administrator")
        factories.account("other@example.org", "chair", of=factories.meeting(slug="elsewhere"))
    assert rows(desk.page(PAGE)) == [
        "organiser@example.org Organizer Remove",
        "zoe@example.org Chair Remove",
        "zoe@example.org Rapporteur Remove",
        "all@example.org Administrator In all meetings",
    ]


def test_giving_a_role_makes_the_account_and_invites_without_signing_in(
    app: Flask, desk: Client, meeting: Meeting
) -> None:
    answer = desk.submit(PAGE, {"email": "New.Chair@example.org", "role": "chair"}, button="Give the role")
    assert "new.chair@example.org has the role now" in answer.text
    assert ("new.chair@example.org", "chair") in held()
    message = db.session.scalars(sa.select(Message)).one()
    assert (message.recipient, message.meeting_id, message.link_purpose) == ("new.chair@example.org", meeting.id, None)
    assert ARABIC in message.subject
    assert ARABIC in message.text
    assert "chair this meeting and give the floor" in message.text
    assert re.search(r"^http://127\.0\.0\.1:8000/sign-in$", message.text, re.MULTILINE)
    assert make_worker(app, "test").run_once()
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.kind, event.meeting_id, event.after) == ("account.role_given", meeting.id, {"role": "chair"})


def test_giving_a_role_again_changes_nothing_and_mails_nobody(desk: Client, meeting: Meeting) -> None:
    desk.submit(PAGE, {"email": "chair@example.org", "role": "chair"}, button="Give the role")
    answer = desk.submit(PAGE, {"email": "chair@example.org", "role": "chair"}, button="Give the role")
    assert "has this role already" in answer.text
    assert held().count(("chair@example.org", "chair")) == 1
    assert len(db.session.scalars(sa.select(Message)).all()) == 1


def test_an_account_keeps_its_other_roles(desk: Client, meeting: Meeting) -> None:
    for role in ("chair", "rapporteur"):
        desk.submit(PAGE, {"email": "both@example.org", "role": role}, button="Give the role")
    assert [role for email, role in held() if email == "both@example.org"] == ["chair", "rapporteur"]


@pytest.mark.parametrize("role", ["administrator", "owner", ""])
def test_only_the_meeting_s_roles_can_be_given(desk: Client, role: str) -> None:
    form = desk.form(PAGE, button="Give the role")
    fields = form.filled({"email": "x@example.org"})
    fields["role"] = role
    assert desk.send(form, fields).status_code == 422
    assert held() == [("organiser@example.org", "organiser")]


def test_what_is_no_address_stays_on_the_page_with_what_is_wrong(desk: Client) -> None:
    answer = desk.submit(PAGE, {"email": "no address", "role": "rapporteur"}, button="Give the role")
    assert answer.status_code == 422
    assert 'value="no address"' in answer.text
    assert "It looks like name@example.org" in answer.text
    assert '<option selected value="rapporteur">' in answer.text


def test_a_role_is_taken_away(desk: Client, meeting: Meeting) -> None:
    with transaction():
        factories.account("zoe@example.org", "chair", "rapporteur", of=meeting)
    assert "The role is removed." in remove(desk, "Chair", "zoe@example.org")
    assert held() == [("organiser@example.org", "organiser"), ("zoe@example.org", "rapporteur")]
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.kind, event.before) == ("account.role_removed", {"role": "chair"})


def test_an_organiser_cannot_leave_the_meeting_alone_or_lock_themselves_out(desk: Client, meeting: Meeting) -> None:
    assert "keeps its organizer" in remove(desk, "Organizer", "organiser@example.org")
    with transaction():
        factories.account("second@example.org", "organiser", of=meeting)
    assert "keeps its organizer" in remove(desk, "Organizer", "organiser@example.org")
    assert "The role is removed." in remove(desk, "Organizer", "second@example.org")
    assert held() == [("organiser@example.org", "organiser")]


def test_another_meeting_s_roles_and_those_held_everywhere_are_out_of_reach(desk: Client, organiser: Account) -> None:
    with transaction():
        elsewhere = factories.account("x@example.org", "chair", of=factories.meeting(slug="elsewhere"))
        everywhere = factories.account("y@example.org", "organiser")
    now = database.now()
    for account in (elsewhere, everywhere):
        commands.remove_role(
            slug="here",
            grant_id=account.grants[0].id,
            account_id=organiser.id,
            actor=Actor.account(organiser.id),
            now=now,
        )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Grant)) == 3


def test_two_organisers_who_remove_each_other_at_once_leave_one(
    app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        factories.account("second@example.org", "organiser", of=meeting)
    grants = [(row.account_id, row.id) for row in db.session.scalars(sa.select(Grant).order_by(Grant.id))]
    db.session.rollback()
    barrier = threading.Barrier(2)
    both_have_read = threading.Barrier(2)
    refused: list[str] = []
    decide = rules.removal_locks_out

    def decide_late(**facts: Any) -> bool:
        with suppress(threading.BrokenBarrierError):
            both_have_read.wait(1)  # as long as it takes the other to read the same, if nothing keeps them apart
        return decide(**facts)

    monkeypatch.setattr(rules, "removal_locks_out", decide_late)

    def press(account_id: int, grant_id: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                commands.remove_role(
                    slug="here",
                    grant_id=grant_id,
                    account_id=account_id,
                    actor=Actor.account(account_id),
                    now=database.now(),
                )
            except Refused as refusal:
                refused.append(str(refusal))

    (first, first_grant), (second, second_grant) = grants
    threads = [threading.Thread(target=press, args=pair) for pair in ((first, second_grant), (second, first_grant))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(held()) == 1


def test_the_same_new_address_given_two_roles_at_once_is_one_account(app: Flask) -> None:
    with transaction():
        for slug in ("one", "two"):
            factories.meeting(slug=slug)
    barrier = threading.Barrier(2)
    failures: list[BaseException] = []

    def give(slug: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                commands.give_role(
                    email="new@example.org", role="chair", slug=slug, actor=COMMAND_LINE, now=database.now()
                )
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=give, args=(slug,)) for slug in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    account = db.session.scalars(sa.select(Account)).one()
    assert len(account.grants) == 2


def test_an_administrator_is_one_everywhere(app: Flask, meeting: Meeting) -> None:
    give = {"email": "a@example.org", "role": "administrator", "actor": COMMAND_LINE, "now": database.now()}
    with pytest.raises(Refused, match="for all meetings"):
        commands.give_role(slug="here", **give)  # type: ignore[arg-type]  # one dict for both calls
    assert commands.give_role(slug=None, **give)  # type: ignore[arg-type]
    assert not commands.give_role(slug=None, **give)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no meeting nowhere"):
        commands.give_role(email="a@example.org", role="chair", slug="nowhere", actor=COMMAND_LINE, now=database.now())


def test_who_may_see_the_page(new_client: Callable[[], Client], meeting: Meeting) -> None:
    with transaction():
        chair = factories.account("chair@example.org", "chair", of=meeting)
    client = new_client()
    assert client.get(PAGE).headers["Location"] == f"/sign-in?next={PAGE}"
    sign_in(client, chair)
    assert client.get(PAGE).status_code == 403
    with transaction():
        factories.account("all@example.org", "administrator")
    sign_in(client, db.session.scalars(sa.select(Account).where(Account.email == "all@example.org")).one())
    assert client.get(PAGE).status_code == 200
    assert client.get("/meetings/nowhere/organise/team").status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_for_one_and_for_three(
    app: Flask, meeting: Meeting, exact_queries: ExactQueries, more: int
) -> None:
    with transaction():
        for number in range(more):
            factories.account(f"chair-{number}@example.org", "chair", of=meeting)
    with exact_queries(2):
        queries.team("here")
