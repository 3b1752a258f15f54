"""The address that a person's calendar program subscribes to."""

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links, mail
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event
from meetings.models.people import CalendarEntry, Person, Registration
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.invitations.reading import calendar_of
from tests.page_lint import Page

DAY = dt.date(2025, 12, 10)


@pytest.fixture
def row(app: Flask, clock: Clock) -> Registration:
    """Somebody confirmed and invited to the morning of a meeting in two weeks."""
    with transaction():
        meeting = factories.meeting(slug="dialogue", title="Dialogue", start_date=DAY, end_date=DAY)
        factories.sitting(meeting, key="morning", join_url="https://teams.example/m")
        row = factories.registration(meeting)
    tell(row.meeting_id, clock)
    return row


def tell(meeting_id: int, clock: Clock) -> None:
    db.session.rollback()
    commands.bring_up_to_date(meeting_id=meeting_id, actor=COMMAND_LINE, now=clock.now)
    db.session.rollback()


def feed(person_id: int, serial: int = 1) -> str:
    return f"/calendars/{links.make('feed', person_id, serial)}/calendar.ics"


def events(client: Client, url: str) -> dict[str, Any]:
    return {str(each["UID"]).split(".", 1)[1]: each for each in calendar_of(client.get(url).data).walk("VEVENT")}


def test_the_page_shows_the_address_for_both_ways_to_subscribe(row: Registration, client: Client) -> None:
    home = f"/me/{links.make('personal', row.id, 1)}/"
    assert f'href="{home}calendar"' in client.get(home).text
    page = Page(client.get(f"{home}calendar").data)
    (address,) = [each.get("value") or "" for each in page.elements("input") if each.get("type") == "url"]
    assert address == links.page("invitations.subscribed_ics", token=links.make("feed", row.person_id, 1))
    assert any(each.get("href") == "webcal:" + address.partition(":")[2] for each in page.elements("a"))
    assert set(events(client, address)) == {"sitting.morning@rostrum"}


def test_it_follows_what_mails_have_told_with_the_same_sequence(
    row: Registration, client: Client, clock: Clock
) -> None:
    first = client.get(feed(row.person_id))
    again = client.get(feed(row.person_id), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    clock.advance(days=1)
    assert client.get(feed(row.person_id)).data == first.data
    with transaction():
        db.session.scalars(sa.select(Sitting)).one().room = "Room XX"
        db.session.get_one(Registration, row.id).attendance = "in_person"
        db.session.get_one(Meeting, row.meeting_id).mode = "hybrid"
    tell(row.meeting_id, clock)
    changed = client.get(feed(row.person_id), headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    (event,) = calendar_of(changed.data).walk("VEVENT")
    assert (event["SEQUENCE"], event["LOCATION"], event["STATUS"]) == (1, "Room XX", "CONFIRMED")
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == clock.now


def test_it_opens_nothing_else_and_names_nobody(row: Registration, client: Client) -> None:
    token = links.make("feed", row.person_id, 1)
    for path in ("/me/{}/", "/me/{}/calendar", "/speaker/{}/", "/me/{}/answer/dialogue.sitting.morning@rostrum"):
        assert client.get(path.format(token)).status_code == 404
    content = client.get(feed(row.person_id)).data.replace(b"\r\n ", b"")
    assert b"ATTENDEE" not in content
    assert b"ORGANIZER" not in content
    assert str(row.person.email).encode() not in content
    assert links.make("personal", row.id, 1).encode() not in content


def test_its_address_is_replaced_by_itself(row: Registration, client: Client) -> None:
    home = f"/me/{links.make('personal', row.id, 1)}/"
    answer = client.submit(f"{home}calendar", button="Replace the address")
    assert "Your calendar has a new address." in answer.text
    assert client.get(feed(row.person_id)).status_code == 404
    assert client.get(feed(row.person_id, 2)).status_code == 200
    assert client.get(home).status_code == 200
    (line,) = db.session.scalars(sa.select(Event).where(Event.kind == "calendar.address_replaced"))
    assert (line.actor, line.target) == (f"registration:{row.id}", f"person:{row.person_id}")


def test_a_replaced_personal_link_leaves_the_subscription_alone(row: Registration, client: Client) -> None:
    with transaction():
        db.session.get_one(Registration, row.id).link_serial += 1
    assert client.get(feed(row.person_id)).status_code == 200


def test_what_was_cancelled_stays_as_cancelled(row: Registration, client: Client, clock: Clock) -> None:
    with transaction() as session:
        session.delete(session.scalars(sa.select(Sitting)).one())
        factories.sitting(session.get_one(Meeting, row.meeting_id), key="evening", start=dt.time(18), end=dt.time(20))
    tell(row.meeting_id, clock)
    found = events(client, feed(row.person_id))
    assert {name: str(each["STATUS"]) for name, each in found.items()} == {
        "sitting.morning@rostrum": "CANCELLED",
        "sitting.evening@rostrum": "CONFIRMED",
    }
    assert b"teams.example" not in found["sitting.morning@rostrum"].to_ical()


def test_of_a_draft_it_shows_what_was_told_as_cancelled_and_nothing_that_is_planned(
    row: Registration, client: Client
) -> None:
    with transaction() as session:
        meeting = session.get_one(Meeting, row.meeting_id)
        meeting.published_at = None
        session.scalars(sa.select(Sitting)).one().start = dt.time(7, 30)
        factories.sitting(meeting, key="evening", start=dt.time(18), end=dt.time(20))
        panel = factories.session(meeting, key="panel", title="Planned panel")
        factories.role(panel, session.get_one(Person, row.person_id))
    before = db.session.scalars(sa.select(CalendarEntry)).one()
    for url in (feed(row.person_id), f"/me/{links.make('personal', row.id, 1)}/calendar.ics"):
        found = events(client, url)
        assert [(name, str(each["STATUS"])) for name, each in found.items()] == [
            ("sitting.morning@rostrum", "CANCELLED")
        ]
        assert found["sitting.morning@rostrum"]["DTSTART"].dt == before.starts_at


@pytest.mark.parametrize("protected", [False, True])
def test_a_speaker_has_one_too(row: Registration, client: Client, clock: Clock, protected: bool) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, row.meeting_id)
        speaker = factories.speaker(factories.person(meeting, protected=protected), status="confirmed")
        factories.role(factories.session(meeting, key="panel", title="Panel"), speaker.person, "moderator")
    tell(row.meeting_id, clock)
    page = client.get(f"/speaker/{links.make('speaker', speaker.id, 1)}/calendar")
    assert links.make("feed", speaker.person_id, 1) in page.text
    found = events(client, feed(speaker.person_id))
    assert [(name, str(each["STATUS"])) for name, each in found.items()] == [("session.panel@rostrum", "CONFIRMED")]
    assert "What you do in this session: Moderator" in str(found["session.panel@rostrum"]["DESCRIPTION"])
    client.submit(f"/speaker/{links.make('speaker', speaker.id, 1)}/calendar", button="Replace the address")
    assert client.get(feed(speaker.person_id)).status_code == 404


def test_who_takes_part_in_nothing_has_none(row: Registration, client: Client) -> None:
    with transaction():
        person = factories.person(db.session.get_one(Meeting, row.meeting_id))
    assert client.get(feed(person.id)).status_code == 404


def test_it_is_in_the_persons_language(
    app: Flask, row: Registration, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []
    real = mail.in_language

    def noted(wanted: str | None) -> AbstractContextManager[str]:
        seen.append(wanted)
        return real(wanted)

    monkeypatch.setattr(mail, "in_language", noted)
    with transaction():
        db.session.get_one(Person, row.person_id).language = "fr"
    client.get(feed(row.person_id), headers={"Accept-Language": "es"})
    assert seen == ["fr"]
