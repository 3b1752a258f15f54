"""online meetings that follow the programme: who waits in the lobby, and who presents."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHOICES = "('organization', 'organizer', 'everyone')"
NAMES = ("teams_lobby", "teams_presenters")


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        for name in NAMES:
            table.add_column(sa.Column(name, sa.String(length=20), nullable=False, server_default="organization"))
            table.create_check_constraint(op.f(f"ck_meeting_{name}"), f"{name} IN {CHOICES}")
    # A link that is being asked for just now, or could not be made: the job does not say yet by which id Teams knows
    # it. Whoever wants the link presses the button again.
    op.execute("DELETE FROM job WHERE kind = 'teams.create_link' AND state <> 'done'")
    op.execute("UPDATE sitting SET teams_state = NULL, teams_error = NULL WHERE teams_state IN ('asked', 'failed')")


def downgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        for name in NAMES:
            table.drop_constraint(op.f(f"ck_meeting_{name}"), type_="check")
            table.drop_column(name)
