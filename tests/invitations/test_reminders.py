"""Reminders: to whom, when, what they say, and each once."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links, mail
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.invitations.rules import reminders as rules
from meetings.invitations.rules.reminders import Kind
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event, Job, Message, Reminder
from meetings.models.people import CalendarEntry, Registration
from meetings.outbox import Worker
from meetings.refusals import Stale
from meetings.worker import make_worker
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.signing_in import sign_in

DAY = dt.date(2025, 12, 10)
STARTS = dt.datetime(2025, 12, 10, 8, tzinfo=dt.UTC)  # 9:00 in Geneva
WEEK, DAY_BEFORE, HOUR = (dt.timedelta(days=7), dt.timedelta(days=1), dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("kind", "before", "due"),
    [
        ("week", dt.timedelta(days=7, seconds=1), False),
        ("week", dt.timedelta(days=7), True),
        ("week", dt.timedelta(days=4), True),
        ("week", dt.timedelta(days=3, hours=12), False),
        ("week", DAY_BEFORE, False),
        ("day", dt.timedelta(hours=24), True),
        ("day", dt.timedelta(hours=12), False),
        ("hour", dt.timedelta(minutes=60), True),
        ("hour", dt.timedelta(minutes=31), True),
        ("hour", dt.timedelta(minutes=30), False),
        ("hour", dt.timedelta(0), False),
        ("list_closes", dt.timedelta(minutes=59), True),
    ],
)
def test_a_reminder_has_its_time_and_comes_not_long_after_it(kind: Kind, before: dt.timedelta, due: bool) -> None:
    assert rules.is_due(kind, STARTS, STARTS - before) is due


@pytest.mark.parametrize(
    ("kind", "later", "anew"),
    [
        ("day", dt.timedelta(0), False),
        ("day", dt.timedelta(hours=23), False),
        ("day", dt.timedelta(hours=24), True),
        ("hour", dt.timedelta(minutes=59), False),
        ("hour", dt.timedelta(hours=1), True),
        ("week", -WEEK, False),
    ],
)
def test_what_is_put_off_by_its_lead_is_reminded_of_anew(kind: Kind, later: dt.timedelta, anew: bool) -> None:
    assert rules.is_new(kind, STARTS + later, STARTS) is anew
    assert rules.is_new(kind, STARTS, None)


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A hybrid meeting in two weeks with a morning that has a room and a link; all that follows is told at once."""
    with transaction():
        meeting = factories.meeting(
            slug="dialogue", title="Dialogue", mode="hybrid", start_date=DAY, end_date=DAY, room="Room XX"
        )
        factories.sitting(meeting, key="morning", end=dt.time(13), join_url="https://teams.example/m")
    return meeting


def confirmed(meeting: Meeting, **values: Any) -> Registration:
    with transaction():
        return factories.registration(meeting, **values)


def tell(meeting: Meeting, clock: Clock) -> None:
    db.session.rollback()
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)


def remind(clock: Clock, at: dt.datetime | None = None) -> list[Message]:
    """Set the clock, let reminders be sent; those that were."""
    if at is not None:
        clock.set(at)
    db.session.rollback()
    last = db.session.scalar(sa.select(sa.func.max(Message.id))) or 0
    db.session.rollback()
    sent = commands.send_reminders(clock.now)
    found = list(db.session.scalars(sa.select(Message).where(Message.id > last).order_by(Message.id)))
    assert len(found) == sent
    assert {each.kind for each in found} <= {"reminder"}
    return found


def test_whose_invitation_waits_among_the_drafts_is_not_reminded_before_it_is_sent(
    meeting: Meeting, clock: Clock
) -> None:
    row = confirmed(meeting)
    by: dict[str, Any] = {"meeting_id": meeting.id, "actor": COMMAND_LINE, "now": clock.now}
    commands.tell(person_id=row.person_id, version_id=None, held=True, **by)
    assert remind(clock, STARTS - WEEK) == []
    db.session.rollback()
    assert commands.send_drafts(**by) == 1
    assert len(remind(clock)) == 1


def test_each_is_reminded_once_at_each_of_the_three_times(meeting: Meeting, clock: Clock) -> None:
    people = [confirmed(meeting), confirmed(meeting, attendance="in_person")]
    tell(meeting, clock)
    seen: list[tuple[int, int]] = []
    at = clock.now
    while at < STARTS + HOUR:
        found = remind(clock, at)
        seen += [(round((STARTS - at).total_seconds() / 3600), each.person_id or 0) for each in found]
        at += dt.timedelta(minutes=30)
    assert seen == [(hours, each.person_id) for hours in (168, 24, 1) for each in people]


def test_a_reminder_says_what_when_and_where_and_gives_the_link(meeting: Meeting, clock: Clock) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    (message,) = remind(clock, STARTS - DAY_BEFORE)
    assert message.subject.startswith("Reminder: Dialogue, Wednesday 10 December 2025, 09:00–13:00 CET")
    for text in (message.text, message.html or ""):
        for expected in ("https://teams.example/m", "09:00–13:00 CET (Europe/Zurich)", "{link}"):
            assert expected in text
    assert (message.link_purpose, message.calendar) == ("personal", None)


def test_who_may_not_join_gets_no_link(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).mode = "in_person"
    confirmed(meeting, attendance="in_person")
    tell(meeting, clock)
    (message,) = remind(clock, STARTS - DAY_BEFORE)
    assert "teams.example" not in message.text + (message.html or "")
    assert "Place: Room XX" in message.text


@pytest.mark.parametrize("status", ["pending", "declined", "withdrawn", "unverified"])
def test_only_the_confirmed_are_reminded(meeting: Meeting, clock: Clock, status: str) -> None:
    confirmed(meeting, status=status)
    tell(meeting, clock)
    assert remind(clock, STARTS - DAY_BEFORE) == []


def test_a_speaker_gets_one_mail_for_a_sitting_with_all_that_they_do_in_it(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        person = factories.person(meeting)
        factories.speaker(person, status="confirmed")
        for number in (1, 2):
            start, end = dt.time(9 + number), dt.time(10 + number)
            session = factories.session(meeting, title=f"Panel {number}", start=start, end=end)
            factories.role(session, person, "moderator")
    tell(meeting, clock)
    (message,) = remind(clock, STARTS - HOUR)
    assert "- Panel 1 (Moderator), Wednesday 10 December 2025, 10:00–11:00 CET (Europe/Zurich)" in message.text
    assert "- Panel 2 (Moderator)" in message.text
    assert message.link_purpose == "speaker"


def test_a_speaker_outside_all_sittings_is_reminded_of_the_session(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        person = factories.person(meeting)
        factories.speaker(person, status="confirmed")
        session = factories.session(meeting, title="Side event", start=dt.time(18), end=dt.time(19))
        factories.role(session, person)
    tell(meeting, clock)
    assert remind(clock, STARTS - HOUR) == []
    (message,) = remind(clock, STARTS + dt.timedelta(hours=8))
    assert "- Side event (Panellist), Wednesday 10 December 2025, 18:00–19:00" in message.text


def answered(partstat: str, uid: str) -> None:
    with transaction() as session:
        session.execute(sa.update(CalendarEntry).where(CalendarEntry.uid.contains(uid)).values(partstat=partstat))


@pytest.mark.parametrize(("partstat", "sent"), [("declined", 0), ("tentative", 1), ("accepted", 1)])
def test_who_declined_the_sitting_is_left_alone(meeting: Meeting, clock: Clock, partstat: str, sent: int) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    answered(partstat, ".sitting.")
    assert len(remind(clock, STARTS - DAY_BEFORE)) == sent


def test_what_was_told_later_than_the_reminder_is_not_reminded_of(meeting: Meeting, clock: Clock) -> None:
    confirmed(meeting)
    clock.set(STARTS - WEEK + HOUR)
    tell(meeting, clock)
    assert remind(clock) == []
    clock.set(STARTS - DAY_BEFORE + HOUR)
    confirmed(meeting)
    tell(meeting, clock)
    assert len(remind(clock)) == 1
    assert len(remind(clock, STARTS - HOUR)) == 2


def move(**values: Any) -> None:
    with transaction():
        row = db.session.scalars(sa.select(Sitting)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_a_sitting_that_moves_is_reminded_of_by_its_new_time(meeting: Meeting, clock: Clock) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    assert len(remind(clock, STARTS - DAY_BEFORE)) == 1
    move(date=DAY + dt.timedelta(2))
    tell(meeting, clock)
    assert remind(clock, STARTS - HOUR) == []
    (message,) = remind(clock, STARTS + DAY_BEFORE)
    assert "Friday 12 December 2025" in message.text
    assert remind(clock) == []


def test_what_was_moved_past_or_cancelled_is_not_reminded_of(meeting: Meeting, clock: Clock) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    move(date=DAY - dt.timedelta(12))
    assert remind(clock, STARTS - HOUR) == []
    with transaction() as session:
        session.delete(session.scalars(sa.select(Sitting)).one())
    tell(meeting, clock)
    assert remind(clock, STARTS - HOUR) == []


def test_a_draft_reminds_nobody(meeting: Meeting, clock: Clock) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    with transaction():
        db.session.get_one(Meeting, meeting.id).published_at = None
    assert remind(clock, STARTS - HOUR) == []


def test_many_workers_at_once_and_one_that_dies_send_each_once(
    app: Flask, meeting: Meeting, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        confirmed(meeting)
    tell(meeting, clock)
    clock.set(STARTS - DAY_BEFORE)
    send, count = mail.send, [0]

    def dies_at_the_second(message: Message, *, at: dt.datetime) -> Job:
        count[0] += 1
        if count[0] == 2:
            raise KeyboardInterrupt
        return send(message, at=at)

    with monkeypatch.context() as patch:
        patch.setattr(mail, "send", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            commands.send_reminders(clock.now)
    db.session.rollback()

    def work(_: int) -> int:
        with app.app_context():
            return commands.send_reminders(clock.now)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(work, range(6))) == [0] * 5 + [3]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Message).where(Message.kind == "reminder")) == 3
    (line,) = db.session.scalars(sa.select(Event).where(Event.kind == "reminders.sent"))
    assert line.after == {"messages": 3}


@pytest.mark.parametrize("count", [1, 4])
def test_nothing_due_takes_few_statements(meeting: Meeting, clock: Clock, exact_queries: Any, count: int) -> None:
    for _ in range(count):
        confirmed(meeting)
    tell(meeting, clock)
    db.session.rollback()
    with exact_queries(9):
        commands.send_reminders(STARTS - dt.timedelta(days=2))


# The list of speakers


@pytest.fixture
def floor(meeting: Meeting) -> Floor:
    """The floor of a session in the morning, whose list closes at eleven."""
    with transaction():
        session = factories.session(meeting, key="talk", label="Session 1", title="Dialogue", start=dt.time(10))
        return factories.floor(session, asking_closes=dt.datetime(2025, 12, 10, 11))  # noqa: DTZ001


CLOSES = STARTS + dt.timedelta(hours=2)


def test_who_has_not_asked_is_told_that_the_list_closes(meeting: Meeting, floor: Floor, clock: Clock) -> None:
    asked, silent = confirmed(meeting), confirmed(meeting)
    confirmed(meeting, status="pending")
    with transaction():
        factories.floor_request(floor.session, asked, status="withdrawn")
    tell(meeting, clock)
    assert remind(clock, CLOSES - HOUR - dt.timedelta(seconds=1)) == []
    (message,) = remind(clock, CLOSES - HOUR)
    assert message.registration_id == silent.id
    assert message.subject == "The list of speakers is about to close: Session 1: Dialogue"
    assert "Closes: Wednesday 10 December 2025, 11:00 CET (Europe/Zurich)" in message.text
    assert "{link}sessions/talk/floor" in message.text
    assert remind(clock) == []


@pytest.mark.parametrize("values", [{"list_open": False}, {"closed_at": STARTS}, {"asking_closes": None}])
def test_a_list_that_takes_no_requests_reminds_nobody(
    meeting: Meeting, floor: Floor, clock: Clock, values: dict[str, Any]
) -> None:
    confirmed(meeting)
    with transaction():
        row = db.session.scalars(sa.select(Floor)).one()
        for name, value in values.items():
            setattr(row, name, value)
    assert remind(clock, CLOSES - HOUR) == []


def test_who_declined_the_sitting_hears_nothing_of_its_list(meeting: Meeting, floor: Floor, clock: Clock) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    answered("declined", ".sitting.")
    assert remind(clock, CLOSES - HOUR) == []


def test_the_link_in_the_mail_opens_the_form(meeting: Meeting, floor: Floor, clock: Clock, client: Client) -> None:
    confirmed(meeting)
    (message,) = remind(clock, CLOSES - HOUR)
    address = links.address(message.link_purpose or "", *(message.link_claim or []))
    (line,) = [each for each in message.text.splitlines() if each.startswith("{link}sessions")]
    assert client.get(line.replace("{link}", address)).status_code == 200


# Switching them off


@pytest.fixture
def organiser(meeting: Meeting, client: Client) -> Client:
    """The browser of an organiser of the meeting."""
    with transaction():
        account = factories.account("", "organiser", of=meeting)
    sign_in(client, account)
    return client


URL = "/meetings/dialogue/organise/reminders"


def test_all_are_on_and_each_can_be_switched_off(meeting: Meeting, organiser: Client, clock: Clock) -> None:
    confirmed(meeting)
    tell(meeting, clock)
    form = organiser.form(URL)
    assert form.fields.getlist("kinds") == ["week", "day", "hour", "list_closes"]
    organiser.submit(URL, {"kinds": ["week", "hour"]})
    assert organiser.form(URL).fields.getlist("kinds") == ["week", "hour"]
    assert remind(clock, STARTS - DAY_BEFORE) == []
    assert len(remind(clock, STARTS - HOUR)) == 1
    organiser.submit(URL, {"kinds": []})
    assert organiser.form(URL).fields.getlist("kinds") == []


def test_saved_unchanged_it_changes_nothing(organiser: Client) -> None:
    assert "Nothing was changed." in organiser.submit(URL).text
    assert db.session.scalars(sa.select(Event).where(Event.kind == "reminders.switched")).all() == []


def test_who_saves_later_is_shown_what_another_switched(organiser: Client, meeting: Meeting, clock: Clock) -> None:
    form = organiser.form(URL)
    on = ["week", "day"]
    commands.switch_reminders(meeting_id=meeting.id, shown=rules.KINDS, on=on, actor=COMMAND_LINE, now=clock.now)
    answer = organiser.send(form, form.filled({"kinds": ["hour"]}))
    assert answer.status_code == 409
    assert "Somebody else has switched reminders" in answer.text
    assert organiser.form(URL).fields.getlist("kinds") == on
    with pytest.raises(Stale):
        commands.switch_reminders(meeting_id=meeting.id, shown=["day"], on=[], actor=COMMAND_LINE, now=clock.now)


# The worker


@pytest.mark.sqlite_only("a worker's loop does not depend on the database")
def test_a_worker_at_work_sends_reminders_and_survives_a_chore_that_fails(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    said: list[str] = []

    def fails(at: dt.datetime) -> None:
        said.append("failed")
        raise RuntimeError("demonstration")

    worker = Worker(app, {}, {}, "tested", chores=[fails, lambda at: done.set()])
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert done.wait(10)
    worker.stop()
    thread.join(10)
    assert said == ["failed"]
    assert make_worker(app, "real").chores == [commands.send_reminders]


def test_reminders_go_with_their_person(meeting: Meeting, clock: Clock) -> None:
    row = confirmed(meeting)
    tell(meeting, clock)
    remind(clock, STARTS - DAY_BEFORE)
    with transaction() as session:
        session.execute(sa.delete(Registration).where(Registration.id == row.id))
        session.execute(sa.text("DELETE FROM person"))
    assert db.session.scalars(sa.select(Reminder)).all() == []


def test_many_are_reminded_in_parts_and_each_once(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        for _ in range(60):
            factories.registration(meeting)
    tell(meeting, clock)
    assert len({each.person_id for each in remind(clock, STARTS - DAY_BEFORE)}) == 60
    parts = db.session.scalars(sa.select(Event.after).where(Event.kind == "reminders.sent").order_by(Event.id)).all()
    assert parts == [{"messages": 20}] * 3


def test_who_declined_the_sitting_is_not_reminded_of_their_own_session_in_it_either(
    meeting: Meeting, clock: Clock
) -> None:
    row = confirmed(meeting)
    with transaction():
        factories.role(factories.session(meeting, title="Panel"), row.person)
    tell(meeting, clock)
    answered("declined", ".sitting.")
    assert remind(clock, STARTS - DAY_BEFORE) == []
    answered("accepted", ".sitting.")
    answered("declined", ".session.")
    (message,) = remind(clock)
    assert "Panel" not in message.text
