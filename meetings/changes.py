"""What tells a process that something was written, by whichever process: NOTIFY of PostgreSQL, or SQLite's own count.

Neither says what is right now: who is told reads again. Each holds one connection of its own and is used by one thread.
"""

import sqlite3
import time
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from meetings.database import CHANGES

if TYPE_CHECKING:
    import psycopg

# How often SQLite's count is looked at, and the first and the longest pause before connecting to PostgreSQL again.
LOOK_SECONDS = 0.05
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 15.0


class Changes(Protocol):
    """Tells what was written since it was asked before."""

    def wait(self, seconds: float) -> Collection[int] | None:
        """The topics that have changed, waiting so long for the first; None where anything may have."""

    def close(self) -> None:
        """Give up the connection."""


def changes_in(engine: sa.Engine) -> Changes:
    """What tells of changes in this database."""
    return SqliteChanges(engine) if engine.dialect.name == "sqlite" else PostgresChanges(engine)


class SqliteChanges:
    """Sees in the file that another connection has written to it: of this process, the command line or any other."""

    def __init__(self, engine: sa.Engine) -> None:
        self._path = engine.url.database or ""
        self._connection: sqlite3.Connection | None = None
        self._seen: object = None

    def wait(self, seconds: float) -> Collection[int] | None:
        """None once anything was written, or the file could not be read; waits no longer than LOOK_SECONDS."""
        if self._connection is not None:
            time.sleep(min(seconds, LOOK_SECONDS))
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            (count,) = self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            time.sleep(LOOK_SECONDS)
            return None
        before, self._seen = self._seen, count
        return () if before == count else None

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class PostgresChanges:
    """Listens to what transactions announce (database.announce); what it missed while cut off may be anything."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: psycopg.Connection[Any] | None = None
        self._try_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS

    def wait(self, seconds: float) -> Collection[int] | None:
        """The topics announced; None after each (new) connection. Without one it is tried again after a while."""
        import psycopg  # noqa: PLC0415  # not loaded on SQLite, which has no use for it

        if self._connection is None:
            if (pause := self._try_at - time.monotonic()) > 0:
                time.sleep(min(seconds, pause))
                return ()
            return self._connect()
        try:
            heard = [each.payload for each in self._connection.notifies(timeout=seconds, stop_after=1)]
        except psycopg.Error:
            self.close()
            return ()
        return {int(payload) for payload in heard if payload.isdecimal()}

    def _connect(self) -> Collection[int] | None:
        import psycopg  # noqa: PLC0415  # as above

        arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
        try:
            self._connection = psycopg.connect(*arguments, **{**options, "connect_timeout": 5}, autocommit=True)
            self._connection.execute(f"LISTEN {CHANGES}")
        except psycopg.Error:
            self.close()
            self._try_at = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
            return ()
        self._pause = FIRST_PAUSE_SECONDS
        return None

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
