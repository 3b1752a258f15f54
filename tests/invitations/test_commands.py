"""Bringing calendars up to date: who is sent what after which change."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import outbox
from meetings.database import db, transaction
from meetings.invitations import commands, queries, rules
from meetings.invitations.letters import letter
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Event as Line
from meetings.models.message import Job, Message
from meetings.models.people import CalendarEntry, Registration
from meetings.refusals import Refused
from tests import factories
from tests.conftest import Clock
from tests.invitations.reading import event_of

DAY = dt.date(2025, 12, 10)


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A published hybrid meeting in New York two weeks on, with a morning that has a join link and an afternoon."""
    with transaction():
        meeting = factories.meeting(
            slug="dialogue",
            title="Dialogue",
            mode="hybrid",
            timezone="America/New_York",
            start_date=DAY,
            end_date=DAY,
            venue="Secretariat Building",
            room="Room 1",
            city="New York",
        )
        factories.sitting(meeting, key="morning", position=1, join_url="https://teams.example/m")
        factories.sitting(meeting, key="afternoon", position=2, start=dt.time(15), end=dt.time(18), room="Room 2")
    return meeting


def made(meeting: Meeting, **values: Any) -> Registration:
    with transaction():
        return factories.registration(meeting, **values)


def update(meeting: Meeting, clock: Clock) -> int:
    promised = queries.outdated(meeting.id, clock.now)
    sent = commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    db.session.rollback()
    assert sum(sent.values()) == promised
    return promised


def mails() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def event(message: Message) -> Any:
    return event_of(message.calendar or b"", message.calendar_method)


def test_only_the_confirmed_are_invited_once_to_each_sitting(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    for status in ("unverified", "pending", "declined", "withdrawn"):
        made(meeting, status=status)
    assert update(meeting, clock) == 2
    assert update(meeting, clock) == 0
    assert {each.registration_id for each in mails()} == {row.id}
    first, second = (event(each) for each in mails())
    assert first["DTSTART"].dt == dt.datetime(2025, 12, 10, 14, tzinfo=dt.UTC)
    assert second["DTSTART"].dt == dt.datetime(2025, 12, 10, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("attendance", "places", "links"),
    [
        ("in_person", ["Room 1, Secretariat Building, New York", "Room 2, Secretariat Building, New York"], 1),
        ("online", ["https://teams.example/m", "Online"], 1),
    ],
)
def test_each_is_told_where_they_take_part(
    meeting: Meeting, clock: Clock, attendance: str, places: list[str], links: int
) -> None:
    made(meeting, attendance=attendance)
    update(meeting, clock)
    events = [event(each) for each in mails()]
    assert [each["LOCATION"] for each in events] == places
    assert sum("CONFERENCE" in each for each in events) == links


def test_a_moved_sitting_is_told_to_those_invited_and_to_nobody_twice(meeting: Meeting, clock: Clock) -> None:
    for _ in range(2):
        made(meeting)
    update(meeting, clock)
    with transaction():
        db.session.scalars(sa.select(Sitting).where(Sitting.key == "afternoon")).one().start = dt.time(14, 30)
    assert update(meeting, clock) == 2
    assert update(meeting, clock) == 0
    changed = [event(each) for each in mails()[4:]]
    assert [(each["UID"], each["SEQUENCE"]) for each in changed] == [("dialogue.sitting.afternoon@rostrum", 1)] * 2
    assert {each["DTSTART"].dt for each in changed} == {dt.datetime(2025, 12, 10, 19, 30, tzinfo=dt.UTC)}
    assert [each.kind for each in mails()[4:]] == ["update", "update"]


def test_a_corrected_zone_moves_every_entry(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    update(meeting, clock)
    with transaction():
        db.session.get_one(Meeting, meeting.id).timezone = "America/Bogota"
    assert update(meeting, clock) == 0  # the same offset in December: a calendar shows the same
    with transaction():
        db.session.get_one(Meeting, meeting.id).timezone = "Europe/Zurich"
    assert update(meeting, clock) == 2


def test_a_join_link_that_is_made_later_is_told(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    update(meeting, clock)
    with transaction():
        db.session.scalars(
            sa.select(Sitting).where(Sitting.key == "afternoon")
        ).one().join_url = "https://teams.example/a"
    assert update(meeting, clock) == 1
    assert event(mails()[-1])["CONFERENCE"] == "https://teams.example/a"


def test_what_a_calendar_does_not_show_is_not_told(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    update(meeting, clock)
    with transaction():
        row = db.session.get_one(Meeting, meeting.id)
        row.contact, row.background, row.version = "other@example.org", "New", 99
        factories.session(meeting, sitting_id=None)
        for sitting in db.session.scalars(sa.select(Sitting)):
            sitting.interpretation, sitting.position, sitting.teams_state = ["en"], sitting.position + 5, "made"
    assert update(meeting, clock) == 0


def test_a_removed_sitting_is_cancelled_with_the_times_it_had(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    update(meeting, clock)
    with transaction() as session:
        session.delete(session.scalars(sa.select(Sitting).where(Sitting.key == "afternoon")).one())
    assert update(meeting, clock) == 1
    message = mails()[-1]
    cancelled = event(message)
    assert (message.kind, message.calendar_method, cancelled["STATUS"]) == ("cancellation", "CANCEL", "CANCELLED")
    assert (cancelled["UID"], cancelled["SEQUENCE"]) == ("dialogue.sitting.afternoon@rostrum", 1)
    assert cancelled["DTSTART"].dt == dt.datetime(2025, 12, 10, 20, tzinfo=dt.UTC)
    assert not {"LOCATION", "CONFERENCE"} & set(cancelled)
    assert "This part of the meeting will not take place" in message.text


def test_a_meeting_without_sittings_has_an_entry_a_day(app: Flask, clock: Clock) -> None:
    with transaction():
        meeting = factories.meeting(slug="plain", start_date=DAY, end_date=DAY + dt.timedelta(1))
        factories.session(meeting, start=dt.time(9, 30), end=dt.time(11))
        factories.session(meeting, start=dt.time(16), end=dt.time(17, 45))
        factories.session(meeting, date=DAY + dt.timedelta(1), start=dt.time(10), end=dt.time(12))
    made(meeting)
    assert update(meeting, clock) == 2
    assert [(e["UID"], e["DTSTART"].dt.hour, e["DTEND"].dt.hour) for e in map(event, mails())] == [
        ("plain.sitting.2025-12-10@rostrum", 8, 16),
        ("plain.sitting.2025-12-11@rostrum", 9, 11),
    ]
    with transaction():
        db.session.scalars(sa.select(Session).order_by(Session.id)).all()[1].end = dt.time(18)
    assert update(meeting, clock) == 1


def test_a_meeting_taken_back_is_cancelled_and_one_not_published_invites_nobody(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    update(meeting, clock)
    with transaction():
        db.session.get_one(Meeting, meeting.id).published_at = None
    assert update(meeting, clock) == 2
    assert {each.kind for each in mails()[2:]} == {"cancellation"}
    assert update(meeting, clock) == 0


def test_what_is_over_is_neither_changed_nor_cancelled(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    update(meeting, clock)
    clock.set(dt.datetime(2025, 12, 10, 17, tzinfo=dt.UTC))  # noon in New York: the morning is over
    with transaction():
        db.session.get_one(Registration, row.id).status = "withdrawn"
        db.session.get_one(Meeting, meeting.id).title = "Renamed"
    assert update(meeting, clock) == 1
    assert event(mails()[-1])["UID"] == "dialogue.sitting.afternoon@rostrum"


def test_a_sitting_that_the_clock_change_swallows_stops_no_other(app: Flask, clock: Clock) -> None:
    with transaction():
        meeting = factories.meeting(slug="spring", start_date=dt.date(2026, 3, 29), end_date=dt.date(2026, 3, 29))
        factories.sitting(meeting, key="night", start=dt.time(2, 30), end=dt.time(3, 15))
        factories.sitting(meeting, key="day")
    made(meeting)
    assert update(meeting, clock) == 1
    assert event(mails()[0])["UID"] == "spring.sitting.day@rostrum"


def test_who_has_no_address_is_passed_over(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        factories.registration(meeting, factories.person(meeting, email=None))
    assert update(meeting, clock) == 0


def test_no_attendee_learns_of_another(meeting: Meeting, clock: Clock) -> None:
    people = [made(meeting).person.email for _ in range(3)]
    update(meeting, clock)
    for message in mails():
        everything = f"{message.text}{message.html}{(message.calendar or b'').decode()}".replace("\r\n ", "")
        assert [address for address in people if address and address in everything] == [message.recipient]


@pytest.mark.parametrize(
    ("contact", "organizer"),
    [
        ("secretariat@example.org", "mailto:secretariat@example.org"),
        (None, "mailto:rostrum@localhost"),
        ("Room 4, Ms. Lee", "mailto:rostrum@localhost"),
    ],
)
def test_the_organizer_is_the_meetings_contact_or_else_the_sender(
    meeting: Meeting, clock: Clock, contact: str | None, organizer: str
) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).contact = contact
    made(meeting)
    update(meeting, clock)
    assert event(mails()[0])["ORGANIZER"] == organizer


def test_the_secret_link_is_in_the_texts_to_be_filled_in_and_not_in_the_calendar(
    meeting: Meeting, clock: Clock
) -> None:
    row = made(meeting)
    update(meeting, clock)
    message = mails()[0]
    assert (message.link_purpose, message.link_claim) == ("personal", [row.id, row.link_serial])
    assert "{link}" in message.text
    assert 'href="{link}"' in (message.html or "")
    assert b"{link}" not in (message.calendar or b"")
    assert event(message)["URL"].endswith("/meetings/dialogue/")


def test_mails_are_in_the_language_of_each(app: Flask, meeting: Meeting, clock: Clock, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "ar")))
    with transaction():
        factories.registration(meeting, factories.person(meeting, language="ar"))
    update(meeting, clock)
    message = mails()[0]
    assert message.language == "ar"
    assert '<html lang="ar" dir="rtl">' in (message.html or "")
    assert "ديسمبر" in message.subject


@pytest.mark.parametrize(
    "title", ["حوار حول حقوق الإنسان", "地方政府与人权对话", "A" * 400, "Tom & <Jerry>; \"x\", 'y'\\n"]
)
def test_every_title_arrives_in_text_html_and_calendar(meeting: Meeting, clock: Clock, title: str) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).title = title
    made(meeting)
    update(meeting, clock)
    message = mails()[0]
    assert title in message.text
    assert event(message)["SUMMARY"] == title
    assert "<Jerry>" not in (message.html or "")


def test_ten_who_press_the_button_at_once_send_once(app: Flask, meeting: Meeting, clock: Clock) -> None:
    for _ in range(3):
        made(meeting)
    meeting_id = meeting.id
    db.session.rollback()

    def press(_: int) -> int:
        with app.app_context():
            sent = commands.bring_up_to_date(meeting_id=meeting_id, actor=COMMAND_LINE, now=clock.now)
            return sum(sent.values())

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(press, range(10))) == [0] * 9 + [6]
    assert len(mails()) == 6
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CalendarEntry)) == 6


def test_one_line_of_the_log_says_how_many_were_sent(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    made(meeting)
    update(meeting, clock)
    update(meeting, clock)
    (line,) = db.session.scalars(sa.select(Line))
    assert (line.kind, line.after) == ("invitations.sent", {"people": 2, "messages": 4})


def test_a_mail_that_was_given_up_is_tried_again_and_no_other(meeting: Meeting, clock: Clock) -> None:
    made(meeting)
    update(meeting, clock)
    first, second = mails()
    with transaction():
        job = db.session.scalars(sa.select(Job).order_by(Job.id)).all()[0]
        job.state, job.attempts, job.error = "dead", outbox.MAX_ATTEMPTS, "No such mailbox"
    with pytest.raises(Refused):
        again(meeting, second, clock)
    again(meeting, first, clock)
    with pytest.raises(Refused):
        again(meeting, first, clock)
    assert [(row.state, row.attempts, row.error) for row in db.session.scalars(sa.select(Job))] == [
        ("queued", 0, None),
        ("queued", 0, None),
    ]


def again(meeting: Meeting, message: Message, clock: Clock) -> None:
    commands.try_again(meeting_id=meeting.id, message_id=message.id, actor=COMMAND_LINE, now=clock.now)
    db.session.rollback()


def test_neither_a_private_mail_nor_another_meetings_is_tried_again(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        other = factories.meeting()
        rows = [
            factories.message(of, private=private) for of, private in ((meeting, True), (other, False), (None, False))
        ]
        for row in rows:
            outbox.enqueue("mail", {"message": row.id}, at=clock.now, meeting_id=row.meeting_id).state = "dead"
    for row in rows:
        with pytest.raises(Refused):
            again(meeting, row, clock)


def test_what_the_organizers_say_of_a_change_stands_in_both_texts(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    invitee = queries.invitee_of(row.person, row)
    plan = queries.plan_of(meeting.id)
    (change, *_) = rules.changes({e.uid: e for e in queries.entries(plan, invitee)}, [], clock.now)
    message = letter(plan.head, invitee, change, clock.now, note="The room is <small>.\nBring your badge.")
    assert "The room is <small>.\nBring your badge." in message.text
    assert "The room is &lt;small&gt;.<br>Bring your badge." in (message.html or "")
