"""A meeting's messages as its organisers see them, and a participant's calendar file."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Job, Message
from meetings.models.people import Registration
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.invitations.reading import calendar_of
from tests.page_lint import text_of
from tests.signing_in import sign_in

DAY = dt.date(2025, 12, 10)


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A published online meeting two weeks on with a sitting that has a join link."""
    with transaction():
        meeting = factories.meeting(slug="dialogue", title="Dialogue", start_date=DAY, end_date=DAY)
        factories.sitting(meeting, key="morning", join_url="https://teams.example/m")
    return meeting


@pytest.fixture
def organiser(meeting: Meeting, client: Client) -> Client:
    """The browser of an organiser of the meeting."""
    with transaction():
        account = factories.account("", "organiser", of=meeting)
    sign_in(client, account)
    return client


def invited(meeting: Meeting, clock: Clock, **values: Any) -> Registration:
    with transaction():
        row = factories.registration(meeting, **values)
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    db.session.rollback()
    return row


def page(client: Client, url: str) -> str:
    return text_of(client.page(url).root)


def calendar(client: Client, row: Registration) -> Any:
    answer = client.get(f"/me/{links.make('personal', row.id, row.link_serial)}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    return calendar_of(answer.data)


def test_without_mails_the_page_says_when_there_will_be_some(organiser: Client) -> None:
    assert "No mail has been sent yet." in page(organiser, "/meetings/dialogue/organise/messages")


def test_each_mail_is_shown_with_what_became_of_it(meeting: Meeting, organiser: Client, clock: Clock) -> None:
    for _ in range(3):
        invited(meeting, clock)
    with transaction():
        sent, failed, _ = db.session.scalars(sa.select(Message).order_by(Message.id))
        sent.sent_at = clock.now
        jobs = db.session.scalars(sa.select(Job).order_by(Job.id)).all()
        jobs[0].state = "done"
        jobs[1].state, jobs[1].attempts, jobs[1].error = "dead", 1, "The mail server refuses it: 550 No such mailbox"
    url = "/meetings/dialogue/organise/messages"
    everything = page(organiser, url)
    for expected in (
        "All (3)",
        "Sent (1)",
        "Not sent (1)",
        "Waiting to be sent (1)",
        "Tried 1 time.",
        "550 No such mailbox",
    ):
        assert expected in everything
    assert failed.recipient in page(organiser, f"{url}?state=failed")
    assert sent.recipient not in page(organiser, f"{url}?state=failed")
    answer = organiser.submit(f"{url}/{failed.id}", button="Try again")
    assert "The message is in the queue again." in answer.text
    assert "Waiting to be sent (2)" in page(organiser, url)
    assert "All (3)" in page(organiser, f"{url}?state=nonsense")


def test_a_mail_is_shown_whole_but_for_its_secret_link(meeting: Meeting, organiser: Client, clock: Clock) -> None:
    row = invited(meeting, clock)
    (message,) = db.session.scalars(sa.select(Message))
    shown = page(organiser, f"/meetings/dialogue/organise/messages/{message.id}")
    for expected in ("Your registration is confirmed.", "METHOD:REQUEST", "[secret link]", str(row.person.email)):
        assert expected in shown
    assert "{link}" not in shown
    assert links.make("personal", row.id, row.link_serial) not in shown


def test_private_mails_and_those_of_other_meetings_are_shown_to_no_organiser(
    meeting: Meeting, organiser: Client, clock: Clock
) -> None:
    with transaction():
        other = factories.meeting()
        rows = [
            Message(
                meeting_id=of, private=private, kind="sign_in", recipient="a@b.c", subject=f"Secret {private}", text="t"
            )
            for of, private in ((meeting.id, True), (other.id, False), (None, True))
        ]
        for row in rows:
            row.created_at = clock.now
            db.session.add(row)
    assert "Secret" not in page(organiser, "/meetings/dialogue/organise/messages")
    for row in rows:
        assert organiser.get(f"/meetings/dialogue/organise/messages/{row.id}").status_code == 404


def test_a_moved_sitting_is_offered_to_be_sent_and_is_sent_once(
    meeting: Meeting, organiser: Client, clock: Clock
) -> None:
    for _ in range(2):
        invited(meeting, clock)
    with transaction():
        db.session.scalars(sa.select(Sitting)).one().end = dt.time(12)
    for url in ("/meetings/dialogue/organise/messages", "/meetings/dialogue/organise/registrations"):
        assert "2 calendar entries differ" in page(organiser, url)
    answer = organiser.submit("/meetings/dialogue/organise/messages", button="Send updated invitations (2)")
    assert "2 messages are on their way." in answer.text
    assert "Send updated invitations" not in answer.text
    assert db.session.scalars(sa.select(Message.kind).order_by(Message.id)).all()[2:] == ["update", "update"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(
    meeting: Meeting, organiser: Client, clock: Clock, exact_queries: ExactQueries, people: int
) -> None:
    for _ in range(people):
        invited(meeting, clock)
    with exact_queries(19):
        organiser.get("/meetings/dialogue/organise/messages")


def test_long_lists_come_in_pages(meeting: Meeting, organiser: Client, clock: Clock) -> None:
    with transaction():
        for _ in range(51):
            factories.registration(meeting)
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    url = "/meetings/dialogue/organise/messages?state=queued"
    assert "page 1 of 2" in page(organiser, url)
    assert "page 2 of 2" in page(organiser, url + "&page=2")
    assert "page 2 of 2" in page(organiser, url + "&page=99")


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("confirmed", "CONFIRMED"),
        ("pending", "TENTATIVE"),
        ("unverified", "TENTATIVE"),
        ("declined", "CANCELLED"),
        ("withdrawn", "CANCELLED"),
    ],
)
def test_ones_own_calendar_shows_where_the_registration_stands(
    meeting: Meeting, client: Client, status: str, shown: str
) -> None:
    with transaction():
        row = factories.registration(meeting, status=status)
    found = calendar(client, row)
    (event,) = found.walk("VEVENT")
    assert "METHOD" not in found
    assert (event["STATUS"], event["UID"]) == (shown, "dialogue.sitting.morning@rostrum")
    assert ("CONFERENCE" in event) is (status == "confirmed")
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)


def test_the_calendar_of_a_draft_is_cancelled_and_has_no_link(meeting: Meeting, client: Client, clock: Clock) -> None:
    row = invited(meeting, clock)
    with transaction():
        db.session.get_one(Meeting, meeting.id).published_at = None
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    (event,) = calendar(client, row).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "teams.example" not in event.to_ical().decode()


def test_ones_own_calendar_has_the_sequence_of_the_newest_mail(meeting: Meeting, client: Client, clock: Clock) -> None:
    row = invited(meeting, clock)
    with transaction():
        db.session.scalars(sa.select(Sitting)).one().end = dt.time(12)
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    (event,) = calendar(client, row).walk("VEVENT")
    assert event["SEQUENCE"] == 1


def test_before_any_time_is_known_ones_own_calendar_is_empty_and_not_offered(
    app: Flask, clock: Clock, client: Client
) -> None:
    with transaction():
        row = factories.registration(factories.meeting())
    assert calendar(client, row).walk("VEVENT") == []
    assert "My calendar" not in page(client, f"/me/{links.make('personal', row.id, 1)}/")
