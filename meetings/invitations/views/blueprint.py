"""What the views of invitations share."""

from flask import Blueprint, abort

from meetings.programme.queries import MeetingHead, meeting_head

blueprint = Blueprint("invitations", __name__)


def head_or_404(slug: str) -> MeetingHead:
    """The meeting that the address names."""
    return meeting_head(slug) or abort(404)
