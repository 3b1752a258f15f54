"""What calendars were told is known by person after that migration, and by registration again once it is undone."""

import datetime as dt
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db

AT = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)
ROWS: dict[str, list[dict[str, Any]]] = {
    "meeting": [
        {
            "id": 1, "slug": "demonstration", "title": "Demonstration", "mode": "online", "timezone": "Asia/Kathmandu",
            "demonstration": True, "languages": "[]", "objectives": "[]", "guiding_questions": "[]", "documents": "[]",
            "version": 1, "last_key": 0,
        },
    ],
    "person": [
        {"id": number, "meeting_id": 1, "key": f"p{number}", "position": number, "name_order": "given_family",
         "former": False, "indefinite": False, "protected": False}
        for number in (5, 6)
    ],
    "registration": [
        {"id": number, "meeting_id": 1, "person_id": person, "position": 1, "status": "confirmed",
         "attendance": "online", "languages": "[]", "consent_listed": False, "consent_photographed": False,
         "consent_recorded": False, "link_serial": 1, "version": 1}
        for number, person in ((71, 6), (72, 5))
    ],
    "calendar_entry": [
        {"id": number, "registration_id": registration, "uid": f"demonstration.sitting.{key}@rostrum", "sequence": 3,
         "state": "invited", "fingerprint": "f", "starts_at": AT, "ends_at": AT + dt.timedelta(hours=2)}
        for number, registration, key in ((1, 71, "a"), (2, 71, "b"), (3, 72, "a"))
    ],
    "message": [
        {"id": 1, "meeting_id": 1, "registration_id": 71, "kind": "invitation", "private": False,
         "recipient": "someone@example.org", "language": "en", "subject": "Demonstration", "text": "…",
         "created_at": AT},
    ],
    "account": [{"id": 1, "email": "organiser@example.org", "serial": 1, "created_at": AT}],
    "account_grant": [{"id": 1, "account_id": 1, "role": "organiser", "meeting_id": 1}],
    "sitting": [
        {"id": 1, "meeting_id": 1, "key": "a", "position": 1, "date": dt.date(2026, 3, 9), "start": dt.time(9),
         "end": dt.time(11), "interpretation": "[]", "teams_id": "t1", "teams_state": "made"},
    ],
}  # fmt: skip


def stored(table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database has them now, in their order."""
    with db.engine.connect() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(sa.select(found).order_by(*found.primary_key)).mappings()]


@pytest.fixture
def before(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """A database of the release before with data in it; what each table holds."""
    db.session.remove()
    flask_migrate.downgrade(revision="0004")
    for table, rows in ROWS.items():
        with db.engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.insert(sa.Table(table, sa.MetaData(), autoload_with=connection)), rows)
            connection.commit()
    return {table: stored(table) for table in ROWS}


def test_what_calendars_were_told_is_known_by_person(before: dict[str, list[dict[str, Any]]]) -> None:
    flask_migrate.upgrade()
    assert [(row["person_id"], row["uid"], row["sequence"], row["partstat"]) for row in stored("calendar_entry")] == [
        (6, "demonstration.sitting.a@rostrum", 3, None),
        (6, "demonstration.sitting.b@rostrum", 3, None),
        (5, "demonstration.sitting.a@rostrum", 3, None),
    ]
    (message,) = stored("message")
    assert (message["registration_id"], message["person_id"], bool(message["held"])) == (71, None, False)
    assert stored("sitting")[0]["teams_id"] == "t1"
    assert stored("account_grant")[0]["source"] is None


def test_it_can_be_undone_and_done_again(before: dict[str, list[dict[str, Any]]]) -> None:
    for _ in range(2):
        flask_migrate.upgrade()
        db.session.remove()
        flask_migrate.downgrade(revision="0004")
        assert {table: stored(table) for table in ROWS} == before


@pytest.mark.parametrize(
    ("forbidden", "rule"),
    [
        ("UPDATE calendar_entry SET partstat = 'perhaps'", "ck_calendar_entry_partstat"),
        ("UPDATE calendar_entry SET person_id = 6 WHERE id = 3", "uq_calendar_entry_person_id_uid|person_id"),
        ("UPDATE calendar_entry SET person_id = 99 WHERE id = 3", "(?i)foreign key"),
        ("UPDATE message SET version_id = 99", "(?i)foreign key"),
        ("INSERT INTO account (id, email, serial, created_at) VALUES (2, 'organiser@example.org', 1, '2026-01-01')",
         "uq_account_email|account.email"),
        ("INSERT INTO speaker (meeting_id, person_id, status, link_serial, version) VALUES (1, 5, 'asked', 1, 1)",
         "ck_speaker_status"),
    ],
)  # fmt: skip
def test_the_rebuilt_tables_still_hold_what_they_held(
    before: dict[str, list[dict[str, Any]]], forbidden: str, rule: str
) -> None:
    flask_migrate.upgrade()
    with (
        pytest.raises(IntegrityError, match=rule),
        db.engine.connect().execution_options(write=True) as connection,
    ):
        connection.execute(sa.text(forbidden))
        connection.commit()
