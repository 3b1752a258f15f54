"""A sender's own pages, by the private link: what they sent, correcting it, what they agree to, withdrawing it."""

from __future__ import annotations

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.journal import VISITOR
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report.commands import sending
from meetings.report.forms.inputs_public import ConsentForm, InputForm
from meetings.report.queries import call as calls
from meetings.report.queries import inputs
from meetings.report.queries.inputs import FullSubmission
from meetings.report.rules.call import LARGEST_SUBMISSION
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import seen
from meetings.report.views.input_files import download
from meetings.report.views.inputs_public import gone_to
from meetings.requests import takes


def own_or_404() -> tuple[FullSubmission, MeetingHead]:
    """The submission whose link was opened, unless a newer link has replaced it, and its meeting."""
    submission_id, serial = g.claim
    own = inputs.own_submission(submission_id, serial) or abort(404)
    return own, head_of(own.slug)


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """A page behind a secret link is kept in no cache."""
    if "token" in (request.view_args or {}):
        response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/inputs/<token>/")
@allow(Audience.LINK, purpose="input")
def own_submission(token: str) -> ResponseReturnValue:
    """What one has sent, and all that can be done with it."""
    own, head = own_or_404()
    return _own_page(token, own, head, ConsentForm(consent=own.consent))


def _own_page(
    token: str, own: FullSubmission, head: MeetingHead, form: ConsentForm, status: int = 200
) -> ResponseReturnValue:
    page = calls.call_page(head.id, present())
    return render_template("report/inputs_own.html", token=token, own=own, meeting=head, page=page, form=form), status


@blueprint.route("/inputs/<token>/change", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="input")
@takes(LARGEST_SUBMISSION)
def correct_input(token: str) -> ResponseReturnValue:
    """Correct what one has sent, until the deadline."""
    own, head = own_or_404()
    now = present()
    page = calls.call_page(head.id, now)
    if request.method != "POST" and (own.withdrawn_at is not None or not page.open):
        return redirect(url_for(".own_submission", token=token), 303)
    form = InputForm.sent(page.call, own)
    status = 200
    changed_by_others = False
    if form.validate_on_submit():
        try:
            saved = sending.correct(
                submission_id=own.id,
                version=seen(form),
                entry=form.entry(own.contact_email or ""),
                files=form.new_files,
                removed=form.removed.data or (),
                actor=VISITOR,
                now=now,
            )
            flash(_("Your submission is corrected.") if saved else _("Nothing was changed."), "good")
            return gone_to(url_for(".own_submission", token=token))
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
            if isinstance(refusal, Stale):
                form.seen.data, form.seen.raw_data, changed_by_others = str(own.version), None, True
    elif form.is_submitted():
        status = 422
    return render_template(
        "report/inputs_send.html",
        token=token,
        own=own,
        meeting=head,
        page=page,
        form=form,
        changed_by_others=changed_by_others,
    ), status


@blueprint.post("/inputs/<token>/consent")
@allow(Audience.LINK, purpose="input")
def change_consent(token: str) -> ResponseReturnValue:
    """Agree to something else than before."""
    own, head = own_or_404()
    form = ConsentForm()
    if not form.validate_on_submit():
        return _own_page(token, own, head, form, 422)
    try:
        changed = sending.set_consent(submission_id=own.id, consent=form.consent.data, actor=VISITOR, now=present())
        flash(_("What you agree to is changed.") if changed else _("Nothing was changed."), "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".own_submission", token=token), 303)


@blueprint.route("/inputs/<token>/withdraw", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="input")
def withdraw_input(token: str) -> ResponseReturnValue:
    """Take one's submission back, and have everything erased if one wants to."""
    own, head = own_or_404()
    if request.method == "POST":
        erase = request.form.get("erase") == "yes"
        sending.withdraw(submission_id=own.id, erase=erase, actor=VISITOR, now=present())
        flash(
            _("Your submission is withdrawn, and what you sent is erased.") if erase else _("It is withdrawn."), "good"
        )
        return redirect(url_for(".own_submission", token=token), 303)
    return render_template("report/inputs_withdraw.html", token=token, own=own, meeting=head)


@blueprint.post("/inputs/<token>/new-link")
@allow(Audience.LINK, purpose="input")
def replace_input_link(token: str) -> ResponseReturnValue:
    """Make the link invalid wherever it has got to, and have a new one mailed."""
    own, head = own_or_404()
    try:
        sending.replace_link(submission_id=own.id, actor=VISITOR, now=present())
    except Refused as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".own_submission", token=token), 303)
    flash(_("Your old link has stopped working. A new one is on its way to your mail address."), "good")
    return redirect(url_for(".call_for_inputs", slug=head.slug), 303)


@blueprint.get("/inputs/<token>/files/<int:file_id>")
@allow(Audience.LINK, purpose="input")
def own_input_file(token: str, file_id: int) -> Response:
    """One's own file, as it was sent."""
    del token
    own, _head = own_or_404()
    return download(inputs.submission_file(own.id, file_id))
