"""What is stored of those who sign in: organisers, chairs, rapporteurs and administrators."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant

# The source of a grant that follows the app roles in Microsoft Entra ID.
ENTRA = "entra"


class Account(Base):
    """Somebody who can sign in, known by their mail address (lower case). `serial` rises to end all sign-ins.

    `subject` is who they are in Microsoft Entra ID (`tenant:object`), for those who have signed in that way.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str | None] = mapped_column(sa.Text)
    subject: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    serial: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)

    grants: Mapped[list["Grant"]] = relationship(order_by="Grant.id")


class Grant(Base):
    """A role that an account holds, in one meeting or (without one) in all.

    `source` is `entra` for one that follows the app roles in Microsoft Entra ID, None for one given here.
    """

    __tablename__ = "account_grant"
    __table_args__ = (
        sa.CheckConstraint("role IN ('administrator', 'organiser', 'chair', 'rapporteur')", name="role"),
        sa.UniqueConstraint("account_id", "role", "meeting_id"),
        sa.Index(
            "ux_account_grant_everywhere",
            "account_id",
            "role",
            unique=True,
            sqlite_where=sa.text("meeting_id IS NULL"),
            postgresql_where=sa.text("meeting_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(sa.String(20))
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    source: Mapped[str | None] = mapped_column(sa.String(20))


class SignInLink(Base):
    """One mailed sign-in link: valid until `expires_at`, and once only (`used_at`). The link itself is not stored.

    `asked_from` is a keyed hash of the asking machine's address, kept for the rate limit.
    """

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), index=True)
    nonce: Mapped[str] = mapped_column(sa.String(40), unique=True)
    asked_at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    asked_from: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    expires_at: Mapped[dt.datetime] = mapped_column(Instant)
    used_at: Mapped[dt.datetime | None] = mapped_column(Instant)
