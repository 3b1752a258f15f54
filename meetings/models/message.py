"""What is stored of work that leaves the process: mail messages, jobs of the outbox; and the log of all commands."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetings.database import Base, Instant


class Message(Base):
    """One mail to one person. Secret links are not in it: `{link}` in the texts is filled in when it is sent.

    `link_purpose` and `link_claim` say which link (see meetings/links.py). `private` messages (sign-in) are shown to
    nobody. A `held` one is a draft, which waits until an organiser sends it; a draft for the calendar entry `entry_uid`
    keeps what that was told before (None: nothing), so that it can be taken back. `person_id` is whom a mail is about
    and `version_id` the published programme that it tells of, where there is one.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("registration.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("programme_version.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(sa.String(40))
    private: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    recipient_name: Mapped[str | None] = mapped_column(sa.Text)
    reply_to: Mapped[str | None] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(20), default="en")
    subject: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str | None] = mapped_column(sa.Text)
    link_purpose: Mapped[str | None] = mapped_column(sa.String(40))
    link_claim: Mapped[list[Any] | None] = mapped_column(sa.JSON)
    calendar: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    calendar_method: Mapped[str | None] = mapped_column(sa.String(20))
    entry_uid: Mapped[str | None] = mapped_column(sa.String(200))
    told_before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class Reminder(Base):
    """That a person was reminded of something: no reminder is sent twice.

    `about` is the UID of a calendar entry; `kind` is one of meetings/invitations/rules/reminders.py, and `starts_at`
    what began at the end of its time then.
    """

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("person_id", "about", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(20))
    starts_at: Mapped[dt.datetime] = mapped_column(Instant)
    sent_at: Mapped[dt.datetime] = mapped_column(Instant)


class Job(Base):
    """One piece of work for the outbox worker, written with the change it belongs to and done after it.

    `state`: `queued`, `done` or `dead`. `due` is when it may start, and, while `lease` names a worker, when another
    worker may take it over.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.CheckConstraint("state IN ('queued', 'done', 'dead')", name="state"),
        sa.Index("ix_job_state_due", "state", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    due: Mapped[dt.datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(sa.String(10), default="queued")
    lease: Mapped[str | None] = mapped_column(sa.String(80))
    error: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)


class Event(Base):
    """One line of the log: who did what to what, when, and how it was before and after. Only ever added to.

    `actor` is `account:ID`, `registration:ID`, `speaker:ID`, `command line` or `worker`; `target` is `kind:ID`.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    actor: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(60), index=True)
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    target: Mapped[str | None] = mapped_column(sa.String(60), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
