"""Where those who work on meetings begin: the desk."""

from flask import render_template
from flask.typing import ResponseReturnValue

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.queries import meeting_lines
from meetings.programme.views.blueprint import blueprint
from meetings.programme.views.public import own_meetings


@blueprint.get("/desk")
@allow(Audience.SIGNED_IN)
def desk() -> ResponseReturnValue:
    """The meetings that the signed-in account works on, with what it may do in each."""
    grants = access.grants()
    mine = own_meetings()
    lines = [
        line for line in meeting_lines(now=now(), drafts_of=mine, working=True) if mine is None or line.head.id in mine
    ]
    everywhere = {grant.role for grant in grants if grant.meeting_id is None}
    roles = {
        line.head.id: everywhere | {grant.role for grant in grants if grant.meeting_id == line.head.id}
        for line in lines
    }
    current = [line for line in reversed(lines) if not line.over]
    past = [line for line in lines if line.over]
    return render_template("programme/desk.html", current=current, past=past, roles=roles)
