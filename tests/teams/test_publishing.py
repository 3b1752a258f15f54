"""Publishing a programme with online meetings: everybody's first mail has the link, or a later one brings it."""

import datetime as dt
import threading

import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database
from meetings import microsoft as application
from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Job, Message
from meetings.publishing.commands import publish
from meetings.teams import queries
from meetings.worker import make_worker
from tests import factories
from tests.conftest import Clock
from tests.fake_microsoft import FakeMicrosoft
from tests.teams.conftest import configure

ME = Actor("account:1")
DAY = dt.date(2027, 7, 22)
PEOPLE = 5


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A draft with two sittings, and people confirmed to join online."""
    clock.set(dt.datetime(2027, 7, 1, 9, tzinfo=dt.UTC))
    with transaction():
        made = factories.meeting(slug="here", start_date=DAY, end_date=DAY, published_at=None)
        factories.sitting(made, key="morning")
        factories.sitting(made, key="afternoon", start=dt.time(15), end=dt.time(18))
        for _ in range(PEOPLE):
            factories.registration(made, status="confirmed", attendance="online")
    return made


def work(app: Flask) -> None:
    """Let two workers do all that is due now."""
    db.session.rollback()
    at = database.now()

    def run(name: str) -> None:
        worker = make_worker(app, name)
        while worker.run_once(at=at):
            pass

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told() -> list[tuple[str, int, bool]]:
    """What each mail of a calendar says: which entry, its SEQUENCE, and whether the link of the sitting is in it."""
    links = dict(db.session.execute(sa.select(Sitting.key, Sitting.join_url)).all())
    found = []
    for file in db.session.scalars(sa.select(Message.calendar).order_by(Message.id)):
        (event,) = icalendar.Calendar.from_ical(file or b"").events
        key = str(event["uid"]).split(".")[2].partition("@")[0]
        link = links[key]
        found.append((key, int(event.get("sequence", 0)), link is not None and event.get("conference") == link))
    return sorted(found)


def test_the_first_mail_has_the_link(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock) -> None:
    assert publish(meeting_id=meeting.id, actor=ME, now=database.now()).people == PEOPLE
    for _ in range(4):
        work(app)
        clock.advance(seconds=6)
    assert told() == sorted([("afternoon", 0, True), ("morning", 0, True)] * PEOPLE)
    assert (microsoft.times("POST"), len(microsoft.meetings)) == (2, 2)


def test_with_teams_away_mails_go_without_the_link_and_it_follows(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock
) -> None:
    configure(app, graph_url="https://localhost:9/v1.0")
    publish(meeting_id=meeting.id, actor=ME, now=database.now())
    for _ in range(4):
        work(app)
        clock.advance(minutes=2, seconds=30)
    assert told() == []
    assert queries.links_are_coming(meeting.id, database.now()) is False
    work(app)
    assert told() == sorted([("afternoon", 0, False), ("morning", 0, False)] * PEOPLE)
    configure(app, **microsoft.settings)
    application.forget()
    for _ in range(8):
        clock.advance(hours=1)
        work(app)
    both = [(key, sequence) for key in ("afternoon", "morning") for sequence in (0, 1)]
    assert [(key, sequence) for key, sequence, _link in told()] == sorted(both * PEOPLE)
    assert [link for _key, sequence, link in told() if sequence == 1] == [True] * 2 * PEOPLE
    assert (microsoft.times("POST"), len(microsoft.meetings)) == (2, 2)
    assert set(db.session.scalars(sa.select(Job.state))) == {"done"}


def test_a_draft_of_the_mails_is_not_sent_by_the_link(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting_id=meeting.id, mails="hold", actor=ME, now=database.now())
    for _ in range(4):
        work(app)
        clock.advance(seconds=6)
    assert set(db.session.scalars(sa.select(Message.held))) == {True}
    assert told() == sorted([("afternoon", 0, True), ("morning", 0, True)] * PEOPLE)


def test_published_without_mails_a_programme_is_told_to_nobody_teams_included(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock
) -> None:
    publish(meeting_id=meeting.id, mails="none", actor=ME, now=database.now())
    for _ in range(4):
        work(app)
        clock.advance(seconds=6)
    assert microsoft.times("POST") == 0
    assert told() == []
