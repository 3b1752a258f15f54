"""Reads what the rapporteur made of the draft."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa

from meetings.database import db
from meetings.models.report import DraftParagraph
from meetings.report.queries.material import material
from meetings.report.rules.compile import compiled
from meetings.report.rules.edited import Edit, EditedDraft, State, merged


def edits(meeting_id: int) -> list[Edit]:
    """Every paragraph that was touched, in one statement."""
    query = sa.select(DraftParagraph).where(DraftParagraph.meeting_id == meeting_id)
    rows = db.session.scalars(query.order_by(DraftParagraph.id).execution_options(populate_existing=True))
    return [edit(row) for row in rows]


def edit(row: DraftParagraph) -> Edit:
    """A touched paragraph as plain data."""
    state = cast(State, row.state)  # the database holds no other
    return Edit(row.key, state, row.text, tuple(row.items), row.base, row.after, row.position, row.version)


def edited_draft(meeting_id: int) -> EditedDraft:
    """The report as it stands: compiled now, with everything that was made of it."""
    return merged(compiled(material(meeting_id)), edits(meeting_id))
