"""Reads the outcome note: what is compiled today, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from meetings.database import db
from meetings.floor.queries.statistics import statistics
from meetings.models.people import Organisation, Person, Registration
from meetings.models.report import Report
from meetings.people.queries import counts
from meetings.programme.queries import MeetingHead
from meetings.report.queries.draft import draft_with_material
from meetings.report.rules.outcome import Figures, outcome_note

_CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class OutcomeNote:
    """The note: `compiled` of what is known today, and where somebody edited it `edited`, on the ground of `base`."""

    compiled: str
    edited: str | None = None
    base: str | None = None

    @property
    def text(self) -> str:
        """The note as it goes out."""
        return self.compiled if self.edited is None else self.edited

    @property
    def changed_beneath(self) -> bool:
        """Whether what is compiled today differs from what was edited."""
        return self.edited is not None and self.base != self.compiled

    @property
    def seen(self) -> str:
        """What a page hands back to say which edited note it showed."""
        return mark(self.edited)


def mark(edited: str | None) -> str:
    """A short name of an edited note; empty where there is none."""
    return "" if edited is None else sha256(edited.encode()).hexdigest()[:16]


def outcome(head: MeetingHead) -> OutcomeNote:
    """The note of a meeting."""
    compiled = outcome_note(*draft_with_material(head.id), figures(head))
    row = db.session.execute(
        sa.select(Report.outcome, Report.outcome_base).where(Report.meeting_id == head.id)
    ).one_or_none()
    return OutcomeNote(compiled, *row) if row else OutcomeNote(compiled)


def figures(head: MeetingHead) -> Figures:
    """What can be counted of a meeting. Everybody counts, also who is in no list; nobody is named."""
    confirmed = counts(head.id)
    query = (
        sa.select(sa.func.count(Organisation.country.distinct()))
        .select_from(Registration)
        .join(Registration.person)
        .join(Person.organisation)
        .where(Registration.meeting_id == head.id, Registration.status == _CONFIRMED)
    )
    heard = statistics(head.slug, over_series=False)
    total = heard.balance.total if heard else None
    return Figures(
        participants={code: number for (code, status), number in confirmed.by_both.items() if status == _CONFIRMED},
        countries=db.session.scalar(query) or 0,
        interventions=total.interventions if total else 0,
        minutes=round(total.used_ms / 60_000) if total and total.timed == total.interventions else 0,
    )
