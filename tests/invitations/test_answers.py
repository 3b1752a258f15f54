"""“Will you attend?”: the answer by a link in a mail and on one's own page."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event, Message
from meetings.models.people import CalendarEntry, Registration
from meetings.refusals import Refused
from tests import factories
from tests.client import Client
from tests.conftest import Clock

UID = "dialogue.sitting.morning@rostrum"


@pytest.fixture
def row(app: Flask, clock: Clock) -> Registration:
    """Somebody confirmed and invited to the morning of a meeting in two weeks."""
    day = dt.date(2025, 12, 10)
    with transaction():
        meeting = factories.meeting(slug="dialogue", title="Dialogue", start_date=day, end_date=day)
        factories.sitting(meeting, key="morning")
        row = factories.registration(meeting)
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    db.session.rollback()
    return row


def home(row: Registration) -> str:
    return f"/me/{links.make('personal', row.id, row.link_serial)}/"


def page(row: Registration, answer: str = "") -> str:
    return f"{home(row)}answer/{UID}" + (f"?answer={answer}" if answer else "")


def partstat() -> str | None:
    db.session.rollback()
    return db.session.scalars(sa.select(CalendarEntry.partstat).order_by(CalendarEntry.id)).first()


def test_the_links_in_the_mail_lead_to_pages_that_change_nothing_by_themselves(
    row: Registration, client: Client
) -> None:
    (message,) = db.session.scalars(sa.select(Message))
    address = links.address(message.link_purpose or "", *(message.link_claim or []))
    for answer in ("accepted", "tentative", "declined"):
        (line,) = [line for line in message.text.splitlines() if line.endswith(f"?answer={answer}")]
        assert client.get(line.partition(": ")[2].replace("{link}", address)).status_code == 200
        client.head(page(row, answer))
    assert partstat() is None


@pytest.mark.parametrize(
    ("answer", "button"),
    [
        ("accepted", "Yes, I will attend"),
        ("tentative", "Maybe I will attend"),
        ("declined", "No, I will not attend"),
    ],
)
def test_one_button_sets_the_answer(row: Registration, client: Client, answer: str, button: str) -> None:
    shown = client.submit(page(row, answer), button=button).text
    assert partstat() == answer
    assert "Your answer is noted." in shown
    assert "Your answer so far:" in shown
    assert ("Withdraw from the meeting" in shown) is (answer == "declined")


def test_an_answer_can_be_changed_and_pressed_twice(row: Registration, client: Client) -> None:
    form = client.form(page(row, "accepted"), button="Yes, I will attend")
    for _ in range(2):
        client.send(form, form.fields)
    client.submit(page(row), button="No")
    assert partstat() == "declined"
    lines = db.session.scalars(sa.select(Event).where(Event.kind == "calendar.answered").order_by(Event.id)).all()
    assert [(each.before or {})["answer"] for each in lines] == [None, "accepted"]
    assert {each.actor for each in lines} == {f"registration:{row.id}"}


def test_a_decline_is_no_withdrawal(row: Registration, client: Client) -> None:
    client.submit(page(row, "declined"), button="No, I will not attend")
    assert db.session.get_one(Registration, row.id).status == "confirmed"
    assert len(db.session.scalars(sa.select(Message)).all()) == 1


def test_ones_own_page_has_the_answer_beside_each_entry(row: Registration, client: Client) -> None:
    client.submit(home(row), button="Maybe : Dialogue")
    assert partstat() == "tentative"
    assert "Your answer so far: <strong>Maybe</strong>" in client.get(home(row)).text


def test_what_was_cancelled_or_is_over_takes_no_answer(row: Registration, client: Client, clock: Clock) -> None:
    form = client.form(page(row, "accepted"), button="Yes, I will attend")
    with transaction() as session:
        session.execute(sa.delete(Sitting))
    commands.bring_up_to_date(meeting_id=row.meeting_id, actor=COMMAND_LINE, now=clock.now)
    assert "This is not in your calendar any more" in client.send(form, form.fields).text
    assert "Yes, I will attend" not in client.get(page(row, "accepted")).text
    with transaction() as session:
        session.execute(sa.update(CalendarEntry).values(state="invited"))
    clock.set(dt.datetime(2025, 12, 10, 12, tzinfo=dt.UTC))
    assert "This is over" in client.send(form, form.fields).text
    assert partstat() is None


def test_a_replaced_link_and_anothers_entry_open_nothing(row: Registration, client: Client) -> None:
    with transaction():
        other = factories.registration(db.session.get_one(Meeting, row.meeting_id))
    assert client.get(page(other)).status_code == 404
    old = page(row)
    with transaction():
        db.session.get_one(Registration, row.id).link_serial += 1
    assert client.get(old).status_code == 404


def test_an_answer_that_is_none_is_no_answer(row: Registration, client: Client, clock: Clock) -> None:
    form = client.form(page(row, "accepted"), button="Yes, I will attend")
    fields = form.fields.copy()
    fields["answer"] = "perhaps"
    assert client.send(form, fields).status_code == 400
    with pytest.raises(Refused):
        commands.answer(person_id=row.person_id, uid="other", partstat="accepted", actor=COMMAND_LINE, now=clock.now)


def test_a_speaker_answers_by_their_own_link_and_is_offered_no_withdrawal(
    row: Registration, client: Client, clock: Clock
) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, row.meeting_id)
        speaker = factories.speaker(factories.person(meeting), status="confirmed")
        factories.role(factories.session(meeting, key="panel", title="Panel"), speaker.person)
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    message = db.session.scalars(sa.select(Message).order_by(Message.id.desc())).first()
    assert message is not None
    (line,) = [each for each in message.text.splitlines() if each.endswith("?answer=declined")]
    url = line.partition(": ")[2].replace("{link}", f"/speaker/{links.make('speaker', speaker.id, 1)}/")
    shown = client.submit(url, button="No, I will not attend").text
    assert "Your answer is noted." in shown
    assert "Withdraw from the meeting" not in shown
    last = sa.select(CalendarEntry.partstat).where(CalendarEntry.person_id == speaker.person_id)
    assert db.session.scalars(last).all() == ["declined"]
