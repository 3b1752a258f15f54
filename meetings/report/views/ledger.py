"""The ledger of recommendations over the series: the list, an entry, and what was done about it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.refusals import Refused, Stale
from meetings.report.commands import ledger as commands
from meetings.report.forms.ledger import EntryForm, FollowUpForm, status_names
from meetings.report.queries import ledger as queries
from meetings.report.rules.ledger import STATUSES
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen


@blueprint.get("/meetings/<slug>/report/ledger")
@allow(Audience.RAPPORTEUR)
def ledger(slug: str) -> ResponseReturnValue:
    """What the meetings of the series recommended, and what became of it."""
    head = head_of(slug)
    status = request.args.get("status")
    chosen = status if status in STATUSES else None
    return render_template(
        "report/ledger.html",
        meeting=head,
        meetings=queries.ledger(head.id, chosen),
        missing=queries.not_in_the_ledger(head.id),
        statuses=status_names(),
        chosen=chosen,
    )


@blueprint.post("/meetings/<slug>/report/ledger")
@allow(Audience.RAPPORTEUR)
def take_over(slug: str) -> ResponseReturnValue:
    """Enter the report's recommendations."""
    added = commands.take_over(meeting_id=head_of(slug).id, actor=actor(), now=now())
    if added:
        flash(ngettext("%(num)d recommendation was entered.", "%(num)d recommendations were entered.", added), "good")
    else:
        flash(_("Every recommendation of the report is in the ledger."), "good")
    return redirect(url_for(".ledger", slug=slug), 303)


@blueprint.route("/meetings/<slug>/report/new-ledger-entry", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def new_ledger_entry(slug: str) -> ResponseReturnValue:
    """Enter a recommendation by hand."""
    head = head_of(slug)
    form = EntryForm()
    status = 200
    if form.validate_on_submit():
        try:
            key = commands.add_entry(meeting_id=head.id, values=form.values(), actor=actor(), now=now())
            return redirect(url_for(".ledger_entry", slug=slug, key=key), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    return render_template("report/ledger_entry.html", meeting=head, form=form, entry=None, changes=[]), status


@blueprint.route("/meetings/<slug>/report/ledger/<key>", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def ledger_entry(slug: str, key: str) -> ResponseReturnValue:
    """Change an entry of this meeting, above all its status."""
    head = head_of(slug)
    entry = queries.entry(head.id, key) or abort(404)
    form = EntryForm(data=EntryForm.data_of(entry))
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        try:
            commands.edit_entry(
                meeting_id=head.id, key=key, version=seen(form), values=form.values(), actor=actor(), now=now()
            )
            flash(_("The recommendation is saved."), "good")
            return redirect(url_for(".ledger", slug=slug), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
            if isinstance(refusal, Stale):
                theirs = EntryForm(formdata=None, data=EntryForm.data_of(entry))
                changes = conflict(form, theirs, entry.version)
    elif form.is_submitted():
        status = 422
    return _entry_page(head.slug, key, form, FollowUpForm(formdata=None), status, changes)


def _entry_page(
    slug: str,
    key: str,
    form: EntryForm,
    follow_up: FollowUpForm,
    status: int,
    changes: list[tuple[str, str]],
) -> ResponseReturnValue:
    head = head_of(slug)
    page = render_template(
        "report/ledger_entry.html",
        meeting=head,
        form=form,
        follow_up=follow_up,
        entry=queries.entry(head.id, key) or abort(404),
        points=queries.points_behind(head.id, key),
        changes=changes,
    )
    return page, status


@blueprint.post("/meetings/<slug>/report/ledger/<key>/follow-up")
@allow(Audience.RAPPORTEUR)
def follow_up(slug: str, key: str) -> ResponseReturnValue:
    """Note what was done about a recommendation, or take out what was noted: `remove` is its place in the list."""
    head = head_of(slug)
    entry = queries.entry(head.id, key) or abort(404)
    place = request.form.get("remove", type=int)
    if place is not None:
        if 0 <= place < len(entry.follow_up) and request.form.get("what") == entry.follow_up[place].text:
            commands.remove_follow_up(
                meeting_id=head.id, key=key, follow_up=entry.follow_up[place], actor=actor(), now=now()
            )
            flash(_("It was taken out. The log keeps it."), "good")
        return redirect(url_for(".ledger_entry", slug=slug, key=key), 303)
    form = FollowUpForm()
    if not form.validate_on_submit():
        return _entry_page(slug, key, EntryForm(formdata=None, data=EntryForm.data_of(entry)), form, 422, [])
    commands.add_follow_up(meeting_id=head.id, key=key, follow_up=form.follow_up(), actor=actor(), now=now())
    flash(_("What was done is noted."), "good")
    return redirect(url_for(".ledger_entry", slug=slug, key=key), 303)
