"""A participant's calendar file, and the mails of a meeting as its organisers see them."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from exports.calendar_data import Status
from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import commands, queries
from meetings.invitations.letters import calendar_entry
from meetings.invitations.words import message_kinds, message_states
from meetings.programme.queries import MeetingHead, meeting_head
from meetings.refusals import Refused

blueprint = Blueprint("invitations", __name__)

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


@blueprint.get("/meetings/<slug>/organise/messages")
@allow(Audience.ORGANISER)
def messages(slug: str) -> ResponseReturnValue:
    """The mails of a meeting, the newest first, and what became of each."""
    meeting = _head_or_404(slug)
    states = message_states()
    state = request.args.get("state", "")
    page = queries.message_page(
        meeting.id, state=state if state in states else None, page=request.args.get("page", 1, int)
    )
    return render_template(
        "invitations/messages.html",
        meeting=meeting,
        page=page,
        state=state,
        states=states,
        kinds=message_kinds(),
        outdated=queries.outdated(meeting.id, now()),
    )


@blueprint.get("/meetings/<slug>/organise/messages/<int:message_id>")
@allow(Audience.ORGANISER)
def message(slug: str, message_id: int) -> ResponseReturnValue:
    """One mail: its headers, text and calendar. The secret link is not in it until it is sent."""
    meeting = _head_or_404(slug)
    mail = queries.message_text(meeting.id, message_id) or abort(404)
    return render_template(
        "invitations/message.html", meeting=meeting, mail=mail, states=message_states(), kinds=message_kinds()
    )


@blueprint.post("/meetings/<slug>/organise/messages/<int:message_id>/again")
@allow(Audience.ORGANISER)
def try_again(slug: str, message_id: int) -> ResponseReturnValue:
    """Try once more to send a mail that was given up."""
    meeting = _head_or_404(slug)
    try:
        commands.try_again(meeting_id=meeting.id, message_id=message_id, actor=access.actor(), now=now())
    except Refused as refusal:
        flash(str(refusal), "warn")
    else:
        flash(_("The message is in the queue again."), "good")
    return redirect(url_for(".message", slug=slug, message_id=message_id), 303)


@blueprint.post("/meetings/<slug>/organise/invitations")
@allow(Audience.ORGANISER)
def send_updates(slug: str) -> ResponseReturnValue:
    """Send every invitation, update and cancellation that is due."""
    meeting = _head_or_404(slug)
    sent = sum(commands.bring_up_to_date(meeting_id=meeting.id, actor=access.actor(), now=now()).values())
    if sent:
        flash(ngettext("%(num)d message is on its way.", "%(num)d messages are on their way.", sent), "good")
    else:
        flash(_("All calendars are up to date."), "good")
    return redirect(url_for(".messages", slug=slug), 303)


def _head_or_404(slug: str) -> MeetingHead:
    return meeting_head(slug) or abort(404)
