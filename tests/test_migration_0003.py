"""What was stored of a report before it could be drafted here is all there after that migration, and once undone."""

import datetime as dt
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db

# Two meetings with points, removed ones too, and submissions of both kinds. Every column not left to the database.
ROWS: dict[str, list[dict[str, Any]]] = {
    "meeting": [
        {
            "id": number, "slug": f"demonstration-{number}", "title": "Demonstration", "mode": "online",
            "timezone": "Asia/Kathmandu", "demonstration": True, "languages": "[]", "objectives": "[]",
            "guiding_questions": "[]", "documents": "[]", "version": 1, "last_key": 0,
        }
        for number in (1, 2)
    ],
    "submission": [
        {"id": number, "meeting_id": 1, "key": f"in{number}", "position": number, "themes": '["water"]',
         "publish": publish, "title": "水", "version": 3}
        for number, publish in ((1, True), (2, False))
    ],
    "point": [
        {"id": number, "meeting_id": meeting, "position": position, "submission_id": submission, "collective": False,
         "kind": "point", "themes": "[]", "text": "the need for rain", "version": 1, "removed_at": removed}
        for number, meeting, position, submission, removed in (
            (11, 1, 5, 1, None),
            (12, 1, 2, None, dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)),
            (13, 2, 9, None, None),
        )
    ],
    "report": [
        {"meeting_id": 1, "symbol": "A/HRC/63/40", "agenda_items": "[2]", "original_language": "en",
         "conclusions": '["Water is a right."]', "recommendations": '[{"items": ["act"]}]', "version": 4},
    ],
}  # fmt: skip
NEW_OF_A_REPORT: dict[str, Any] = {"focus": None, "plan": {}, "outcome": None, "outcome_base": None}
NEW_OF_A_SUBMISSION: dict[str, Any] = {
    "country": None, "language": None, "contact_name": None, "contact_email": None, "organisation_name": None,
    "answers": [], "sent_at": None, "withdrawn_at": None, "serial": 1,
}  # fmt: skip


def stored(table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database has them now, in their order."""
    with db.engine.connect() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(sa.select(found).order_by(*found.primary_key)).mappings()]


def migrate_to(revision: str) -> None:
    """Up or down to a revision, as the command does it."""
    db.session.remove()
    step = flask_migrate.downgrade if revision == "0002" else flask_migrate.upgrade
    step(revision=revision)


@pytest.fixture
def before(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """A database of the release before with data in it; what each table holds."""
    migrate_to("0002")
    for table, rows in ROWS.items():
        with db.engine.connect() as connection:
            found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        with db.engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.insert(found), rows)
            connection.commit()
    return {table: stored(table) for table in ROWS}


def test_everything_is_there_afterwards_and_has_what_it_always_meant(before: dict[str, list[dict[str, Any]]]) -> None:
    migrate_to("head")
    assert stored("report") == [row | NEW_OF_A_REPORT for row in before["report"]]
    unpublished = [{key: value for key, value in row.items() if key != "publish"} for row in before["submission"]]
    assert stored("submission") == [
        row | NEW_OF_A_SUBMISSION | {"consent": consent}
        for row, consent in zip(unpublished, ("named", "confidential"), strict=True)
    ]
    # Points are called by their place among those of their meeting.
    assert stored("point") == [
        row | {"uid": uid, "merged_into_id": None} for row, uid in zip(before["point"], ("p2", "p1", "p1"), strict=True)
    ]
    assert [row["participants_final_at"] for row in stored("meeting")] == [None, None]


def test_it_can_be_undone_and_done_again(before: dict[str, list[dict[str, Any]]]) -> None:
    migrate_to("head")
    migrate_to("0002")
    assert {table: stored(table) for table in ROWS} == before
    migrate_to("head")
    assert [row["consent"] for row in stored("submission")] == ["named", "confidential"]


@pytest.mark.parametrize(
    ("forbidden", "rule"),
    [
        ("UPDATE point SET merged_into_id = 11 WHERE id = 11", "ck_point_merged"),
        ("UPDATE point SET uid = 'p2' WHERE id = 12", "uq_point_meeting_id_uid|point.uid"),
        ("UPDATE point SET kind = 'song' WHERE id = 11", "ck_point_kind"),
        ("UPDATE point SET meeting_id = 99 WHERE id = 13", "(?i)foreign key"),
        ("UPDATE submission SET consent = 'perhaps'", "ck_submission_consent"),
        ("UPDATE submission SET key = 'in1'", "uq_submission_meeting_id_key|submission.key"),
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
