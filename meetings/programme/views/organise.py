"""An organiser's pages of a meeting: a new one, the overview, particulars, concept note."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.fields import zone_names
from meetings.programme import commands, queries
from meetings.programme.forms import ConceptNoteForm, NewMeetingForm, ParticularsForm
from meetings.programme.queries.edits import Particulars, concept_note, particulars
from meetings.programme.queries.people import organisation_labels
from meetings.programme.queries.versions import pending
from meetings.programme.views.blueprint import blueprint, head_or_404
from meetings.programme.views.editing import edit
from meetings.programme.words import accessibility_line, explained
from meetings.refusals import Refused

_ORGANISES = {"organiser", "administrator"}


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def new_meeting() -> ResponseReturnValue:
    """Create a meeting; whoever does becomes its organiser."""
    usual = {"timezone": "Europe/Zurich", "languages": ("en",), "mode": "online"}
    form = NewMeetingForm(
        data=usual | {"take_programme": True, "take_note": True}, earlier=queries.earlier_meetings(_organised())
    )
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                return _created(form)
            except Refused as refusal:
                field = form.earlier if form.earlier.data else form.slug
                field.errors = [*field.errors, str(refusal)]
                status = 409
    return render_template("programme/new_meeting.html", form=form, zones=zone_names(), organisations={}), status


def _organised() -> list[int] | None:
    """The meetings that the signed-in account may organise, hence start others from; None for all."""
    grants = [grant for grant in access.grants() if grant.role in _ORGANISES]
    if any(grant.meeting_id is None for grant in grants):
        return None
    return [grant.meeting_id for grant in grants if grant.meeting_id is not None]


def _created(form: NewMeetingForm) -> ResponseReturnValue:
    account = access.current_account()
    everywhere = any(grant.meeting_id is None for grant in access.grants())
    new: dict[str, Any] = {
        "slug": form.slug.data,
        "to": form.values(),
        "organiser": account.email if account and not everywhere else None,
        "actor": access.actor(),
        "now": now(),
    }
    if form.earlier.data:
        made = commands.start_from_earlier(
            **new,
            earlier=form.earlier.data,
            programme=form.take_programme.data,
            note=form.take_note.data,
        )
    else:
        made = commands.create_meeting(**new)
    flash(_("The meeting has been created as a draft. Only those who work on it can see it."), "good")
    return redirect(url_for("programme.organise", slug=made), 303)


@blueprint.get("/meetings/<slug>/organise/")
@allow(Audience.ORGANISER)
def organise(slug: str) -> ResponseReturnValue:
    """Where a meeting stands, what to look at again, and what to do next."""
    head = head_or_404(slug)
    programme, note = queries.programme(head.id, private=True), concept_note(head.id)
    return render_template(
        "programme/organise.html",
        meeting=head,
        programme=programme,
        note=note,
        organisers=queries.organisers(head.id),
        proof=explained(head, programme, note),
        pending=pending(head, programme),
    )


@blueprint.route("/meetings/<slug>/organise/particulars", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def edit_particulars(slug: str) -> ResponseReturnValue:
    """Edit what identifies a meeting."""
    head = head_or_404(slug)
    organisations = organisation_labels(head.id)

    def make(values: Particulars, **kwargs: Any) -> ParticularsForm:
        return ParticularsForm(data=ParticularsForm.data_of(values), organisations=organisations, **kwargs)

    def save(values: Particulars, shown: str) -> None:
        commands.edit_particulars(meeting_id=head.id, to=values, shown=shown, actor=access.actor(), now=now())

    edited = edit(make, partial(particulars, head.id), save)
    if edited.saved:
        flash(_("The particulars have been saved."), "good")
        return redirect(url_for("programme.organise", slug=slug), 303)
    page = render_template(
        "programme/particulars.html", meeting=head, edited=edited, zones=zone_names(), organisations=organisations
    )
    return page, edited.status


@blueprint.route("/meetings/<slug>/organise/concept-note", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def edit_concept_note(slug: str) -> ResponseReturnValue:
    """Edit why the meeting is held, what for, and how."""
    head = head_or_404(slug)

    suggested = request.method == "GET" and request.args.get("suggest") == "accessibility"

    def make(values: queries.ConceptNote, **kwargs: Any) -> ConceptNoteForm:
        data = ConceptNoteForm.data_of(values)
        if suggested:
            data["modalities"] = "\n\n".join(filter(None, (values.modalities, accessibility_line(head.contact))))
        return ConceptNoteForm(data=data, **kwargs)

    def save(values: queries.ConceptNote, shown: str) -> None:
        commands.edit_concept_note(meeting_id=head.id, to=values, shown=shown, actor=access.actor(), now=now())

    edited = edit(make, partial(concept_note, head.id), save)
    if edited.saved:
        flash(_("The concept note has been saved."), "good")
        return redirect(url_for("programme.edit_concept_note", slug=slug), 303)
    page = render_template("programme/concept_note.html", meeting=head, edited=edited, suggested=suggested)
    return page, edited.status
