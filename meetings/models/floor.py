"""What is stored of the floor: its cap, the requests for it, the turns spoken under it, and the statements sent for it.

Times are milliseconds.

Three invariants stand here as constraints: one speaker at a time, one open request per registration and session,
and no grant that would pass the cap.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.meeting import Session
from meetings.models.people import Organisation, Person, Registration

# The database's copy of the rule in meetings/floor/rules/__init__.py (CAP_MS): 45 minutes.
_CAP_MS = 2_700_000
_HOLDS_THE_FLOOR = "status IN ('speaking', 'paused')"
_POLICIES = "'first_come', 'round_robin', 'least_heard', 'one_each', 'quotas', 'draw'"
_IS_OPEN = "status IN ('requested', 'called', 'speaking', 'paused', 'set_aside')"


class Floor(Base):
    """The part of a session that is open to participants. Its row is what every command of the floor locks first.

    `list_open`: whether participants may ask, within `asking_opens` and `asking_closes` (wall clock in the meeting's
    zone, each may be None) and up to `max_requests` of them. `per_organisation`: how many requests of one organisation
    may be open at a time. `opened_at`: when the floor was first given. `closed_at`: when it ended (by the chair or at
    the cap). `version` rises with every change that somebody can see; `chair_version` is the version after the last
    act of the chair or the desk: who has seen less than that acts on an old list.

    `policy` is the rule that orders the list (meetings/floor/rules/ordering.py), `priority` whether dignitaries and
    group statements go first, `quotas` the number of places by category, `draw_seed` what a draw was made with.
    `limits_ms`: speaking limits by category, where they differ from `limit_ms`. `warning_ms`: from here to the end of
    a turn, its clock asks the speaker to conclude.
    """

    __tablename__ = "floor"
    __table_args__ = (
        sa.CheckConstraint(f"cap_ms > 0 AND cap_ms <= {_CAP_MS}", name="cap"),
        sa.CheckConstraint("limit_ms > 0", name="limit"),
        sa.CheckConstraint("minimum_ms > 0 AND minimum_ms <= cap_ms", name="minimum"),
        sa.CheckConstraint("max_requests IS NULL OR max_requests > 0", name="max_requests"),
        sa.CheckConstraint("per_organisation > 0", name="per_organisation"),
        sa.CheckConstraint("warning_ms >= 0", name="warning"),
        sa.CheckConstraint(f"policy IN ({_POLICIES})", name="policy"),
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
    interpreters_serial: Mapped[int] = mapped_column(default=1)  # the same for the interpreters' link
    asking_opens: Mapped[dt.datetime | None]
    asking_closes: Mapped[dt.datetime | None]
    max_requests: Mapped[int | None]
    per_organisation: Mapped[int] = mapped_column(default=1)
    policy: Mapped[str] = mapped_column(sa.String(20), default="first_come")
    priority: Mapped[bool] = mapped_column(default=False)
    quotas: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    draw_seed: Mapped[str | None] = mapped_column(sa.String(40))
    limits_ms: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    warning_ms: Mapped[int] = mapped_column(default=30_000)

    session: Mapped[Session] = relationship()


class FloorRequest(Base):
    """A participant's wish to take the floor; an intervention once it is spoken. `rank` orders those who wait.

    `capacity`: for the own organisation, for several (`joint`: `on_behalf_of` names them), or `national`, for the
    country. `substitute` is the name of the colleague who speaks in the person's place, `seat` where the chair finds
    a speaker without a registration, `reason` why the chair declined. A `dignitary` may go first.
    """

    __tablename__ = "floor_request"
    __table_args__ = (
        sa.CheckConstraint(
            "status IN ('requested', 'called', 'speaking', 'paused', 'spoken', 'withdrawn', 'absent', 'not_reached',"
            " 'declined', 'set_aside')",
            name="status",
        ),
        sa.CheckConstraint("capacity IN ('organisation', 'joint', 'national')", name="capacity"),
        # Those who ask at once do so one after the other, each of them waiting for these: what a session's list is like
        # for one of them (their newest request, their colleagues', the last rank) is found, not counted out.
        sa.Index("ix_floor_request_session_id_rank", "session_id", "rank"),
        sa.Index("ix_floor_request_registration_id_session_id", "registration_id", "session_id"),
        sa.Index("ix_floor_request_organisation_id_session_id", "organisation_id", "session_id", "status"),
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
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="RESTRICT"))
    registration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.Text)
    language: Mapped[str | None] = mapped_column(sa.String(20))
    topic: Mapped[str | None] = mapped_column(sa.Text)
    capacity: Mapped[str] = mapped_column(sa.String(20), default="organisation")
    dignitary: Mapped[bool] = mapped_column(default=False)
    substitute: Mapped[str | None] = mapped_column(sa.Text)
    seat: Mapped[str | None] = mapped_column(sa.Text)
    reason: Mapped[str | None] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.String(20))
    rank: Mapped[int]
    requested_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
    turns: Mapped[list["Turn"]] = relationship(order_by="Turn.id", cascade="all, delete-orphan")
    statement: Mapped["Statement | None"] = relationship(cascade="all, delete-orphan")


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


class Statement(Base):
    """The text that a speaker sends for the interpreters and the record: typed (`text`), a file (`content`), or both.

    `delivery`: it will be read as it stands (`as_delivered`), or may be changed while speaking
    (`check_against_delivery`). `for_record`: filed by somebody whom the time did not reach. `content` is read from the
    database only when it is asked for.
    """

    __tablename__ = "statement"
    __table_args__ = (
        sa.CheckConstraint("delivery IN ('as_delivered', 'check_against_delivery')", name="delivery"),
        sa.CheckConstraint("file_type IS NULL OR file_type IN ('docx', 'pdf', 'txt')", name="file_type"),
        sa.CheckConstraint("(content IS NULL) = (file_type IS NULL)", name="file"),
        sa.CheckConstraint("text IS NOT NULL OR file_type IS NOT NULL", name="something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("floor_request.id", ondelete="RESTRICT"), unique=True)
    delivery: Mapped[str] = mapped_column(sa.String(30))
    text: Mapped[str | None] = mapped_column(sa.Text)
    words: Mapped[int | None]  # of the text or of the file, where they can be counted
    file_name: Mapped[str | None] = mapped_column(sa.Text)  # as it was sent: shown, never used as a path
    file_type: Mapped[str | None] = mapped_column(sa.String(10))
    size: Mapped[int | None]  # of the file, in bytes
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    file_text: Mapped[str | None] = mapped_column(sa.Text, deferred=True)  # what was read out of the file
    for_record: Mapped[bool] = mapped_column(default=False)
    filed_at: Mapped[dt.datetime] = mapped_column(Instant)
