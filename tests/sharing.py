"""What the tests of one process share, and each of them finds as if it were new.

To make an application takes longer than most tests do, and so does to make a database on PostgreSQL. So there is one
application on each kind of database, and before every test its settings are as they were, and its database is empty.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from flask import Flask

from meetings.database import db
from meetings.floor.views import streams
from meetings.kept import Shelf
from meetings.report.views import notes_live
from meetings.settings import Settings

# After so many tests the space of what they have deleted is given back.
TRUNCATE_EVERY = 30
LOCK_SECONDS = 10
# Another value whenever a table, a column, an index or a constraint was added, changed or taken away.
SCHEMA = """
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
    SELECT format('%s %s %s', c.oid, a.attname, a.xmin) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
    UNION ALL SELECT format('%s %s', oid, xmin) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
) AS all_of_it (line)
"""


class SharedDatabase(Protocol):
    """A database at one address."""

    url: str

    def renew(self) -> None:
        """Make it migrated and empty, whatever was done to it."""


class SharedSqlite:
    """A file, copied anew from a migrated one."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._file = template, folder / "rostrum.db"
        self.url = f"sqlite:///{self._file}"

    def renew(self) -> None:
        """Put the copy in the file's place: whoever still has that open, has another file open from now on."""
        copy = self._file.with_suffix(".new")
        shutil.copyfile(self._template, copy)
        for beside in ("-wal", "-shm"):
            Path(f"{self._file}{beside}").unlink(missing_ok=True)
        os.replace(copy, self._file)


class SharedPostgres:
    """A database of which the rows are deleted and the numbers begin again at 1.

    Where a test has changed more than rows, the database is made anew. Where an earlier test still holds rows, the
    deletion fails after ten seconds.
    """

    def __init__(self, make: Callable[[], AbstractContextManager[str]]) -> None:
        """`make` makes the database, always at the same address, and drops it at the end of its block."""
        self._make = make
        self._made = ExitStack()
        self._renewals = 0
        self._begin()

    def _begin(self) -> None:
        self.url = self._made.enter_context(self._make())
        options = {"options": f"-c lock_timeout={LOCK_SECONDS}s"}
        self._engine = sa.create_engine(self.url, pool_pre_ping=True, connect_args=options)
        self._made.callback(self._engine.dispose)
        with self._engine.connect() as connection:
            self._schema = connection.exec_driver_sql(SCHEMA).scalar_one()
            self._migration = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
            sequences = connection.exec_driver_sql("SELECT quote_ident(sequencename) FROM pg_sequences").scalars().all()
        self._numbers = "SELECT " + ", ".join(f"setval('{sequence}', 1, false)" for sequence in sequences)

    def renew(self) -> None:
        """Empty the database, or make another one."""
        with self._engine.begin() as connection:
            same = connection.exec_driver_sql(SCHEMA).scalar_one() == self._schema
            if same:
                self._empty(connection)
        if not same:
            self.close()
            self._begin()

    def _empty(self, connection: sa.Connection) -> None:
        tables = [f'"{table.name}"' for table in reversed(db.metadata.sorted_tables)]
        self._renewals += 1
        if self._renewals % TRUNCATE_EVERY:
            connection.exec_driver_sql("; ".join(f"DELETE FROM {table}" for table in tables))  # noqa: S608  # our own
        else:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)}")
        connection.exec_driver_sql(self._numbers)
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :head"), {"head": self._migration})

    def close(self) -> None:
        """Drop the database."""
        self._made.close()


class SharedApp:
    """An application whose settings, streams and connections are each test's own."""

    def __init__(self, app: Flask) -> None:
        # From its first request on Flask refuses to add anything to an application: here it would stay for all tests.
        with app.app_context():
            assert app.test_client().get("/healthz").status_code == 200
            db.engine.dispose()
        self._app, self._config = app, dict(app.config)

    def renewed(self, settings: Settings) -> Flask:
        """The application as it was made, but with these settings."""
        self._app.config.clear()
        self._app.config.update(self._config, SETTINGS=settings)
        for hubs in (streams, notes_live):
            hubs.install(self._app)
        self._app.extensions["kept"] = Shelf()
        return self._app

    def close(self) -> None:
        """Close its connections."""
        with self._app.app_context():
            db.engine.dispose()
