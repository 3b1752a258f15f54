"""The blueprint of the floor's pages, and what they share: the answer to a page that asks whether anything changed."""

import datetime as dt

from flask import Blueprint, Response, make_response, render_template, request

from meetings.display import locale
from meetings.floor.asking_words import asking_in_words
from meetings.floor.queries import FloorHead
from meetings.floor.rules import since_epoch
from meetings.floor.words import statuses

blueprint = Blueprint("floor", __name__)


@blueprint.app_context_processor
def for_templates() -> dict[str, object]:
    """What the floor's templates use beside their values, live parts included: nothing of a visitor."""
    return {"request_statuses": statuses, "asking_in_words": taken}


def taken(head: FloorHead) -> str:
    """Whether requests are taken now, or why not, in the page's language."""
    return asking_in_words(head.asking, head, head.timezone)


def stamp(head: FloorHead, now: dt.datetime) -> str:
    """Changes with everything that a live page shows in one language.

    That is the floor, the names on its list and of its session, and once a minute the times expected. The first number
    after the session's tells older from newer, then the minute (static/refresh.js).
    """
    minute = since_epoch(now) // 60_000
    return f"{head.session_id}-{head.version}-{minute}-{head.meeting_version}-{head.registrations_version}"


def live_tag(head: FloorHead, now: dt.datetime) -> str:
    """Changes with everything that a live page shows, in its language."""
    return f"{stamp(head, now)}-{locale()}"


def unchanged(head: FloorHead, now: dt.datetime) -> Response | None:
    """The short answer to static/refresh.js where the page it shows is still right, else None."""
    if not request.if_none_match.contains(live_tag(head, now)):
        return None
    response = Response(status=304)
    response.set_etag(live_tag(head, now))
    return _dated(response, now)


def live_page(template: str, head: FloorHead, now: dt.datetime, status: int = 200, **values: object) -> Response:
    """A page with a live part. Not stored: a clock shown again from a browser's memory would be wrong."""
    page = render_template(template, head=head, live_tag=live_tag(head, now), server_now=since_epoch(now), **values)
    return _dated(make_response(page, status), now)


def _dated(response: Response, now: dt.datetime) -> Response:
    response.headers["Server-Now"] = str(since_epoch(now))
    response.headers["Cache-Control"] = "no-store"
    return response
