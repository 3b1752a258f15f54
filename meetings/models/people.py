"""What is stored of people and organisations. Both belong to one meeting: a function is held for a time, and a later
meeting must not rewrite an earlier one. The same e-mail address in two meetings is the same person.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant


class Organisation(Base):
    """A body that people speak for, in one of the nine stakeholder categories."""

    __tablename__ = "organisation"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(sa.Text)
    acronym: Mapped[str | None] = mapped_column(sa.String(40))
    category: Mapped[str | None] = mapped_column(sa.String(40))
    country: Mapped[str | None] = mapped_column(sa.String(2))
    show_country: Mapped[bool] = mapped_column(default=False)
    article: Mapped[str | None] = mapped_column(sa.String(10))


class Person(Base):
    """Someone who takes part in a meeting or speaks at it. A `protected` person appears in nothing that is public.

    `feed_serial` rises to make the address of their calendar to subscribe to invalid. Published versions know people by
    their id, so that of one who was removed is never given to another.
    """

    __tablename__ = "person"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key"),
        sa.UniqueConstraint("meeting_id", "email"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    honorific: Mapped[str | None] = mapped_column(sa.String(40))
    given: Mapped[str | None] = mapped_column(sa.Text)
    family: Mapped[str | None] = mapped_column(sa.Text)
    name_order: Mapped[str] = mapped_column(sa.String(20), default="given_family")
    report_surname: Mapped[str | None] = mapped_column(sa.Text)
    function: Mapped[str | None] = mapped_column(sa.Text)
    unit: Mapped[str | None] = mapped_column(sa.Text)
    former: Mapped[bool] = mapped_column(default=False)
    indefinite: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    language: Mapped[str | None] = mapped_column(sa.String(20))
    gender: Mapped[str | None] = mapped_column(sa.String(20))
    protected: Mapped[bool] = mapped_column(default=False)
    feed_serial: Mapped[int] = mapped_column(default=1, server_default="1")

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def name(self) -> str:
        """The full name in the person's own order, without honorific; empty where no name is known."""
        parts = [self.given, self.family] if self.name_order == "given_family" else [self.family, self.given]
        return " ".join(part for part in parts if part)


class Registration(Base):
    """A person's attendance at a meeting.

    `status`: `unverified` until the mail address is confirmed, then `pending`; the organiser makes it `confirmed` or
    `declined`; the person may make it `withdrawn`. `link_serial` rises to make the personal link sent before invalid.
    """

    __tablename__ = "registration"
    __table_args__ = (
        sa.CheckConstraint("status IN ('unverified', 'pending', 'confirmed', 'declined', 'withdrawn')", name="status"),
        sa.CheckConstraint("attendance IN ('in_person', 'online')", name="attendance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(sa.String(20))
    attendance: Mapped[str] = mapped_column(sa.String(20))
    languages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    accessibility: Mapped[str | None] = mapped_column(sa.Text)
    consent_listed: Mapped[bool] = mapped_column(default=False)
    consent_photographed: Mapped[bool] = mapped_column(default=False)
    consent_recorded: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime | None] = mapped_column(Instant)  # None: came with a meeting file
    link_serial: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship()


class CalendarEntry(Base):
    """What a person's calendar was last told of one sitting or session: raises SEQUENCE only when that changes
    (RFC 5546, 2.1.4).

    `state`: `invited` or `cancelled`; `fingerprint` is of what a calendar would show. Times and title are kept so that
    an entry can be cancelled when its sitting is no longer there, and with place and link so that a mail can say what
    has changed. `told_at` is when; like `place`, it is None where it was told before these were kept. `partstat` is
    the person's answer in lower case (RFC 5545, 3.2.12), None while there is none; `answered_at` is its DTSTAMP, by
    which an older answer is known.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "uid"),
        sa.CheckConstraint("partstat IN ('accepted', 'tentative', 'declined')", name="partstat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(sa.String(200), index=True)
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(sa.String(20))
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    starts_at: Mapped[dt.datetime] = mapped_column(Instant)
    ends_at: Mapped[dt.datetime] = mapped_column(Instant)
    title: Mapped[str | None] = mapped_column(sa.Text)
    place: Mapped[str | None] = mapped_column(sa.Text)
    join_url: Mapped[str | None] = mapped_column(sa.Text)
    told_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    partstat: Mapped[str | None] = mapped_column(sa.String(20))
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
