"""The compiled draft on screen and as a Word file, and the report's particulars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.dates import day_text, range_text
from exports.inline import Gap
from exports.report_data import Heading
from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import ReportForm
from meetings.report.queries import ReportValues
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, Draft, Line, document, gaps_of, masthead_gaps, numbered, pages
from meetings.report.rules.edited import merged
from meetings.report.rules.material import Material
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something missing: what, what to do about it, and the paragraph (with its page of the draft) it is missing in."""

    gap: Gap
    label: str | None = None
    anchor: str | None = None
    page: int = 1


@blueprint.get("/meetings/<slug>/report/")
@allow(Audience.RAPPORTEUR)
def report(slug: str) -> ResponseReturnValue:
    """The draft, with its gaps listed first and its sources beside each paragraph."""
    head = head_of(slug)
    material = queries.material(head.id)
    draft = merged(compiled(material), queries.edits(head.id))
    parts = pages(tuple(numbered(draft.body)))
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= len(parts):
        abort(404)
    return render_template(
        "report/draft.html",
        meeting=head,
        draft=draft,
        lines=parts[number - 1],
        page=number,
        pages=len(parts),
        gaps=_gaps(draft, parts),
        material=material,
        names=_names(material),
        is_heading=lambda part: isinstance(part, Heading),
        is_gap=lambda piece: isinstance(piece, Gap),
        submitted=_dated(draft.masthead.submission_date),
        session_dates=_dated(draft.masthead.session_dates),
    )


def _dated(value: dt.date | tuple[dt.date, dt.date] | Gap) -> str | Gap:
    """A day or a range of days as the masthead prints it."""
    if isinstance(value, Gap):
        return value
    return range_text(*value) if isinstance(value, tuple) else day_text(value)


def _gaps(draft: Draft, parts: list[tuple[Line, ...]]) -> list[GapLine]:
    """Every gap of the report, in its order."""
    found = [GapLine(gap) for gap in masthead_gaps(draft.masthead)]
    found += [GapLine(gap, anchor="summary") for gap in gaps_of(draft.summary)]
    for page, lines in enumerate(parts, 1):
        for line in lines:
            if isinstance(line.part, Block):
                found += [GapLine(gap, line.label, f"p{line.label.rstrip('.')}", page) for gap in gaps_of(line.part)]
    return found


def _names(material: Material) -> dict[str, dict[int, str]]:
    """What the sources of a paragraph are called on the page."""
    return {
        "session": {session.id: session.title for session in material.sessions},
        "submission": {submission.id: submission.key for submission in material.submissions},
        "point": {
            each.id: str(place) for place, point in enumerate(material.points, 1) for each in (point, *point.merged)
        },
    }


@blueprint.get("/meetings/<slug>/report.docx")
@allow(Audience.RAPPORTEUR)
def report_docx(slug: str) -> ResponseReturnValue:
    """The draft as a Word file."""
    from exports.report import report_docx as write_report  # noqa: PLC0415  # python-docx is loaded when first used

    head = head_of(slug)
    answer = Response(write_report(document(queries.edited_draft(head.id)), made=now()), mimetype=_WORD)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-report.docx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/meetings/<slug>/report/details", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def edit_report(slug: str) -> ResponseReturnValue:
    """The masthead's facts, the conclusions and the recommendations."""
    head = head_of(slug)
    stored, version = queries.report_values(head.id)
    form = ReportForm(stored, data=ReportForm.data_of(stored, version))
    changes: list[tuple[str, str]] = []
    status = 200
    if "more" in request.form:
        form.recommendations.append_entry()
    elif form.validate_on_submit():
        refusal = _save(head, form)
        if refusal is None:
            flash(_("The details of the report are saved."), "good")
            return redirect(url_for(".report", slug=slug), 303)
        form.form_errors.append(str(refusal))
        status = 409
        if isinstance(refusal, Stale):
            changes = conflict(form, _as_stored(stored, version), version)
    elif form.is_submitted():
        status = 422
    return render_template("report/details.html", meeting=head, form=form, changes=changes), status


def _save(head: MeetingHead, form: ReportForm) -> Refused | None:
    try:
        commands.edit_report(meeting_id=head.id, version=seen(form), values=form.values(), actor=actor(), now=now())
    except Refused as refusal:
        return refusal
    return None


def _as_stored(stored: ReportValues, version: int) -> ReportForm:
    return ReportForm(stored, formdata=None, data=ReportForm.data_of(stored, version))
