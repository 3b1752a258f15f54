"""What everyone sees: the list of meetings and a meeting's page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.queries import meeting_lines
from meetings.programme.rules.order import is_over
from meetings.programme.views.blueprint import blueprint, page_or_404, works_on


@blueprint.get("/")
@allow(Audience.ANYONE)
def meetings() -> ResponseReturnValue:
    """All meetings, those to come first; drafts for those who work on them."""
    lines = meeting_lines(now=now(), drafts_of=own_meetings())
    upcoming = [line for line in reversed(lines) if not line.over]
    past = [line for line in lines if line.over]
    return render_template("programme/meetings.html", upcoming=upcoming, past=past)


def own_meetings() -> list[int] | None:
    """The meetings in which the signed-in account has a role; None for all."""
    grants = access.grants()
    if any(grant.meeting_id is None for grant in grants):
        return None
    return [grant.meeting_id for grant in grants if grant.meeting_id is not None]


@blueprint.get("/meetings/<slug>/")
@allow(Audience.ANYONE)
def meeting(slug: str) -> ResponseReturnValue:
    """A meeting's public page."""
    page = page_or_404(slug)
    head = page.head
    over = is_over(head.end_date or head.start_date, head.timezone, now())
    return render_template("programme/meeting.html", page=page, over=over, works_on=works_on(slug))
