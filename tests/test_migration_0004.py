"""The indexes for a rush to the floor come and go without touching a row, and everything else the table had stays."""

from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db
from tests.test_migration_0002 import ROWS, stored

OLD = {"ix_floor_request_session_id": ["session_id"]}
NEW = {
    "ix_floor_request_session_id_rank": ["session_id", "rank"],
    "ix_floor_request_registration_id_session_id": ["registration_id", "session_id"],
    "ix_floor_request_organisation_id_session_id": ["organisation_id", "session_id", "status"],
}
KEPT = {"ux_floor_request_speaking": ["session_id"], "ux_floor_request_open": ["session_id", "registration_id"]}


def indexes() -> dict[str | None, list[str | None]]:
    """The indexes of the requests, as the database has them now."""
    return {index["name"]: index["column_names"] for index in sa.inspect(db.engine).get_indexes("floor_request")}


def tables() -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables with data in them."""
    return {table: stored(table) for table in ROWS}


@pytest.fixture
def before(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """A database without them with data in it; what each table holds."""
    db.session.remove()
    flask_migrate.downgrade(revision="0003")
    for table, rows in ROWS.items():
        with db.engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.insert(sa.Table(table, sa.MetaData(), autoload_with=connection)), rows)
            connection.commit()
    assert indexes() == OLD | KEPT
    return tables()


def test_the_indexes_come_and_go_and_no_row_is_touched(before: dict[str, list[dict[str, Any]]]) -> None:
    flask_migrate.upgrade(revision="0004")
    assert (indexes(), tables()) == (NEW | KEPT, before)
    flask_migrate.downgrade(revision="0003")
    assert (indexes(), tables()) == (OLD | KEPT, before)
    flask_migrate.upgrade(revision="0004")
    assert (indexes(), tables()) == (NEW | KEPT, before)


@pytest.mark.parametrize(
    ("forbidden", "rule"),
    [
        ("INSERT INTO floor_request (session_id, status, rank, capacity, dignitary)"
         " VALUES (1, 'speaking', 9, 'organisation', FALSE)", "ux_floor_request_speaking|session_id"),
        ("DELETE FROM session WHERE id = 1", "(?i)foreign key"),
    ],
)  # fmt: skip
def test_the_table_still_holds_what_it_held(before: dict[str, list[dict[str, Any]]], forbidden: str, rule: str) -> None:
    flask_migrate.upgrade(revision="0004")
    with (
        pytest.raises(IntegrityError, match=rule),
        db.engine.connect().execution_options(write=True) as connection,
    ):
        connection.execute(sa.text(forbidden))
        connection.commit()
