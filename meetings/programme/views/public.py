"""What everyone sees: the list of meetings, a meeting's page; and the desk of those who are signed in."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.queries import MeetingPage, meeting_lines, meeting_page
from meetings.programme.views.blueprint import blueprint, works_on


@blueprint.get("/")
@allow(Audience.ANYONE)
def meetings() -> ResponseReturnValue:
    """All meetings, those to come first; drafts for those who work on them."""
    lines = meeting_lines(now=now(), drafts_of=_own_meetings())
    upcoming = [line for line in reversed(lines) if not line.over]
    past = [line for line in lines if line.over]
    return render_template("programme/meetings.html", upcoming=upcoming, past=past)


@blueprint.get("/desk")
@allow(Audience.SIGNED_IN)
def desk() -> ResponseReturnValue:
    """The meetings that the signed-in account works on, with what it may do in each."""
    return render_template("programme/desk.html", lines=[])


@blueprint.get("/meetings/<slug>/")
@allow(Audience.ANYONE)
def meeting(slug: str) -> ResponseReturnValue:
    """A meeting's public page."""
    return render_template("programme/meeting.html", page=page_or_404(slug))


def page_or_404(slug: str) -> MeetingPage:
    """A meeting's public content; a draft is there only for those who work on it."""
    page = meeting_page(slug)
    if page is None or not (page.head.published or works_on(slug)):
        abort(404)
    return page


def _own_meetings() -> list[int] | None:
    """The meetings in which the signed-in account has a role; None for all."""
    account = access.current_account()
    grants = account.grants if account else []
    if any(grant.meeting_id is None for grant in grants):
        return None
    return [grant.meeting_id for grant in grants if grant.meeting_id is not None]
