"""The interpreters' page: who speaks and who comes next, in which language, with the statements that were sent."""

from flask import abort, g
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.views import parts
from meetings.floor.views.shared import blueprint, live_page, unchanged


@blueprint.get("/interpreters/<token>/")
@allow(Audience.LINK, purpose="interpreters")
def interpreters(token: str) -> ResponseReturnValue:
    """The order of one session's floor, for whoever has its link."""
    session_id, serial = g.claim
    now = present()
    head = queries.floor_head_by_id(session_id, now)
    if head is None or head.interpreters_serial != serial:
        abort(404)
    if short := unchanged(head, now):
        return short
    state = queries.floor_state(head, now)
    return live_page("floor/interpreters.html", head, now, **parts.values("interpreters", state))
