"""A sitting's join link: have Teams make one, or paste one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access, database
from meetings.access import Audience, allow
from meetings.refusals import Refused
from meetings.teams import commands, queries
from meetings.teams.forms import JoinLinkForm

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
