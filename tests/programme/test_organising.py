"""An organiser's way through a meeting, on its pages."""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings.database import db, transaction
from meetings.models.account import Account
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Person
from tests import factories
from tests.client import Client, Form, taken
from tests.conftest import ExactQueries
from tests.page_lint import Page
from tests.programme.scenes import full_meeting
from tests.signing_in import sign_in


@pytest.fixture
def organiser(app: Flask, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    return client


def test_a_meeting_from_nothing_to_published(organiser: Client, new_client: Callable[[], Client]) -> None:
    made = organiser.submit(
        "/meetings/new",
        {
            "title": "Cités et droits",
            "mode": "in_person",
            "timezone": "America/Bogota",
            "start_date": "2026-03-01",
            "organisers-0": "OHCHR",
            "organisers-1": "UCLG",
        },
    )
    assert made.request.path == "/meetings/cites-et-droits/organise/"
    base = made.request.path
    assert "Only those who work on it can see it." in Page(made.data).text
    organiser.submit(f"{base}concept-note", {"background": "Why.", "objectives": "One\nTwo"})
    organiser.submit(f"{base}sittings/new", {"start": "09:00", "end": "12:00"})
    organiser.submit(f"{base}sessions/new", {"kind": "opening", "title": "Opening", "end": "09:30"})
    second = organiser.form(f"{base}sessions/new")
    assert (second.fields["date"], second.fields["start"]) == ("2026-03-01", "09:30")
    organiser.submit(
        f"{base}sessions/new",
        {
            "title": "A panel",
            "end": "11:00",
            "has_floor": True,
            "new-role": "keynote",
            "new-family": "Demonstration",
            "new-organisation": "UCLG",
        },
    )
    page = organiser.page(f"{base}publish")
    assert "Everyone can see its page" in page.text
    assert new_client().get("/meetings/cites-et-droits/").status_code == 404
    organiser.submit(f"{base}publish", button="Publish now")
    public = new_client().page("/meetings/cites-et-droits/").text
    for text in ("Sunday 1 March 2026", "09:30–11:00", "A panel", "Demonstration , UCLG", "UTC-05:00 (America/Bogota)"):
        assert text in public.replace("−", "-"), text
    organiser.submit(f"{base}unpublish", button="Make it a draft")
    assert new_client().get("/meetings/cites-et-droits/").status_code == 404


def test_an_organiser_of_one_meeting_may_create_another_and_then_organises_it(app: Flask, client: Client) -> None:
    with transaction():
        account = factories.account("one@example.org", "organiser", of=factories.meeting())
    sign_in(client, account)
    answer = client.submit("/meetings/new", {"title": "Second"})
    assert (answer.status_code, answer.request.path) == (200, "/meetings/second/organise/")
    roles = [(grant.role, grant.meeting_id) for grant in db.session.get_one(Account, account.id).grants]
    assert len(roles) == 2


def test_a_taken_address_is_said_and_nothing_lost(organiser: Client) -> None:
    with transaction():
        factories.meeting(slug="taken")
    answer = organiser.submit("/meetings/new", {"title": "Another", "slug": "taken", "city": "Gdańsk"})
    assert answer.status_code == 409
    assert "There is a meeting with the address “taken” already." in answer.text
    assert 'value="Gdańsk"' in answer.text


@pytest.mark.parametrize("slug", ["Two Words", "ünï", "a--b", "x" * 81])
def test_an_address_that_is_none_is_refused(organiser: Client, slug: str) -> None:
    answer = organiser.submit("/meetings/new", {"title": "Another", "slug": slug})
    assert answer.status_code == 422
    assert db.session.scalar(sa.select(Meeting.id)) is None


def order_of(page: Page) -> list[str]:
    """The keys of the sessions in the order of the page."""
    return [(row.get("id") or "").removeprefix("session-") for row in page.elements("li") if row.get("class") == "line"]


def row_of(page: Page, url: str, key: str) -> Form:
    """The form of a session's row in the run sheet."""
    line = page.by_id(f"session-{key}")
    assert line is not None, f"no row of {key}"
    (form,) = [each for each in page.elements("form") if page.parents[each] is line]
    return taken(page, form, url)


def times_of(page: Page) -> list[str]:
    """Start and length of the rows, in the order of the page."""
    value = {
        name: [e.get("value") for e in page.elements("input") if e.get("name") == name] for name in ("start", "minutes")
    }
    return [f"{start} {minutes}" for start, minutes in zip(value["start"], value["minutes"], strict=True)]


def press(organiser: Client, slug: str, key: str, act: str, **typed: str | None) -> TestResponse:
    """Fill in a session's row and press a button of it; gives what follows."""
    url = f"/meetings/{slug}/organise/programme?more={key}"
    form = row_of(organiser.page(url), url, key)
    fields = form.filled(typed)
    fields.setlist("act", [act])
    return organiser.send(form, fields)


def test_sessions_are_moved_with_buttons(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m", timezone="Pacific/Auckland")
        factories.session(meeting, key="a", start=dt.time(9), end=dt.time(9, 30))
        factories.session(meeting, key="b", start=dt.time(9, 30), end=dt.time(11))
    assert order_of(organiser.page("/meetings/m/organise/programme")) == ["a", "b"]
    page = Page(press(organiser, "m", "b", "earlier").data)
    assert order_of(page) == ["b", "a"]
    assert times_of(page) == ["09:00 90", "10:30 30"]
    page = Page(press(organiser, "m", "b", "later").data)
    assert order_of(page) == ["a", "b"]
    page = Page(press(organiser, "m", "b", "later").data)
    assert "There is no session of this track on this day to change places with." in page.text


def test_a_session_is_removed_after_a_question(organiser: Client) -> None:
    scene = full_meeting()
    address = f"/meetings/{scene.slug}/organise/sessions/whole/remove"
    question = organiser.page(address).text
    assert "4 roles are removed with it; the people stay in the meeting." in question
    assert "Its part stays as a session of its own." in question
    assert "whole" in order_of(organiser.page(f"/meetings/{scene.slug}/organise/programme"))
    answer = organiser.submit(address, button="Remove the session")
    assert order_of(Page(answer.data)) == ["part", "beside", "lunch", "late", "untimed"]
    assert organiser.get(address).status_code == 404


def test_why_a_session_cannot_be_removed_is_said(organiser: Client) -> None:
    scene = full_meeting()
    with transaction():
        part = db.session.scalars(sa.select(Session).where(Session.key == "part")).one()
        factories.floor_request(part)
    answer = organiser.submit(f"/meetings/{scene.slug}/organise/sessions/part/remove", button="Remove the session")
    assert "Participants have asked for the floor of this session" in answer.text
    assert db.session.scalar(sa.select(Session.id).where(Session.key == "part")) is not None


def test_sittings_are_removed_after_a_question(organiser: Client) -> None:
    scene = full_meeting()
    address = f"/meetings/{scene.slug}/organise/sittings/morning/remove"
    assert "Its sessions stay in the programme." in organiser.page(address).text
    answer = organiser.submit(address, button="Remove the sitting")
    assert "There is no sitting yet." in Page(answer.data).text


def test_people_and_organisations_are_added_found_and_edited(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        registered = factories.registration(meeting)
        registered.person.family = "Findable"
    base = "/meetings/m/organise"
    page = organiser.page(f"{base}/people")
    assert "There is nobody yet." in page.text
    organiser.submit(f"{base}/people/new", {"family": "Speaker", "organisation": "A body", "gender": "woman"})
    organiser.submit(f"{base}/organisations/new", {"name": "Another body", "category": "academia", "country": "KR"})
    text = organiser.page(f"{base}/people").text
    for name in ("Speaker", "A body", "Another body", "Academia"):
        assert name in text
    assert "Findable" not in text
    assert "Findable" in organiser.page(f"{base}/people?search=findABLE").text
    assert "Nobody is found for “100%_”." in organiser.page(f"{base}/people?search=100%25_").text
    key = db.session.scalar(sa.select(Person.key).where(Person.family == "Speaker"))
    organiser.submit(f"{base}/people/{key}", {"protected": True, "organisation": "another BODY"})
    person = db.session.scalars(sa.select(Person).where(Person.key == key)).one()
    assert person.organisation is not None
    assert (person.protected, person.organisation.name) == (True, "Another body")


def test_warnings_lead_to_their_sessions_and_block_nothing(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m", published_at=None)
        factories.session(meeting, key="a", title="First", start=dt.time(9), end=dt.time(10))
        factories.session(meeting, key="b", title="Second", start=dt.time(9, 59), end=dt.time(11))
    for path in ("", "programme", "publish"):
        page = organiser.page(f"/meetings/m/organise/{path}")
        assert "“Second” and “First” overlap by one minute." in page.text
        assert "/meetings/m/organise/sessions/b#start" in {link.get("href") for link in page.elements("a")}
    organiser.submit("/meetings/m/organise/publish", button="Publish now")
    assert meeting.published_at is not None


def test_the_meeting_file_is_for_organisers(
    organiser: Client, client: Client, new_client: Callable[[], Client]
) -> None:
    scene = full_meeting()
    address = f"/meetings/{scene.slug}/organise/export.yaml"
    answer = organiser.get(address)
    assert answer.text.startswith("format: rostrum-meeting/1\n")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dialogue.yaml"'
    assert new_client().get(address).status_code == 302


# In three statements: the account, its roles, the meeting; then what the page itself reads.
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "statements"), [("", 11), ("programme", 12), ("proof-reading", 9), ("publish", 16), ("people", 6)]
)
def test_an_organisers_lists_take_the_same_statements_however_long(
    organiser: Client, exact_queries: ExactQueries, path: str, statements: int, count: int
) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        for _number in range(count):
            session = factories.session(meeting)
            factories.floor(session)
            factories.sitting(meeting)
            for _person in range(count):
                factories.role(session, factories.person(meeting))
    with exact_queries(statements):
        organiser.page(f"/meetings/m/organise/{path}")


def test_organisers_pages_stay_under_100_kb_in_a_large_meeting(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        people = [factories.person(meeting) for _number in range(400)]
        for person in people[100:]:
            factories.registration(meeting, person)
        for number in range(40):
            session = factories.session(meeting, key=f"s{number}")
            for person in people[number : number + 15]:
                factories.role(session, person)
    for path in (
        "",
        "programme",
        "proof-reading",
        "people",
        "people?search=Participant",
        "sessions/s39",
        "particulars",
    ):
        assert len(organiser.get(f"/meetings/m/organise/{path}").data) < 100_000, path


def test_a_new_sitting_is_suggested_for_the_first_sessions_without_one(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        factories.sitting(meeting, start=dt.time(9), end=dt.time(10))
        for start, end, kind in ((9, 10, "opening"), (10, 11, "panel"), (11, 12, "break"), (12, 13, "panel")):
            factories.session(meeting, start=dt.time(start), end=dt.time(end), kind=kind)
        factories.session(meeting, start=dt.time(13), end=dt.time(14), kind="lunch")
        factories.session(meeting, start=dt.time(14), end=dt.time(17))
    address = "/meetings/m/organise/sittings/new"
    for hours in (["10:00", "13:00"], ["14:00", "17:00"]):
        form = organiser.form(address)
        assert [form.fields[name] for name in ("date", "start", "end")] == ["2025-11-26", *hours]
        organiser.send(form, form.fields)
    fields = organiser.form(address).fields
    assert [fields[name] for name in ("date", "start", "end")] == ["2025-11-26", "", ""]
