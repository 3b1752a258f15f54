"""Migrations: they make exactly what the models say, on both databases, and lose nothing on the way."""

import shutil
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from meetings.database import db, transaction
from meetings.models.meeting import Meeting, Session
from meetings.settings import ROOT
from meetings.site import migration_problem, newest_migration
from tests import factories

BREAK = '''"""a change that leaves a session without its meeting."""

from alembic import op

revision = "9999"
down_revision = {head!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM meeting")
'''

CHANGE = '''"""a change that rebuilds a table on SQLite."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = {head!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.alter_column("slug", type_=sa.String(90), existing_type=sa.String(80), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.alter_column("slug", type_=sa.String(80), existing_type=sa.String(90), existing_nullable=False)
'''


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_a_migrated_database_is_said_to_be_so(app: Flask) -> None:
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    assert newest_migration() == head, "a migration's file name begins with its number"
    assert migration_problem() is None
    db.session.rollback()  # or SQLite would go on showing what it showed before
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert "0000" in str(migration_problem())


def with_one_more(migration: str, tmp_path: Path) -> str:
    """The folder of the migrations with one more on top of them, and a meeting with a session in the database."""
    with transaction():
        factories.session(factories.meeting())
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder)
    head = MigrationContext.configure(db.session.connection()).get_current_revision()
    (folder / "versions" / "9999_change.py").write_text(migration.format(head=head), encoding="utf-8")
    db.session.remove()
    return str(folder)


def foreign_keys_are_on() -> bool:
    """Whether SQLite holds them on the connection that the migration has used."""
    with db.engine.connect() as connection:
        return bool(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one())


@pytest.mark.sqlite_only("PostgreSQL never lets go of foreign keys, and refuses the migration at once")
def test_a_migration_that_breaks_references_leaves_nothing_behind(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = with_one_more(BREAK, tmp_path)
    with pytest.raises(SystemExit):
        flask_migrate.upgrade(directory=folder)
    assert "would leave references to nothing" in caplog.text
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 1
    assert migration_problem() is None
    db.session.remove()
    assert foreign_keys_are_on()


@pytest.mark.sqlite_only("PostgreSQL never lets go of foreign keys")
def test_foreign_keys_are_held_again_after_a_migration(app: Flask, tmp_path: Path) -> None:
    flask_migrate.upgrade(directory=with_one_more(CHANGE, tmp_path))
    assert foreign_keys_are_on()


def test_a_migration_keeps_the_rows_that_refer_to_the_table_it_rebuilds(app: Flask, tmp_path: Path) -> None:
    folder = with_one_more(CHANGE, tmp_path)
    flask_migrate.upgrade(directory=folder)
    assert db.session.scalar(sa.select(sa.func.count(Session.id))) == 1
    assert db.session.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"
    db.session.remove()
    flask_migrate.downgrade(directory=folder)
    assert db.session.scalar(sa.select(sa.func.count(Session.id))) == 1
