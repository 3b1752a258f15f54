"""What the views of invitations share."""

from flask import Blueprint, Response, abort, request

from meetings.programme.queries import MeetingHead, meeting_head

blueprint = Blueprint("invitations", __name__)


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """What is behind a secret link is kept in no cache, but for what calendar programs ask for again and again."""
    if "token" in (request.view_args or {}):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def head_or_404(slug: str) -> MeetingHead:
    """The meeting that the address names."""
    return meeting_head(slug) or abort(404)
