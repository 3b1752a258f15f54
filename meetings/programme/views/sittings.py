"""An organiser's pages of sittings: adding, editing, removing one."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme import commands, queries
from meetings.programme.forms import SittingForm
from meetings.programme.queries import MeetingHead, SittingLine
from meetings.programme.queries.edits import SittingValues, sitting_values
from meetings.programme.queries.oddities import every_session
from meetings.programme.queries.people import sittings
from meetings.programme.rules.order import loose_stretch
from meetings.programme.views.blueprint import blueprint, head_or_404
from meetings.programme.views.editing import edit
from meetings.refusals import Refused


@blueprint.route("/meetings/<slug>/organise/sittings/new", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def new_sitting(slug: str) -> ResponseReturnValue:
    """Add a sitting."""
    head = head_or_404(slug)
    form = SittingForm(data=_suggested(head))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                commands.add_sitting(meeting_id=head.id, to=form.values(), actor=access.actor(), now=now())
            except Refused as refusal:
                form.form_errors.append(str(refusal))
                status = 409
            else:
                flash(_("The sitting has been added."), "good")
                return _to_programme(slug)
    return render_template("programme/sitting.html", meeting=head, form=form, changes=(), sitting=None), status


@blueprint.route("/meetings/<slug>/organise/sittings/<key>", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def edit_sitting(slug: str, key: str) -> ResponseReturnValue:
    """Edit a sitting."""
    head = head_or_404(slug)
    sitting = _sitting_or_404(head, key)

    def make(values: SittingValues, **kwargs: Any) -> SittingForm:
        return SittingForm(data=SittingForm.data_of(values), **kwargs)

    def save(values: SittingValues, shown: str) -> None:
        commands.edit_sitting(meeting_id=head.id, key=key, to=values, shown=shown, actor=access.actor(), now=now())

    edited = edit(make, partial(sitting_values, head.id, key), save)
    if edited.saved:
        flash(_("The sitting has been saved."), "good")
        return _to_programme(slug)
    page = render_template(
        "programme/sitting.html", meeting=head, form=edited.form, changes=edited.changes, sitting=sitting
    )
    return page, edited.status


@blueprint.route("/meetings/<slug>/organise/sittings/<key>/remove", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def remove_sitting(slug: str, key: str) -> ResponseReturnValue:
    """Ask whether to remove a sitting; remove it."""
    head = head_or_404(slug)
    sitting = _sitting_or_404(head, key)
    if request.method == "GET":
        return render_template("programme/remove_sitting.html", meeting=head, sitting=sitting)
    try:
        commands.remove_sitting(meeting_id=head.id, key=key, actor=access.actor(), now=now())
    except Refused as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for("programme.edit_sitting", slug=slug, key=key), 303)
    flash(_("The sitting has been removed."), "good")
    return _to_programme(slug)


def _suggested(head: MeetingHead) -> dict[str, Any]:
    """A new sitting's day and hours: those of the first sessions that are in none."""
    programme = queries.programme(head.id, private=True)
    found = loose_stretch(every_session(programme), programme.sittings)
    if found is None:
        return {"date": head.start_date}
    return dict(zip(("date", "start", "end"), found, strict=True))


def _sitting_or_404(head: MeetingHead, key: str) -> SittingLine:
    found = next((each for each in sittings(head.id) if each.key == key), None)
    if found is None:
        abort(404)
    return found


def _to_programme(slug: str) -> ResponseReturnValue:
    return redirect(url_for("programme.edit_programme", slug=slug, _anchor="sittings"), 303)
