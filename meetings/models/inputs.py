"""What is stored of the written inputs: the call for them, the submissions, and their files."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.people import Organisation


class CallForInputs(Base):
    """The call for inputs of a meeting, as its public page shows it.

    `questions` is a list of {text, items}; `deadlines` of {partner, at, timezone}: wall clock in that zone, since
    each partner that spreads the call may set its own. `addressees` are who was asked, as the report will say it.
    `max_words` and `file_types` are what a submission is held to; `languages` those it may be written in (BCP 47).
    It takes submissions from `opened_at` until `closed_at`, or until its last deadline.
    """

    __tablename__ = "call_for_inputs"
    __table_args__ = (sa.CheckConstraint("max_words IS NULL OR max_words > 0", name="max_words"),)

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    introduction: Mapped[str | None] = mapped_column(sa.Text)
    addressees: Mapped[str | None] = mapped_column(sa.Text)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    deadlines: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    max_words: Mapped[int | None]
    file_types: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    opened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)


class Submission(Base):
    """A written input answering the call for inputs, sent in on its page or listed by the rapporteur.

    `consent`: `named` (may be published with its author's name), `anonymous` (published without the name), or
    `confidential` (counted and read, never published). Without an organisation it is not named either way.
    `contact_name` and `contact_email` are for the secretariat alone. `answers` stand by the number of their question;
    `sent_at` is None for what the rapporteur listed. `serial` makes the sender's own link invalid when it rises.
    """

    __tablename__ = "submission"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key"),
        sa.CheckConstraint("consent IN ('named', 'anonymous', 'confidential')", name="consent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"))
    category: Mapped[str | None] = mapped_column(sa.String(40))
    received: Mapped[dt.date | None]
    themes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    consent: Mapped[str] = mapped_column(sa.String(20), default="confidential")
    title: Mapped[str | None] = mapped_column(sa.Text)
    country: Mapped[str | None] = mapped_column(sa.String(2))
    language: Mapped[str | None] = mapped_column(sa.String(20))
    contact_name: Mapped[str | None] = mapped_column(sa.Text)
    contact_email: Mapped[str | None] = mapped_column(sa.String(254))
    organisation_name: Mapped[str | None] = mapped_column(sa.Text)  # as the sender wrote it, until it is matched
    answers: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    serial: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation | None] = relationship()


class SubmissionFile(Base):
    """A file of a submission. `name` is as it was sent: shown, never used as a path. `text` is what was read out of it
    for the rapporteur to lift words from; it and `content` are read from the database only when they are asked for.
    """

    __tablename__ = "submission_file"
    __table_args__ = (sa.CheckConstraint("file_type IN ('docx', 'pdf', 'txt')", name="file_type"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(sa.Text)
    file_type: Mapped[str] = mapped_column(sa.String(10))
    size: Mapped[int]
    words: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    text: Mapped[str | None] = mapped_column(sa.Text, deferred=True)
