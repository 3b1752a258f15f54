"""the id of a person who was removed is given to nobody else: published versions know people by it."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rebuild(autoincrement=True)


def downgrade() -> None:
    rebuild(autoincrement=False)


def rebuild(*, autoincrement: bool) -> None:
    """PostgreSQL uses no id twice anyway; SQLite only with AUTOINCREMENT (https://www.sqlite.org/autoinc.html)."""
    if op.get_bind().dialect.name == "sqlite":
        options = {"sqlite_autoincrement": autoincrement}
        with op.batch_alter_table("person", recreate="always", table_kwargs=options):
            pass
