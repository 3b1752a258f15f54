"""The organizations of a meeting, to choose from."""

import sqlalchemy as sa

from meetings.database import db
from meetings.floor.queries.heads import FloorHead
from meetings.models.meeting import Meeting
from meetings.models.people import Organisation

MOST_SUGGESTED = 500  # a page with the names of more would be slow to open in the room


def organisations_of(head: FloorHead) -> list[str]:
    """The names of the organizations of the floor's meeting, by name, up to MOST_SUGGESTED."""
    query = (
        sa.select(Organisation.name)
        .join(Meeting, Meeting.id == Organisation.meeting_id)
        .where(Meeting.slug == head.slug)
        .order_by(Organisation.name)
        .limit(MOST_SUGGESTED)
    )
    return list(db.session.scalars(query))
