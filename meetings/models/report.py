"""What is stored for the report: the rapporteur's points, the report's particulars, and what was made of its draft."""

import datetime as dt
import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.people import Organisation, Person


def new_uid() -> str:
    """A point's lasting name that no other has: 80 random bits."""
    return secrets.token_hex(10)


class Point(Base):
    """One note by the rapporteur: who said what in a session, or what a submission says.

    `collective` means several speakers; `themes` group the points of submissions under headings of the report.
    `uid` is the point's lasting name within its meeting: a device that sends the same point twice adds it once.
    A removed point keeps its row: `removed_at`. So does one that was merged into another, which says the same:
    `merged_into_id`; the other then speaks for both.
    """

    __tablename__ = "point"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('point', 'example', 'challenge', 'recommendation', 'question')", name="kind"),
        sa.CheckConstraint("session_id IS NULL OR submission_id IS NULL", name="one_source"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged"),
        sa.UniqueConstraint("meeting_id", "uid"),
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
    uid: Mapped[str] = mapped_column(sa.String(40), default=new_uid)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("point.id", ondelete="SET NULL"), index=True)

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Report(Base):
    """A meeting's summary report: what its masthead needs, its conclusions and its recommendations.

    `recommendations` is a list of {addressee, lead, items, points}: `points` are the uids of the points they rest on.
    `focus` is what the meeting discussed, in words that go on behind "The meeting focused on". `plan` holds what the
    rapporteur decided about sections, themes, thresholds and the Word file (meetings/report/rules/options.py).
    `outcome` is the note for the web once it was edited, `outcome_base` what was compiled when that was done.
    `edited_at` is set by the first change on screen.
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
    focus: Mapped[str | None] = mapped_column(sa.Text)
    plan: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    outcome: Mapped[str | None] = mapped_column(sa.Text)
    outcome_base: Mapped[str | None] = mapped_column(sa.Text)
    edited_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)


class DraftParagraph(Base):
    """What the rapporteur made of one paragraph of the draft. Paragraphs nobody touched have no row.

    `key` is the compiled paragraph's lasting name (`summary`, `session:s1:frame`), or `own:N` for one that the
    rapporteur added behind the paragraph or heading `after`. `text` and `items` are what stands in the report now,
    in the notation of meetings/report/rules/notation.py; `base` is what was compiled when it was last edited or
    looked at: where the compiler says something else today, the paragraph is marked. `state`: `edited`, `left_out`
    (kept out of the report) or `own`. Its history is the event log's.
    """

    __tablename__ = "draft_paragraph"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key"),
        sa.CheckConstraint("state IN ('edited', 'left_out', 'own')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(300))
    state: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    items: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    base: Mapped[str] = mapped_column(sa.Text, default="")
    after: Mapped[str | None] = mapped_column(sa.String(300))
    position: Mapped[int] = mapped_column(default=0)  # among several behind the same `after`
    edited_at: Mapped[dt.datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)


class ParagraphCheck(Base):
    """A named speaker was asked to look at their own paragraph before the report is submitted (right of check).

    `text` is the paragraph as it was sent; `serial` makes its private link invalid when it rises. `answer` is
    `agreed` or `comment`, with the speaker's words in `comment`; `settled_at`: the rapporteur has dealt with it.
    """

    __tablename__ = "paragraph_check"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key", "person_id"),
        sa.CheckConstraint("answer IS NULL OR answer IN ('agreed', 'comment')", name="answer"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(300))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[dt.datetime] = mapped_column(Instant)
    answer_by: Mapped[dt.date | None]
    serial: Mapped[int] = mapped_column(default=1)
    answer: Mapped[str | None] = mapped_column(sa.String(20))
    comment: Mapped[str | None] = mapped_column(sa.Text)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    settled_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship()


class LedgerEntry(Base):
    """A recommendation in the ledger of a series: where it was made, and what became of it.

    `meeting_id` is the meeting that made it; the ledger shows the entries of all meetings of its series. `source`
    says where it stands ("A/HRC/56/32, para. 61 (a)"), `points` are the uids of the points it rests on, `follow_up`
    is a list of {date, text, url}: what was done about it since.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.CheckConstraint("status IN ('open', 'under_way', 'done', 'not_pursued')", name="status"),
        sa.UniqueConstraint("meeting_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int] = mapped_column(default=0)
    addressee: Mapped[str | None] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str | None] = mapped_column(sa.Text)
    points: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    status: Mapped[str] = mapped_column(sa.String(20), default="open")
    follow_up: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
