"""A participant's calendar file."""

from flask import Response, abort, g
from flask.typing import ResponseReturnValue

from exports.calendar_data import Status
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import queries
from meetings.invitations.letters import calendar_entry
from meetings.invitations.views.blueprint import blueprint

_STATUS: dict[str, Status] = {"confirmed": "CONFIRMED", "pending": "TENTATIVE", "unverified": "TENTATIVE"}


@blueprint.get("/me/<token>/calendar.ics")
@allow(Audience.LINK, purpose="personal")
def personal_ics(token: str) -> ResponseReturnValue:
    """One participant's entries, to open once or to subscribe to; the join link only once confirmed.

    Who does not take part any more, or whose meeting is a draft again, is shown every entry as cancelled, so that a
    subscribed calendar is cleared.
    """
    from exports.calendar import feed  # noqa: PLC0415  # icalendar is loaded when first used

    own = queries.own_calendar(*g.claim)
    if own is None:
        abort(404)
    status = _STATUS.get(own.invitee.status or "", "CANCELLED") if own.meeting.published else "CANCELLED"
    entries = [
        calendar_entry(own.meeting, each, sequence=own.sequences.get(each.uid, 0), now=now(), status=status)
        for each in own.entries
    ]
    response = Response(feed(own.meeting.title, entries), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'inline; filename="{own.meeting.slug}.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response
