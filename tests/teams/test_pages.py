"""The join link of a sitting on the organiser's pages."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask, render_template

from meetings.database import db, transaction
from meetings.models.account import Account
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event
from meetings.teams import queries
from tests import factories
from tests.client import Client, form_on
from tests.conftest import ExactQueries
from tests.fake_microsoft import FakeMicrosoft
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in
from tests.teams.conftest import work

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
        (
            {"join_url": LINK, "teams_state": "made", "teams_error": ERROR},
            True,
            f"Change the link Teams does not know of the last change. {ERROR} Tell Teams again",
        ),
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


# What the page of the online meetings asks the database, the account included.
QUERIES = 14
TEAMS = "/meetings/here/organise/teams"


def test_who_waits_and_who_presents_is_chosen_for_the_meeting(
    desk: Client, microsoft: FakeMicrosoft, sitting: Sitting
) -> None:
    assert "Only the owner of the meeting" in desk.get(TEAMS).text
    answer = desk.submit(TEAMS, {"lobby": "everyone", "presenters": "organizer"}, button="Save")
    assert answer.status_code == 200
    assert "Saved. Teams is told of it." in answer.text
    assert queries.settings_of("here") == queries.Settings("everyone", "organizer")
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.kind, event.after) == ("meeting.teams_settings", {"lobby": "everyone", "presenters": "organizer"})


def test_choices_saved_unchanged_change_nothing(desk: Client, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    version = db.session.scalars(sa.select(Meeting.version)).one()
    desk.submit(TEAMS, button="Save")
    assert db.session.scalars(sa.select(Meeting.version)).one() == version
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 0


def test_somebody_else_s_choice_is_shown_and_not_overwritten(
    desk: Client, microsoft: FakeMicrosoft, sitting: Sitting
) -> None:
    form = desk.form(TEAMS, button="Save")
    theirs = form.filled({"lobby": "everyone"})
    mine = form.filled({"presenters": "organizer"})
    assert desk.send(form, theirs).status_code == 200
    answer = desk.send(form, mine)
    assert answer.status_code == 409
    assert "Nothing was overwritten" in answer.text
    assert queries.settings_of("here") == queries.Settings("everyone", "organization")
    again = form_on(Page(answer.data), TEAMS, button="Save")
    assert desk.send(again, again.filled({"presenters": "organizer"})).status_code == 200
    assert queries.settings_of("here") == queries.Settings("everyone", "organizer")


def test_a_choice_that_is_not_offered_is_refused(desk: Client, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    form = desk.form(TEAMS, button="Save")
    form.fields["lobby"] = "invited"
    assert desk.send(form, form.fields).status_code == 422


def test_without_a_connection_the_page_says_what_to_do(desk: Client, sitting: Sitting) -> None:
    answer = desk.get(TEAMS)
    assert "This installation makes no links in Teams" in answer.text
    assert "lobby" not in answer.text


def test_a_meeting_without_sittings_has_its_page(desk: Client, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    with transaction() as session:
        session.delete(session.get_one(Sitting, sitting.id))
    assert "There is no sitting yet." in desk.get(TEAMS).text
    assert desk.get("/meetings/elsewhere/organise/teams").status_code in (403, 404)


def test_what_failed_is_tried_again_from_the_page(
    app: Flask, desk: Client, microsoft: FakeMicrosoft, sitting: Sitting
) -> None:
    desk.submit(TEAMS, button="Create the Teams link")
    work(app)
    microsoft.refuse(400, {"error": {"code": "BadRequest", "message": "Not this lobby."}})
    desk.submit(TEAMS, {"lobby": "everyone"}, button="Save")
    work(app)
    assert "Microsoft Graph refuses: Not this lobby." in desk.get(TEAMS).text
    desk.submit(TEAMS, button="Tell Teams again")
    work(app)
    (made,) = microsoft.meetings.values()
    assert made["lobbyBypassSettings"]["scope"] == "everyone"
    microsoft.refuse(403)
    desk.submit(PAGE, {"join_url": ""}, button="Save the link")
    work(app)
    page = desk.get(TEAMS).text
    assert "An online meeting that nobody needs any more could not be deleted." in page
    desk.submit(TEAMS, button="Try again to delete it")
    work(app)
    assert "could not be deleted" not in desk.get(TEAMS).text
    assert microsoft.meetings == {}


def test_the_page_asks_the_database_as_often_for_three_sittings_as_for_one(
    app: Flask, desk: Client, microsoft: FakeMicrosoft, sitting: Sitting, exact_queries: ExactQueries
) -> None:
    with exact_queries(QUERIES):
        desk.get(TEAMS)
    with transaction() as session:
        for _ in range(2):
            factories.sitting(session.get_one(Meeting, sitting.meeting_id))
    with exact_queries(QUERIES):
        desk.get(TEAMS)
