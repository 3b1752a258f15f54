"""What is stored for the report: the rapporteur's points, the written submissions, and the report's own particulars."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.people import Organisation, Person


class Submission(Base):
    """A written input answering the call for inputs. Without an organisation it is not named."""

    __tablename__ = "submission"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"))
    category: Mapped[str | None] = mapped_column(sa.String(40))
    received: Mapped[dt.date | None]
    themes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    publish: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str | None] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation | None] = relationship()


class Point(Base):
    """One note by the rapporteur: who said what in a session, or what a submission says.

    `collective` means several speakers; `themes` group the points of submissions under headings of the report.
    A removed point keeps its row: `removed_at`.
    """

    __tablename__ = "point"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('point', 'example', 'challenge', 'recommendation', 'question')", name="kind"),
        sa.CheckConstraint("session_id IS NULL OR submission_id IS NULL", name="one_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("session.id", ondelete="RESTRICT"), index=True)
    submission_id: Mapped[int | None] = mapped_column(sa.ForeignKey("submission.id", ondelete="RESTRICT"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id", ondelete="SET NULL"))
    collective: Mapped[bool] = mapped_column(default=False)
    verb: Mapped[str | None] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(20), default="point")
    themes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    text: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Report(Base):
    """A meeting's summary report: what its masthead needs, its conclusions and its recommendations.

    `recommendations` is a list of {addressee, lead, items}. `edited_at` is set by the first change on screen.
    """

    __tablename__ = "report"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    symbol: Mapped[str | None] = mapped_column(sa.String(60))
    council_number: Mapped[int | None]
    council_start: Mapped[dt.date | None]
    council_end: Mapped[dt.date | None]
    agenda_items: Mapped[list[int]] = mapped_column(sa.JSON, default=list)
    date: Mapped[dt.date | None]
    original_language: Mapped[str] = mapped_column(sa.String(20), default="en")
    title: Mapped[str | None] = mapped_column(sa.Text)
    conclusions: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    recommendations: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    edited_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
