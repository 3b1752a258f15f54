"""The database: engine, transactions and instants. SQLite and PostgreSQL are told apart here and nowhere else."""

import datetime as dt
import fcntl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, orm
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.interfaces import ORMOption

# How long a command waits for another process (the command line, say) to give up SQLite's write lock.
_WAIT_SECONDS = 15.0
_PAUSE_SECONDS = 0.02
# The number by which processes that set up the same PostgreSQL database know each other.
_SET_UP = 0x526F7374
# What PostgreSQL calls the channel that announcements go through.
CHANGES = "rostrum_changes"


class Base(orm.DeclarativeBase):
    """What every stored class derives from. Names of constraints are fixed, so that migrations can name them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

M = TypeVar("M", bound=Base)

# One writer at a time in this process: a greenlet that waits for the lock inside SQLite would freeze all others.
_sqlite_writer = threading.RLock()


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """An aware UTC instant to the millisecond; SQLite, which has no such type, stores it naive and in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return to_milliseconds(value.astimezone(dt.UTC))

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def to_milliseconds(instant: dt.datetime) -> dt.datetime:
    """The instant without what is finer than a millisecond."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def now() -> dt.datetime:
    """The present instant, UTC, to the millisecond: the only clock."""
    return to_milliseconds(dt.datetime.now(dt.UTC))


def tune(engine: sa.Engine) -> None:
    """Make SQLite behave: write-ahead log, foreign keys, and write transactions that lock at their start."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late to lock at the start
        # A short wait: a longer one would stop every greenlet of this process. transaction() waits for us.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=20"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def transaction(turn: AbstractContextManager[object] | None = None) -> Iterator[orm.Session]:
    """One command's transaction: commits at its end, rolls back on any error. No network call belongs inside.

    A command that calls another one joins its transaction. On SQLite the process's write lock is held and the file
    is locked from the start, so that what is read stays true until it is written.

    `turn`, for what many do at once: a lock of this process, on PostgreSQL waited for before a connection is taken.
    Who waits for a row's lock keeps a connection, and soon there would be none left for anybody's page.
    """
    session: orm.Session = db.session()
    if session.info.get("in_transaction"):
        yield session
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("there are changes outside transaction()")
    session.rollback()  # drop the older snapshot that reads in this request may have left
    with _sqlite_writer if _is_sqlite() else turn or nullcontext():
        session.info["in_transaction"] = True
        try:
            _begin(session)
            yield session
            _tell(session)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["in_transaction"] = False
            session.info.pop("announced", None)


def read_row(query: sa.Select[Any], values: Mapping[str, Any]) -> sa.Row[Any] | None:
    """One row, or None; outside a transaction, where none is open.

    To begin and to end one takes PostgreSQL longer than most statements.
    """
    if db.session.registry.has() and db.session().in_transaction():
        return db.session.execute(query, values).one_or_none()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.execute(query, values).one_or_none()


def announce(topic: int) -> None:
    """Tell all processes, when this transaction commits, that what is shown of a topic has changed.

    SQLite needs no telling: who watches the file sees that it was written to (meetings/changes.py).
    """
    db.session.info.setdefault("announced", set()).add(topic)


def _tell(session: orm.Session) -> None:
    """Send what was announced; PostgreSQL delivers it at the commit, and only then."""
    if not _is_sqlite():
        for topic in session.info.get("announced", ()):
            session.execute(sa.select(sa.func.pg_notify(CHANGES, str(topic))))


@contextmanager
def alone() -> Iterator[None]:
    """Keep other processes from setting up the same database meanwhile; whoever comes second waits."""
    if _is_sqlite():
        with open(f"{db.engine.url.database}.lock", "w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        with db.engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SET_UP)))
            yield


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _begin(session: orm.Session) -> None:
    """Start the write transaction; where another process holds SQLite's lock, wait and let other greenlets run."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            session.connection(execution_options={"write": True})
            return
        except OperationalError as error:
            session.rollback()
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)


def locked(model: type[M], *conditions: sa.ColumnElement[bool], options: Sequence[ORMOption] = ()) -> M | None:
    """The one row a command decides on, locked (`SELECT … FOR NO KEY UPDATE`) and freshly read, or None.

    `options` may have rows that it points to read with it. They are not locked, and are as they were when the waiting
    for the lock began: what is decided must rest on the locked row alone.

    So locked, others may still write rows that point to it. With `FOR UPDATE` a command that holds a meeting and wants
    its floor, and one that holds the floor and logs an event of the meeting, would wait for each other for ever.
    """
    lock = sa.select(model).where(*conditions).options(*options).with_for_update(key_share=True, of=model)
    query = lock.execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()
