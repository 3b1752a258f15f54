"""the live floor: windows, ordering, limits by category, statements."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def floor_columns() -> list[sa.Column]:
    """With what each floor has that is there already: no window, first come first served, one limit for all."""
    return [
        sa.Column("interpreters_serial", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("asking_opens", sa.DateTime(), nullable=True),
        sa.Column("asking_closes", sa.DateTime(), nullable=True),
        sa.Column("max_requests", sa.Integer(), nullable=True),
        sa.Column("per_organisation", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("policy", sa.String(length=20), nullable=False, server_default="first_come"),
        sa.Column("priority", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("quotas", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("draw_seed", sa.String(length=40), nullable=True),
        sa.Column("limits_ms", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("warning_ms", sa.Integer(), nullable=False, server_default="30000"),
    ]


FLOOR_CHECKS = {
    "max_requests": "max_requests IS NULL OR max_requests > 0",
    "per_organisation": "per_organisation > 0",
    "warning": "warning_ms >= 0",
    "policy": "policy IN ('first_come', 'round_robin', 'least_heard', 'one_each', 'quotas', 'draw')",
}


def request_columns() -> list[sa.Column]:
    """With what each request has that is there already: it is for the own organisation (or joint, see `upgrade`)."""
    return [
        sa.Column("capacity", sa.String(length=20), nullable=False, server_default="organisation"),
        sa.Column("dignitary", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("substitute", sa.Text(), nullable=True),
        sa.Column("seat", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
    ]


def upgrade() -> None:
    with op.batch_alter_table("floor") as table:
        for column in floor_columns():
            table.add_column(column)
        for name, condition in FLOOR_CHECKS.items():
            table.create_check_constraint(op.f(f"ck_floor_{name}"), condition)
    with op.batch_alter_table("floor_request") as table:
        for column in request_columns():
            table.add_column(column)
        table.create_check_constraint(
            op.f("ck_floor_request_capacity"), "capacity IN ('organisation', 'joint', 'national')"
        )
    op.execute("UPDATE floor_request SET capacity = 'joint' WHERE on_behalf_of IS NOT NULL")
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_type", sa.String(length=10), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("for_record", sa.Boolean(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "delivery IN ('as_delivered', 'check_against_delivery')", name=op.f("ck_statement_delivery")
        ),
        sa.CheckConstraint(
            "file_type IS NULL OR file_type IN ('docx', 'pdf', 'txt')", name=op.f("ck_statement_file_type")
        ),
        sa.CheckConstraint("(content IS NULL) = (file_type IS NULL)", name=op.f("ck_statement_file")),
        sa.CheckConstraint("text IS NOT NULL OR file_type IS NOT NULL", name=op.f("ck_statement_something")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["floor_request.id"],
            name=op.f("fk_statement_request_id_floor_request"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("request_id", name=op.f("uq_statement_request_id")),
    )


def downgrade() -> None:
    op.drop_table("statement")
    with op.batch_alter_table("floor_request") as table:
        table.drop_constraint(op.f("ck_floor_request_capacity"), type_="check")
        for column in request_columns():
            table.drop_column(column.name)
    with op.batch_alter_table("floor") as table:
        for name in FLOOR_CHECKS:
            table.drop_constraint(op.f(f"ck_floor_{name}"), type_="check")
        for column in floor_columns():
            table.drop_column(column.name)
