"""A speaker's own pages, by their private link."""

import datetime as dt

import pytest
from flask import Flask

from meetings.database import db
from meetings.models.meeting import Meeting
from tests.client import Client
from tests.conftest import Clock
from tests.speakers.house import JOIN, asked, build, events, mails, page_of, stored

ARABIC = "ليلى"


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """See house.py; the clock stands in 2025."""
    return build()


def test_the_page_says_what_somebody_is_asked_to_do(client: Client, meeting: Meeting) -> None:
    speaker = asked(meeting, "invited", "moderator", given="Demonstration", family="Aroha")
    asked(meeting, given="Other", family="Demonstrator")
    text = client.page(page_of(speaker)).text
    for part in ("Ms. Demonstration Aroha", "Your answer is awaited", "Moderator", "Panel 1: Housing", "22 July 2026"):
        assert part in text, part
    assert "09:20–11:00 NZST (Pacific/Auckland)" in text
    assert "Other Demonstrator" in text
    assert JOIN not in text


def test_without_an_address_for_questions_a_word_can_be_left_on_the_page(
    client: Client, app: Flask, clock: Clock
) -> None:
    page = page_of(asked(build(contact=None)))
    assert "Leave the organizers a word under “Your answer”." in client.page(page).text
    clock.now += dt.timedelta(days=5 * 365)
    assert "Leave the organizers a word" not in client.page(page).text


def test_an_answer_can_be_given_and_changed_until_the_meeting_is_over(
    client: Client, meeting: Meeting, clock: Clock
) -> None:
    speaker = asked(meeting)
    page = client.submit(page_of(speaker), {"remark": "I come by train."}, button="Accept")
    assert "Thank you: you have accepted. One thing is left" in page.text
    row = stored(speaker)
    assert (row.status, row.remark, row.answered_at) == ("confirmed", "I come by train.", clock.now)
    assert JOIN in client.get(page_of(speaker)).text
    page = client.submit(page_of(speaker), button="Decline after all")
    assert "You have declined." in page.text
    assert (stored(speaker).status, stored(speaker).remark) == ("declined", "I come by train.")
    assert JOIN not in page.text
    client.submit(page_of(speaker), button="Accept after all")
    assert events() == ["speaker.confirmed", "speaker.declined", "speaker.confirmed"]
    assert [each.kind for each in mails()] == ["invitation", "cancellation", "invitation"]
    clock.advance(days=365)
    assert "Nothing can be answered any more." in client.page(page_of(speaker)).text


def test_the_answer_saved_as_it_stands_changes_nothing(client: Client, meeting: Meeting) -> None:
    speaker = asked(meeting, "confirmed")
    before = stored(speaker).version
    client.submit(page_of(speaker), button="Save the remark")
    assert (stored(speaker).version, events()) == (before, [])


def test_name_function_and_consents_are_checked_on_one_page(client: Client, meeting: Meeting, clock: Clock) -> None:
    speaker = asked(meeting, function="Mayor")
    form = client.form(f"{page_of(speaker)}data")
    assert "photographed" not in form.fields
    assert "recorded" not in form.fields
    page = client.submit(
        f"{page_of(speaker)}data",
        {"given": ARABIC, "family": "حداد", "function": "Deputy Mayor", "photographed": "no", "recorded": "yes"},
    )
    assert f"{ARABIC} حداد" in page.text
    row = stored(speaker)
    assert (row.checked_at, row.changed) == (clock.now, ["family", "function", "given"])
    assert (row.consent_photographed, row.consent_recorded) == (False, True)
    assert (row.person.given, row.person.function, row.person.gender) == (ARABIC, "Deputy Mayor", None)


def test_the_words_saved_unchanged_are_checked_and_change_nothing(
    client: Client, meeting: Meeting, clock: Clock
) -> None:
    speaker = asked(meeting, function="Mayor")
    version = db.session.get_one(Meeting, meeting.id).version
    page = client.submit(f"{page_of(speaker)}data")
    assert "Thank you. It is saved." in page.text
    row = stored(speaker)
    assert (row.checked_at, row.changed, row.consent_photographed) == (clock.now, [], None)
    clock.advance(minutes=1)
    assert "Nothing was changed." in client.submit(f"{page_of(speaker)}data").text
    assert stored(speaker).checked_at == row.checked_at
    assert events() == ["speaker.checked"]
    assert (db.session.get_one(Meeting, meeting.id).version, events("person.")) == (version, [])
