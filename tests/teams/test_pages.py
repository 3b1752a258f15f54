"""The join link of a sitting on the organiser's pages."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask, render_template

from meetings.database import db, transaction
from meetings.models.account import Account
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event
from tests import factories
from tests.client import Client
from tests.fake_microsoft import FakeMicrosoft
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

PAGE = "/meetings/here/organise/sittings/morning/join-link"
BUTTON = "/meetings/here/organise/sittings/morning/teams"
LINK = "https://zoom.example.org/j/123?pwd=ä"
ERROR = "Microsoft knows no user x with Teams."


@pytest.fixture
def desk(client: Client, organiser: Account) -> Client:
    """The organiser's browser."""
    sign_in(client, organiser)
    return client


def partial(app: Flask, *, has_graph: bool = True, **sitting: str | None) -> str:
    """What the programme's page shows for a sitting."""
    values = {"key": "morning", "join_url": None, "teams_state": None, "teams_error": None} | sitting
    with app.test_request_context("/meetings/here/organise/sittings/morning/join-link"):
        html = render_template("teams/_sitting.html", sitting=SimpleNamespace(**values), has_graph=has_graph)
    return text_of(Page(f"<!doctype html><html><body>{html}</body></html>".encode()).root)


@pytest.mark.parametrize(
    ("sitting", "has_graph", "reads"),
    [
        ({}, True, "Create the Teams link Paste a link instead"),
        ({}, False, "Join link Save the link"),
        ({"teams_state": "asked"}, True, "Being made Teams is making the link. Reload this page in a moment. Paste a"),
        ({"teams_state": "asked", "teams_error": "It was away."}, True, "It was away. It is tried again by itself."),
        ({"teams_state": "failed", "teams_error": ERROR}, True, f"Teams has made no link. {ERROR} Try again Paste a"),
        ({"teams_state": "failed", "teams_error": ERROR}, False, f"Teams has made no link. {ERROR} Join link Save"),
        ({"join_url": LINK, "teams_state": "made"}, True, "Join link Made by Teams Change the link"),
        ({"join_url": LINK}, True, "Join link Change the link"),
        ({"join_url": LINK}, False, "Join link Change the link"),
    ],
)
@pytest.mark.sqlite_only("what is shown does not depend on the database")
def test_a_sitting_s_link_reads_as_it_stands(
    app: Flask, sitting: dict[str, str | None], has_graph: bool, reads: str
) -> None:
    assert reads in partial(app, has_graph=has_graph, **sitting)


def test_a_pasted_link_is_kept(desk: Client, sitting: Sitting) -> None:
    version = db.session.scalars(sa.select(Meeting.version)).one()
    answer = desk.submit(PAGE, {"join_url": f"  {LINK}\t"}, button="Save the link", follow=False)
    assert answer.headers["Location"] == "/meetings/here/organise/programme"
    assert sitting.join_url == LINK
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.kind, event.before, event.after) == ("sitting.link_pasted", {"join_url": None}, {"join_url": LINK})
    assert db.session.scalars(sa.select(Meeting.version)).one() == version + 1


def test_a_link_saved_unchanged_changes_nothing(desk: Client, sitting: Sitting) -> None:
    with transaction() as session:
        session.get_one(Sitting, sitting.id).join_url = LINK
        session.get_one(Sitting, sitting.id).teams_state = "made"
    desk.submit(PAGE, button="Save the link", follow=False)
    assert (sitting.join_url, sitting.teams_state) == (LINK, "made")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 0


def test_a_link_can_be_taken_away(desk: Client, sitting: Sitting) -> None:
    with transaction() as session:
        session.get_one(Sitting, sitting.id).join_url = LINK
    desk.submit(PAGE, {"join_url": ""}, button="Save the link", follow=False)
    assert sitting.join_url is None


@pytest.mark.parametrize("typed", ["zoom.example.org/j/1", "http://example.org/", "javascript:alert(1)", "see mail"])
def test_what_is_no_link_is_refused_and_stays_on_the_page(desk: Client, sitting: Sitting, typed: str) -> None:
    answer = desk.submit(PAGE, {"join_url": typed}, button="Save the link")
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert "starts with https://" in answer.text
    assert sitting.join_url is None


def test_the_button_asks_for_the_link(desk: Client, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    answer = desk.send(form := desk.form(PAGE, button="Save the link"), form.fields, follow=False)
    assert answer.status_code == 303
    answer = desk.post(BUTTON, data={"csrf_token": form.fields["csrf_token"]})
    assert answer.headers["Location"] == "/meetings/here/organise/programme"
    assert sitting.teams_state == "asked"


def test_the_button_says_why_nothing_is_made(desk: Client, sitting: Sitting) -> None:
    token = desk.form(PAGE, button="Save the link").fields["csrf_token"]
    desk.post(BUTTON, data={"csrf_token": token})
    with desk.session_transaction() as session:
        assert session["_flashes"] == [("bad", "Teams links cannot be made here. Paste a link instead.")]


def test_a_sitting_that_is_not_there_has_no_page(desk: Client) -> None:
    assert desk.get("/meetings/here/organise/sittings/evening/join-link").status_code == 404


def test_only_organisers_of_the_meeting_set_links(client: Client, sitting: Sitting) -> None:
    with transaction() as session:
        chair = factories.account("chair@example.org", "chair", of=session.get_one(Meeting, sitting.meeting_id))
    sign_in(client, chair)
    assert client.get(PAGE).status_code == 403
