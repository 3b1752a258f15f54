"""Migrations: they make exactly what the models say, on both databases, and lose nothing on the way."""

import shutil
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from meetings.database import db, transaction
from meetings.models.meeting import Session
from meetings.settings import ROOT
from meetings.site import migration_problem
from tests import factories

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
    assert migration_problem() is None
    db.session.rollback()  # or SQLite would go on showing what it showed before
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert "0000" in str(migration_problem())


def test_a_migration_keeps_the_rows_that_refer_to_the_table_it_rebuilds(app: Flask, tmp_path: Path) -> None:
    with transaction():
        factories.session(factories.meeting())
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder)
    head = MigrationContext.configure(db.session.connection()).get_current_revision()
    (folder / "versions" / "9999_change.py").write_text(CHANGE.format(head=head), encoding="utf-8")
    db.session.remove()
    flask_migrate.upgrade(directory=str(folder))
    assert db.session.scalar(sa.select(sa.func.count(Session.id))) == 1
    assert db.session.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"
    db.session.remove()
    flask_migrate.downgrade(directory=str(folder))
    assert db.session.scalar(sa.select(sa.func.count(Session.id))) == 1
