"""The room display: who speaks and how long is left, for a screen that nobody signs in to."""

from flask import abort, g
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.views import parts
from meetings.floor.views.shared import blueprint, live_page, unchanged


@blueprint.get("/display/<token>")
@allow(Audience.LINK, purpose="display")
def display(token: str) -> ResponseReturnValue:
    """The display of one session, for whoever has its link."""
    session_id, serial = g.claim
    now = present()
    head = queries.floor_head_by_id(session_id, now)
    if head is None or head.display_serial != serial:
        abort(404)
    if short := unchanged(head, now):
        return short
    state = queries.floor_state(head, now)
    return live_page("floor/display.html", head, now, **parts.values("room", state))
