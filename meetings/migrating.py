"""Bringing the database up to the program's own migration."""

import logging

from alembic import command
from alembic.migration import MigrationContext
from alembic.util import CommandError
from flask import current_app

from meetings import site
from meetings.database import alone, db
from meetings.refusals import Refused


def upgrade() -> None:
    """Bring the database to the newest migration; the second of two processes waits and finds it done."""
    with alone():
        if site.migration_problem() is not None:
            db.session.rollback()
            _upgrade()
    db.session.rollback()


def make_ready() -> None:
    """Set up a database that has nothing in it yet; refuses one that another version of the program has made."""
    with alone():
        if MigrationContext.configure(db.session.connection()).get_current_revision() is None:
            db.session.rollback()
            _upgrade()
        problem = site.migration_problem()
        db.session.rollback()
    if problem is not None:
        raise Refused(f"{problem}; back it up, then bring it up to date: flask db upgrade, or rostrum serve")


def _upgrade() -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        command.upgrade(current_app.extensions["migrate"].migrate.get_config(), "head")
    except CommandError as error:
        raise Refused(f"the database was made by another version of Rostrum ({error}); run that version") from None
