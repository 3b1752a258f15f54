"""The mails of a meeting as its organisers see them."""

from dataclasses import asdict

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import commands, queries
from meetings.invitations.asked_again import is_unchanged
from meetings.invitations.forms import DraftForm
from meetings.invitations.queries.messages import DraftText
from meetings.invitations.views.blueprint import blueprint, head_or_404
from meetings.invitations.words import message_kinds, message_states
from meetings.programme.queries import MeetingHead
from meetings.programme.rules.edits import mark
from meetings.refusals import Refused, Stale


@blueprint.get("/meetings/<slug>/organise/messages")
@allow(Audience.ORGANISER)
def messages(slug: str) -> ResponseReturnValue:
    """The mails of a meeting, the newest first, and what became of each."""
    meeting = head_or_404(slug)
    progress = queries.telling(meeting.id)
    if is_unchanged(progress):
        return "", 304
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
        telling=progress,
        not_told=queries.not_told(meeting.id),
    )


@blueprint.get("/meetings/<slug>/organise/messages/<int:message_id>")
@allow(Audience.ORGANISER)
def message(slug: str, message_id: int) -> ResponseReturnValue:
    """One mail: its headers, text and calendar. The secret link is not in it until it is sent."""
    meeting = head_or_404(slug)
    mail = queries.message_text(meeting.id, message_id) or abort(404)
    stored = DraftText(mail.line.subject, mail.text)
    form = DraftForm(data=asdict(stored) | {"shown": mark(asdict(stored))})
    return _message_page(meeting, mail, form)


@blueprint.post("/meetings/<slug>/organise/messages/<int:message_id>")
@allow(Audience.ORGANISER)
def edit_draft(slug: str, message_id: int) -> ResponseReturnValue:
    """Save a draft that was edited."""
    meeting = head_or_404(slug)
    mail = queries.message_text(meeting.id, message_id) or abort(404)
    form = DraftForm()
    if not form.validate():
        return _message_page(meeting, mail, form), 422
    try:
        commands.edit_draft(
            meeting_id=meeting.id,
            message_id=message_id,
            to=form.values(),
            shown=form.shown.data or "",
            actor=access.actor(),
            now=now(),
        )
    except Stale:
        theirs = DraftText(mail.line.subject, mail.text)
        form.shown.raw_data, form.shown.data = None, mark(asdict(theirs))
        return _message_page(meeting, mail, form, theirs=theirs), 409
    except Refused as refusal:
        if mail.line.state != "draft":
            raise
        form.form_errors.append(str(refusal))
        return _message_page(meeting, mail, form), 409
    flash(_("The draft is saved."), "good")
    return redirect(url_for(".message", slug=slug, message_id=message_id), 303)


def _message_page(
    meeting: MeetingHead, mail: queries.MessageText, form: DraftForm, theirs: DraftText | None = None
) -> str:
    """One mail, with its form where it is a draft; `theirs` is what somebody else has made of it meanwhile."""
    return render_template(
        "invitations/message.html",
        meeting=meeting,
        mail=mail,
        form=form if mail.line.state == "draft" else None,
        theirs=theirs,
        states=message_states(),
        kinds=message_kinds(),
    )


@blueprint.post("/meetings/<slug>/organise/messages/<int:message_id>/send")
@allow(Audience.ORGANISER)
def send_draft(slug: str, message_id: int) -> ResponseReturnValue:
    """Send one draft."""
    meeting = head_or_404(slug)
    commands.send_draft(meeting_id=meeting.id, message_id=message_id, actor=access.actor(), now=now())
    flash(ngettext("%(num)d message is on its way.", "%(num)d messages are on their way.", 1), "good")
    return redirect(url_for(".messages", slug=slug, state="draft"), 303)


@blueprint.post("/meetings/<slug>/organise/messages/<int:message_id>/discard")
@allow(Audience.ORGANISER)
def discard_draft(slug: str, message_id: int) -> ResponseReturnValue:
    """Send a draft to nobody."""
    meeting = head_or_404(slug)
    commands.discard_draft(meeting_id=meeting.id, message_id=message_id, actor=access.actor(), now=now())
    flash(_("The draft is discarded. Nobody was sent it."), "good")
    return redirect(url_for(".messages", slug=slug, state="draft"), 303)


@blueprint.post("/meetings/<slug>/organise/messages/send-drafts")
@allow(Audience.ORGANISER)
def send_drafts(slug: str) -> ResponseReturnValue:
    """Send all drafts."""
    meeting = head_or_404(slug)
    sent = commands.send_drafts(meeting_id=meeting.id, actor=access.actor(), now=now())
    if sent:
        flash(ngettext("%(num)d message is on its way.", "%(num)d messages are on their way.", sent), "good")
    else:
        flash(_("There is no draft any more."), "warn")
    return redirect(url_for(".messages", slug=slug), 303)


@blueprint.post("/meetings/<slug>/organise/messages/again")
@allow(Audience.ORGANISER)
def try_all_again(slug: str) -> ResponseReturnValue:
    """Try once more everything that was given up."""
    meeting = head_or_404(slug)
    again = commands.try_all_again(meeting_id=meeting.id, actor=access.actor(), now=now())
    if again:
        flash(ngettext("%(num)d is in the queue again.", "%(num)d are in the queue again.", again), "good")
    else:
        flash(_("There is nothing that was given up."), "warn")
    return redirect(url_for(".messages", slug=slug), 303)


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
