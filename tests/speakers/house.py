"""A meeting in which people are asked to speak."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from meetings import links
from meetings.database import db, transaction
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event, Message
from meetings.models.people import Organisation, Person
from meetings.models.programme import Speaker
from tests import factories
from tests.client import Client
from tests.signing_in import sign_in

DAY = dt.date(2026, 7, 22)
JOIN = "https://teams.example/secret-join"


def build(**values: Any) -> Meeting:
    """A published online meeting in Auckland with a sitting that has a join link, and a panel in it."""
    defaults = {
        "slug": "dialogue",
        "title": "Demonstration dialogue",
        "timezone": "Pacific/Auckland",
        "start_date": DAY,
        "end_date": DAY,
        "contact": "secretariat@example.org",
    }
    with transaction():
        meeting = factories.meeting(**(defaults | values))
        sitting = factories.sitting(meeting, key="morning", join_url=JOIN)
        factories.session(meeting, key="panel", label="Panel 1", title="Housing", sitting_id=sitting.id)
    return meeting


def session_of(meeting: Meeting, key: str = "panel") -> Session:
    """A session of the meeting."""
    return db.session.scalars(sa.select(Session).where(Session.meeting_id == meeting.id, Session.key == key)).one()


def with_role(meeting: Meeting, what: str = "panellist", **values: Any) -> Person:
    """Somebody with a role in the panel."""
    with transaction():
        person = factories.person(meeting, **values)
        factories.role(session_of(meeting), person, what)
    return person


def asked(meeting: Meeting, status: str = "invited", what: str = "panellist", **values: Any) -> Speaker:
    """Somebody with a role in the panel who was asked to speak."""
    person = with_role(meeting, what, **values)
    with transaction():
        return factories.speaker(person, status=status)


def page_of(speaker: Speaker) -> str:
    """The address of a speaker's own page."""
    return f"/speaker/{links.make('speaker', speaker.id, speaker.link_serial)}/"


def organiser_of(client: Client, meeting: Meeting) -> Client:
    """The browser, signed in as an organiser of the meeting."""
    with transaction():
        account = factories.account("organiser@example.org", "organiser", of=meeting)
    sign_in(client, account)
    return client


def stored(speaker: Speaker) -> Speaker:
    """The speaker as the database has them now."""
    db.session.rollback()
    return db.session.get_one(Speaker, speaker.id, populate_existing=True)


def mails() -> list[Message]:
    """All mails, the oldest first."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def events(prefix: str = "speaker.") -> list[str]:
    """What the log has, the oldest first."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(Event.kind).where(Event.kind.startswith(prefix)).order_by(Event.id)))


def organisations(meeting: Meeting) -> list[str]:
    """The names of the meeting's organisations."""
    db.session.rollback()
    query = sa.select(Organisation.name).where(Organisation.meeting_id == meeting.id).order_by(Organisation.id)
    return list(db.session.scalars(query))
