"""What all pages of this capability hang on."""

from flask import Blueprint, Response, abort, request

from meetings.programme.queries import MeetingHead, meeting_head

blueprint = Blueprint("people", __name__)


def head_or_404(slug: str) -> MeetingHead:
    """The meeting that an address names."""
    return meeting_head(slug) or abort(404)


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """A page behind a secret link is kept in no cache. (No other site is told the address: see Referrer-Policy.)"""
    if "token" in (request.view_args or {}):
        response.headers["Cache-Control"] = "no-store"
    return response


def download(content: bytes, kind: str, name: str) -> Response:
    """A file to keep, which no cache does."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
