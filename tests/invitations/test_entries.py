"""Whose calendar has which sessions, and how a mail says what has changed in them."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.invitations import commands, queries, rules
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.message import Message
from meetings.models.people import Person
from meetings.models.programme import Speaker
from tests import factories
from tests.conftest import Clock
from tests.invitations.reading import event_of

DAY = dt.date(2025, 12, 10)


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A hybrid meeting two weeks on with a morning that has a link, and a panel in it without anybody."""
    with transaction():
        meeting = factories.meeting(
            slug="dialogue",
            title="Dialogue",
            mode="hybrid",
            start_date=DAY,
            end_date=DAY,
            room="Room XX",
            city="Geneva",
        )
        sitting = factories.sitting(meeting, key="morning", end=dt.time(13), join_url="https://teams.example/m")
        factories.session(meeting, key="panel", label="Panel 1", title="Cities", sitting_id=sitting.id)
    return meeting


def session_of(key: str) -> Session:
    return db.session.scalars(sa.select(Session).where(Session.key == key)).one()


def speaker(meeting: Meeting, status: str | None = "confirmed", **values: Any) -> Person:
    with transaction() as session:
        person = factories.person(meeting, **values)
        factories.role(session_of("panel"), person, "moderator")
        if status:
            session.add(Speaker(meeting_id=meeting.id, person_id=person.id, status=status))
    return person


def update(meeting: Meeting, clock: Clock) -> list[Message]:
    """Bring all calendars up to date; the mails that were sent for it."""
    last = db.session.scalar(sa.select(sa.func.max(Message.id))) or 0
    db.session.rollback()
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    return list(db.session.scalars(sa.select(Message).where(Message.id > last).order_by(Message.id)))


def told(messages: list[Message]) -> list[tuple[str, str]]:
    """Which entries these messages are about, and what they do."""
    return [(str(event(each)["UID"]).split(".", 1)[1].split("@")[0], each.kind) for each in messages]


def event(message: Message) -> Any:
    return event_of(message.calendar or b"", message.calendar_method)


@pytest.mark.parametrize(
    ("speaks", "registered", "expected"),
    [
        ("confirmed", None, ["session.panel"]),
        ("confirmed", "confirmed", ["session.panel", "sitting.morning"]),
        ("confirmed", "pending", ["session.panel"]),
        ("confirmed", "declined", ["session.panel"]),
        ("invited", None, []),
        ("invited", "confirmed", ["session.panel", "sitting.morning"]),
        ("withdrawn", None, []),
        ("withdrawn", "confirmed", ["sitting.morning"]),
        ("declined", None, []),
        ("declined", "confirmed", ["sitting.morning"]),
        (None, "confirmed", ["session.panel", "sitting.morning"]),
        (None, "pending", []),
        (None, None, []),
    ],
)
def test_sessions_are_in_the_calendars_of_those_who_have_agreed_to_speak_and_sittings_of_the_confirmed(
    meeting: Meeting, clock: Clock, speaks: str | None, registered: str | None, expected: list[str]
) -> None:
    person = speaker(meeting, speaks)
    if registered:
        with transaction():
            factories.registration(meeting, person, status=registered)
    assert sorted(name for name, _ in told(update(meeting, clock))) == expected


def test_a_protected_speaker_is_told_like_any_other(meeting: Meeting, clock: Clock) -> None:
    speaker(meeting, protected=True)
    assert told(update(meeting, clock)) == [("session.panel", "invitation")]


@pytest.mark.parametrize(
    ("mode", "place", "link"),
    [("in_person", "Room XX, Geneva", None), ("hybrid", "Room XX, Geneva", "m"), ("online", "", "m")],
)
def test_a_speaker_without_a_registration_is_where_the_meeting_is(
    meeting: Meeting, clock: Clock, mode: str, place: str, link: str | None
) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).mode = mode
    speaker(meeting)
    (message,) = update(meeting, clock)
    found = event(message)
    url = f"https://teams.example/{link}" if link else None
    assert (str(found["LOCATION"]), found.get("CONFERENCE")) == (place or url, url)
    assert (message.link_purpose, message.registration_id) == ("speaker", None)


def test_the_role_stands_in_mail_and_calendar(meeting: Meeting, clock: Clock) -> None:
    person = speaker(meeting)
    with transaction():
        factories.role(session_of("panel"), person, "panellist", position=2)
    (message,) = update(meeting, clock)
    assert "You have a role in this session (Moderator, Panellist)." in message.text
    assert "(Moderator, Panellist)" in (message.html or "")
    assert "What you do in this session: Moderator\\, Panellist" in (message.calendar or b"").decode().replace(
        "\r\n ", ""
    )
    assert str(event(message)["SUMMARY"]) == "Panel 1: Cities"


def test_the_readers_language_changes_what_is_written_and_nothing_that_is_compared(
    app: Flask, meeting: Meeting, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))
    person = speaker(meeting, language="fr")
    assert len(update(meeting, clock)) == 1
    with transaction():
        db.session.get_one(Person, person.id).language = "en"
    assert update(meeting, clock) == []


def test_another_role_is_told_and_named(meeting: Meeting, clock: Clock) -> None:
    person = speaker(meeting)
    update(meeting, clock)
    with transaction():
        db.session.scalars(sa.select(Role).where(Role.person_id == person.id)).one().role = "chair"
    (message,) = update(meeting, clock)
    assert message.kind == "update"
    assert "- What you do in this session: Chair" in message.text


def test_a_role_that_is_taken_away_is_cancelled_with_the_title_it_had(meeting: Meeting, clock: Clock) -> None:
    person = speaker(meeting)
    update(meeting, clock)
    with transaction() as session:
        session.delete(session.scalars(sa.select(Role).where(Role.person_id == person.id)).one())
    (message,) = update(meeting, clock)
    assert (message.calendar_method, str(event(message)["SUMMARY"])) == ("CANCEL", "Panel 1: Cities")
    assert update(meeting, clock) == []


def test_who_declines_to_speak_after_all_loses_the_session_and_keeps_the_sitting(
    meeting: Meeting, clock: Clock
) -> None:
    person = speaker(meeting)
    with transaction():
        factories.registration(meeting, person)
    update(meeting, clock)
    with transaction():
        db.session.scalars(sa.select(Speaker)).one().status = "declined"
    assert told(update(meeting, clock)) == [("session.panel", "cancellation")]


def test_a_part_of_a_session_is_an_entry_of_its_own(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        part = factories.session(
            meeting, key="bloc", part_of_id=session_of("panel").id, start=dt.time(10), end=dt.time(10, 30)
        )
        person = factories.person(meeting)
        factories.role(part, person)
        factories.registration(meeting, person)
    assert sorted(name for name, _ in told(update(meeting, clock))) == ["session.bloc", "sitting.morning"]


@pytest.mark.parametrize("name", ["end", "start", "date"])
def test_a_session_whose_times_are_not_known_yet_is_no_entry(meeting: Meeting, clock: Clock, name: str) -> None:
    speaker(meeting)
    with transaction():
        row = session_of("panel")
        setattr(row, name, None)
        if name == "start":
            row.end = None
    assert update(meeting, clock) == []


def test_a_session_that_outlasts_its_sitting_keeps_its_own_times_and_that_sittings_link(
    meeting: Meeting, clock: Clock
) -> None:
    speaker(meeting)
    with transaction():
        factories.sitting(
            meeting, key="later", start=dt.time(13, 30), end=dt.time(18), join_url="https://teams.example/l"
        )
        session_of("panel").end = dt.time(14)
    (message,) = update(meeting, clock)
    found = event(message)
    assert found["DTEND"].dt == dt.datetime(2025, 12, 10, 13, tzinfo=dt.UTC)
    assert found["CONFERENCE"] == "https://teams.example/m"


# What a mail says of a change


def invited_sitting(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        factories.registration(meeting, attendance="in_person")
    assert len(update(meeting, clock)) == 1


def change_sitting(**values: Any) -> None:
    with transaction():
        row = db.session.scalars(sa.select(Sitting)).one()
        for name, value in values.items():
            setattr(row, name, value)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"start": dt.time(9, 30)},
            "- Time: now Wednesday 10 December 2025, 09:30–13:00 CET (Europe/Zurich);"
            " before, Wednesday 10 December 2025, 09:00–13:00 CET (Europe/Zurich)",
        ),
        ({"room": "Room VII"}, "- Place: now Room VII, Geneva; before, Room XX, Geneva"),
        ({"join_url": "https://teams.example/n"}, "- The link to join online is a new one."),
        ({"join_url": None}, "- The link to join online does not hold any more."),
    ],
)
def test_an_update_says_what_has_changed_and_how_it_was(
    meeting: Meeting, clock: Clock, values: dict[str, Any], said: str
) -> None:
    invited_sitting(meeting, clock)
    change_sitting(**values)
    (message,) = update(meeting, clock)
    lines = [line for line in message.text.splitlines() if line.startswith("- ")]
    assert len(lines) == 1
    assert lines[0].startswith(said)
    assert said.removeprefix("- ") in (message.html or "")


def test_a_new_title_and_a_first_link_are_said_too(meeting: Meeting, clock: Clock) -> None:
    change_sitting(join_url=None)
    invited_sitting(meeting, clock)
    change_sitting(join_url="https://teams.example/m")
    with transaction():
        db.session.get_one(Meeting, meeting.id).title = "Dialogue of 2025"
    (message,) = update(meeting, clock)
    assert "- There is a link to join online now." in message.text
    assert "- Title: now “Dialogue of 2025”; before, “Dialogue”" in message.text


def test_what_was_told_before_places_were_kept_is_not_said_to_have_changed() -> None:
    old = rules.Told(
        "u",
        0,
        "invited",
        "f",
        dt.datetime(2025, 1, 1, 9, tzinfo=dt.UTC),
        dt.datetime(2025, 1, 1, 10, tzinfo=dt.UTC),
        "",
        None,
    )
    new = rules.Entry("u", old.starts_at, old.ends_at, "T", "Room", "https://x", "M", ("chair",))
    change = rules.Change("update", "u", 1, new.starts_at, new.ends_at, "T", new, old)
    assert change.differences == frozenset()


@pytest.mark.parametrize(("values", "kept"), [({"room": "Room VII"}, "tentative"), ({"start": dt.time(9, 30)}, None)])
def test_an_answer_holds_until_the_times_change(
    meeting: Meeting, clock: Clock, values: dict[str, Any], kept: str | None
) -> None:
    invited_sitting(meeting, clock)
    with transaction() as session:
        session.execute(sa.text("UPDATE calendar_entry SET partstat = 'tentative'"))
    change_sitting(**values)
    (message,) = update(meeting, clock)
    (row,) = queries.told(meeting.id).values()
    assert row[0].partstat == kept
    assert event(message)["ATTENDEE"].params["PARTSTAT"] == (kept or "needs-action").upper()


def test_yes_maybe_and_no_have_addresses_under_the_secret_link(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        factories.registration(meeting)
    (message,) = update(meeting, clock)
    where = "{link}answer/dialogue.sitting.morning@rostrum?answer="
    for word, answer in (("Yes", "accepted"), ("Maybe", "tentative"), ("No", "declined")):
        assert f"{word}: {where}{answer}\n" in message.text
        assert f'<a href="{where}{answer}"><strong>{word}</strong></a>' in (message.html or "")
