"""What speakers, participants and the public are shown of speakers; and what nobody is shown."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import docx
import pytest
from flask import Flask

from meetings import links
from meetings.database import db, now, transaction
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Person, Registration
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.published import content_of
from meetings.speakers import queries
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.speakers.house import JOIN, asked, build, mails, organiser_of, page_of, session_of, stored, with_role

LONG = "Extraordinary " * 12 + "Name"


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """See house.py; the clock stands in 2025."""
    return build()


def publish(meeting: Meeting) -> None:
    """Keep the working copy as the meeting's first version."""
    with transaction():
        content = content_of(head_line(db.session.get_one(Meeting, meeting.id)))
        db.session.add(ProgrammeVersion(meeting_id=meeting.id, number=1, published_at=now(), content=content))


def personal_page(registration: Registration) -> str:
    return f"/me/{links.make('personal', registration.id, registration.link_serial)}/"


def change_session(meeting: Meeting, **values: object) -> None:
    with transaction():
        row = db.session.get_one(Session, session_of(meeting).id)
        for name, value in values.items():
            setattr(row, name, value)


def test_of_a_published_meeting_its_version_is_shown_and_a_new_role_beside_it(client: Client, meeting: Meeting) -> None:
    speaker = asked(meeting)
    publish(meeting)
    change_session(meeting, title="Changed in secret")
    text = client.page(page_of(speaker)).text
    assert "Panel 1: Housing" in text
    assert "Changed in secret" not in text
    assert "Still being planned" not in text
    with transaction():
        new = factories.session(meeting, key="new", title="New session")
        factories.role(new, db.session.get_one(Person, speaker.person_id), "chair")
    text = client.page(page_of(speaker)).text
    assert "New session" in text
    assert "Still being planned" in text


def test_of_a_draft_a_speaker_is_shown_their_own_part_alone(client: Client, app: Flask, clock: Clock) -> None:
    draft = build(slug="draft", published_at=None)
    speaker = asked(draft)
    with_role(draft, given="Somebody", family="Else")
    text = client.page(page_of(speaker)).text
    assert "Panel 1: Housing" in text
    assert "Still being planned" in text
    assert "Somebody Else" not in text
    assert client.get("/meetings/draft/").status_code == 404


def test_a_protected_speaker_has_the_page_and_is_named_to_nobody(client: Client, meeting: Meeting) -> None:
    hidden = asked(meeting, "confirmed", given="Hidden", family="Demonstrator", protected=True)
    other = asked(meeting)
    publish(meeting)
    assert "Hidden Demonstrator" in client.page(page_of(hidden)).text
    assert JOIN in client.get(page_of(hidden)).text
    for url in (page_of(other), "/meetings/dialogue/"):
        assert "Hidden Demonstrator" not in client.page(url).text


def test_answers_consents_and_remarks_are_in_nothing_public(client: Client, meeting: Meeting) -> None:
    speaker = asked(meeting, "confirmed")
    before = [client.get(f"/meetings/dialogue/{path}").text for path in ("", "programme.ics")]
    with transaction():
        row = db.session.merge(stored(speaker))
        row.consent_photographed, row.remark, row.status = False, "Secret remark", "declined"
    assert [client.get(f"/meetings/dialogue/{path}").text for path in ("", "programme.ics")] == before


def test_a_tentative_programme_marks_who_has_not_agreed(client: Client, app: Flask, clock: Clock) -> None:
    draft = build(slug="draft", published_at=None)
    for status, family in (("invited", "Waiting"), ("confirmed", "Agreed")):
        asked(draft, status, family=family)
    with_role(draft, family="Unasked")
    organiser_of(client, draft)
    file = docx.Document(io.BytesIO(client.get("/meetings/draft/programme.docx").data))
    lines = {line.strip() for table in file.tables for cell in table._cells for line in cell.text.splitlines()}
    marked = {
        name: any(name in line and "(tbc)" in line for line in lines) for name in ("Waiting", "Agreed", "Unasked")
    }
    assert marked == {"Waiting": True, "Agreed": False, "Unasked": False}


def test_a_withdrawn_or_replaced_link_opens_nothing(client: Client, meeting: Meeting) -> None:
    speaker = asked(meeting)
    address = page_of(speaker)
    with transaction():
        db.session.merge(stored(speaker)).link_serial = 2
    assert client.get(address).status_code == 404
    with transaction():
        db.session.merge(stored(speaker)).status = "withdrawn"
    assert client.get(page_of(stored(speaker))).status_code == 404


def test_page_and_personal_page_mail_each_others_link_and_open_nothing_themselves(
    client: Client, meeting: Meeting
) -> None:
    speaker = asked(meeting)
    with transaction():
        registration = factories.registration(meeting, stored(speaker).person)
    speaks = links.make("speaker", speaker.id, 1)
    assert speaks not in client.get(personal_page(registration)).text
    assert links.make("personal", registration.id, 1) not in client.get(page_of(speaker)).text
    client.submit(personal_page(registration), button="Mail me that link")
    client.submit(page_of(speaker), button="Mail me that link")
    assert [(each.link_purpose, each.link_claim) for each in mails()] == [
        ("speaker", [speaker.id, 1]),
        ("personal", [registration.id, 1]),
    ]


def test_who_was_not_asked_finds_nothing_of_it_on_the_personal_page(client: Client, meeting: Meeting) -> None:
    with transaction():
        registration = factories.registration(meeting)
    assert "You speak at this meeting" not in client.page(personal_page(registration)).text


@pytest.mark.parametrize("email", ["speaker@example.org", "nobody@example.org"])
def test_asking_for_a_link_does_not_tell_who_speaks(client: Client, meeting: Meeting, email: str) -> None:
    asked(meeting, email="speaker@example.org")
    page = client.submit("/meetings/dialogue/speaker-link", {"email": email})
    assert "If a speaker of this meeting has that address" in page.text
    assert len(mails()) == (email == "speaker@example.org")


def test_a_draft_has_no_page_to_ask_for_a_link(client: Client, app: Flask, clock: Clock) -> None:
    build(slug="draft", published_at=None)
    assert client.get("/meetings/draft/speaker-link").status_code == 404


def test_long_names_stand_on_every_page(client: Client, meeting: Meeting) -> None:
    speaker = asked(meeting, given=LONG, family=LONG, function=LONG)
    organiser_of(client, meeting)
    key = stored(speaker).person.key
    pages = (
        page_of(speaker),
        f"{page_of(speaker)}data",
        *(f"/meetings/dialogue/organise/speakers{rest}" for rest in ("", "/remind", f"/person/{key}")),
    )
    for url in pages:
        assert LONG in client.page(url).text, url


@pytest.mark.parametrize("count", [1, 3, 60])
def test_a_speakers_page_takes_the_same_statements_however_many_there_are(
    client: Client,
    meeting: Meeting,
    exact_queries: Callable[[int], AbstractContextManager[None]],
    count: int,
) -> None:
    speaker = asked(meeting)
    for _ in range(count):
        asked(meeting, "confirmed")
    address = page_of(speaker)
    with exact_queries(16):
        client.get(address)


def test_the_parts_of_everybody_are_read_together(
    meeting: Meeting, exact_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for _ in range(5):
        asked(meeting)
    head = head_line(db.session.get_one(Meeting, meeting.id))
    with exact_queries(10):
        assert len(queries.parts(head)) == 5
