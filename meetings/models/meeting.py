"""What is stored of a meeting: its concept note, sittings, sessions, and who does what in them.

Planned times are wall clock in the meeting's zone and stored as such.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.people import Organisation, Person

CASCADE = "all, delete-orphan"


class Meeting(Base):
    """One dialogue. `version` rises with every change to the meeting, its sittings, sessions or people."""

    __tablename__ = "meeting"
    __table_args__ = (
        sa.CheckConstraint("mode IN ('in_person', 'online', 'hybrid')", name="mode"),
        sa.CheckConstraint("start_date <= end_date", name="dates"),
        sa.CheckConstraint("teams_lobby IN ('organization', 'organizer', 'everyone')", name="teams_lobby"),
        sa.CheckConstraint("teams_presenters IN ('organization', 'organizer', 'everyone')", name="teams_presenters"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    title: Mapped[str] = mapped_column(sa.Text)
    subtitle: Mapped[str | None] = mapped_column(sa.Text)
    series: Mapped[str | None] = mapped_column(sa.Text)
    mode: Mapped[str] = mapped_column(sa.String(20))
    timezone: Mapped[str] = mapped_column(sa.String(60))
    venue: Mapped[str | None] = mapped_column(sa.Text)
    room: Mapped[str | None] = mapped_column(sa.Text)
    city: Mapped[str | None] = mapped_column(sa.Text)
    country: Mapped[str | None] = mapped_column(sa.String(2))
    languages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    mandate_body: Mapped[str | None] = mapped_column(sa.Text)
    mandate_resolution: Mapped[str | None] = mapped_column(sa.String(40))
    start_date: Mapped[dt.date | None]
    end_date: Mapped[dt.date | None]
    background: Mapped[str | None] = mapped_column(sa.Text)
    objectives: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    modalities: Mapped[str | None] = mapped_column(sa.Text)
    guiding_questions: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    contact: Mapped[str | None] = mapped_column(sa.String(254))
    published_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    demonstration: Mapped[bool] = mapped_column(default=False)
    teams_lobby: Mapped[str] = mapped_column(sa.String(20), default="organization")  # who need not wait in the lobby
    teams_presenters: Mapped[str] = mapped_column(sa.String(20), default="organization")
    participants_final_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # until then the list is provisional
    reminders_off: Mapped[list[str]] = mapped_column(sa.JSON, default=list, server_default="[]")  # kinds not sent
    version: Mapped[int] = mapped_column(default=1)
    last_key: Mapped[int] = mapped_column(default=0)  # the number in the newest key made on screen: never used twice

    organisers: Mapped[list["MeetingOrganiser"]] = relationship(order_by="MeetingOrganiser.position", cascade=CASCADE)
    organisations: Mapped[list[Organisation]] = relationship(order_by=Organisation.position, cascade=CASCADE)
    people: Mapped[list[Person]] = relationship(order_by=Person.position, cascade=CASCADE)
    sittings: Mapped[list["Sitting"]] = relationship(order_by="Sitting.position", cascade=CASCADE)
    sessions: Mapped[list["Session"]] = relationship(
        order_by="Session.position", back_populates="meeting", cascade=CASCADE
    )


class MeetingOrganiser(Base):
    """One of the organisations that convene a meeting."""

    __tablename__ = "meeting_organiser"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship()


class Sitting(Base):
    """An unbroken stretch of a meeting in one room or one call; a join link and interpretation belong to it.

    `teams_state`: None (no online meeting asked for), `asked`, `made` or `failed` (then `teams_error` says why).
    `teams_fingerprint` is of what Teams was last told of it.
    """

    __tablename__ = "sitting"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "key"), sa.CheckConstraint('"start" < "end"', name="times"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    date: Mapped[dt.date]
    start: Mapped[dt.time]
    end: Mapped[dt.time]
    room: Mapped[str | None] = mapped_column(sa.Text)
    join_url: Mapped[str | None] = mapped_column(sa.Text)
    interpretation: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    teams_id: Mapped[str | None] = mapped_column(sa.Text)
    teams_state: Mapped[str | None] = mapped_column(sa.String(20))
    teams_error: Mapped[str | None] = mapped_column(sa.Text)
    teams_fingerprint: Mapped[str | None] = mapped_column(sa.String(64))


class Session(Base):
    """One line of the programme of work. Without times it keeps its place by `position`."""

    __tablename__ = "session"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key"),
        sa.CheckConstraint('"end" IS NULL OR "start" < "end"', name="times"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    date: Mapped[dt.date | None]
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    kind: Mapped[str] = mapped_column(sa.String(30))
    label: Mapped[str | None] = mapped_column(sa.Text)
    title: Mapped[str] = mapped_column(sa.Text)
    description: Mapped[str | None] = mapped_column(sa.Text)
    part_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("session.id", ondelete="SET NULL"), index=True)
    track: Mapped[str | None] = mapped_column(sa.Text)
    sitting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting.id", ondelete="SET NULL"), index=True)
    room: Mapped[str | None] = mapped_column(sa.Text)
    presentations_minutes: Mapped[int | None]
    replies_minutes: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship(back_populates="sessions")
    sitting: Mapped[Sitting | None] = relationship()
    roles: Mapped[list["Role"]] = relationship(order_by="Role.position", cascade=CASCADE)


class Role(Base):
    """What a person does in a session: chair, moderator, opening, keynote, panellist, facilitator or closing."""

    __tablename__ = "role"
    __table_args__ = (sa.UniqueConstraint("session_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(sa.String(20))
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()
