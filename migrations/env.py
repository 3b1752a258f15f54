"""Runs the migrations on the application's own database.

On SQLite a changed table is rebuilt, and dropping the old one would take the rows that refer to it along. So foreign
keys are off while the migrations run, and all of them are checked before the commit.
"""

from alembic import context
from flask import current_app

from meetings.database import db

config = context.config


def run() -> None:
    """Apply the migrations in one transaction."""
    engine = db.engine
    options = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            connection.execution_options(write=True)
            # Alembic would commit after each migration on SQLite, and so before the check.
            context.configure(connection=connection, target_metadata=db.metadata, transactional_ddl=True, **options)
            with context.begin_transaction():
                context.run_migrations()
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if broken:
                        raise RuntimeError(f"the migration would leave references to nothing: {broken}")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
