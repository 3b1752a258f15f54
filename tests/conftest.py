"""Fixtures for every test.

`app`            the application, on SQLite and on PostgreSQL in turn, its database migrated and empty
`client`         a visitor's browser on it; `new_client()` gives further visitors (tests/client.py)
`clock`          stops the only clock there is; `clock.advance(minutes=5)`, `clock.set(instant)`
`exact_queries`  `with exact_queries(4): …` fails unless just so many statements reach the database

A test that holds for one database alone says so with `@pytest.mark.sqlite_only("reason")`, or `postgresql_only`.
The tests of one process share their applications and databases, which each of them finds as if they were new
(tests/sharing.py). A test that adds views to the application says so: `@pytest.mark.own_app("reason")`.
"""

import datetime as dt
import ipaddress
import os
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import flask_migrate
import hypothesis
import jinja2
import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2.bccache import Bucket

from meetings import cli, create_app, database, settings
from meetings.database import db
from tests.client import Client
from tests.pgtemp import TemporaryPostgres, fast_directory
from tests.sharing import SharedApp, SharedDatabase, SharedPostgres, SharedSqlite

# A busy machine is slow; that is no finding. What must be fast has a test of its own.
hypothesis.settings.register_profile("rostrum", deadline=None)
hypothesis.settings.load_profile("rostrum")

BACKENDS = {"sqlite": "postgresql_only", "postgresql": "sqlite_only"}

# The files that take longest, in this order before all others: a process that came to one last would end alone. Those
# in which a browser or a server is waited for come where others keep the processors busy.
LONGEST = (
    "browser/test_whole_session.py",
    "test_cli_processes.py",
    "browser/test_every_page.py",
    "test_disasters.py",
    "browser/test_live.py",
    "browser/test_journey.py",
    "browser/test_screens.py",
    "floor/test_pairs.py",
    "floor/test_machine.py",
    "browser/test_right_to_left.py",
    "browser/test_chair.py",
    "browser/test_participant.py",
    "test_migration_0002.py",
    "test_access.py",
    "test_live.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs the database on both, but for the tests that are marked as one's own."""
    if "backend" in metafunc.fixturenames:
        backends = [b for b, excluded_by in BACKENDS.items() if not metafunc.definition.get_closest_marker(excluded_by)]
        metafunc.parametrize("backend", backends)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing in a test speaks to another machine, nor asks for its address."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def check(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name in {"localhost", "None"}:
            return
        try:
            local = ipaddress.ip_address(name).is_loopback
        except ValueError:
            local = False
        if not local:
            raise RuntimeError(f"a test tried to reach {name}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            check(address[0])
        connect(self, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        check(host)
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates, compiled once for all the applications of a test run."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was compiled before; Jinja compares its source."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED_TEMPLATES = CompiledTemplates()


def settings_of(folder: Path, database_url: str) -> settings.Settings:
    """What an application of the tests is set to, with its instance folder in a temporary place."""
    return settings.load({"INSTANCE_FOLDER": str(folder), "DATABASE_URL": database_url, "SECRET_KEY": "for-tests"})


def make_app(folder: Path, database_url: str) -> Flask:
    """The application as it is started."""
    app = cli.install(create_app(settings_of(folder, database_url)))
    app.testing = True
    app.test_client_class = Client
    app.jinja_env.bytecode_cache = COMPILED_TEMPLATES
    return app


def migrate(folder: Path, database_url: str) -> None:
    """Bring a new database to the present schema, by the migrations as an installation runs them."""
    app = make_app(folder, database_url)
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    migrate(folder, f"sqlite:///{folder}/template.db")
    return folder / "template.db"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[sa.URL]:
    """A PostgreSQL server: the one of TEST_POSTGRES_URL, or one that lives as long as the tests."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield sa.make_url(given).set(drivername="postgresql+psycopg")
        return
    server = TemporaryPostgres()
    yield sa.make_url(server.url())
    server.stop()


@pytest.fixture(scope="session")
def postgres_admin(postgres_url: sa.URL) -> Iterator[sa.Engine]:
    """A connection that makes and drops databases."""
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def new_name() -> str:
    """A name for a database that no other has."""
    return f"rostrum_test_{uuid.uuid4().hex[:12]}"


@contextmanager
def postgres_database(admin: sa.Engine, template: str = "template1", name: str | None = None) -> Iterator[str]:
    """A database of its own on the server, dropped afterwards; gives its name."""
    name = name or new_name()
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with admin.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def address(url: sa.URL, name: str) -> str:
    """The address of a database on the same server."""
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_template(
    postgres_url: sa.URL, postgres_admin: sa.Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a migrated database, to be copied."""
    with postgres_database(postgres_admin) as name:
        migrate(tmp_path_factory.mktemp("postgresql"), address(postgres_url, name))
        yield name


@pytest.fixture(scope="session")
def shared_sqlite(sqlite_template: Path) -> Iterator[SharedSqlite]:
    """The database of the tests on SQLite."""
    with fast_directory() as folder:
        yield SharedSqlite(sqlite_template, folder)


@pytest.fixture(scope="session")
def shared_postgresql(
    postgres_url: sa.URL, postgres_admin: sa.Engine, postgres_template: str
) -> Iterator[SharedPostgres]:
    """The database of the tests on PostgreSQL."""

    name = new_name()

    @contextmanager
    def make() -> Iterator[str]:
        with postgres_database(postgres_admin, postgres_template, name):
            yield address(postgres_url, name)

    database = SharedPostgres(make)
    yield database
    database.close()


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database for one test."""
    database: SharedDatabase = request.getfixturevalue(f"shared_{backend}")
    database.renew()
    return database.url


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], SharedApp]]:
    """The application on a database, made when it is asked for first."""
    made: dict[str, SharedApp] = {}

    def on(url: str) -> SharedApp:
        if url not in made:
            made[url] = SharedApp(make_app(tmp_path_factory.mktemp("app"), url))
        return made[url]

    yield on
    for each in made.values():
        each.close()


@pytest.fixture
def app(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty database, with its context pushed, so that a test can call queries and commands."""
    own = request.node.get_closest_marker("own_app") is not None
    if own:
        application = make_app(tmp_path, database_url)
    else:
        application = request.getfixturevalue("shared_app")(database_url).renewed(settings_of(tmp_path, database_url))
    with application.app_context():
        yield application
        for hub in ("live", "live-notes"):
            application.extensions[hub].close()
        db.session.remove()
        if own or db.engine.dialect.name == "sqlite":  # its file is about to be replaced
            db.engine.dispose()


@pytest.fixture
def new_client(app: Flask) -> Callable[[], Client]:
    """Makes a browser for one more visitor."""

    def make() -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        return client

    return make


@pytest.fixture
def client(new_client: Callable[[], Client]) -> Client:
    """A visitor's browser."""
    return new_client()


class Clock:
    """The clock of the application, stopped."""

    def __init__(self, instant: dt.datetime) -> None:
        self.now = instant

    def set(self, instant: dt.datetime) -> None:
        """Put the clock to an instant (aware)."""
        self.now = instant.astimezone(dt.UTC)

    def advance(self, **duration: float) -> dt.datetime:
        """Put the clock forward, by `minutes=5` and so on; gives the new instant."""
        self.now += dt.timedelta(**duration)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stops the clock at 10:00 in Geneva on the day of a real dialogue, 26 November 2025."""
    stopped = Clock(dt.datetime(2025, 11, 26, 9, 0, tzinfo=dt.UTC))

    class StoppedDatetime(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            # The instant itself, not one of this class: the database drivers know only the real one.
            return stopped.now.astimezone(tz)

    # meetings.database.now() is the only clock; what it reads is replaced, so that every import of it follows.
    monkeypatch.setattr(database, "dt", SimpleNamespace(**{**vars(dt), "datetime": StoppedDatetime}))
    return stopped


ExactQueries = Callable[[int], AbstractContextManager[list[str]]]
NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@pytest.fixture
def exact_queries(app: Flask) -> ExactQueries:
    """Counts the statements that reach the database; transactions' beginnings and ends are not counted."""

    @contextmanager
    def count(expected: int) -> Iterator[list[str]]:
        statements: list[str] = []

        def record(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.lstrip().upper().startswith(NOT_QUERIES):
                statements.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", record)
        try:
            yield statements
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", record)
        assert len(statements) == expected, f"{len(statements)} statements, not {expected}:\n" + "\n\n".join(statements)

    return count
