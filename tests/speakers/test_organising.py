"""The organisers' pages of speakers."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from meetings.database import transaction
from meetings.models.meeting import Meeting
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.speakers.house import asked, build, events, mails, organiser_of, session_of, stored, with_role

LIST = "/meetings/dialogue/organise/speakers"


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """See house.py; the clock stands in 2025."""
    return build()


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> Client:
    """An organiser's browser."""
    return organiser_of(client, meeting)


def test_without_roles_the_page_says_how_to_begin(organiser: Client) -> None:
    assert "Nobody has a role in the programme yet." in organiser.page(LIST).text


def test_all_who_were_not_asked_are_asked_with_one_form(organiser: Client, meeting: Meeting, clock: Clock) -> None:
    one = with_role(meeting, "moderator", family="One", language="en")
    with_role(meeting, family="Two", email=None)
    asked(meeting, "declined", family="Three")
    form = organiser.form(f"{LIST}/ask")
    assert form.fields.getlist("people") == [one.key]
    page = organiser.submit(f"{LIST}/ask", {"answer_by": "2026-07-01", "note": "We met in Geneva.\n\nDo come."})
    assert "1 mail is on its way." in page.text
    (message,) = mails()
    assert (message.recipient, message.reply_to, message.held) == (one.email, "secretariat@example.org", False)
    for part in ("Moderator: Panel 1: Housing", "Wednesday 1 July 2026", "Do come.", "NZST", "{link}"):
        assert part in message.text, part
        assert part in (message.html or "").replace("<strong><bdi>", "").replace("</bdi></strong>", ""), part
    assert events() == ["speaker.asked"]


@pytest.mark.parametrize(("contact", "read"), [("secretariat@example.org", True), (None, False)])
def test_answers_to_a_mail_are_promised_to_be_read_only_where_they_arrive(
    client: Client, app: Flask, clock: Clock, contact: str | None, read: bool
) -> None:
    meeting = build(contact=contact)
    organiser, one = organiser_of(client, meeting), with_role(meeting)
    page = organiser.page(f"{LIST}/ask")
    assert ("answers to it reach none of you" in page.text) is not read
    organiser.submit(f"{LIST}/ask", {"note": "Do come."})
    (message,) = mails()
    assert (message.person_id, message.reply_to) == (one.id, contact)
    for body in (message.text, message.html or ""):
        assert ("If you answer this mail" in body) is read


def test_a_form_that_is_wrong_loses_nothing_and_writes_nothing(organiser: Client, meeting: Meeting) -> None:
    with_role(meeting)
    page = organiser.submit(f"{LIST}/ask", {"answer_by": "2020-01-01", "note": "Kept", "when": "draft"})
    assert page.status_code == 422
    assert "This day has passed." in page.text
    assert "Kept" in page.text
    assert (mails(), events()) == ([], [])


def test_drafts_wait_and_are_marked_in_the_list(organiser: Client, meeting: Meeting) -> None:
    with_role(meeting)
    page = organiser.submit(f"{LIST}/ask", {"when": "draft"})
    assert "1 mail is among the drafts." in page.text
    assert "The mail is still a draft" in page.text
    assert [each.held for each in mails()] == [True]


def test_those_who_have_not_answered_are_reminded(organiser: Client, meeting: Meeting, clock: Clock) -> None:
    speaker = asked(meeting)
    asked(meeting, "confirmed")
    organiser.submit(f"{LIST}/remind")
    assert [(each.kind, each.person_id) for each in mails()] == [("speaker_reminder", speaker.person_id)]
    assert stored(speaker).reminded_at == clock.now


def test_an_answer_by_telephone_is_taken_down_with_who_and_when(organiser: Client, meeting: Meeting) -> None:
    person = with_role(meeting, email=None)
    page = organiser.submit(
        f"{LIST}/person/{person.key}",
        {"answer": "accept", "way": "telephone", "remark": "Comes late"},
        button="Take down",
    )
    assert "organiser@example.org" in page.text
    assert "Answer taken down, Confirmed, By telephone" in page.text
    assert "Comes late" in page.text


def test_the_list_can_be_narrowed(organiser: Client, meeting: Meeting) -> None:
    asked(meeting, "confirmed", family="Kept")
    asked(meeting, family="Gone")
    text = organiser.page(f"{LIST}?show=confirmed").text
    assert "Kept" in text
    assert "Gone" not in text


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_takes_the_same_statements_for_any_number(
    organiser: Client, meeting: Meeting, exact_queries: Callable[[int], AbstractContextManager[None]], count: int
) -> None:
    for number in range(count):
        asked(meeting, ("invited", "confirmed")[number % 2])
    with exact_queries(11):
        organiser.get(LIST)


def test_who_lost_their_role_is_listed_apart(organiser: Client, meeting: Meeting) -> None:
    with transaction():
        factories.speaker(factories.person(meeting))
    assert "Asked, and without a role in the programme now" in organiser.page(LIST).text
    assert session_of(meeting).roles == []
