"""An organiser's pages of people and organisations that have or may get a role in a meeting."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme import commands
from meetings.programme.forms import OrganisationForm, PersonForm
from meetings.programme.queries import people as read
from meetings.programme.queries.edits import (
    OrganisationValues,
    PersonValues,
    organisation_values,
    person_values,
)
from meetings.programme.views.blueprint import blueprint, head_or_404
from meetings.programme.views.editing import edit
from meetings.refusals import Refused


@blueprint.get("/meetings/<slug>/organise/people")
@allow(Audience.ORGANISER)
def speakers(slug: str) -> ResponseReturnValue:
    """Those who have or may get a role, and the organisations; or those whom a search finds."""
    head = head_or_404(slug)
    search = request.args.get("search", "").strip()
    return render_template(
        "programme/speakers.html",
        meeting=head,
        people=read.people(head.id, search=search),
        organisations=read.organisations(head.id, search=search),
        search=search,
        most=read.MOST_SHOWN,
    )


@blueprint.route("/meetings/<slug>/organise/people/new", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def new_person(slug: str) -> ResponseReturnValue:
    """Add a person."""
    head = head_or_404(slug)
    organisations = read.organisation_labels(head.id)
    form = PersonForm(organisations=organisations)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                commands.add_person(meeting_id=head.id, to=form.values(), actor=access.actor(), now=now())
            except Refused as refusal:
                form.form_errors.append(str(refusal))
                status = 409
            else:
                flash(_("The person has been added."), "good")
                return redirect(url_for("programme.speakers", slug=slug), 303)
    page = render_template(
        "programme/person.html", meeting=head, form=form, changes=(), organisations=organisations, is_new=True
    )
    return page, status


@blueprint.route("/meetings/<slug>/organise/people/<key>", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def edit_person(slug: str, key: str) -> ResponseReturnValue:
    """Edit a person."""
    head = head_or_404(slug)
    if person_values(head.id, key) is None:
        abort(404)
    organisations = read.organisation_labels(head.id)

    def make(values: PersonValues, **kwargs: Any) -> PersonForm:
        return PersonForm(data=PersonForm.data_of(values), organisations=organisations, **kwargs)

    def save(values: PersonValues, shown: str) -> None:
        commands.edit_person(meeting_id=head.id, key=key, to=values, shown=shown, actor=access.actor(), now=now())

    edited = edit(make, partial(person_values, head.id, key), save)
    if edited.saved:
        flash(_("The person has been saved."), "good")
        return redirect(url_for("programme.speakers", slug=slug), 303)
    page = render_template(
        "programme/person.html",
        meeting=head,
        form=edited.form,
        changes=edited.changes,
        organisations=organisations,
        is_new=False,
    )
    return page, edited.status


@blueprint.route("/meetings/<slug>/organise/organisations/new", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def new_organisation(slug: str) -> ResponseReturnValue:
    """Add an organisation."""
    head = head_or_404(slug)
    form = OrganisationForm()
    if form.validate_on_submit():
        commands.add_organisation(meeting_id=head.id, to=form.values(), actor=access.actor(), now=now())
        flash(_("The organization has been added."), "good")
        return redirect(url_for("programme.speakers", slug=slug, _anchor="organisations"), 303)
    page = render_template("programme/organisation.html", meeting=head, form=form, changes=(), is_new=True)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/meetings/<slug>/organise/organisations/<key>", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def edit_organisation(slug: str, key: str) -> ResponseReturnValue:
    """Edit an organisation."""
    head = head_or_404(slug)
    if organisation_values(head.id, key) is None:
        abort(404)

    def make(values: OrganisationValues, **kwargs: Any) -> OrganisationForm:
        return OrganisationForm(data=OrganisationForm.data_of(values), **kwargs)

    def save(values: OrganisationValues, shown: str) -> None:
        commands.edit_organisation(meeting_id=head.id, key=key, to=values, shown=shown, actor=access.actor(), now=now())

    edited = edit(make, partial(organisation_values, head.id, key), save)
    if edited.saved:
        flash(_("The organization has been saved."), "good")
        return redirect(url_for("programme.speakers", slug=slug, _anchor="organisations"), 303)
    page = render_template(
        "programme/organisation.html", meeting=head, form=edited.form, changes=edited.changes, is_new=False
    )
    return page, edited.status
