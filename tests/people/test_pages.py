"""The pages of registrations, as a browser uses them."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import Registration
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

ENTERED: dict[str, Any] = {
    "honorific": "H.E. Ms.",
    "given": "María-José",
    "family": "Demonstration",
    "email": "Maria@Example.org",
    "organisation": "Ciudad de Demostración",
    "category": "local_and_regional_governments",
    "country": "ES",
    "function": "Mayor",
    "attendance": "online",
    "languages": ["en", "fr"],
    "accessibility": "Captions\nand a lift",
    "gender": "woman",
    "consent_recorded": True,
}


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A published hybrid meeting of tomorrow in two languages, with one sitting that has a join link."""
    with transaction():
        meeting = factories.meeting(
            slug="dialogue",
            mode="hybrid",
            languages=["en", "fr"],
            contact="secretariat@example.org",
            venue="Palais des Nations",
            city="Geneva",
        )
        factories.sitting(meeting, key="s", start=dt.time(15), end=dt.time(18), join_url="https://teams.example/j")
    return meeting


@pytest.fixture
def organiser(meeting: Meeting, client: Client) -> Client:
    """The browser of an organiser of the meeting."""
    with transaction():
        account = factories.account("", "organiser", of=meeting)
    sign_in(client, account)
    return client


def made(meeting: Meeting, status: str = "confirmed", **values: Any) -> Registration:
    with transaction():
        return factories.registration(meeting, status=status, languages=["en"], **values)


def mine(row: Registration, page: str = "") -> str:
    return f"/me/{links.make('personal', row.id, row.link_serial)}/{page}"


def text(page: Page) -> str:
    return text_of(page.root)


def last_message() -> Message:
    return db.session.scalars(sa.select(Message).order_by(Message.id.desc())).all()[0]


def test_from_the_registration_to_ones_own_page(meeting: Meeting, client: Client) -> None:
    answer = client.submit("/meetings/dialogue/register", ENTERED, button="Register")
    assert answer.status_code == 200
    assert "Look in your mail" in answer.text
    (row,) = db.session.scalars(sa.select(Registration)).all()
    told = (row.person.name, row.person.email, row.languages, row.accessibility, row.consent_recorded)
    assert told == ("María-José Demonstration", "maria@example.org", ["en", "fr"], "Captions\nand a lift", True)
    assert (row.consent_listed, row.consent_photographed) == (False, False)
    assert row.person.gender == "woman"
    link = f"/confirm/{links.make('verify', row.id, 1)}"
    assert "Yes, it was me" in client.get(link).text
    assert row.status == "unverified"
    page = client.submit(link, button="Yes, it was me")
    assert page.request.path == mine(row)
    assert "To be decided" in page.text
    assert row.status == "pending"
    again = client.post(
        link, data={"csrf_token": client.form(mine(row), button="Replace my link").fields["csrf_token"]}
    )
    assert again.headers["Location"] == mine(row)
    assert row.version == 2


def test_what_is_answered_does_not_tell_whether_the_address_is_known(meeting: Meeting, client: Client) -> None:
    made(meeting, who=known(meeting, "known@example.org"))
    for page in ("register", "lost-link"):
        values = ENTERED if page == "register" else {}
        answers = [
            client.submit(f"/meetings/dialogue/{page}", values | {"email": address}, follow=False)
            for address in ("known@example.org", "unknown@example.org")
        ]
        assert answers[0].status_code == answers[1].status_code == 303
        assert answers[0].headers["Location"] == answers[1].headers["Location"]


def known(meeting: Meeting, email: str) -> Any:
    with transaction():
        return factories.person(meeting, email=email)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"family": " "}, "Enter your family name."),
        ({"email": "nobody"}, "This is not an e-mail address"),
        ({"email": "jos\u00e9@example.org"}, "This is not an e-mail address"),
        ({"category": ""}, "Choose what kind of organization it is."),
        ({"attendance": None}, "Choose one."),
        ({"function": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_bad_input_says_what_is_wrong_and_loses_nothing(
    meeting: Meeting, client: Client, wrong: dict[str, Any], problem: str
) -> None:
    form = client.form("/meetings/dialogue/register")
    answer = client.send(form, form.filled(ENTERED | wrong))
    assert answer.status_code == 422
    assert problem in answer.text
    assert db.session.scalars(sa.select(Registration)).all() == []
    for kept in ("María-José", "Ciudad de Demostración", "Captions\nand a lift"):
        assert kept in answer.text


@pytest.mark.parametrize("forged", [{"attendance": "by_post"}, {"languages": "xx"}, {"country": "XX"}])
def test_what_the_page_does_not_offer_is_refused(meeting: Meeting, client: Client, forged: dict[str, str]) -> None:
    form = client.form("/meetings/dialogue/register")
    fields = form.filled(ENTERED)
    for name, value in forged.items():
        fields.setlist(name, [value])
    assert client.send(form, fields).status_code == 422
    assert db.session.scalars(sa.select(Registration)).all() == []


@pytest.mark.parametrize(
    ("given", "family", "organisation"),
    [
        ("نور", "تجريبية", "بلدية تونس التجريبية"),
        ("伟", "示范", "示范市人民政府"),
        ("민준", "시범", "시범특별시"),
        ("Александра", "Демонстрационная", "Демонстрационный город"),
        ("A" * 200, "B" * 200, "C" * 300),
        ("<script>", 'O\'Neil & "Co"', "{{ 7*7 }} {link}"),
    ],
)
def test_every_name_goes_through_registration_and_all_pages(
    meeting: Meeting, organiser: Client, given: str, family: str, organisation: str
) -> None:
    values = ENTERED | {"given": given, "family": family, "organisation": organisation}
    organiser.submit("/meetings/dialogue/register", values, button="Register")
    (row,) = db.session.scalars(sa.select(Registration)).all()
    organiser.submit(f"/confirm/{links.make('verify', row.id, 1)}", button="Yes, it was me")
    addresses = [
        mine(row),
        mine(row, "data"),
        "/meetings/dialogue/organise/registrations",
        f"/meetings/dialogue/organise/registrations/{row.id}",
        f"/meetings/dialogue/organise/messages/{last_message().id}",
    ]
    shown = [text(organiser.page(address)) for address in addresses]
    assert all(family in page for page in (shown[0], shown[2], shown[3], shown[4]))
    assert all(organisation in page for page in (shown[0], shown[2], shown[3]))
    file = organiser.get("/meetings/dialogue/organise/registrations.csv").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file)))[1][1:3] == [given, family]


def test_an_online_meeting_in_one_language_asks_neither_how_nor_in_which(
    app: Flask, clock: Clock, client: Client
) -> None:
    with transaction():
        factories.meeting(slug="online", languages=["en"])
    form = client.form("/meetings/online/register")
    assert not {"attendance", "languages"} & set(form.controls)
    values = {name: value for name, value in ENTERED.items() if name not in ("attendance", "languages")}
    client.submit("/meetings/online/register", values)
    (row,) = db.session.scalars(sa.select(Registration)).all()
    assert (row.attendance, row.languages) == ("online", ["en"])


def test_a_draft_has_no_registration_page_and_a_meeting_that_is_over_says_so(
    meeting: Meeting, client: Client, clock: Clock
) -> None:
    with transaction():
        factories.meeting(slug="draft", published_at=None)
    for address in ("register", "lost-link", "mail-sent/link"):
        assert client.get(f"/meetings/draft/{address}").status_code == 404
        assert client.get(f"/meetings/none/{address}").status_code == 404
    clock.advance(days=1)
    page = client.page("/meetings/dialogue/register")
    assert "Registration for this meeting is closed" in text(page)
    assert not list(page.elements("textarea"))


def test_saving_ones_data_unchanged_changes_nothing(meeting: Meeting, client: Client) -> None:
    row = made(meeting, accessibility="Lift\nCaptions", attendance="in_person", consent_photographed=True)
    before = dict(vars(db.session.get_one(Registration, row.id)))
    form = client.form(mine(row, "data"))
    answer = client.send(form, form.fields)
    assert "Nothing was changed." in answer.text
    after = dict(vars(db.session.get_one(Registration, row.id, populate_existing=True)))
    assert {k: v for k, v in after.items() if k != "_sa_instance_state"} == {
        k: v for k, v in before.items() if k != "_sa_instance_state"
    }


def test_who_was_registered_for_what_is_no_longer_offered_can_save_the_rest(meeting: Meeting, client: Client) -> None:
    row = made(meeting, attendance="in_person")
    with transaction():
        db.session.get_one(Meeting, meeting.id).mode = "online"
        db.session.get_one(Meeting, meeting.id).languages = ["fr"]
    answer = client.submit(mine(row, "data"), {"function": "Mayor"}, button="Save")
    assert "Your data is saved." in answer.text
    assert (row.person.function, row.attendance, row.languages) == ("Mayor", "in_person", ["en"])


def test_who_has_a_role_corrects_all_but_what_the_programme_says(meeting: Meeting, client: Client) -> None:
    row = made(meeting, "declined")
    with transaction():
        factories.role(factories.session(meeting), row.person)
        row.person.function = "Mayor"
    assert row.person.organisation is not None
    name = row.person.organisation.name
    assert "Write to the organizers" in text(client.page(mine(row, "data")))
    form = client.form(mine(row, "data"))
    assert not {"function", "organisation", "category", "country"} & set(form.controls)
    assert "Nothing was changed." in client.send(form, form.fields).text
    fields = client.form(mine(row, "data")).filled({"accessibility": "Captions", "gender": "woman"})
    fields.setlist("function", ["King"])
    fields.setlist("organisation", ["Renamed"])
    assert "Your data is saved." in client.send(form, fields).text
    assert (row.accessibility, row.person.function, row.person.organisation.name) == ("Captions", "Mayor", name)
    assert row.person.gender == "woman"


@pytest.mark.parametrize(("present", "answer", "stored"), [(None, "other", "other"), ("woman", "", None)])
def test_a_gender_is_declared_or_taken_back_on_ones_own_page(
    meeting: Meeting, client: Client, present: str | None, answer: str, stored: str | None
) -> None:
    row = made(meeting, who=known(meeting, "known@example.org"))
    with transaction():
        row.person.gender = present
    form = client.form(mine(row, "data"))
    assert form.fields["gender"] == (present or "")
    assert "totals of how speaking time was shared" in text(client.page(mine(row, "data")))
    assert "Your data is saved." in client.send(form, form.filled({"gender": answer})).text
    assert row.person.gender == stored
    assert {"other": "Gender Other", "": "Gender Not declared"}[answer] in " ".join(
        text(client.page(mine(row))).split()
    )


def test_what_is_no_gender_of_the_form_is_refused_and_loses_nothing(meeting: Meeting, client: Client) -> None:
    row = made(meeting)
    form = client.form(mine(row, "data"))
    fields = form.filled({"function": "Mayor"})
    fields["gender"] = "dragon"
    answer = client.send(form, fields)
    assert answer.status_code == 422
    assert 'value="Mayor"' in answer.text
    assert row.person.gender is None


def test_a_declared_gender_stands_in_no_table_and_on_no_public_page(meeting: Meeting, organiser: Client) -> None:
    person = known(meeting, "known@example.org")
    row = made(meeting, who=person, consent_listed=True)
    with transaction():
        factories.role(factories.session(meeting), person)
        row.person.gender = "other"
    for address in ("", "organise/registrations.csv", "programme.ics"):
        answer = organiser.get(f"/meetings/dialogue/{address}")
        assert answer.status_code == 200
        assert "Other" not in answer.text, address
        assert "Gender" not in answer.text, address


def test_two_browsers_that_correct_the_same_data_lose_nothing(
    meeting: Meeting, new_client: Callable[[], Client]
) -> None:
    row = made(meeting)
    first, second = new_client(), new_client()
    form = second.form(mine(row, "data"))
    first.submit(mine(row, "data"), {"function": "First"}, button="Save")
    answer = second.send(form, form.filled({"function": "Second"}))
    assert answer.status_code == 409
    page = Page(answer.data)
    assert "Your registration was changed in the meantime" in text(page)
    assert "First" in text(page)
    assert 'value="Second"' in answer.text
    assert row.person.function == "First"


def test_a_refused_form_can_be_sent_again_after_a_clash(meeting: Meeting, new_client: Callable[[], Client]) -> None:
    row = made(meeting)
    first, second = new_client(), new_client()
    form = second.form(mine(row, "data"))
    first.submit(mine(row, "data"), {"function": "First"}, button="Save")
    answer = second.send(form, form.filled({"function": "Second"}))
    version = next(e for e in Page(answer.data).elements("input") if e.get("name") == "version")
    assert version.get("value") == str(row.version) == "2"
    fields = form.filled({"function": "Second"})
    fields["version"] = "2"
    assert "Your data is saved." in second.send(form, fields).text
    assert row.person.function == "Second"


def test_a_replaced_link_is_a_404_everywhere(meeting: Meeting, client: Client) -> None:
    row = made(meeting)
    old = mine(row)
    client.submit(old, button="Replace my link")
    for page in ("", "data", "withdraw", "calendar.ics"):
        assert client.get(old + page).status_code == 404
    assert client.get(mine(row)).status_code == 200
    assert client.get(f"/confirm/{links.make('verify', row.id, 1)}").status_code == 404
    assert client.get("/me/made-up/").status_code == 404


@pytest.mark.parametrize("page", ["", "data", "withdraw", "calendar", "calendar.ics", "answer/x"])
def test_a_personal_page_is_kept_nowhere_and_told_to_no_other_site(meeting: Meeting, client: Client, page: str) -> None:
    answer = client.get(mine(made(meeting), page))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("status", "attendance", "shown"),
    [
        ("confirmed", "online", True),
        ("confirmed", "in_person", True),
        ("pending", "online", False),
        ("declined", "online", False),
        ("withdrawn", "online", False),
        ("unverified", "online", False),
    ],
)
def test_the_join_link_is_shown_to_the_confirmed_alone(
    meeting: Meeting, client: Client, status: str, attendance: str, shown: bool
) -> None:
    row = made(meeting, status, attendance=attendance)
    assert ("https://teams.example/j" in client.get(mine(row)).text) is shown
    calendar = client.get(mine(row, "calendar.ics")).text.replace("\r\n ", "")
    assert ("https://teams.example/j" in calendar) is shown


def test_ones_own_page_leads_to_the_floor_of_each_session_that_has_one(meeting: Meeting, client: Client) -> None:
    row = made(meeting)
    with transaction():
        session = factories.session(meeting, key="open", title="Open session", label="Session 1")
        factories.floor(session)
        factories.session(meeting, key="closed", title="No floor")
        factories.floor_request(session, row, topic="Water")
    page = client.page(mine(row))
    floors = [e.get("href") for e in page.elements("a") if (e.get("href") or "").endswith("/floor")]
    assert floors == [mine(row, "sessions/open/floor")] * 2
    assert "Session 1: Open session : Waiting – Water" in text(page)


def test_a_draft_shows_nobody_what_is_planned(meeting: Meeting, client: Client) -> None:
    row = made(meeting)
    with transaction():
        session = factories.session(meeting, key="open", title="Tentative session")
        factories.floor(session)
        request = factories.floor_request(session, row, topic="Water")
        db.session.get_one(Meeting, meeting.id).published_at = None
    answer = client.get(mine(row))
    for planned in ("teams.example", "Tentative session", "15:00", "Palais des Nations", "26 November"):
        assert planned not in answer.text
    page = client.page(mine(row))
    assert "The programme is being revised." in text(page)
    assert "secretariat@example.org" in text(page)
    assert "/meetings/dialogue/" not in [e.get("href") for e in page.elements("a")]
    token = client.form(mine(row), button="Replace my link").fields["csrf_token"]
    assert client.get(mine(row, "sessions/open/floor")).status_code == 404
    withdrawn = client.post(mine(row, f"requests/{request.id}/withdraw"), data={"csrf_token": token})
    assert withdrawn.status_code == 404
    assert request.status == "requested"


def test_withdrawing_is_asked_and_can_be_undone(meeting: Meeting, client: Client) -> None:
    row = made(meeting)
    page = client.submit(mine(row, "withdraw"), button="Withdraw")
    assert "You have withdrawn from this meeting." in page.text
    assert row.status == "withdrawn"
    page = client.submit(mine(row), button="Take part after all")
    assert "To be decided" in page.text
    assert row.status == "pending"


def test_an_empty_list_says_where_to_register(meeting: Meeting, organiser: Client) -> None:
    page = organiser.page("/meetings/dialogue/organise/registrations")
    assert "Nobody has registered yet." in text(page)
    assert "/meetings/dialogue/register" in text(page)


def test_several_are_confirmed_with_one_button_and_the_filter_stays(meeting: Meeting, organiser: Client) -> None:
    rows = [made(meeting, "pending") for _ in range(3)]
    url = "/meetings/dialogue/organise/registrations?status=pending"
    ids = [str(row.id) for row in rows[:2]]
    page = organiser.submit(url, {"registration": ids}, button="Confirm those ticked")
    assert "2 registrations are confirmed." in page.text
    assert page.request.args.to_dict() == {"status": "pending"}
    assert [row.status for row in rows] == ["confirmed", "confirmed", "pending"]
    page = organiser.submit(url, button="Decline those ticked")
    assert "Nobody is ticked." in page.text


def test_one_is_declined_and_the_decline_undone(meeting: Meeting, organiser: Client) -> None:
    row = made(meeting, "pending")
    url = f"/meetings/dialogue/organise/registrations/{row.id}"
    for button, status in [("Decline", "declined"), ("Undo the decline", "pending"), ("Confirm", "confirmed")]:
        organiser.submit(url, button=button)
        assert row.status == status


def test_the_list_is_filtered_by_status_category_and_words(meeting: Meeting, organiser: Client) -> None:
    with transaction():
        states = factories.organisation(meeting, name="Ministère 100%", category="states", acronym="MIN")
        one = factories.person(meeting, family="Ünique", organisation_id=states.id)
        factories.registration(meeting, one, status="pending")
        factories.registration(meeting, status="confirmed")
    url = "/meetings/dialogue/organise/registrations"

    def listed(query: str) -> int:
        return sum(1 for e in organiser.page(url + query).elements("input") if e.get("name") == "registration")

    assert listed("") == 2
    assert [listed(f"?status={status}") for status in ("pending", "confirmed", "declined")] == [1, 1, 0]
    assert [listed(f"?category={category}") for category in ("states", "academia")] == [1, 0]
    assert [listed(f"?words={words}") for words in ("nique+100%25", "MIN", "_", "0%2525", "nobody")] == [1, 1, 0, 0, 0]
    assert [listed(query) for query in ("?status=x", "?page=99", "?page=x")] == [2, 2, 2]


def test_long_lists_come_in_pages(meeting: Meeting, organiser: Client) -> None:
    with transaction():
        for _ in range(51):
            factories.registration(meeting, status="pending")
    page = organiser.page("/meetings/dialogue/organise/registrations?status=pending")
    assert "51 registrations, page 1 of 2" in text(page)
    older = next(e for e in page.elements("a") if e.get("rel") == "next").get("href")
    assert older == "/meetings/dialogue/organise/registrations?page=2&status=pending"
    assert "page 2 of 2" in text(organiser.page(older))


@pytest.mark.parametrize("registrations", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(
    meeting: Meeting, organiser: Client, exact_queries: ExactQueries, registrations: int
) -> None:
    for _ in range(registrations):
        made(meeting)
    with exact_queries(17):
        organiser.get("/meetings/dialogue/organise/registrations")


@pytest.mark.parametrize("sessions", [1, 3])
def test_ones_own_page_takes_a_fixed_number_of_statements(
    meeting: Meeting, client: Client, exact_queries: ExactQueries, sessions: int
) -> None:
    row = made(meeting)
    with transaction():
        for _ in range(sessions):
            session = factories.session(meeting)
            factories.floor(session)
            factories.floor_request(session, row)
    url = mine(row)
    with exact_queries(17):
        client.get(url)


def test_the_table_holds_every_registration_and_runs_nothing(meeting: Meeting, organiser: Client) -> None:
    with transaction():
        person = factories.person(meeting, family="=cmd|' /C calc'!A0", function="+1")
        factories.registration(meeting, person, accessibility="Two\nlines", status="pending")
    made(meeting)
    answer = organiser.get("/meetings/dialogue/organise/registrations.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dialogue-registrations.csv"'
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(rows) == 2
    first = dict(zip(header, rows[0], strict=True))
    assert (first["Family name"], first["Function"]) == ("'=cmd|' /C calc'!A0", "'+1")
    assert (first["Accessibility needs"], first["Status"]) == ("Two\nlines", "To be decided")


def test_the_list_of_participants_leaves_out_who_is_protected_or_does_not_agree(
    meeting: Meeting, organiser: Client
) -> None:
    people = {
        "Listed": ("confirmed", True, False),
        "Protected": ("confirmed", True, True),
        "Unwilling": ("confirmed", False, False),
        "Pending": ("pending", True, False),
    }
    with transaction():
        for family, (status, listed, protected) in people.items():
            person = factories.person(meeting, family=family, protected=protected)
            factories.registration(meeting, person, status=status, consent_listed=listed)
    answer = organiser.get("/meetings/dialogue/organise/participants.docx")
    document = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    assert [family for family in people if family.upper() in document] == ["Listed"]


def test_a_function_held_in_the_past_is_former_in_the_list_of_participants(meeting: Meeting, organiser: Client) -> None:
    with transaction():
        person = factories.person(meeting, family="Past", function="Mayor of Town", former=True)
        factories.registration(meeting, person, status="confirmed", consent_listed=True)
    answer = organiser.get("/meetings/dialogue/organise/participants.docx")
    document = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    assert ", former Mayor of Town" in document


def test_a_meeting_without_a_date_has_no_list_of_participants_yet(meeting: Meeting, organiser: Client) -> None:
    with transaction():
        row = db.session.get_one(Meeting, meeting.id)
        row.start_date = row.end_date = None
    answer = organiser.get("/meetings/dialogue/organise/participants.docx")
    assert answer.status_code == 409
    assert "The meeting has no date yet." in answer.text


def test_a_person_is_protected_from_the_page(meeting: Meeting, organiser: Client) -> None:
    row = made(meeting)
    url = f"/meetings/dialogue/organise/registrations/{row.id}"
    organiser.submit(url, button="Protect this person")
    assert row.person.protected
    organiser.submit(url, button="Show this person again")
    assert not row.person.protected


def test_registrations_of_another_meeting_are_not_there(meeting: Meeting, organiser: Client) -> None:
    with transaction():
        other = factories.registration(factories.meeting(), status="pending")
    url = f"/meetings/dialogue/organise/registrations/{other.id}"
    assert organiser.get(url).status_code == 404
    own = made(meeting)
    token = organiser.form(f"/meetings/dialogue/organise/registrations/{own.id}", button="Decline").fields["csrf_token"]
    for what in ("confirm", "decline", "reopen"):
        assert organiser.post(f"{url}/{what}", data={"csrf_token": token}).status_code == 404
    assert organiser.post(f"{url}/protect", data={"csrf_token": token}).status_code == 409
    assert other.status == "pending"
