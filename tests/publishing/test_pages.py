"""The pages of publishing and of versions: said before it is done, refused when stale, readable ever after."""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Person
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.page_lint import Page
from tests.publishing.house import change, draft, mails, publish, versions, work
from tests.signing_in import sign_in

PUBLISH = "/meetings/dialogue/organise/publish"
UNPUBLISH = "/meetings/dialogue/organise/unpublish"
VERSIONS = "/meetings/dialogue/programme/versions"


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    return draft()


@pytest.fixture
def organiser(new_client: Callable[[], Client], meeting: Meeting) -> Client:
    browser = new_client()
    with transaction():
        account = factories.account("organiser@example.org", "organiser", of=meeting)
    sign_in(browser, account)
    return browser


def test_before_the_first_version_it_says_who_would_be_invited_and_shows_the_mails(
    organiser: Client, meeting: Meeting
) -> None:
    with transaction():
        factories.registration(meeting, factories.person(meeting, email=None, given="Without", family="Address"))
    page = organiser.page(PUBLISH)
    for said in (
        "Publish version 1",
        "One person is told:",
        "Invitation: one person",
        "3 mails in all",
        "One person cannot be reached, since no mail address of theirs is known: Ms. Without Address",
        "Your registration is confirmed.",
        "[secret link]",
    ):
        assert said in page.text, said
    assert mails() == []


def test_what_has_changed_is_listed_old_and_new_with_the_note_in_the_mails(
    organiser: Client, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    work()
    assert "Nothing has changed since version 1" in organiser.page(PUBLISH).text
    change(Session, "talk", start=dt.time(15, 30), end=dt.time(16, 30))
    page = organiser.page(PUBLISH)
    moved = "“Talk” is moved from Wednesday 10 December 2025, 15:00–16:00 to Wednesday 10 December 2025, 15:30–16:30."
    assert moved in page.text
    assert "Change: one person" in page.text
    answer = organiser.submit(PUBLISH, {"note": "The train is late."}, button="Show the mails with this note")
    assert Page(answer.data).text.count("The train is late.") == 2  # in the mail and still in the form
    assert len(versions()) == 1
    answer = organiser.submit(PUBLISH, {"note": "The train is late.", "final": True}, button="Publish now")
    assert "Version 2 is published. One person is told." in answer.text
    work()
    assert "The train is late." in mails()[-1].text
    public = organiser.page(VERSIONS).text
    assert moved in public
    assert "The train is late." in public
    assert "Everybody has been told" in organiser.page(PUBLISH).text


def test_a_stale_page_publishes_nothing_and_keeps_what_was_typed(organiser: Client, meeting: Meeting) -> None:
    form = organiser.form(PUBLISH, button="Publish now")
    change(Session, "talk", title="Renamed talk")
    answer = organiser.send(form, form.filled({"note": "Typed"}))
    assert answer.status_code == 409
    assert "Somebody has changed the meeting in the meantime." in answer.text
    assert "Typed" in answer.text
    assert versions() == []
    again = organiser.form(PUBLISH, button="Publish now")
    assert organiser.send(again, again.fields).status_code == 200
    assert len(versions()) == 1


def test_published_twice_from_the_same_page_there_is_one_version(organiser: Client, meeting: Meeting) -> None:
    form = organiser.form(PUBLISH, button="Publish now")
    assert [organiser.send(form, form.fields).status_code for _again in range(2)] == [200, 409]
    assert len(versions()) == 1


def test_a_page_that_does_not_say_what_it_was_made_of_publishes_nothing(organiser: Client, meeting: Meeting) -> None:
    form = organiser.form(PUBLISH, button="Publish now")
    form.fields.poplist("shown")
    assert organiser.send(form, form.fields).status_code == 409
    assert versions() == []


def test_too_long_a_note_is_refused(organiser: Client, meeting: Meeting) -> None:
    answer = organiser.submit(PUBLISH, {"note": "x" * 2001}, button="Publish now")
    assert answer.status_code == 422
    assert versions() == []


def test_kept_as_drafts_nothing_is_sent(organiser: Client, meeting: Meeting) -> None:
    organiser.submit(PUBLISH, {"mails": "hold"}, button="Publish now")
    work()
    assert [each.held for each in mails()] == [True] * 3
    assert "Drafts wait to be sent" in organiser.page(PUBLISH).text
    for held in mails():
        organiser.submit(f"/meetings/dialogue/organise/messages/{held.id}", {}, button="Discard")
    assert "Nothing was sent" in organiser.page(PUBLISH).text
    assert "Everybody has been told" not in organiser.page(PUBLISH).text


def test_while_people_are_being_told_the_page_shows_how_far_it_is(
    organiser: Client, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    for url in (PUBLISH, "/meetings/dialogue/organise/messages"):
        page = organiser.page(url)
        assert "People whose mails are written: 0 of 1." in page.text
        (live,) = [each for each in page.elements("div") if each.get("data-live")]
        assert len(list(page.elements("progress"))) == 1
        answer = organiser.get(url, headers={"If-None-Match": f'"{live.get("data-live")}"'})
        assert answer.status_code == 304
    work()
    for url in (PUBLISH, "/meetings/dialogue/organise/messages"):
        page = organiser.page(url)
        assert "Sent: 3; not sent: 0; waiting: 0; drafts: 0." in page.text
        assert not [each for each in page.elements("div") if each.get("data-live")]


def test_made_a_draft_people_may_be_told(organiser: Client, meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    url = UNPUBLISH
    assert "in the calendar of one person" in organiser.page(url).text
    organiser.submit(url, {"mails": "send"}, button="Make it a draft")
    work()
    assert [each.kind for each in mails()].count("cancellation") == 3
    assert organiser.get(url, follow_redirects=False).status_code == 303  # there is nothing to take back any more


def test_unpublishing_tells_nobody_unless_asked(organiser: Client, meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    organiser.submit(UNPUBLISH, button="Make it a draft")
    work()
    assert len(mails()) == 3
    assert "3 calendar entries differ" in organiser.page("/meetings/dialogue/organise/messages").text


# What everyone sees


def test_everyone_sees_the_version_and_the_team_the_working_copy_when_they_ask(
    organiser: Client, client: Client, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    change(Session, "talk", title="Renamed talk")
    for visitor in (client, organiser):
        page = visitor.page("/meetings/dialogue/")
        assert "Renamed talk" not in page.text
        assert "Version 1" in page.text
    assert "One change is not published yet." in organiser.page("/meetings/dialogue/").text
    assert "One change is not published yet." in organiser.page("/meetings/dialogue/organise/").text
    assert "One change is not published yet." in organiser.page("/meetings/dialogue/organise/programme").text
    assert "Renamed talk" in organiser.page("/meetings/dialogue/?working=1").text
    assert "Renamed talk" not in client.page("/meetings/dialogue/?working=1").text
    assert "Renamed talk" not in client.get("/meetings/dialogue/programme.ics").text


def test_the_list_and_the_registration_know_the_public_title_and_dates(
    client: Client, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    with transaction():
        row = db.session.get_one(Meeting, meeting.id)
        row.title, row.start_date, row.end_date = "Secret plan", dt.date(2026, 5, 5), dt.date(2026, 5, 5)
    for url in ("/", "/meetings/dialogue/register", "/meetings/dialogue/lost-link", VERSIONS):
        text = client.page(url).text
        assert "Secret plan" not in text, url
        assert "Dialogue" in text, url
    assert "10 December 2025" in client.page("/").text


def test_versions_are_readable_ever_after_and_superseded_ones_say_so(
    client: Client, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    change(Session, "talk", title="Renamed talk")
    publish(meeting, clock, final=True)
    first, second = client.page(f"{VERSIONS}/1"), client.page(f"{VERSIONS}/2")
    assert "This version is superseded: version 2 holds." in first.text
    assert "Talk" in first.text
    assert "Renamed talk" not in first.text
    assert "superseded" not in second.text
    assert "“Talk” is called “Renamed talk” now." in second.text
    assert "Tentative programme of work" in first.text
    assert "Tentative programme of work" not in second.text
    for missing in (f"{VERSIONS}/3", f"{VERSIONS}/0"):
        assert client.get(missing).status_code == 404


def test_nothing_of_a_draft_is_public_but_the_team_reads_on(
    organiser: Client, client: Client, meeting: Meeting, clock: Clock
) -> None:
    assert client.get(VERSIONS).status_code == 404
    assert "No version has been published yet." in organiser.page(VERSIONS).text
    publish(meeting, clock)
    organiser.submit(UNPUBLISH, button="Make it a draft")
    for url in (VERSIONS, f"{VERSIONS}/1"):
        assert client.get(url).status_code == 404
        assert "Version 1" in organiser.page(url).text


def test_who_is_protected_since_and_every_link_is_in_no_version_anyone_reads(
    client: Client, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    with transaction():
        talk = db.session.scalars(sa.select(Session).where(Session.key == "talk")).one()
        secret = factories.person(meeting, given="Demonstration", family="Secretperson")
        factories.role(talk, secret)
    publish(meeting, clock)
    assert "Secretperson" in client.page(VERSIONS).text
    with transaction():
        db.session.get_one(Person, secret.id).protected = True
    for url in (VERSIONS, f"{VERSIONS}/1", f"{VERSIONS}/2", "/meetings/dialogue/"):
        text = client.get(url).text
        assert "Secretperson" not in text, url
        assert "teams.example" not in text, url


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("url", "statements"),
    [(PUBLISH, 22), (VERSIONS, 8), (f"{VERSIONS}/1", 9), (UNPUBLISH, 10)],
)
def test_each_page_takes_a_fixed_number_of_statements(
    organiser: Client,
    meeting: Meeting,
    clock: Clock,
    exact_queries: ExactQueries,
    url: str,
    statements: int,
    count: int,
) -> None:
    for number in range(count):
        change(Session, "talk", title=f"Talk {number}")
        publish(meeting, clock)
        with transaction():
            factories.registration(meeting)
    work()
    with exact_queries(statements):
        assert organiser.get(url).status_code == 200
