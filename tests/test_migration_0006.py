"""What a calendar was told in full, its own address and reminders come with that migration; nothing else changes."""

import datetime as dt

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db
from tests.test_migration_0005 import ROWS, stored

AT = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)
CALENDAR_ENTRY = {
    "id": 1, "person_id": 5, "uid": "demonstration.sitting.a@rostrum", "sequence": 3, "state": "invited",
    "fingerprint": "f", "starts_at": AT, "ends_at": AT + dt.timedelta(hours=2), "partstat": "accepted",
}  # fmt: skip


def write(statement: sa.Executable, values: object = None) -> None:
    with db.engine.connect().execution_options(write=True) as connection:
        connection.execute(statement, values)  # type: ignore[call-overload]
        connection.commit()


@pytest.fixture
def before(app: Flask) -> dict[str, list[dict[str, object]]]:
    """A database of the release before with data in it; what each table holds."""
    db.session.remove()
    flask_migrate.downgrade(revision="0005")
    rows = {name: ROWS[name] for name in ("meeting", "person")} | {"calendar_entry": [CALENDAR_ENTRY]}
    for table, values in rows.items():
        with db.engine.connect() as connection:
            found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        write(sa.insert(found), values)
    return {table: stored(table) for table in rows}


def test_all_reminders_are_on_every_calendar_has_an_address_and_what_was_told_before_is_not_made_up(
    before: dict[str, list[dict[str, object]]],
) -> None:
    flask_migrate.upgrade(revision="0006")
    assert [row["reminders_off"] for row in stored("meeting")] in ([[]], ["[]"])
    assert [row["feed_serial"] for row in stored("person")] == [1, 1]
    (row,) = stored("calendar_entry")
    assert (row["partstat"], row["sequence"]) == ("accepted", 3)
    assert (row["place"], row["join_url"], row["told_at"]) == (None, None, None)


def test_it_can_be_undone_and_done_again(before: dict[str, list[dict[str, object]]]) -> None:
    for _ in range(2):
        flask_migrate.upgrade(revision="0006")
        db.session.remove()
        flask_migrate.downgrade(revision="0005")
        assert {table: stored(table) for table in before} == before


def test_nobody_is_reminded_twice_and_reminders_go_with_their_person(
    before: dict[str, list[dict[str, object]]],
) -> None:
    flask_migrate.upgrade(revision="0006")
    row = {"person_id": 5, "about": "u", "kind": "day", "starts_at": AT, "sent_at": AT}
    with db.engine.connect() as connection:
        reminder = sa.Table("reminder", sa.MetaData(), autoload_with=connection)
    write(sa.insert(reminder), [row, row | {"kind": "hour"}])
    with pytest.raises(IntegrityError, match=r"uq_reminder_person_id_about_kind|person_id"):
        write(sa.insert(reminder), [row])
    write(sa.text("DELETE FROM person WHERE id = 5"))
    assert stored("reminder") == []
