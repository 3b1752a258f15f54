"""Meetings get the usual lobby by that migration; whoever waits for a Teams link asks for it anew."""

import datetime as dt
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db

AT = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)
STATES = {"a": None, "b": "asked", "c": "failed", "d": "made"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "meeting": [
        {
            "id": 1, "slug": "demonstration", "title": "Demonstration", "mode": "online", "timezone": "Asia/Kathmandu",
            "demonstration": True, "languages": "[]", "objectives": "[]", "guiding_questions": "[]", "documents": "[]",
            "version": 1, "last_key": 0,
        },
    ],
    "sitting": [
        {"id": number, "meeting_id": 1, "key": key, "position": number, "date": dt.date(2026, 3, 9),
         "start": dt.time(9), "end": dt.time(11), "interpretation": "[]", "teams_state": state}
        for number, (key, state) in enumerate(STATES.items(), 1)
    ],
    "job": [
        {"id": number, "meeting_id": 1, "kind": kind, "payload": '{"sitting": 2}', "due": AT, "attempts": 0,
         "state": state, "created_at": AT}
        for number, (kind, state) in enumerate(
            (("teams.create_link", "queued"), ("teams.create_link", "dead"), ("teams.create_link", "done"),
             ("mail", "queued")), 1
        )
    ],
}  # fmt: skip


def stored(table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of a table as the database has them now, in their order."""
    with db.engine.connect() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        rows = connection.execute(sa.select(*(found.c[name] for name in columns)).order_by(found.c.id))
        return [tuple(row) for row in rows]


@pytest.fixture
def before(app: Flask) -> None:
    """A database of the release before with data in it."""
    db.session.remove()
    flask_migrate.downgrade(revision="0006")
    for table, rows in ROWS.items():
        with db.engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.insert(sa.Table(table, sa.MetaData(), autoload_with=connection)), rows)
            connection.commit()


@pytest.mark.usefixtures("before")
def test_a_link_that_is_waited_for_is_asked_for_anew() -> None:
    flask_migrate.upgrade()
    assert stored("meeting", "teams_lobby", "teams_presenters") == [("organization", "organization")]
    assert stored("sitting", "key", "teams_state") == [("a", None), ("b", None), ("c", None), ("d", "made")]
    assert stored("job", "kind", "state") == [("teams.create_link", "done"), ("mail", "queued")]


@pytest.mark.usefixtures("before")
def test_it_can_be_undone_and_done_again() -> None:
    for _ in range(2):
        flask_migrate.upgrade()
        db.session.remove()
        flask_migrate.downgrade(revision="0006")
        assert stored("meeting", "slug", "mode", "version") == [("demonstration", "online", 1)]


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("name", ["teams_lobby", "teams_presenters", "mode"])
def test_only_what_can_be_chosen_is_kept(name: str) -> None:
    flask_migrate.upgrade()
    with (
        pytest.raises(IntegrityError, match=f"ck_meeting_{name}"),
        db.engine.connect().execution_options(write=True) as connection,
    ):
        connection.execute(sa.text(f"UPDATE meeting SET {name} = 'invited'"))  # noqa: S608  # a name of ours
