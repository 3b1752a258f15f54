"""A meeting's online meetings: have Teams make a sitting's join link, or paste one; who waits and who presents."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access, database
from meetings.access import Audience, allow
from meetings.programme.queries import meeting_head
from meetings.refusals import Refused, Stale
from meetings.teams import commands, queries
from meetings.teams.forms import JoinLinkForm, SettingsForm

blueprint = Blueprint("teams", __name__)


@blueprint.post("/meetings/<slug>/organise/sittings/<key>/teams")
@allow(Audience.ORGANISER)
def create_link(slug: str, key: str) -> ResponseReturnValue:
    """Have a Teams link made for the sitting."""
    try:
        commands.create_link(slug=slug, key=key, actor=access.actor(), now=database.now())
    except Refused as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("The Teams link is being made. Reload this page in a moment."), "good")
    return redirect(url_for("programme.edit_programme", slug=slug), 303)


@blueprint.route("/meetings/<slug>/organise/sittings/<key>/join-link", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def join_link(slug: str, key: str) -> ResponseReturnValue:
    """Paste the sitting's join link, or take it away."""
    sitting = queries.sitting_link(slug, key) or abort(404)
    form = JoinLinkForm(data={"join_url": sitting.join_url or ""})
    if form.validate_on_submit():
        commands.paste_link(slug=slug, key=key, url=form.join_url.data, actor=access.actor(), now=database.now())
        flash(_("The join link is saved.") if form.join_url.data else _("The sitting has no join link now."), "good")
        return redirect(url_for("programme.edit_programme", slug=slug), 303)
    page = render_template("teams/join_link.html", meeting=sitting, sitting=sitting, form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/meetings/<slug>/organise/teams", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def online_meetings(slug: str) -> ResponseReturnValue:
    """How the meeting's online meetings stand, and who waits in the lobby and who presents in them."""
    head = meeting_head(slug) or abort(404)
    stored = queries.settings_of(slug) or abort(404)
    form, status = SettingsForm.of(stored), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                commands.choose_settings(
                    slug=slug, to=form.chosen(), shown=form.as_shown(), actor=access.actor(), now=database.now()
                )
            except Stale as refusal:
                # What the other one has chosen is shown, and saving again overwrites it knowingly.
                form, status = SettingsForm.of(queries.settings_of(slug) or stored, formdata=None), 409
                form.form_errors.append(str(refusal))
            else:
                flash(_("Saved. Teams is told of it."), "good")
                return redirect(url_for(".online_meetings", slug=slug), 303)
    page = render_template(
        "teams/online_meetings.html",
        meeting=head,
        form=form,
        sittings=queries.online_sittings(head.id),
        left_over=queries.left_over(head.id),
        has_graph=current_app.config["SETTINGS"].has_graph,
    )
    return page, status


@blueprint.post("/meetings/<slug>/organise/sittings/<key>/teams/tell")
@allow(Audience.ORGANISER)
def tell_again(slug: str, key: str) -> ResponseReturnValue:
    """Tell Teams once more how a sitting is."""
    try:
        commands.tell_again(slug=slug, key=key, actor=access.actor(), now=database.now())
    except Refused as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("Teams is being told. Reload this page in a moment."), "good")
    return redirect(url_for(".online_meetings", slug=slug), 303)


@blueprint.post("/meetings/<slug>/organise/teams/<int:job_id>/delete")
@allow(Audience.ORGANISER)
def delete_again(slug: str, job_id: int) -> ResponseReturnValue:
    """Try once more to delete an online meeting that nobody needs."""
    commands.delete_again(slug=slug, job_id=job_id, actor=access.actor(), now=database.now())
    flash(_("It is tried again. Reload this page in a moment."), "good")
    return redirect(url_for(".online_meetings", slug=slug), 303)
