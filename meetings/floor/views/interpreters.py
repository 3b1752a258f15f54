"""The interpreters' page: who speaks and who comes next, in which language, with the statements that were sent."""

from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.floor.views.linked import linked_page
from meetings.floor.views.shared import blueprint


@blueprint.get("/interpreters/<token>/")
@allow(Audience.LINK, purpose="interpreters")
def interpreters(token: str) -> ResponseReturnValue:
    """The order of one session's floor, for whoever has its link."""
    return linked_page("interpreters", "floor/interpreters.html")
