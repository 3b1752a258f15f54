"""The call for inputs as organisers and the rapporteur write it, open it, close it and publish what came."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now as present
from meetings.fields import zone_names
from meetings.refusals import Refused, Stale
from meetings.report.commands import call as commands
from meetings.report.forms.call import CallForm
from meetings.report.queries.call import call_page
from meetings.report.queries.inputs import public_inputs
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen


@blueprint.route("/meetings/<slug>/organise/call-for-inputs", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def edit_call(slug: str) -> ResponseReturnValue:
    """Write the call, and see where it stands."""
    head, now = head_of(slug), present()
    page = call_page(head.id, now)
    form = CallForm(page.call, data=CallForm.data_of(page.call, page.version, head.timezone))
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        try:
            saved = commands.edit_call(meeting_id=head.id, version=seen(form), call=form.call(), actor=actor(), now=now)
            flash(_("The call is saved.") if saved else _("Nothing was changed."), "good")
            return redirect(url_for(".edit_call", slug=slug), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
            if isinstance(refusal, Stale):
                stored = CallForm.data_of(page.call, page.version, head.timezone)
                changes = conflict(form, CallForm(page.call, formdata=None, data=stored), page.version)
    elif form.is_submitted():
        status = 422
    return render_template(
        "report/call.html",
        meeting=head,
        page=page,
        form=form,
        changes=changes,
        zones=zone_names(),
        agreed=len(public_inputs(head.id)),
    ), status


@blueprint.post("/meetings/<slug>/organise/call-for-inputs/open")
@allow(Audience.RAPPORTEUR)
def open_call(slug: str) -> ResponseReturnValue:
    """Take submissions from now on."""
    return _step(slug, commands.open_call, _("The call is open: its page takes submissions."))


@blueprint.post("/meetings/<slug>/organise/call-for-inputs/close")
@allow(Audience.RAPPORTEUR)
def close_call(slug: str) -> ResponseReturnValue:
    """Take no more submissions."""
    return _step(slug, commands.close_call, _("The call is closed: its page takes no more submissions."))


@blueprint.post("/meetings/<slug>/organise/call-for-inputs/publish")
@allow(Audience.ORGANISER)
def publish_inputs(slug: str) -> ResponseReturnValue:
    """Show what may be shown on the public list."""
    said = _("The submissions whose senders agreed are on the public list.")
    return _step(slug, commands.publish_inputs, said, published=True)


@blueprint.post("/meetings/<slug>/organise/call-for-inputs/unpublish")
@allow(Audience.ORGANISER)
def unpublish_inputs(slug: str) -> ResponseReturnValue:
    """Take the public list away."""
    return _step(slug, commands.publish_inputs, _("The public list is taken away."), published=False)


def _step(slug: str, command: Callable[..., object], said: str, **values: object) -> ResponseReturnValue:
    head = head_of(slug)
    try:
        command(meeting_id=head.id, actor=actor(), now=present(), **values)
        flash(said, "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".edit_call", slug=slug), 303)
