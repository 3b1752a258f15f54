"""published programmes: numbered versions, invited speakers, calendars by person with answers, drafts of mails."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    new_tables()
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("version_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key(
            op.f("fk_message_person_id_person"), "person", ["person_id"], ["id"], ondelete="SET NULL"
        )
        table.create_foreign_key(
            op.f("fk_message_version_id_programme_version"),
            "programme_version",
            ["version_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_message_version_id"), ["version_id"])
    with op.batch_alter_table("sitting") as table:
        table.add_column(sa.Column("teams_fingerprint", sa.String(length=64), nullable=True))
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("subject", sa.String(length=120), nullable=True))
        table.create_unique_constraint(op.f("uq_account_subject"), ["subject"])
    with op.batch_alter_table("account_grant") as table:
        table.add_column(sa.Column("source", sa.String(length=20), nullable=True))
    calendars_by_person()


def calendars_by_person() -> None:
    """A calendar belongs to a person, who may speak without being registered."""
    with op.batch_alter_table("calendar_entry") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("title", sa.Text(), nullable=True))
        table.add_column(sa.Column("partstat", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE calendar_entry SET person_id ="
        " (SELECT person_id FROM registration WHERE registration.id = calendar_entry.registration_id)"
    )
    with op.batch_alter_table("calendar_entry") as table:
        table.drop_constraint(op.f("uq_calendar_entry_registration_id_uid"), type_="unique")
        table.drop_index(op.f("ix_calendar_entry_registration_id"))
        table.drop_constraint(op.f("fk_calendar_entry_registration_id_registration"), type_="foreignkey")
        table.drop_column("registration_id")
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        table.create_foreign_key(
            op.f("fk_calendar_entry_person_id_person"), "person", ["person_id"], ["id"], ondelete="CASCADE"
        )
        table.create_unique_constraint(op.f("uq_calendar_entry_person_id_uid"), ["person_id", "uid"])
        table.create_check_constraint(
            op.f("ck_calendar_entry_partstat"), "partstat IN ('accepted', 'tentative', 'declined')"
        )
        table.create_index(op.f("ix_calendar_entry_person_id"), ["person_id"])


def new_tables() -> None:
    op.create_table(
        "programme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("people_told", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_programme_version_number")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_programme_version_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_programme_version_meeting_id_number")),
    )
    with op.batch_alter_table("programme_version") as table:
        table.create_index(table.f("ix_programme_version_meeting_id"), ["meeting_id"])
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_photographed", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("link_serial", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('invited', 'confirmed', 'declined')", name=op.f("ck_speaker_status")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_speaker_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_speaker_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("person_id", name=op.f("uq_speaker_person_id")),
    )
    with op.batch_alter_table("speaker") as table:
        table.create_index(table.f("ix_speaker_meeting_id"), ["meeting_id"])


def downgrade() -> None:
    """Back to calendars of registrations: what speakers who are not registered were told is not kept there."""
    with op.batch_alter_table("calendar_entry") as table:
        table.add_column(sa.Column("registration_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE calendar_entry SET registration_id ="
        " (SELECT id FROM registration WHERE registration.person_id = calendar_entry.person_id)"
    )
    op.execute("DELETE FROM calendar_entry WHERE registration_id IS NULL")
    with op.batch_alter_table("calendar_entry") as table:
        table.drop_index(op.f("ix_calendar_entry_person_id"))
        table.drop_constraint(op.f("ck_calendar_entry_partstat"), type_="check")
        table.drop_constraint(op.f("uq_calendar_entry_person_id_uid"), type_="unique")
        table.drop_constraint(op.f("fk_calendar_entry_person_id_person"), type_="foreignkey")
        for name in ("person_id", "title", "partstat", "answered_at"):
            table.drop_column(name)
        table.alter_column("registration_id", existing_type=sa.Integer(), nullable=False)
        table.create_foreign_key(
            op.f("fk_calendar_entry_registration_id_registration"),
            "registration",
            ["registration_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_unique_constraint(op.f("uq_calendar_entry_registration_id_uid"), ["registration_id", "uid"])
        table.create_index(op.f("ix_calendar_entry_registration_id"), ["registration_id"])
    with op.batch_alter_table("account_grant") as table:
        table.drop_column("source")
    with op.batch_alter_table("account") as table:
        table.drop_constraint(op.f("uq_account_subject"), type_="unique")
        table.drop_column("subject")
    with op.batch_alter_table("sitting") as table:
        table.drop_column("teams_fingerprint")
    with op.batch_alter_table("message") as table:
        table.drop_index(op.f("ix_message_version_id"))
        table.drop_constraint(op.f("fk_message_version_id_programme_version"), type_="foreignkey")
        table.drop_constraint(op.f("fk_message_person_id_person"), type_="foreignkey")
        for name in ("person_id", "version_id", "held"):
            table.drop_column(name)
    op.drop_table("speaker")
    op.drop_table("programme_version")
