"""Which reminders a meeting sends."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import commands
from meetings.invitations.forms import RemindersForm
from meetings.invitations.queries.reminders import off
from meetings.invitations.rules.reminders import KINDS
from meetings.invitations.views.blueprint import blueprint, head_or_404
from meetings.refusals import Stale


@blueprint.route("/meetings/<slug>/organise/reminders", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def reminders(slug: str) -> ResponseReturnValue:
    """Switch kinds of reminders on and off."""
    meeting = head_or_404(slug)
    form = RemindersForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            saved = commands.switch_reminders(
                meeting_id=meeting.id,
                shown=(form.shown.data or "").split(),
                on=form.kinds.data or [],
                actor=access.actor(),
                now=now(),
            )
        except Stale as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(_("It is saved.") if saved else _("Nothing was changed."), "good")
            return redirect(url_for(".reminders", slug=slug), 303)
    if status != 422:
        switched_off = off(meeting.id)
        form.kinds.data = [kind for kind in KINDS if kind not in switched_off]
        form.shown.data = " ".join(form.kinds.data)
    return render_template("invitations/reminders.html", meeting=meeting, form=form), status
