"""Whether a page that shows how far the telling is, and asks again by itself (static/refresh.js), is still right."""

from flask import request

from meetings.invitations.queries import Telling


def is_unchanged(progress: Telling | None) -> bool:
    """Whether the page was asked for with the tag of just this progress."""
    return progress is not None and request.if_none_match.contains(progress.tag)
