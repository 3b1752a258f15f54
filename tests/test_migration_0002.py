"""What the first release stored of the floor is all there after the migration of the live floor, and once undone."""

import datetime as dt
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db

# Two sessions with a floor: one that has been heard and one that waits. Every column that is not left to the database.
ROWS: dict[str, list[dict[str, Any]]] = {
    "meeting": [
        {
            "id": 1, "slug": "demonstration", "title": "Demonstration", "mode": "hybrid", "timezone": "Asia/Kathmandu",
            "demonstration": True, "languages": "[]", "objectives": "[]", "guiding_questions": "[]",
            "documents": "[]", "version": 1, "last_key": 0,
        },
    ],
    "session": [
        {"id": number, "meeting_id": 1, "key": f"s{number}", "position": number, "kind": "panel", "title": "Panel",
         "version": 1}
        for number in (1, 2)
    ],
    "floor": [
        {"session_id": 1, "cap_ms": 2_700_000, "limit_ms": 120_000, "minimum_ms": 30_000, "list_open": False,
         "version": 7, "chair_version": 6, "display_serial": 2},
        {"session_id": 2, "cap_ms": 900_000, "limit_ms": 90_000, "minimum_ms": 15_000, "list_open": True,
         "version": 1, "chair_version": 1, "display_serial": 1},
    ],
    "floor_request": [
        {"id": 1, "session_id": 1, "status": "spoken", "rank": 1, "on_behalf_of": None, "topic": "水",
         "requested_at": dt.datetime(2026, 3, 2, 8, 30, 0, 250_000, dt.UTC)},
        {"id": 2, "session_id": 1, "status": "paused", "rank": 2, "on_behalf_of": "Three cities", "topic": None,
         "requested_at": None},
        {"id": 3, "session_id": 2, "status": "requested", "rank": -1, "on_behalf_of": None, "topic": "السكن",
         "requested_at": None},
    ],
    "turn": [
        {"id": 1, "request_id": 1, "session_id": 1, "cap_ms": 2_700_000, "spent_before_ms": 0, "granted_ms": 120_000,
         "paused_ms": 0, "used_ms": 130_500},
        {"id": 2, "request_id": 2, "session_id": 1, "cap_ms": 2_700_000, "spent_before_ms": 130_500,
         "granted_ms": 120_000, "paused_ms": 1_000, "used_ms": None},
    ],
}  # fmt: skip
NEW_OF_A_FLOOR: dict[str, Any] = {
    "interpreters_serial": 1, "asking_opens": None, "asking_closes": None, "max_requests": None, "per_organisation": 1,
    "policy": "first_come", "priority": False, "quotas": {}, "draw_seed": None, "limits_ms": {}, "warning_ms": 30_000,
}  # fmt: skip
NEW_OF_A_REQUEST = {"dignitary": False, "substitute": None, "seat": None, "reason": None}


def stored(table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database has them now, in their order."""
    with db.engine.connect() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(sa.select(found).order_by(*found.primary_key)).mappings()]


def migrate_to(revision: str) -> None:
    """Up or down to a revision, as the command does it."""
    db.session.remove()
    step = flask_migrate.downgrade if revision == "0001" else flask_migrate.upgrade
    step(revision=revision)


@pytest.fixture
def before(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """A database of the first release with data in it; what each table holds."""
    migrate_to("0001")
    for table, rows in ROWS.items():
        with db.engine.connect() as connection:
            found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        with db.engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.insert(found), rows)
            connection.commit()
    return {table: stored(table) for table in ROWS}


def test_everything_is_there_afterwards_and_has_what_it_always_meant(before: dict[str, list[dict[str, Any]]]) -> None:
    migrate_to("head")
    capacities = ["organisation", "joint", "organisation"]
    assert stored("floor") == [row | NEW_OF_A_FLOOR for row in before["floor"]]
    assert stored("floor_request") == [
        row | NEW_OF_A_REQUEST | {"capacity": capacity}
        for row, capacity in zip(before["floor_request"], capacities, strict=True)
    ]
    assert stored("turn") == before["turn"]
    assert stored("statement") == []


def test_it_can_be_undone_and_done_again(before: dict[str, list[dict[str, Any]]]) -> None:
    migrate_to("head")
    migrate_to("0001")
    assert {table: stored(table) for table in ROWS} == before
    migrate_to("head")
    assert [row["policy"] for row in stored("floor")] == ["first_come", "first_come"]


@pytest.mark.parametrize(
    ("forbidden", "rule"),
    [
        ("INSERT INTO floor_request (session_id, status, rank, capacity, dignitary)"
         " VALUES (1, 'speaking', 9, 'organisation', FALSE)", "ux_floor_request_speaking|session_id"),
        ("UPDATE turn SET granted_ms = 2569501 WHERE id = 2", "within_the_cap"),
        ("UPDATE floor SET cap_ms = 2700001", "ck_floor_cap"),
        ("UPDATE floor SET policy = 'loudest'", "ck_floor_policy"),
        ("UPDATE floor_request SET capacity = 'private'", "ck_floor_request_capacity"),
        ("DELETE FROM floor_request WHERE id = 1", "(?i)foreign key"),
    ],
)  # fmt: skip
def test_the_rebuilt_tables_still_hold_what_they_held(
    before: dict[str, list[dict[str, Any]]], forbidden: str, rule: str
) -> None:
    """A table that SQLite rebuilds could come out without its constraints, and nobody would see it."""
    migrate_to("head")
    with (
        pytest.raises(IntegrityError, match=rule),
        db.engine.connect().execution_options(write=True) as connection,
    ):
        connection.execute(sa.text(forbidden))
        connection.commit()
