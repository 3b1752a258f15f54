"""answers and reminders: what a calendar was told in full, a calendar's own address, reminders sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calendar_entry") as table:
        table.add_column(sa.Column("place", sa.Text(), nullable=True))
        table.add_column(sa.Column("join_url", sa.Text(), nullable=True))
        table.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("feed_serial", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("reminders_off", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("person_id", "about", "kind", name=op.f("uq_reminder_person_id_about_kind")),
    )


def downgrade() -> None:
    """Back to calendars without answers by mail: what was reminded of is not known there."""
    op.drop_table("reminder")
    with op.batch_alter_table("meeting") as table:
        table.drop_column("reminders_off")
    with op.batch_alter_table("person") as table:
        table.drop_column("feed_serial")
    with op.batch_alter_table("calendar_entry") as table:
        for name in ("place", "join_url", "told_at"):
            table.drop_column(name)
