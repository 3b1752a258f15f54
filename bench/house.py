"""What the bench finds in the database: one meeting with a floor, and people who may ask for it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from meetings import create_app, links, settings
from meetings.database import db, transaction
from meetings.models.account import Account
from meetings.models.floor import Floor, FloorRequest
from tests import factories
from tests.live import LiveServer

SECRET = "for the bench alone"  # noqa: S105  # opens nothing but what the bench made


@dataclass(frozen=True)
class House:
    """Where the bench knocks: the participants' personal pages of one session's floor, and its chair's page."""

    session_id: int
    asking: tuple[str, ...]
    given_id: int
    chair: str
    chair_cookie: str
    requests: tuple[int, ...]  # of a second session, whose floor the chair gives and ends
    acting: str
    following: tuple[str, ...]  # the same people's pages of that session


@contextmanager
def application(server: LiveServer) -> Iterator[Flask]:
    """The application over the same database as the server."""
    app = create_app(settings.load(server.environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def furnish(server: LiveServer, people: int, waiting: int) -> House:
    """Make the meeting: `people` registered, each of an organisation of their own; `waiting` of them on a list."""
    with application(server) as app, transaction():
        today = dt.datetime.now(dt.UTC).date()
        meeting = factories.meeting(
            slug="bench", timezone="UTC", start_date=today, end_date=today + dt.timedelta(days=1)
        )
        asked, given = factories.session(meeting, key="asked"), factories.session(meeting, key="given")
        factories.floor(asked)
        factories.floor(given)
        registered = [factories.registration(meeting) for _ in range(people)]
        requests = [factories.floor_request(given, each) for each in registered[:waiting]]
        chair = factories.account("chair-of-the-bench@example.org", "chair", of=meeting)
        tokens = [links.make("personal", each.id, each.link_serial) for each in registered]
        return House(
            session_id=asked.id,
            asking=tuple(f"/me/{token}/sessions/asked/floor" for token in tokens),
            given_id=given.id,
            chair="/meetings/bench/floor/given/",
            chair_cookie=cookie_of(app, chair),
            requests=tuple(each.id for each in requests),
            acting="/meetings/bench/floor/given/requests/{}/{}",
            following=tuple(f"/me/{token}/sessions/given/floor" for token in tokens),
        )


def cookie_of(app: Flask, account: Account) -> str:
    """The cookie of a browser in which somebody has signed in."""
    held = {"account": [account.id, account.serial], "_permanent": True}
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("the application has no key to sign with")
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(held)}"


def open_requests(server: LiveServer, session_id: int) -> tuple[int, int]:
    """How many requests of a session are open, and how many different people they are of."""
    with application(server):
        count = sa.select(sa.func.count(), sa.func.count(FloorRequest.registration_id.distinct()))
        row = db.session.execute(
            count.where(FloorRequest.session_id == session_id, FloorRequest.status == "requested")
        ).one()
        return row[0], row[1]


def version(server: LiveServer, key_of: int) -> int:
    """The version of a floor, which the chair's next press names."""
    with application(server):
        return db.session.get_one(Floor, key_of).version
