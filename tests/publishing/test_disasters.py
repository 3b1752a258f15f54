"""A programme is published for 300 people while mail server and Microsoft are away, and the worker is killed, often.

Nobody is missed, nothing is made twice: what a kill may repeat is the one mail that was in flight, as the same one.
"""

import datetime as dt
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import microsoft as application
from meetings.database import db, now, transaction
from meetings.invitations.queries.calendars import TELL
from meetings.invitations.queries.telling import telling
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Sitting
from meetings.models.message import Job, Message
from meetings.models.people import CalendarEntry
from meetings.publishing import commands
from tests import factories
from tests.fake_microsoft import FakeMicrosoft, stand_in
from tests.invitations.reading import event_of
from tests.invitations.smtp_server import PASSWORD, USER
from tests.invitations.test_smtp import MailServer
from tests.teams.conftest import configure

# Participants get a mail for each sitting, speakers one for their session.
PEOPLE, PARTICIPANTS, SITTINGS = 300, 10, 2
MAILS = PEOPLE + PARTICIPANTS * (SITTINGS - 1)
PATIENCE_SECONDS = 180


@dataclass
class House:
    """All that takes part: a meeting, the servers, and the one worker."""

    app: Flask
    meeting_id: int
    mail: MailServer
    microsoft: FakeMicrosoft
    microsoft_begins: Callable[[], Any]
    command: list[str]
    kills: int = 0
    up: ExitStack = field(default_factory=ExitStack)
    worker: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Start a worker, as whoever looks after the machine does."""
        self.worker = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        assert self.worker.stdout is not None
        assert self.worker.stdout.readline() == "at work\n"

    def kill(self) -> None:
        """Kill the worker in the middle, and start another one."""
        self.end()
        self.kills += 1
        self.begin()

    def end(self) -> None:
        """Let no worker be left."""
        if self.worker is not None:
            self.worker.kill()
            self.worker.communicate()
            self.worker = None

    def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait for something; fails after a while, or once a job has been given up."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < deadline, f"waited in vain: {what}; {self.jobs()}"
            db.session.rollback()
            assert not [each for each in self.jobs() if each[1] == "dead"], self.jobs()
            time.sleep(0.2)
        db.session.rollback()

    def jobs(self) -> dict[tuple[str, str], int]:
        """How many jobs of each kind are in which state."""
        rows = db.session.execute(sa.select(Job.kind, Job.state, sa.func.count()).group_by(Job.kind, Job.state))
        return {(kind, state): number for kind, state, number in rows}

    def told(self) -> int:
        """How many people have been told."""
        return self.jobs().get((TELL, "done"), 0)

    def received(self) -> int:
        """How many mails have arrived."""
        return len(list(self.mail.received.glob("*.eml")))


@pytest.fixture
def house(app: Flask, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A draft with two sittings and 300 people; mail server and Microsoft are away, and no worker runs yet."""
    for name in ("mail", "microsoft"):
        (tmp_path / name).mkdir()
    mail = MailServer(tmp_path / "mail")
    mail.start()
    mail.stop()  # it has its port
    microsoft, microsoft_begins = stand_in(tmp_path / "microsoft")
    configure(app, **microsoft.settings)
    day = now().date() + dt.timedelta(days=30)
    with transaction():
        meeting = factories.meeting(slug="large", published_at=None, start_date=day, end_date=day)
        factories.sitting(meeting, key="morning")
        factories.sitting(meeting, key="afternoon", start=dt.time(15), end=dt.time(18))
        sessions = [factories.session(meeting), factories.session(meeting, start=dt.time(15), end=dt.time(16))]
        for number in range(PEOPLE):
            if number < PARTICIPANTS:
                factories.registration(meeting)
            else:
                speaker = factories.person(meeting)
                factories.speaker(speaker, status="confirmed")
                factories.role(sessions[number % 2], speaker)
    settings = {
        "mail_from": "rostrum@meetings.example",
        "smtp_host": "localhost",
        "smtp_port": mail.port,
        "smtp_security": "starttls",
        "smtp_user": USER,
        "smtp_password": PASSWORD,
        "smtp_ca_file": str(mail.authority),
        **{name: str(value) for name, value in microsoft.settings.items()},
    }
    module = "tests.publishing.worker_in_a_process"
    command = [sys.executable, "-m", module, str(tmp_path), database_url, json.dumps(settings)]
    house = House(app, meeting.id, mail, microsoft, microsoft_begins, command)
    db.session.rollback()
    yield house
    house.end()
    house.mail.stop()
    house.up.close()
    application.forget()


def test_servers_away_and_the_worker_killed_everybody_has_their_mail_and_each_sitting_one_online_meeting(
    house: House,
) -> None:
    done = commands.publish(meeting_id=house.meeting_id, actor=COMMAND_LINE, now=now())
    assert (done.number, done.people) == (1, PEOPLE)
    db.session.rollback()

    house.begin()
    house.until("Graph was tried", lambda: db.session.scalar(sa.select(sa.func.max(Job.attempts))) or 0 >= 2)
    house.kill()  # nobody answers at all
    assert house.told() == 0  # the links are waited for
    house.up.enter_context(house.microsoft_begins())
    house.until("a third is told", lambda: house.told() >= PEOPLE // 3)
    house.kill()  # in the middle of writing the mails
    house.until("all are told", lambda: house.told() == PEOPLE)
    assert house.received() == 0
    house.mail.start()
    house.until("a third has arrived", lambda: house.received() >= PEOPLE // 3)
    house.kill()  # in the middle of sending them
    house.until("all is sent", lambda: (found := telling(house.meeting_id)) is not None and not found.going_on)
    house.until("nothing is left to do", lambda: not any(state == "queued" for _kind, state in house.jobs()))
    house.end()
    assert_everybody_has_their_mail(house)
    assert_one_online_meeting_each(house)


def assert_everybody_has_their_mail(house: House) -> None:
    """Each of the entries of each arrived, as one mail, or as the same mail twice where the worker was killed."""
    numbers = Counter(header(raw, "Message-ID") for raw in house.mail.raw())
    assert sum(times - 1 for times in numbers.values()) <= house.kills
    entries = {(row.person_id, row.uid) for row in db.session.scalars(sa.select(CalendarEntry))}
    assert len(entries) == MAILS
    messages = db.session.scalars(sa.select(Message)).all()
    assert len(messages) == len(numbers) == MAILS
    assert all(each.sent_at for each in messages)
    told = {(each.person_id, str(event_of(each.calendar or b"", "REQUEST")["UID"])) for each in messages}
    assert told == entries
    assert len(set(house.mail.envelopes())) == PEOPLE


def header(mail: bytes, name: str) -> str:
    """One header of a mail, read without the rest of it."""
    return str(BytesHeaderParser().parsebytes(mail)[name])


def assert_one_online_meeting_each(house: House) -> None:
    """Microsoft has one online meeting for each sitting, whose link is the sitting's and in everybody's calendar."""
    made = {each["id"]: each["joinWebUrl"] for each in house.microsoft.meetings.values()}
    sittings = db.session.scalars(sa.select(Sitting).order_by(Sitting.id)).all()
    assert len(made) == len(sittings) == SITTINGS
    for each in sittings:
        assert (each.teams_state, each.join_url) == ("made", made[str(each.teams_id)])
        uid = f"large.sitting.{each.key}@rostrum"
        links = set(db.session.scalars(sa.select(CalendarEntry.join_url).where(CalendarEntry.uid == uid)))
        assert links == {each.join_url}
