"""speakers who were asked: until when they may answer, their consent to recording, what they changed, and withdrawals."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("speaker") as table:
        table.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("consent_recorded", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("changed", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        table.drop_constraint(op.f("ck_speaker_status"), type_="check")
        table.create_check_constraint(
            op.f("ck_speaker_status"), "status IN ('invited', 'confirmed', 'declined', 'withdrawn')"
        )


def downgrade() -> None:
    """Back to three states: who is not asked any more is not known there."""
    op.execute("DELETE FROM speaker WHERE status = 'withdrawn'")
    with op.batch_alter_table("speaker") as table:
        table.drop_constraint(op.f("ck_speaker_status"), type_="check")
        table.create_check_constraint(op.f("ck_speaker_status"), "status IN ('invited', 'confirmed', 'declined')")
        for name in ("answer_by", "reminded_at", "consent_recorded", "changed"):
            table.drop_column(name)
