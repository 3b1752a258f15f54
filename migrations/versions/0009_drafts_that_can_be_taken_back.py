"""drafts that can be taken back: a draft keeps what the calendar it is for was told before it"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("entry_uid", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("told_before", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("message") as table:
        for name in ("entry_uid", "told_before"):
            table.drop_column(name)
