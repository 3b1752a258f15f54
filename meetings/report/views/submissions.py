"""The rapporteur's list of written submissions, and each of them."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.commands import sending
from meetings.report.commands.submissions import match_submission as match
from meetings.report.forms import SubmissionForm
from meetings.report.forms.submissions import FilterForm
from meetings.report.input_words import consents
from meetings.report.queries import SubmissionValues, inputs
from meetings.report.queries.call import call_page, call_state
from meetings.report.queries.inputs import FullSubmission
from meetings.report.rules.call import LARGEST_SUBMISSION
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen
from meetings.report.views.input_files import download
from meetings.requests import takes


@blueprint.get("/meetings/<slug>/inputs/")
@allow(Audience.RAPPORTEUR)
def submissions(slug: str) -> ResponseReturnValue:
    """What was sent in and listed, in that order, as far as the filter leaves it."""
    head = head_of(slug)
    form = FilterForm(request.args)
    chosen = form.chosen()
    page = inputs.submission_page(head.id, chosen, request.args.get("page", 1, type=int))
    return render_template(
        "report/submissions.html",
        meeting=head,
        page=page,
        form=form,
        chosen={name: value for name in chosen.__slots__ if (value := getattr(chosen, name))},
        counts=inputs.counts(head.id),
        listed=inputs.listed(head.id),
        call_state=call_state(head.id, now())[0],
        consents=consents(),
    )


@blueprint.route("/meetings/<slug>/new-input", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
@takes(LARGEST_SUBMISSION)
def new_submission(slug: str) -> ResponseReturnValue:
    """List one more submission, with its files: one that came another way, or late."""
    head = head_of(slug)
    form = SubmissionForm(data=SubmissionForm.data_of(SubmissionValues()))
    form.offer(queries.organisation_choices(head.id))
    status = 200
    if form.validate_on_submit():
        try:
            commands.add_submission(
                meeting_id=head.id, values=form.values(), files=form.new_files, actor=actor(), now=now()
            )
            flash(_("The submission is listed."), "good")
            return redirect(url_for(".submissions", slug=slug), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    return render_template("report/submission.html", meeting=head, form=form, own=None, changes=[]), status


@blueprint.route("/meetings/<slug>/inputs/<key>", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
@takes(LARGEST_SUBMISSION)
def edit_submission(slug: str, key: str) -> ResponseReturnValue:
    """Read a submission, and change what is known of it."""
    head = head_of(slug)
    own = inputs.submission(head.id, key) or abort(404)
    stored, version = queries.submission_values(head.id, key) or abort(404)
    form = _form(head, own, stored, version)
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        try:
            commands.edit_submission(
                meeting_id=head.id,
                key=key,
                version=seen(form),
                values=form.values(),
                files=form.new_files,
                removed=form.removed.data or () if "removed" in form else (),
                actor=actor(),
                now=now(),
            )
            flash(_("The submission is saved."), "good")
            return redirect(url_for(".submissions", slug=slug), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
            if isinstance(refusal, Stale):
                changes = conflict(form, _form(head, own, stored, version, formdata=None), version)
    elif form.is_submitted():
        status = 422
    return render_template(
        "report/submission.html",
        meeting=head,
        form=form,
        own=own,
        questions=call_page(head.id, now()).call.questions,
        consents=consents(),
        changes=changes,
    ), status


def _form(
    head: MeetingHead, own: FullSubmission, stored: SubmissionValues, version: int, **kwargs: Any
) -> SubmissionForm:
    form = SubmissionForm(data=SubmissionForm.data_of(stored, version), **kwargs)
    form.offer(queries.organisation_choices(head.id), stored.language)
    if own.sent_at is None:
        form.offer_files(own.files)
    else:
        form.without_files()
    return form


@blueprint.post("/meetings/<slug>/inputs/<key>/match")
@allow(Audience.RAPPORTEUR)
def match_submission(slug: str, key: str) -> ResponseReturnValue:
    """Take what the sender wrote as the organization for the one of the meeting that it means, or for a new one."""
    head = head_of(slug)
    try:
        match(meeting_id=head.id, key=key, actor=actor(), now=now())
        flash(_("The submission is matched with its organization."), "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".edit_submission", slug=slug, key=key), 303)


@blueprint.post("/meetings/<slug>/inputs/<key>/withdraw")
@allow(Audience.RAPPORTEUR)
def withdraw_submission(slug: str, key: str) -> ResponseReturnValue:
    """Take a submission back for its sender, who asked for it, or one that is none; erase it if they want to."""
    head = head_of(slug)
    own = inputs.submission(head.id, key) or abort(404)
    sending.withdraw(submission_id=own.id, erase=request.form.get("erase") == "yes", actor=actor(), now=now())
    flash(_("The submission is withdrawn."), "good")
    return redirect(url_for(".submissions", slug=slug), 303)


@blueprint.post("/meetings/<slug>/inputs/<key>/new-link")
@allow(Audience.RAPPORTEUR)
def send_input_link(slug: str, key: str) -> ResponseReturnValue:
    """Mail the sender a new private link: they have lost theirs."""
    head = head_of(slug)
    own = inputs.submission(head.id, key) or abort(404)
    try:
        sending.replace_link(submission_id=own.id, actor=actor(), now=now())
        flash(_("A new link is on its way to the sender. The old one has stopped working."), "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".edit_submission", slug=slug, key=key), 303)


@blueprint.get("/meetings/<slug>/inputs/<key>/files/<int:file_id>")
@allow(Audience.RAPPORTEUR)
def submission_file(slug: str, key: str, file_id: int) -> Response:
    """A file of a submission, as it was sent."""
    head = head_of(slug)
    own = inputs.submission(head.id, key) or abort(404)
    return download(inputs.submission_file(own.id, file_id))


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
