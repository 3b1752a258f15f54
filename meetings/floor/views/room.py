"""The room display: who speaks and how long is left, for a screen that nobody signs in to."""

from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.floor.views.linked import linked_page
from meetings.floor.views.shared import blueprint


@blueprint.get("/display/<token>")
@allow(Audience.LINK, purpose="display")
def display(token: str) -> ResponseReturnValue:
    """The display of one session, for whoever has its link."""
    return linked_page("room", "floor/display.html")
