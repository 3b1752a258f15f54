"""An organiser's way from a note to a meeting, on the pages: send, compare, correct, agree."""

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from meetings.database import db, transaction
from meetings.models.account import ENTRA, Account, Grant
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Event
from tests import factories
from tests.client import Client, Form, form_on
from tests.page_lint import Page, text_of
from tests.reading import notes
from tests.reading.test_word_files import as_word, saved
from tests.signing_in import sign_in

READ = "/meetings/read"
CREATE = "Create the meeting as a draft"


@pytest.fixture
def organiser(app: Flask, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    return client


def sent(client: Client, text: str, url: str = READ) -> tuple[Page, Form]:
    """The page of what was recognised, and its form."""
    response = client.submit(url, {"text": text}, button="Read it")
    assert response.status_code == 200
    return Page(response.data), form_on(
        Page(response.data), response.request.path, button=CREATE if url == READ else FILL
    )


FILL = "Fill the draft with it"


def only_meeting() -> Meeting:
    return db.session.scalars(sa.select(Meeting)).one()


def lines(meeting: Meeting) -> list[tuple[Any, ...]]:
    return [(each.start, each.end, each.kind, each.label, each.title) for each in meeting.sessions]


def test_a_word_file_becomes_a_meeting_when_it_is_agreed_to(organiser: Client) -> None:
    form = organiser.form(READ, button="Read it")
    fields = form.filled({"file": (io.BytesIO(saved(as_word(notes.JULY))), "note.docx")})
    shown = organiser.send(form, fields)
    assert shown.status_code == 200
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0
    agreed = form_on(Page(shown.data), READ, button=CREATE)
    made = organiser.send(agreed, agreed.fields)
    assert made.request.path == "/meetings/local-governments-for-human-rights/organise/programme"
    assert "Made as a draft: 8 sessions, 3 objectives" in Page(made.data).text
    meeting = only_meeting()
    assert meeting.published_at is None
    assert (meeting.start_date, meeting.timezone, meeting.room) == (dt.date(2025, 7, 22), "Europe/Zurich", "Room XXIV")
    assert len(meeting.sessions) == 8
    assert meeting.sessions[2].description == "The framework is presented, and cities tell what they would do with it."
    assert [(each.start, each.end) for each in meeting.sittings] == [
        (dt.time(10), dt.time(13)),
        (dt.time(15), dt.time(18)),
    ]
    kinds = list(db.session.scalars(sa.select(Event.kind).where(Event.meeting_id == meeting.id)))
    assert kinds == ["meeting.imported"]


def test_what_was_recognised_is_linked_both_ways_with_its_lines(organiser: Client) -> None:
    page, _ = sent(
        organiser, notes.JUNE.replace("17 June 2019", "17 June 2019\n\nby invitation of nobody in particular")
    )
    line = page.by_id("line-21")  # two empty lines fewer at the start, two lines more
    assert line is not None
    assert "Used: Session 2 of this page" in text_of(line)
    targets = {e.get("href") for e in page.elements("a")}
    assert {"#read-session-2", "#line-21", "#read-title", "#read-objectives"} <= targets
    for target in targets:
        if target and target.startswith("#"):
            assert page.by_id(target[1:]) is not None, target
    assert "Not understood" in page.text


def test_what_is_corrected_is_what_is_made(organiser: Client) -> None:
    _, form = sent(organiser, notes.JUNE)
    made = organiser.send(
        form,
        form.filled(
            {
                "title": "Towns and rights",
                "subtitle": "",
                "first_day": "2026-06-17",
                "zone": "Africa/Dakar",
                "mode": "hybrid",
                "venue": "Town hall",
                "country": "SN",
                "sessions-0-taken": False,
                "sessions-1-start": "09:15",
                "sessions-1-end": "",
                "sessions-1-kind": "keynote",
                "sessions-1-label": "Part A",
                "sessions-1-title": "First words",
                "sessions-4-taken": False,
            }
        ),
    )
    assert made.status_code == 200
    meeting = only_meeting()
    assert (meeting.title, meeting.subtitle, meeting.timezone, meeting.mode) == (
        "Towns and rights",
        None,
        "Africa/Dakar",
        "hybrid",
    )
    assert (meeting.venue, meeting.city, meeting.country) == ("Town hall", "Geneva", "SN")
    assert meeting.start_date == meeting.end_date == dt.date(2026, 6, 17)
    titles = [each.title for each in meeting.sessions]
    assert titles[0] == "First words"
    assert len(titles) == 11 - 1 - 4  # the registration, and the thematic session with its three groups
    first = meeting.sessions[0]
    assert (first.start, first.end, first.kind, first.label) == (dt.time(9, 15), None, "keynote", "Part A")
    assert {each.date for each in meeting.sessions} == {dt.date(2026, 6, 17)}
    assert [role.person.function for role in first.roles] == ["Deputy High Commissioner", "co-presidency"]


def test_what_is_agreed_to_unchanged_is_what_was_read(organiser: Client) -> None:
    _, form = sent(organiser, notes.SPANISH)
    organiser.send(form, form.fields)
    meeting = only_meeting()
    assert [(each.date and each.date.day, each.start) for each in meeting.sessions] == [
        (4, dt.time(10)),
        (4, dt.time(10, 30)),
        (4, dt.time(11, 45)),
        (4, dt.time(12)),
        (5, dt.time(10)),
        (5, dt.time(12, 30)),
    ]
    assert [(each.date.day, each.start) for each in meeting.sittings] == [(4, dt.time(10)), (5, dt.time(10))]
    assert meeting.mode == "online"


def test_what_is_wrong_is_said_and_what_was_typed_stays(organiser: Client) -> None:
    _, form = sent(organiser, notes.SPANISH)
    wrong = organiser.send(
        form,
        form.filled(
            {
                "title": "",
                "zone": "Europe/Zürich",
                "last_day": "2026-06-01",
                "sessions-0-end": "09:00",
                "sessions-1-title": "",
                "sessions-2-start": "",
                "sessions-3-title": "A title of my own",
            }
        ),
    )
    assert wrong.status_code == 422
    page = Page(wrong.data)
    for said in (
        "Give the meeting a title.",
        "There is no such time zone.",
        "The last day is before the first.",
        "The end is not after the start.",
        "Give the session a title, or leave it out.",
        "Give the start too.",
    ):
        assert said in page.text, said
    again = form_on(page, READ, button=CREATE)
    assert again.fields["sessions-3-title"] == "A title of my own"
    assert again.fields["zone"] == "Europe/Zürich"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0
    right = {"title": "Ciudades", "zone": "Europe/Zurich", "last_day": "2026-06-05", "sessions-0-end": "10:30"}
    made = organiser.send(again, again.filled(right | {"sessions-1-taken": False, "sessions-2-start": "11:45"}))
    assert made.status_code == 200
    assert [each.title for each in only_meeting().sessions][2] == "A title of my own"


def test_a_day_outside_the_meeting_is_refused_at_its_session(organiser: Client) -> None:
    _, form = sent(organiser, notes.SPANISH)
    wrong = organiser.send(form, form.filled({"sessions-0-day": "2026-06-09"}))
    assert wrong.status_code == 422
    assert "The meeting is not held on this day." in Page(wrong.data).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Choose a file, or paste a text."),
        ({"text": "A text", "file": (io.BytesIO(b"another"), "a.txt")}, "Send either a file or a text."),
        ({"file": (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old.doc")}, "Open it in Word, save it as .docx"),
        ({"file": (io.BytesIO(b"%PDF-1.7 %%EOF"), "a.pdf")}, "copy its text and paste it"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_text_stays(
    organiser: Client, values: dict[str, Any], said: str
) -> None:
    if "file" in values:
        stream, name = values["file"]
        values = values | {"file": (io.BytesIO(stream.getvalue()), name)}
    refused = organiser.submit(READ, values, button="Read it")
    assert refused.status_code == 422
    page = Page(refused.data)
    assert said in page.text
    assert form_on(page, READ, button="Read it").fields.get("text", "") == values.get("text", "")


def test_whoever_organises_only_some_meetings_becomes_the_organiser(client: Client, app: Flask) -> None:
    with transaction():
        account = factories.account("one@example.org")
        meeting = factories.meeting()
        db.session.flush()
        db.session.add(Grant(account_id=account.id, meeting_id=meeting.id, role="organiser"))
    sign_in(client, account)
    _, form = sent(client, notes.JUNE)
    made = client.send(form, form.fields)
    assert made.status_code == 200
    made_id = db.session.scalar(sa.select(Meeting.id).where(Meeting.slug.startswith("meeting-on-local")))
    assert db.session.scalar(sa.select(Grant.role).where(Grant.meeting_id == made_id)) == "organiser"


def test_a_role_that_is_not_held_in_this_sign_in_makes_nobody_go_without_one(client: Client, app: Flask) -> None:
    """Signed in by mail, a role by Entra ID does not hold: the meeting would be out of reach of who has made it."""
    with transaction():
        account = factories.account("one@example.org", "organiser", of=factories.meeting())
        db.session.add(Grant(account_id=account.id, role="organiser", source=ENTRA))
    sign_in(client, account)
    _, form = sent(client, notes.JUNE)
    assert client.send(form, form.fields).status_code == 200


def test_two_meetings_of_one_title_have_addresses_of_their_own(organiser: Client) -> None:
    for _number in range(2):
        _, form = sent(organiser, notes.JUNE)
        assert organiser.send(form, form.fields).status_code == 200
    slugs = set(db.session.scalars(sa.select(Meeting.slug)))
    assert slugs == {
        "meeting-on-local-governments-and-human-rights",
        "meeting-on-local-governments-and-human-rights-2",
    }


@pytest.fixture
def draft(app: Flask) -> str:
    """A draft with particulars, a concept note and an organisation, without sessions."""
    with transaction():
        meeting = factories.meeting(published_at=None, title="My own title", timezone="Europe/Madrid")
        meeting.background = "What I wrote."
        meeting.contact = "mine@example.org"
        organisation = factories.organisation(meeting, key="organisation-1", name="Mine")
        db.session.flush()
        factories.person(meeting, organisation=organisation)
        return meeting.slug


def test_a_draft_without_sessions_is_filled(organiser: Client, draft: str) -> None:
    programme = f"/meetings/{draft}/organise/programme"
    link = next(e for e in organiser.page(programme).elements("a") if str(e.get("href")).endswith("/organise/read"))
    page, form = sent(organiser, notes.FRENCH, str(link.get("href")))
    assert "So far: My own title" in page.text
    made = organiser.send(form, form.filled({"title": "My own title"}))
    assert made.request.path == programme
    meeting = only_meeting()
    assert (meeting.slug, meeting.title, meeting.contact) == (draft, "My own title", "mine@example.org")
    assert meeting.timezone == "Europe/Zurich"  # the note says so
    assert str(meeting.background).startswith("Les élus locaux")
    assert len(meeting.sessions) == 8
    names = {each.name for each in meeting.organisations}
    assert {"Mine", "Ville d'essai", "Ville d'exemple"} <= names
    assert not [e for e in organiser.page(programme).elements("a") if str(e.get("href")).endswith("/organise/read")]


def test_what_a_note_does_not_say_stays_as_the_draft_has_it(organiser: Client, draft: str) -> None:
    page, form = sent(organiser, "Programme\n10:00 – 11:00 Opening\n", f"/meetings/{draft}/organise/read")
    before = only_meeting()
    kept = (before.title, before.timezone, before.mode, before.start_date, before.background)
    assert "So far" not in page.text
    organiser.send(form, form.fields)
    meeting = only_meeting()
    assert (meeting.title, meeting.timezone, meeting.mode, meeting.start_date, meeting.background) == kept
    assert [(each.date, each.title) for each in meeting.sessions] == [(meeting.start_date, "Opening")]


def test_sessions_that_were_added_meanwhile_are_not_replaced(organiser: Client, draft: str) -> None:
    _, form = sent(organiser, notes.FRENCH, f"/meetings/{draft}/organise/read")
    with transaction():
        factories.session(only_meeting(), title="Added by a colleague")
    refused = organiser.send(form, form.fields)
    assert refused.status_code == 409
    assert "The programme has sessions by now." in Page(refused.data).text
    assert [each.title for each in only_meeting().sessions] == ["Added by a colleague"]
    page = organiser.page(f"/meetings/{draft}/organise/read")
    assert "Only a draft without sessions can be filled from a file." in page.text


def test_a_published_meeting_is_not_filled(organiser: Client, draft: str) -> None:
    _, form = sent(organiser, notes.FRENCH, f"/meetings/{draft}/organise/read")
    with transaction():
        only_meeting().published_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert organiser.send(form, form.fields).status_code == 409
    assert not only_meeting().sessions


def test_a_page_that_was_tampered_with_leads_back_to_the_beginning(organiser: Client) -> None:
    _, form = sent(organiser, notes.JUNE)
    fields = form.fields.copy()
    fields["source"] = "{"
    back = organiser.send(form, fields)
    assert back.request.path == READ
    assert "The page is not complete. Read the file again." in Page(back.data).text
    fields = form.fields.copy()
    fields.poplist("sessions-10-title")
    for name in [each for each in fields if each.startswith("sessions-10-")]:
        fields.poplist(name)
    assert organiser.send(form, fields).request.path == READ


def test_text_that_looks_like_markup_is_text(organiser: Client) -> None:
    page, _ = sent(organiser, "<script>alert(1)</script> & rights\n22 July 2025\n10:00 – 11:00 <b>Opening</b>\n")
    assert "<script>alert(1)</script> & rights" in page.text
    assert not [e for e in page.elements("script") if not e.get("src")]


def test_a_long_note_stays_usable(organiser: Client) -> None:
    """100 kB: 1,200 lines with 150 sessions, which are more fields than a form takes by itself."""
    day = "".join(
        f"{hour:02}:{minute:02} – {hour:02}:{minute + 4:02} Session {hour * 12 + minute // 5}: A title of some length\n"
        + "What is said here is of no importance, but it is long enough to fill a line or two of a note.\n" * 7
        for hour in range(8, 20)
        for minute in range(0, 60, 5)
    )
    text = "A long meeting\n22 July 2025\nGeneva\nProgramme\n" + day
    assert len(text) > 100_000
    form = organiser.form(READ, button="Read it")
    # Not through the lint, which holds pages to 100 kB.
    shown = FlaskClient.open(organiser, READ, method="POST", data=form.filled({"text": text}))
    assert shown.status_code == 200
    body = shown.get_data()
    assert len(body) < 1_500_000
    agreed = form_on(Page(body), READ, button=CREATE)
    made = organiser.send(agreed, agreed.fields, follow=False)
    assert made.status_code == 303
    assert len(only_meeting().sessions) == 144


def test_more_sessions_than_a_page_takes_are_refused_and_the_text_stays(organiser: Client) -> None:
    text = "\n".join(f"10:00 – 11:00 Session {number}: Rights" for number in range(301))
    refused = organiser.submit(READ, {"text": text}, button="Read it")
    assert refused.status_code == 422
    assert "301 sessions were found; a page takes 300." in Page(refused.data).text
    assert str(form_on(Page(refused.data), READ, button="Read it").fields["text"]).splitlines() == text.splitlines()


def test_an_ordinary_note_makes_a_light_page(organiser: Client) -> None:
    for text in (notes.JULY, notes.NOVEMBER, notes.JUNE):
        response = organiser.submit(READ, {"text": text}, button="Read it")
        assert len(response.data) < 100_000


def test_without_scripts_and_files_nothing_else_is_needed(organiser: Client, new_client: Callable[[], Client]) -> None:
    stranger = new_client()
    assert stranger.get(READ).status_code == 302
    assert stranger.post(f"{READ}/create").status_code in (400, 403)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Session)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 0
    assert re.search("Read it", organiser.page(READ).text)
