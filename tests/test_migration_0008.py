"""Speakers keep what they answered through that migration and back; a withdrawn invitation is not known before it."""

import datetime as dt
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db

AT = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)
MEETING = {
    "id": 1, "slug": "demonstration", "title": "Demonstration", "mode": "online", "timezone": "Asia/Kathmandu",
    "demonstration": True, "languages": "[]", "objectives": "[]", "guiding_questions": "[]", "documents": "[]",
    "version": 1, "last_key": 0,
}  # fmt: skip
PEOPLE = [
    {"id": number, "meeting_id": 1, "key": f"p{number}", "position": number, "name_order": "given_family",
     "former": False, "indefinite": False, "protected": False}
    for number in (5, 6)
]  # fmt: skip
SPEAKERS = [
    {"id": 1, "meeting_id": 1, "person_id": 5, "status": "confirmed", "invited_at": AT, "answered_at": AT,
     "consent_photographed": False, "remark": "By train", "link_serial": 3, "version": 4},
    {"id": 2, "meeting_id": 1, "person_id": 6, "status": "invited", "invited_at": AT, "answered_at": None,
     "consent_photographed": None, "remark": None, "link_serial": 1, "version": 1},
]  # fmt: skip


def stored() -> list[dict[str, Any]]:
    """The speakers as the database has them now."""
    with db.engine.connect() as connection:
        found = sa.Table("speaker", sa.MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(sa.select(found).order_by(found.c.id)).mappings()]


def run(statement: str) -> None:
    """One statement, committed."""
    with db.engine.connect().execution_options(write=True) as connection:
        connection.execute(sa.text(statement))
        connection.commit()


@pytest.fixture
def before(app: Flask) -> list[dict[str, Any]]:
    """A database of the release before with speakers in it; what it holds of them."""
    db.session.remove()
    flask_migrate.downgrade(revision="0007")
    with db.engine.connect().execution_options(write=True) as connection:
        for table, rows in (("meeting", [MEETING]), ("person", PEOPLE), ("speaker", SPEAKERS)):
            connection.execute(sa.insert(sa.Table(table, sa.MetaData(), autoload_with=connection)), rows)
        connection.commit()
    return stored()


def test_speakers_keep_what_they_answered(before: list[dict[str, Any]]) -> None:
    flask_migrate.upgrade(revision="0008")
    for old, new in zip(before, stored(), strict=True):
        assert {name: new[name] for name in old} == old
        assert (new["answer_by"], new["reminded_at"], new["consent_recorded"]) == (None, None, None)
        assert new["changed"] in ([], "[]")


def test_it_can_be_undone_and_done_again(before: list[dict[str, Any]]) -> None:
    for _ in range(2):
        flask_migrate.upgrade(revision="0008")
        db.session.remove()
        flask_migrate.downgrade(revision="0007")
        assert stored() == before


def test_who_is_not_asked_any_more_is_not_known_before_it(before: list[dict[str, Any]]) -> None:
    flask_migrate.upgrade(revision="0008")
    run("UPDATE speaker SET status = 'withdrawn' WHERE id = 2")
    flask_migrate.downgrade(revision="0007")
    assert stored() == before[:1]


@pytest.mark.parametrize(
    ("forbidden", "rule"),
    [
        ("UPDATE speaker SET status = 'perhaps'", "ck_speaker_status"),
        ("UPDATE speaker SET person_id = 5 WHERE id = 2", "uq_speaker_person_id|person_id"),
        ("UPDATE speaker SET person_id = 99 WHERE id = 2", "(?i)foreign key"),
    ],
)
def test_the_rebuilt_table_still_holds_what_it_held(before: list[dict[str, Any]], forbidden: str, rule: str) -> None:
    flask_migrate.upgrade(revision="0008")
    with pytest.raises(IntegrityError, match=rule):
        run(forbidden)
