"""Registering, confirming the address, asking for a lost link: the commands."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.journal import VISITOR
from meetings.models.meeting import Meeting
from meetings.models.message import Event, Job, Message
from meetings.models.people import Organisation, Person, Registration
from meetings.people import commands, rules
from meetings.people.queries import Application
from meetings.refusals import Refused
from tests import factories
from tests.conftest import Clock
from tests.people.applying import application


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A published hybrid meeting in three languages."""
    with transaction():
        return factories.meeting(mode="hybrid", languages=["en", "fr", "ar"], contact="secretariat@example.org")


def register(meeting: Meeting, clock: Clock, wanted: Application | None = None) -> None:
    commands.register(meeting_id=meeting.id, application=wanted or application(), actor=VISITOR, now=clock.now)
    db.session.rollback()


def all_of(model: type[Any]) -> list[Any]:
    return list(db.session.scalars(sa.select(model).order_by(model.id)))


def test_registering_makes_person_organisation_registration_and_the_mail_that_confirms(
    meeting: Meeting, clock: Clock
) -> None:
    register(meeting, clock, application(languages=("fr", "ar"), accessibility="Une rampe", attendance="in_person"))
    (row,) = all_of(Registration)
    assert (row.status, row.attendance, row.languages, row.accessibility) == (
        "unverified",
        "in_person",
        ["fr", "ar"],
        "Une rampe",
    )
    assert (row.consent_listed, row.consent_photographed, row.consent_recorded) == (True, False, False)
    assert (row.person.name, row.person.email, row.person.organisation.name) == (
        "Ana Demonstration",
        "ana@example.org",
        "Demonstration City",
    )
    (message,) = all_of(Message)
    assert (message.kind, message.recipient, message.reply_to) == (
        "verification",
        "ana@example.org",
        "secretariat@example.org",
    )
    assert (message.link_purpose, message.link_claim) == ("verify", [row.id, row.link_serial])
    assert [job.payload for job in all_of(Job)] == [{"message": message.id}]
    assert [(each.kind, each.actor) for each in all_of(Event)] == [("registration.made", "visitor")]


def test_the_mail_to_an_unconfirmed_address_carries_nothing_that_was_typed(meeting: Meeting, clock: Clock) -> None:
    register(meeting, clock, application(family="Buy pills at evil.example", organisation="evil.example", given=None))
    (message,) = all_of(Message)
    assert "evil" not in f"{message.subject}{message.text}{message.recipient_name}{message.html}"
    assert "{link}" in message.text


def test_a_second_registration_changes_nothing_and_mails_the_personal_link(meeting: Meeting, clock: Clock) -> None:
    register(meeting, clock)
    (row,) = all_of(Registration)
    commands.verify(registration_id=row.id, actor=VISITOR, now=clock.now)
    db.session.rollback()
    before = (row.person.family, row.attendance, row.status, row.version)
    register(meeting, clock, application("Ana@Example.org".lower(), family="Other", attendance="in_person"))
    assert len(all_of(Registration)) == len(all_of(Person)) == len(all_of(Organisation)) == 1
    db.session.refresh(row)
    assert (row.person.family, row.attendance, row.status, row.version) == before
    last = all_of(Message)[-1]
    assert (last.kind, last.link_purpose, last.link_claim) == ("personal_link", "personal", [row.id, 1])
    assert "Other" not in last.text


def test_a_second_registration_before_the_address_is_confirmed_mails_the_first_link_again(
    meeting: Meeting, clock: Clock
) -> None:
    register(meeting, clock)
    register(meeting, clock, application(family="Other"))
    assert [(each.kind, each.link_purpose) for each in all_of(Message)] == [("verification", "verify")] * 2
    assert [each.family for each in all_of(Person)] == ["Demonstration"]


def test_a_speaker_is_registered_without_a_change_to_the_programme(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        speaker = factories.person(meeting, email="Speaker@Example.org", function="Mayor", given="Iman", family="Sy")
    before = (speaker.name, speaker.function, speaker.organisation_id, speaker.language, meeting.version)
    register(meeting, clock, application("speaker@example.org", function="Impostor", family="Other", gender="other"))
    db.session.refresh(speaker)
    db.session.refresh(meeting)
    assert (speaker.name, speaker.function, speaker.organisation_id, speaker.language, meeting.version) == before
    assert speaker.gender is None, "only who has confirmed the address may say that"
    (row,) = all_of(Registration)
    assert (row.person_id, row.status) == (speaker.id, "unverified")
    assert len(all_of(Organisation)) == 1


def test_people_of_one_organisation_find_it_however_they_write_it(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        factories.organisation(meeting, name="City of São Paulo", acronym="PMSP", country="BR")
    for number, name in enumerate(["the city of Sao Paulo", "PMSP", "City of São Paulo", "Recife"]):
        register(meeting, clock, application(f"p{number}@example.org", organisation=name, country="BR"))
    assert [each.name for each in all_of(Organisation)] == ["City of São Paulo", "Recife"]


def test_somebody_may_take_part_for_themselves(meeting: Meeting, clock: Clock) -> None:
    register(meeting, clock, application(organisation="", category=None, country=None))
    assert all_of(Organisation) == []
    assert all_of(Person)[0].organisation is None


@pytest.mark.parametrize(
    ("values", "now"),
    [
        pytest.param({"published_at": None}, dt.timedelta(0), id="not published"),
        pytest.param({}, dt.timedelta(hours=15), id="the day after, where it is held"),
    ],
)
def test_a_meeting_that_is_not_open_takes_no_registration(
    app: Flask, clock: Clock, values: dict[str, Any], now: dt.timedelta
) -> None:
    with transaction():
        meeting = factories.meeting(**values)
    clock.advance(seconds=now.total_seconds())
    with pytest.raises(Refused):
        register(meeting, clock)
    assert all_of(Registration) == all_of(Message) == []


def test_a_meeting_is_open_until_its_last_day_has_ended_where_it_is_held(app: Flask, clock: Clock) -> None:
    with transaction():
        meeting = factories.meeting(timezone="America/Sao_Paulo")
    clock.set(dt.datetime(2025, 11, 27, 2, 59, tzinfo=dt.UTC))  # 23:59 in São Paulo
    register(meeting, clock)
    assert len(all_of(Registration)) == 1
    clock.advance(minutes=1)
    with pytest.raises(Refused):
        register(meeting, clock, application("late@example.org"))


@pytest.mark.parametrize("values", [{"attendance": "in_person"}, {"languages": ("en", "ru")}])
def test_what_the_meeting_does_not_offer_is_refused(app: Flask, clock: Clock, values: dict[str, Any]) -> None:
    with transaction():
        meeting = factories.meeting(mode="online", languages=["en"])
    with pytest.raises(Refused):
        register(meeting, clock, application(**values))
    assert all_of(Person) == []


def test_an_address_gets_only_so_many_mails_an_hour_and_nobody_is_told(meeting: Meeting, clock: Clock) -> None:
    for _ in range(rules.MAILS_TO_ONE_ADDRESS + 2):
        register(meeting, clock)
    assert len(all_of(Message)) == rules.MAILS_TO_ONE_ADDRESS
    clock.advance(hours=1, seconds=1)
    commands.ask_for_link(meeting_id=meeting.id, email="ana@example.org", actor=VISITOR, now=clock.now)
    assert len(all_of(Message)) == rules.MAILS_TO_ONE_ADDRESS + 1


def test_too_many_unconfirmed_addresses_stop_registration_for_an_hour(
    meeting: Meeting, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "UNVERIFIED_IN_ONE_MEETING", 3)
    for number in range(3):
        register(meeting, clock, application(f"p{number}@example.org"))
    with pytest.raises(Refused):
        register(meeting, clock, application("next@example.org"))
    commands.verify(registration_id=all_of(Registration)[0].id, actor=VISITOR, now=clock.now)
    register(meeting, clock, application("next@example.org"))
    with pytest.raises(Refused):
        register(meeting, clock, application("after@example.org"))
    clock.advance(hours=1)
    register(meeting, clock, application("after@example.org"))


def test_confirming_an_address_mails_the_personal_link_once(meeting: Meeting, clock: Clock) -> None:
    register(meeting, clock)
    (row,) = all_of(Registration)
    for _ in range(3):
        commands.verify(registration_id=row.id, actor=VISITOR, now=clock.now)
        db.session.rollback()
    assert (row.status, row.version) == ("pending", 2)
    assert [each.kind for each in all_of(Message)] == ["verification", "personal_link"]
    assert [each.kind for each in all_of(Event)] == ["registration.made", "registration.verify"]
    assert "Ms. Ana Demonstration" in all_of(Message)[-1].text


def test_a_lost_link_is_mailed_again_and_an_unknown_address_gets_nothing(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        row = factories.registration(meeting, factories.person(meeting, email="known@example.org"))
    commands.ask_for_link(meeting_id=meeting.id, email="unknown@example.org", actor=VISITOR, now=clock.now)
    commands.ask_for_link(meeting_id=meeting.id, email="known@example.org", actor=VISITOR, now=clock.now)
    db.session.rollback()
    (message,) = all_of(Message)
    assert (message.recipient, message.link_claim) == ("known@example.org", [row.id, row.link_serial])


def test_mails_are_in_the_language_of_the_one_who_registers(
    app: Flask, meeting: Meeting, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        app.config,
        "SETTINGS",
        type(app.config["SETTINGS"])(**vars(app.config["SETTINGS"]) | {"languages": ("en", "fr")}),
    )
    with app.test_request_context(headers={"Accept-Language": "fr-CH"}):
        commands.register(meeting_id=meeting.id, application=application(), actor=VISITOR, now=clock.now)
    (person,), (message,) = all_of(Person), all_of(Message)
    assert (person.language, message.language) == ("fr", "fr")


def test_twenty_registrations_of_one_address_at_once_leave_one(
    app: Flask, meeting: Meeting, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MAILS_TO_ONE_ADDRESS", 100)
    meeting_id = meeting.id
    db.session.rollback()

    def once(number: int) -> None:
        with app.app_context():
            commands.register(
                meeting_id=meeting_id, application=application(family=f"F{number}"), actor=VISITOR, now=clock.now
            )

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(once, range(20)))
    assert len(all_of(Registration)) == len(all_of(Person)) == len(all_of(Organisation)) == 1
    assert len(all_of(Message)) == 20


def test_ten_people_of_one_organisation_at_once_make_it_once(app: Flask, meeting: Meeting, clock: Clock) -> None:
    meeting_id = meeting.id
    db.session.rollback()

    def once(number: int) -> None:
        with app.app_context():
            commands.register(
                meeting_id=meeting_id, application=application(f"p{number}@example.org"), actor=VISITOR, now=clock.now
            )

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(once, range(10)))
    assert len(all_of(Organisation)) == 1
    people = all_of(Person)
    assert len({each.key for each in people}) == len({each.position for each in people}) == 10
    rows: list[Registration] = all_of(Registration)
    assert len({each.position for each in rows}) == 10
