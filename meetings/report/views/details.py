"""The report's particulars: the masthead's facts, the conclusions and the recommendations."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import ReportForm
from meetings.report.queries import ReportValues, Resting
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen

_LISTED = 60  # recommendations of the notes: the page holds no more


@blueprint.route("/meetings/<slug>/report/details", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def edit_report(slug: str) -> ResponseReturnValue:
    """The masthead's facts, the conclusions and the recommendations."""
    head = head_of(slug)
    stored, version = queries.report_values(head.id)
    points = queries.points_to_rest_on(head.id)
    form = ReportForm(stored, points, data=ReportForm.data_of(stored, version))
    changes: list[tuple[str, str]] = []
    status = 200
    if "more" in request.form:
        form.recommendations.append_entry()
    elif "use" in request.form:
        if not form.use(request.form["use"], request.form.get("into", 0, type=int)):
            abort(400)
    elif form.validate_on_submit():
        refusal = _save(head, form)
        if refusal is None:
            flash(_("The details of the report are saved."), "good")
            return redirect(url_for(".report", slug=slug), 303)
        form.form_errors.append(str(refusal))
        status = 409
        if isinstance(refusal, Stale):
            changes = conflict(form, _as_stored(stored, points, version), version)
    elif form.is_submitted():
        status = 422
    into = request.form.get("into", 0, type=int)
    page = render_template("report/details.html", meeting=head, form=form, changes=changes, into=into, most=_LISTED)
    return page, status


def _save(head: MeetingHead, form: ReportForm) -> Refused | None:
    try:
        commands.edit_report(meeting_id=head.id, version=seen(form), values=form.values(), actor=actor(), now=now())
    except Refused as refusal:
        return refusal
    return None


def _as_stored(stored: ReportValues, points: list[Resting], version: int) -> ReportForm:
    return ReportForm(stored, points, formdata=None, data=ReportForm.data_of(stored, version))
