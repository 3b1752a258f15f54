"""a rush to the floor: indexes that make asking as quick on a long list as on a short one."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_floor_request_session_id_rank": ["session_id", "rank"],
    "ix_floor_request_registration_id_session_id": ["registration_id", "session_id"],
    "ix_floor_request_organisation_id_session_id": ["organisation_id", "session_id", "status"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(op.f(name), "floor_request", columns)
    op.drop_index(op.f("ix_floor_request_session_id"), table_name="floor_request")  # the first one does its work


def downgrade() -> None:
    op.create_index(op.f("ix_floor_request_session_id"), "floor_request", ["session_id"])
    for name in INDEXES:
        op.drop_index(op.f(name), table_name="floor_request")
