"""Setting up a database: by one process at a time, a new one by itself, one of another version not at all."""

import threading
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import migrating, site
from meetings.database import alone, db, transaction
from meetings.refusals import Refused


def test_who_sets_up_the_database_is_alone(app: Flask) -> None:
    events: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with app.app_context(), alone():
            inside.set()
            time.sleep(0.3)
            events.append("first done")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    with alone():
        events.append("second begins")
    thread.join()
    assert events == ["first done", "second begins"]


def test_an_empty_database_is_set_up(app: Flask) -> None:
    with transaction() as session:
        for table in reversed(db.metadata.sorted_tables):
            session.execute(sa.schema.DropTable(table))
        session.execute(sa.text("DROP TABLE alembic_version"))
    migrating.make_ready()
    assert site.migration_problem() is None
    migrating.make_ready()
    migrating.upgrade()
    assert site.migration_problem() is None


def test_a_database_of_another_version_is_refused(app: Flask) -> None:
    with transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'other'"))
    with pytest.raises(Refused, match=r"at migration other.*flask db upgrade"):
        migrating.make_ready()
    with pytest.raises(Refused, match=r"made by another version of Rostrum .*'other'"):
        migrating.upgrade()
