"""from the floor to the report: the call for inputs, edited paragraphs, right of check, the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def report_columns() -> list[sa.Column]:
    """With what each report has that is there already: no focus, nothing decided, no edited note."""
    return [
        sa.Column("focus", sa.Text(), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_base", sa.Text(), nullable=True),
    ]


def submission_columns() -> list[sa.Column]:
    """With what each submission has that is there already: the rapporteur listed it (see `upgrade` for `consent`)."""
    return [
        sa.Column("consent", sa.String(length=20), nullable=False, server_default="confidential"),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.String(length=254), nullable=True),
        sa.Column("organisation_name", sa.Text(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=False, server_default="1"),
    ]


def upgrade() -> None:
    new_tables()
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("participants_final_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("report") as table:
        for column in report_columns():
            table.add_column(column)
    with op.batch_alter_table("statement") as table:
        table.add_column(sa.Column("file_text", sa.Text(), nullable=True))
    upgrade_points()
    with op.batch_alter_table("submission") as table:
        for column in submission_columns():
            table.add_column(column)
    # Who had not agreed to be named was not published in any form.
    op.execute(sa.text("UPDATE submission SET consent = 'named' WHERE publish = :yes").bindparams(yes=True))
    with op.batch_alter_table("submission") as table:
        table.drop_column("publish")
        table.create_check_constraint(
            op.f("ck_submission_consent"), "consent IN ('named', 'anonymous', 'confidential')"
        )


def upgrade_points() -> None:
    """Each point gets a lasting name: p1, p2, … in the order of its meeting's notes."""
    with op.batch_alter_table("point") as table:
        table.add_column(sa.Column("uid", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
    point = sa.table("point", *(sa.column(name) for name in ("id", "meeting_id", "position", "uid")))
    connection = op.get_bind()
    found = connection.execute(sa.select(point.c.id, point.c.meeting_id).order_by(point.c.position, point.c.id)).all()
    numbers: dict[int, int] = {}
    for row in found:
        numbers[row.meeting_id] = numbers.get(row.meeting_id, 0) + 1
        connection.execute(point.update().where(point.c.id == row.id).values(uid=f"p{numbers[row.meeting_id]}"))
    with op.batch_alter_table("point") as table:
        table.alter_column("uid", existing_type=sa.String(length=40), nullable=False)
        table.create_unique_constraint(op.f("uq_point_meeting_id_uid"), ["meeting_id", "uid"])
        table.create_check_constraint(op.f("ck_point_merged"), "merged_into_id IS NULL OR merged_into_id <> id")
        table.create_foreign_key(
            op.f("fk_point_merged_into_id_point"), "point", ["merged_into_id"], ["id"], ondelete="SET NULL"
        )
        table.create_index(op.f("ix_point_merged_into_id"), ["merged_into_id"])


def new_tables() -> None:
    op.create_table(
        "call_for_inputs",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=True),
        sa.Column("addressees", sa.Text(), nullable=True),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("deadlines", sa.JSON(), nullable=False),
        sa.Column("max_words", sa.Integer(), nullable=True),
        sa.Column("file_types", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_words IS NULL OR max_words > 0", name=op.f("ck_call_for_inputs_max_words")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_call_for_inputs_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_call_for_inputs")),
    )
    op.create_table(
        "draft_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("after", sa.String(length=300), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('edited', 'left_out', 'own')", name=op.f("ck_draft_paragraph_state")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_draft_paragraph_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_paragraph")),
        sa.UniqueConstraint("meeting_id", "key", name=op.f("uq_draft_paragraph_meeting_id_key")),
    )
    with op.batch_alter_table("draft_paragraph") as table:
        table.create_index(table.f("ix_draft_paragraph_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("follow_up", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'under_way', 'done', 'not_pursued')", name=op.f("ck_ledger_entry_status")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_ledger_entry_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("meeting_id", "key", name=op.f("uq_ledger_entry_meeting_id_key")),
    )
    with op.batch_alter_table("ledger_entry") as table:
        table.create_index(table.f("ix_ledger_entry_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "paragraph_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IS NULL OR answer IN ('agreed', 'comment')", name=op.f("ck_paragraph_check_answer")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_paragraph_check_answered")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_paragraph_check_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_paragraph_check_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph_check")),
        sa.UniqueConstraint("meeting_id", "key", "person_id", name=op.f("uq_paragraph_check_meeting_id_key_person_id")),
    )
    with op.batch_alter_table("paragraph_check") as table:
        table.create_index(table.f("ix_paragraph_check_meeting_id"), ["meeting_id"], unique=False)
        table.create_index(table.f("ix_paragraph_check_person_id"), ["person_id"], unique=False)

    op.create_table(
        "submission_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_type", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint("file_type IN ('docx', 'pdf', 'txt')", name=op.f("ck_submission_file_file_type")),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_file_submission_id_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_file")),
    )
    with op.batch_alter_table("submission_file") as table:
        table.create_index(table.f("ix_submission_file_submission_id"), ["submission_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("publish", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text("UPDATE submission SET publish = :yes WHERE consent = 'named'").bindparams(yes=True))
    with op.batch_alter_table("submission") as table:
        table.drop_constraint(op.f("ck_submission_consent"), type_="check")
        for column in submission_columns():
            table.drop_column(column.name)
    with op.batch_alter_table("point") as table:
        table.drop_constraint(op.f("fk_point_merged_into_id_point"), type_="foreignkey")
        table.drop_constraint(op.f("ck_point_merged"), type_="check")
        table.drop_constraint(op.f("uq_point_meeting_id_uid"), type_="unique")
        table.drop_index(op.f("ix_point_merged_into_id"))
        table.drop_column("merged_into_id")
        table.drop_column("uid")
    with op.batch_alter_table("statement") as table:
        table.drop_column("file_text")
    with op.batch_alter_table("report") as table:
        for column in report_columns():
            table.drop_column(column.name)
    with op.batch_alter_table("meeting") as table:
        table.drop_column("participants_final_at")
    for name in ("submission_file", "paragraph_check", "ledger_entry", "draft_paragraph", "call_for_inputs"):
        op.drop_table(name)
