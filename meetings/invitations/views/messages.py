"""The mails of a meeting as its organisers see them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import commands, queries
from meetings.invitations.views.blueprint import blueprint, head_or_404
from meetings.invitations.words import message_kinds, message_states
from meetings.refusals import Refused


@blueprint.get("/meetings/<slug>/organise/messages")
@allow(Audience.ORGANISER)
def messages(slug: str) -> ResponseReturnValue:
    """The mails of a meeting, the newest first, and what became of each."""
    meeting = head_or_404(slug)
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
    meeting = head_or_404(slug)
    mail = queries.message_text(meeting.id, message_id) or abort(404)
    return render_template(
        "invitations/message.html", meeting=meeting, mail=mail, states=message_states(), kinds=message_kinds()
    )


@blueprint.post("/meetings/<slug>/organise/messages/<int:message_id>/again")
@allow(Audience.ORGANISER)
def try_again(slug: str, message_id: int) -> ResponseReturnValue:
    """Try once more to send a mail that was given up."""
    meeting = head_or_404(slug)
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
    meeting = head_or_404(slug)
    sent = sum(commands.bring_up_to_date(meeting_id=meeting.id, actor=access.actor(), now=now()).values())
    if sent:
        flash(ngettext("%(num)d message is on its way.", "%(num)d messages are on their way.", sent), "good")
    else:
        flash(_("All calendars are up to date."), "good")
    return redirect(url_for(".messages", slug=slug), 303)
