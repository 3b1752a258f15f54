"""A participant's and a speaker's calendar follow the programme by mail alone, as calendar programs follow them."""

import datetime as dt
import email
from collections.abc import Callable, Iterator
from email.policy import default
from typing import Any

import pytest
import sqlalchemy as sa
import vobject
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.people import CalendarEntry, Person
from meetings.publishing.commands import publish
from meetings.settings import Settings
from meetings.worker import make_worker
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.exports.caldav_server import Program, radicale
from tests.invitations.reading import calendar_of
from tests.invitations.replies import mail as reply_mail

pytestmark = pytest.mark.sqlite_only("what calendar programs do does not depend on the database")
DAY = dt.date(2025, 12, 10)
ANA, BEN = "ana@example.org", "ben@example.org"
SITTING, PANEL = "dialogue.sitting.morning@rostrum", "dialogue.session.panel@rostrum"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a CalDAV server."""
    with radicale(tmp_path_factory.mktemp("radicale")) as address:
        yield address


class Scene:
    """A meeting in Auckland with a participant and a speaker, each with a calendar program that reads their mails."""

    def __init__(self, app: Flask, clock: Clock, server: str) -> None:
        self.app, self.clock = app, clock
        self.programs = {ANA: Program(server), BEN: Program(server)}
        self.read: set[str] = set()
        with transaction():
            self.meeting = factories.meeting(
                slug="dialogue",
                title="Dialogue",
                mode="hybrid",
                timezone="Pacific/Auckland",
                start_date=DAY,
                end_date=DAY,
                published_at=None,
            )
            sitting = factories.sitting(self.meeting, key="morning")
            panel = factories.session(self.meeting, key="panel", title="Panel", sitting_id=sitting.id)
            factories.registration(self.meeting, factories.person(self.meeting, email=ANA))
            ben = factories.person(self.meeting, email=BEN)
            factories.speaker(ben, status="confirmed")
            factories.role(panel, ben, "moderator")

    def publish(self, *, final: bool = False) -> None:
        """Publish what stands now; everybody reads their mails."""
        self.clock.advance(minutes=10)
        db.session.rollback()
        publish(meeting_id=self.meeting.id, final=final, actor=COMMAND_LINE, now=self.clock.now)
        self.deliver()

    def deliver(self) -> None:
        """Let the worker send what is due; give each new mail's calendar to its reader's program."""
        db.session.rollback()
        while make_worker(self.app, "tested").run_once(at=self.clock.now + dt.timedelta(seconds=1)):
            pass
        settings: Settings = self.app.config["SETTINGS"]
        for file in sorted((settings.mail_folder or settings.instance_folder).glob("*.eml")):
            if file.name in self.read:
                continue
            self.read.add(file.name)
            message = email.message_from_bytes(file.read_bytes(), policy=default)
            for part in message.walk():
                if part.get_content_type() == "text/calendar":
                    content = part.get_payload(decode=True)
                    assert isinstance(content, bytes)
                    self.programs[message["To"].addresses[0].addr_spec].receive(content)

    def change(self, model: type[Any], **values: Any) -> None:
        """Change the only row of a kind, as an organiser would."""
        with transaction():
            row = db.session.scalars(sa.select(model)).one()
            for name, value in values.items():
                setattr(row, name, value)
            db.session.get_one(Meeting, self.meeting.id).version += 1

    def shown(self, who: str) -> dict[str, tuple[int, dt.datetime]]:
        """What somebody's calendar on the server shows: SEQUENCE and start by UID."""
        found = self.programs[who].shows()
        return {uid: (int(each["SEQUENCE"]), each["DTSTART"].dt) for uid, each in found.items()}


@pytest.fixture
def scene(app: Flask, clock: Clock, server: str) -> Scene:
    """The meeting as a draft."""
    return Scene(app, clock, server)


def at(hour: int, minute: int = 0) -> dt.datetime:
    """A wall-clock time of the day in Auckland, where it is summer: 13 hours before UTC."""
    return dt.datetime(2025, 12, 10, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=13))).astimezone(dt.UTC)


def test_calendars_follow_each_step_from_the_invitation_to_the_cancellation(scene: Scene, client: Client) -> None:
    scene.publish()
    assert scene.shown(ANA) == {SITTING: (0, at(9))}
    assert scene.shown(BEN) == {PANEL: (0, at(9, 20))}

    scene.change(Sitting, start=dt.time(10), end=dt.time(12), room="Room 7")
    scene.change(Session, start=dt.time(10), end=dt.time(11))
    assert scene.shown(ANA) == {SITTING: (0, at(9))}  # nothing is told before it is published
    scene.publish()
    assert scene.shown(ANA) == {SITTING: (1, at(10))}
    assert scene.shown(BEN) == {PANEL: (1, at(10))}

    scene.change(Sitting, join_url="https://teams.example/m")
    commands.bring_up_to_date(meeting_id=scene.meeting.id, actor=COMMAND_LINE, now=scene.clock.advance(minutes=1))
    scene.deliver()
    for who, uid in ((ANA, SITTING), (BEN, PANEL)):
        assert scene.programs[who].find(uid)["CONFERENCE"] == "https://teams.example/m"

    person = db.session.scalars(sa.select(Person).where(Person.email == ANA)).one()
    feed = client.get(f"/calendars/{links.make('feed', person.id, 1)}/calendar.ics")
    (event,) = calendar_of(feed.data).walk("VEVENT")
    assert {str(event["UID"]): (event["SEQUENCE"], event["DTSTART"].dt)} == scene.shown(ANA) == {SITTING: (2, at(10))}

    with transaction() as session:
        session.execute(sa.delete(Role))
        session.get_one(Meeting, scene.meeting.id).version += 1
    scene.publish()
    assert (scene.shown(ANA), scene.shown(BEN)) == ({SITTING: (2, at(10))}, {})

    with transaction() as session:
        session.execute(sa.update(Session).values(sitting_id=None, start=None, end=None, date=None))
        session.execute(sa.delete(Sitting))
        session.get_one(Meeting, scene.meeting.id).version += 1
    scene.publish()
    assert scene.shown(ANA) == {}


def test_what_a_program_answers_to_our_own_invitation_is_taken(scene: Scene) -> None:
    scene.publish()
    asked = vobject.readOne(scene.programs[ANA].calendar.event_by_uid(SITTING).data).vevent
    answer = vobject.iCalendar()
    answer.add("method").value = "REPLY"
    event = answer.add("vevent")
    for name in ("uid", "sequence", "organizer", "dtstart", "dtend", "summary"):
        event.add(getattr(asked, name))
    event.add("dtstamp").value = (scene.clock.now + dt.timedelta(minutes=1)).replace(tzinfo=vobject.icalendar.utc)
    event.add("attendee").value = asked.attendee.value
    event.attendee.params["PARTSTAT"] = ["ACCEPTED"]
    content = reply_mail(answer.serialize(), sender=f"Ana <{ANA}>")
    (outcome,) = commands.take_replies(content=content, meeting_id=None, actor=COMMAND_LINE, now=scene.clock.now)
    assert (outcome.reason, outcome.partstat) == (None, "accepted")
    partstat = sa.select(CalendarEntry.partstat).where(CalendarEntry.uid == SITTING)
    assert db.session.scalars(partstat).all() == ["accepted"]


def test_the_public_calendar_is_tentative_until_final_and_shows_what_was_dropped(
    scene: Scene, client: Client, new_client: Callable[[], Client]
) -> None:
    def read() -> dict[str, tuple[str, int]]:
        found = scene.programs[ANA].subscribe(new_client().get("/meetings/dialogue/programme.ics").data)
        return {uid.split(".")[2]: (str(each["STATUS"]), int(each["SEQUENCE"])) for uid, each in found.items()}

    with transaction():
        factories.session(scene.meeting, key="talk", title="Talk", start=dt.time(11), end=dt.time(12))
    scene.publish()
    assert read() == {"panel@rostrum": ("TENTATIVE", 0), "talk@rostrum": ("TENTATIVE", 0)}
    first = client.get("/meetings/dialogue/programme.ics")
    with transaction() as session:
        session.execute(sa.delete(Session).where(Session.key == "talk"))
        session.get_one(Meeting, scene.meeting.id).version += 1
    scene.publish(final=True)
    assert read() == {"panel@rostrum": ("CONFIRMED", 1), "talk@rostrum": ("CANCELLED", 1)}
    again = client.get("/meetings/dialogue/programme.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    for event in calendar_of(again.data).walk("VEVENT"):
        assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == scene.clock.now
