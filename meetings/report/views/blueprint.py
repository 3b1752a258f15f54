"""The blueprint of the report's pages, and what they share."""

from flask import Blueprint, abort

from meetings.programme.queries import MeetingHead, meeting_head

blueprint = Blueprint("report", __name__)


def head_of(slug: str) -> MeetingHead:
    """The meeting that the address names, or the page for what is not there."""
    return meeting_head(slug) or abort(404)
