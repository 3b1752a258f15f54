"""Who has been heard before in the same meeting, in whichever of its sessions."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from meetings.database import db
from meetings.floor.queries.heads import FloorHead
from meetings.floor.rules import Status
from meetings.models.floor import FloorRequest
from meetings.models.meeting import Meeting, Session


def times_heard(head: FloorHead) -> dict[int, int]:
    """How often each request's organization (of one without, the person) was heard in the meeting, by the request's id.

    Requests of nobody who was heard before are not in it; nor does a request count for itself.
    """
    request, heard = aliased(FloorRequest), aliased(FloorRequest)
    same = sa.or_(
        heard.organisation_id == request.organisation_id,
        sa.and_(request.organisation_id.is_(None), heard.person_id == request.person_id),
    )
    in_meeting = sa.select(Session.id).join(Meeting, Meeting.id == Session.meeting_id).where(Meeting.slug == head.slug)
    query = (
        sa.select(request.id, sa.func.count())
        .join(heard, same)
        .where(request.session_id == head.session_id, heard.id != request.id, heard.status == Status.SPOKEN)
        .where(heard.session_id.in_(in_meeting))
        .group_by(request.id)
    )
    return {request_id: times for request_id, times in db.session.execute(query)}
