"""What tests share is as if it were new for each of them, whatever the one before has done."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from tests import factories
from tests.conftest import settings_of
from tests.sharing import TRUNCATE_EVERY, SharedApp, SharedDatabase


@pytest.fixture
def renewed(app: Flask, backend: str, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Makes the database as new, as it is before each test."""
    database: SharedDatabase = request.getfixturevalue(f"shared_{backend}")

    def renew() -> None:
        db.session.remove()
        db.engine.dispose()
        database.renew()

    return renew


def test_nothing_is_left_and_numbers_begin_at_1(renewed: Callable[[], None]) -> None:
    for _ in range(TRUNCATE_EVERY + 1):
        with transaction():
            meeting = factories.meeting()
            factories.floor_request(factories.floor(factories.session(meeting)).session)
            assert meeting.id == 1
        renewed()
        left = [table.name for table in db.metadata.sorted_tables if db.session.execute(sa.select(table)).first()]
        assert left == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE meeting ADD COLUMN surplus INTEGER",
        "CREATE TABLE surplus (id INTEGER)",
        "DROP TABLE job",
        "DROP INDEX ix_event_meeting_id",
        "UPDATE alembic_version SET version_num = 'other'",
    ],
)
def test_what_was_changed_of_the_schema_is_as_the_migrations_make_it(renewed: Callable[[], None], change: str) -> None:
    def schema() -> list[tuple[str, ...]]:
        inspector = sa.inspect(db.engine)
        names = sorted(inspector.get_table_names())
        columns = [(table, str(each["name"])) for table in names for each in inspector.get_columns(table)]
        indexes = sorted((table, str(each["name"])) for table in names for each in inspector.get_indexes(table))
        return [*columns, *indexes, (str(db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))),)]

    before = schema()
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(sa.text(change))
    assert schema() != before
    renewed()
    assert schema() == before


def test_settings_are_each_tests_own(
    app: Flask, database_url: str, shared_app: Callable[[str], SharedApp], tmp_path: Path
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["FURTHER"] = True
    app.testing = False
    app.extensions["live"].close()
    closed = app.extensions["live"]
    again = shared_app(database_url).renewed(settings_of(tmp_path / "other", database_url))
    assert again is app
    assert again.testing
    assert again.config["WTF_CSRF_ENABLED"]
    assert "FURTHER" not in again.config
    assert again.config["SETTINGS"].instance_folder == tmp_path / "other"
    assert again.extensions["live"] is not closed


def test_a_shared_application_takes_no_further_view(app: Flask) -> None:
    with pytest.raises(AssertionError, match="no longer be called"):
        app.add_url_rule("/further", "further", str)


@pytest.mark.own_app("the marker itself is tried")
def test_an_application_of_its_own_does(app: Flask) -> None:
    app.add_url_rule("/further", "further", str)
