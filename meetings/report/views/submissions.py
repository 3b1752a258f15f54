"""The list of written submissions."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import SubmissionForm
from meetings.report.queries import SubmissionValues
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen


@blueprint.get("/meetings/<slug>/inputs/")
@allow(Audience.RAPPORTEUR)
def submissions(slug: str) -> ResponseReturnValue:
    """What was sent in, in the order in which it was listed."""
    head = head_of(slug)
    return render_template("report/submissions.html", meeting=head, submissions=queries.submission_lines(head.id))


@blueprint.route("/meetings/<slug>/new-input", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def new_submission(slug: str) -> ResponseReturnValue:
    """List one more submission."""
    head = head_of(slug)
    form = SubmissionForm(data=SubmissionForm.data_of(SubmissionValues()))
    form.offer(queries.organisation_choices(head.id))
    status = 200
    if form.validate_on_submit():
        try:
            commands.add_submission(meeting_id=head.id, values=form.values(), actor=actor(), now=now())
            flash(_("The submission is listed."), "good")
            return redirect(url_for(".submissions", slug=slug), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    return render_template("report/submission.html", meeting=head, form=form, key=None, changes=[]), status


@blueprint.route("/meetings/<slug>/inputs/<key>", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def edit_submission(slug: str, key: str) -> ResponseReturnValue:
    """Change what is known of a submission."""
    head = head_of(slug)
    stored, version = queries.submission_values(head.id, key) or abort(404)
    organisations = queries.organisation_choices(head.id)
    form = SubmissionForm(data=SubmissionForm.data_of(stored, version))
    form.offer(organisations)
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        try:
            commands.edit_submission(
                meeting_id=head.id, key=key, version=seen(form), values=form.values(), actor=actor(), now=now()
            )
            flash(_("The submission is saved."), "good")
            return redirect(url_for(".submissions", slug=slug), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
            if isinstance(refusal, Stale):
                theirs = SubmissionForm(formdata=None, data=SubmissionForm.data_of(stored, version))
                theirs.offer(organisations)
                changes = conflict(form, theirs, version)
    elif form.is_submitted():
        status = 422
    return render_template("report/submission.html", meeting=head, form=form, key=key, changes=changes), status


@blueprint.post("/meetings/<slug>/inputs/<key>/remove")
@allow(Audience.RAPPORTEUR)
def remove_submission(slug: str, key: str) -> ResponseReturnValue:
    """Take a submission off the list that was entered by mistake."""
    head = head_of(slug)
    try:
        commands.remove_submission(meeting_id=head.id, key=key, actor=actor(), now=now())
    except Refused as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("The submission was taken off the list."), "good")
    return redirect(url_for(".submissions", slug=slug), 303)
