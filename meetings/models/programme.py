"""What is stored of a programme once it is published, and of those who are asked to speak in it."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.database import Base, Instant
from meetings.models.people import Person


class ProgrammeVersion(Base):
    """A published programme, as it stood when it was published. Only ever added to.

    `content` is what meetings.programme.queries.published makes of it, for nobody else to read; `changes` says in what
    it differs from the version before, for everyone to read. Versions are tentative until one is `final`. `note` is
    what the organisers say of the change in the mails; `people_told` is how many people were to be told.
    """

    __tablename__ = "programme_version"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    final: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[dt.datetime] = mapped_column(Instant)
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    note: Mapped[str | None] = mapped_column(sa.Text)
    people_told: Mapped[int] = mapped_column(default=0)


class Speaker(Base):
    """Somebody who was asked to speak, by a private link: `invited`, and then `confirmed` or `declined`.

    One row for all roles of a person, also once the organisers have `withdrawn` the invitation. `invited_at` is None
    for who answered without having been asked by mail; `answer_by` is a day in the meeting's zone. `checked_at` is when
    they last said that name and function are right, None again once an organiser has changed these; `changed` names
    what they have changed themselves and no organiser has looked at yet. The consents are None until they say; of who
    is registered too, the registration's hold. `link_serial` rises to make a link sent before invalid.
    """

    __tablename__ = "speaker"
    __table_args__ = (sa.CheckConstraint("status IN ('invited', 'confirmed', 'declined', 'withdrawn')", name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    status: Mapped[str] = mapped_column(sa.String(20))
    invited_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    answer_by: Mapped[dt.date | None]
    reminded_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    checked_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    changed: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    consent_photographed: Mapped[bool | None]
    consent_recorded: Mapped[bool | None]
    remark: Mapped[str | None] = mapped_column(sa.Text)
    link_serial: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship()
