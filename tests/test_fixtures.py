"""The fixtures that every other test rests on."""

import datetime as dt
import socket

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database
from meetings.database import db, transaction
from meetings.models.meeting import Meeting
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries


def test_each_test_starts_on_a_migrated_empty_database(app: Flask, backend: str) -> None:
    assert db.engine.dialect.name == backend
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0
    with transaction():
        factories.meeting()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 1


@pytest.mark.sqlite_only("the marker itself is tried")
def test_a_test_can_be_for_sqlite_alone(app: Flask, backend: str) -> None:
    assert backend == "sqlite"


@pytest.mark.postgresql_only("the marker itself is tried")
def test_a_test_can_be_for_postgresql_alone(app: Flask, backend: str) -> None:
    assert backend == "postgresql"


def test_the_clock_stands_still_and_can_be_put_forward(clock: Clock) -> None:
    before = database.now()
    assert database.now() == before
    clock.advance(minutes=5)
    assert database.now() - before == dt.timedelta(minutes=5)


def test_statements_are_counted(app: Flask, exact_queries: ExactQueries) -> None:
    with exact_queries(2):
        db.session.execute(sa.text("SELECT 1"))
        db.session.execute(sa.text("SELECT 2"))
    with pytest.raises(AssertionError, match="1 statements, not 0"), exact_queries(0):
        db.session.execute(sa.text("SELECT 1"))


@pytest.mark.own_app("it adds a view")
def test_a_test_reads_what_a_request_has_changed(app: Flask, client: Client) -> None:
    with transaction():
        meeting = factories.meeting(title="Before")

    @app.get("/change")
    def change() -> tuple[str, int]:
        with transaction() as session:
            session.get_one(Meeting, meeting_id).title = "After"
        return "", 204

    meeting_id = meeting.id
    assert meeting.title == "Before"
    client.get("/change")
    assert meeting.title == "After"


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(RuntimeError, match=r"a test tried to reach 192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match=r"a test tried to reach example\.org"):
        socket.getaddrinfo("example.org", 80)
