"""People keep what is stored of them through that migration and back; afterwards no id of theirs is used again."""

from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from meetings.database import db, transaction
from meetings.models.meeting import Role
from meetings.models.people import Person
from tests import factories


def stored(table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database has them now."""
    with db.engine.connect() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(sa.select(found).order_by(found.c.id)).mappings()]


def run(statement: str) -> None:
    """One statement, committed."""
    with db.engine.connect().execution_options(write=True) as connection:
        connection.execute(sa.text(statement))
        connection.commit()


@pytest.fixture
def people(app: Flask) -> list[dict[str, Any]]:
    """A database of the release before with two panellists in it; what it holds of them."""
    with transaction():
        meeting = factories.meeting()
        panel = factories.session(meeting)
        factories.role(panel, factories.person(meeting, given="Demonstration A", email="a@example.org"))
        factories.role(panel, factories.person(meeting, given="حوار", protected=True))
    db.session.remove()
    flask_migrate.downgrade(revision="0009")
    return stored("person")


def test_people_and_their_roles_stay_through_it_and_back(people: list[dict[str, Any]]) -> None:
    roles = stored(Role.__tablename__)
    assert (len(people), len(roles)) == (2, 2)
    for step, revision in ((flask_migrate.upgrade, "0010"), (flask_migrate.downgrade, "0009")) * 2:
        step(revision=revision)
        assert (stored("person"), stored(Role.__tablename__)) == (people, roles)


def test_an_id_is_given_to_nobody_else(people: list[dict[str, Any]]) -> None:
    flask_migrate.upgrade(revision="0010")
    last = people[-1]["id"]
    with transaction() as session:
        session.delete(session.get_one(Person, last))
    with transaction() as session:
        added = factories.person(factories.meeting(slug="another"))
        session.flush()
        assert added.id > last


@pytest.mark.parametrize(
    ("forbidden", "rule"),
    [
        ("UPDATE person SET key = 'same'", "uq_person_meeting_id_key|person.key"),
        ("UPDATE person SET email = 'a@example.org'", "uq_person_meeting_id_email|person.email"),
        ("UPDATE person SET meeting_id = 99", "(?i)foreign key"),
    ],
)
def test_the_rebuilt_table_still_holds_what_it_held(people: list[dict[str, Any]], forbidden: str, rule: str) -> None:
    flask_migrate.upgrade(revision="0010")
    with pytest.raises(IntegrityError, match=rule):
        run(forbidden)
