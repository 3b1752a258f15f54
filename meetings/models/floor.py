"""What is stored of the floor: its cap, the requests for it, and the turns spoken under it. Times are milliseconds.

Three invariants stand here as constraints: one speaker at a time, one open request per registration and session,
and no grant that would pass the cap.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.meeting import Session
from meetings.models.people import Organisation, Person, Registration

# The database's copy of the rule in meetings/floor/rules.py (CAP_MS): 45 minutes.
_CAP_MS = 2_700_000
_HOLDS_THE_FLOOR = "status IN ('speaking', 'paused')"
_IS_OPEN = "status IN ('requested', 'called', 'speaking', 'paused', 'set_aside')"


class Floor(Base):
    """The part of a session that is open to participants. Its row is what every command of the floor locks first.

    `list_open`: whether participants may ask. `opened_at`: when the floor was first given. `closed_at`: when it ended
    (by the chair or at the cap). `version` rises with every change that somebody can see; `chair_version` is the
    version after the last act of the chair or the desk: who has seen less than that acts on an old list.
    """

    __tablename__ = "floor"
    __table_args__ = (
        sa.CheckConstraint(f"cap_ms > 0 AND cap_ms <= {_CAP_MS}", name="cap"),
        sa.CheckConstraint("limit_ms > 0", name="limit"),
        sa.CheckConstraint("minimum_ms > 0 AND minimum_ms <= cap_ms", name="minimum"),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="RESTRICT"), primary_key=True)
    cap_ms: Mapped[int]
    limit_ms: Mapped[int]
    minimum_ms: Mapped[int]
    list_open: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    chair_version: Mapped[int] = mapped_column(default=1)
    display_serial: Mapped[int] = mapped_column(default=1)  # rises to make the room display's link invalid

    session: Mapped[Session] = relationship()


class FloorRequest(Base):
    """A participant's wish to take the floor; an intervention once it is spoken. `rank` orders those who wait."""

    __tablename__ = "floor_request"
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('requested', 'called', 'speaking', 'paused', 'spoken', 'withdrawn', 'absent', 'not_reached',"
            " 'declined', 'set_aside')",
            name="status",
        ),
        sa.Index(
            "ux_floor_request_speaking",
            "session_id",
            unique=True,
            sqlite_where=sa.text(_HOLDS_THE_FLOOR),
            postgresql_where=sa.text(_HOLDS_THE_FLOOR),
        ),
        sa.Index(
            "ux_floor_request_open",
            "session_id",
            "registration_id",
            unique=True,
            sqlite_where=sa.text(_IS_OPEN),
            postgresql_where=sa.text(_IS_OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="RESTRICT"), index=True)
    registration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.Text)
    language: Mapped[str | None] = mapped_column(sa.String(20))
    topic: Mapped[str | None] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.String(20))
    rank: Mapped[int]
    requested_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
    turns: Mapped[list["Turn"]] = relationship(order_by="Turn.id", cascade="all, delete-orphan")


class Turn(Base):
    """One stretch of speaking under one grant. `used_ms` is None while it lasts; an overrun is in it.

    `started_at` and `ended_at` are None only for turns that came with a meeting file.
    """

    __tablename__ = "turn"
    __table_args__ = (
        sa.CheckConstraint(
            "spent_before_ms >= 0 AND granted_ms > 0"
            f" AND spent_before_ms + granted_ms <= cap_ms AND cap_ms <= {_CAP_MS}",
            name="within_the_cap",
        ),
        sa.CheckConstraint("used_ms IS NULL OR used_ms >= 0", name="used"),
        sa.Index(
            "ux_turn_running",
            "session_id",
            unique=True,
            sqlite_where=sa.text("used_ms IS NULL"),
            postgresql_where=sa.text("used_ms IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("floor_request.id", ondelete="RESTRICT"), index=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="RESTRICT"), index=True)
    cap_ms: Mapped[int]
    spent_before_ms: Mapped[int]
    granted_ms: Mapped[int]
    started_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    paused_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    paused_ms: Mapped[int] = mapped_column(default=0)  # the pauses that have ended
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    used_ms: Mapped[int | None]
