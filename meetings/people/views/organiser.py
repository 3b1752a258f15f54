"""What organisers see of registrations, and decide."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from exports.text import one_line
from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.display import registration_statuses
from meetings.invitations.letters import when
from meetings.invitations.queries import answers_of_registration, outdated
from meetings.invitations.words import answer_words
from meetings.people import commands, queries
from meetings.people.forms import FilterForm
from meetings.people.views.shared import blueprint, download, head_or_404


@blueprint.get("/meetings/<slug>/organise/registrations")
@allow(Audience.ORGANISER)
def registrations(slug: str) -> ResponseReturnValue:
    """The list of registrations with counts by category and status."""
    meeting = head_or_404(slug)
    chosen = _filter()
    page = queries.registration_page(meeting.id, chosen, request.args.get("page", 1, int))
    return render_template(
        "people/registrations.html",
        meeting=meeting,
        page=page,
        chosen=_arguments(chosen),
        counts=queries.counts(meeting.id),
        form=FilterForm(request.args, statuses=registration_statuses()),
        outdated=outdated(meeting.id, now()),
    )


@blueprint.get("/meetings/<slug>/organise/registrations/<int:registration_id>")
@allow(Audience.ORGANISER)
def registration(slug: str, registration_id: int) -> ResponseReturnValue:
    """All that is known of one registration, with the buttons that decide on it."""
    meeting = head_or_404(slug)
    line = queries.registration(meeting.id, registration_id) or abort(404)
    return render_template(
        "people/registration.html",
        meeting=meeting,
        line=line,
        answers=answers_of_registration(meeting, registration_id),
        answer_words=answer_words(),
        when=when,
    )


@blueprint.post("/meetings/<slug>/organise/registrations/decide")
@allow(Audience.ORGANISER)
def decide(slug: str) -> ResponseReturnValue:
    """Confirm or decline those that are ticked."""
    ids = request.form.getlist("registration", int)
    decision = request.form.get("decision")
    back = redirect(url_for(".registrations", slug=slug, **_arguments(_filter())), 303)
    if not ids:
        flash(_("Nobody is ticked. Tick those to decide on first."), "warn")
        return back
    if decision == "confirm":
        _decide(slug, ids, "confirm")
    elif decision == "decline":
        _decide(slug, ids, "decline")
    else:
        abort(400)
    return back


@blueprint.post("/meetings/<slug>/organise/registrations/<int:registration_id>/confirm")
@allow(Audience.ORGANISER)
def confirm(slug: str, registration_id: int) -> ResponseReturnValue:
    """Confirm one registration."""
    return _decide_one(slug, registration_id, "confirm")


@blueprint.post("/meetings/<slug>/organise/registrations/<int:registration_id>/decline")
@allow(Audience.ORGANISER)
def decline(slug: str, registration_id: int) -> ResponseReturnValue:
    """Decline one registration."""
    return _decide_one(slug, registration_id, "decline")


@blueprint.post("/meetings/<slug>/organise/registrations/<int:registration_id>/reopen")
@allow(Audience.ORGANISER)
def reopen(slug: str, registration_id: int) -> ResponseReturnValue:
    """Consider a declined registration again."""
    return _decide_one(slug, registration_id, "reopen")


@blueprint.post("/meetings/<slug>/organise/registrations/<int:registration_id>/protect")
@allow(Audience.ORGANISER)
def protect(slug: str, registration_id: int) -> ResponseReturnValue:
    """Protect a person, or end it."""
    protected = request.form.get("protected") == "yes"
    commands.protect(
        meeting_id=head_or_404(slug).id,
        registration_id=registration_id,
        protected=protected,
        actor=access.actor(),
        now=now(),
    )
    flash(_("This person appears in nothing public now.") if protected else _("This person is shown again."), "good")
    return redirect(url_for(".registration", slug=slug, registration_id=registration_id), 303)


@blueprint.get("/meetings/<slug>/organise/registrations.csv")
@allow(Audience.ORGANISER)
def registrations_csv(slug: str) -> ResponseReturnValue:
    """The registrations that the filter leaves, as a table for spreadsheet programs."""
    from meetings.people import documents  # noqa: PLC0415  # python-docx is loaded when first used

    meeting = head_or_404(slug)
    content = documents.registrations_csv(meeting, queries.all_registrations(meeting.id, _filter()))
    return download(content, "text/csv; charset=utf-8", f"{slug}-registrations.csv")


def _decide_one(slug: str, registration_id: int, decision: commands.Decision) -> ResponseReturnValue:
    if not _decide(slug, [registration_id], decision):
        abort(404)
    return redirect(url_for(".registration", slug=slug, registration_id=registration_id), 303)


def _decide(slug: str, ids: list[int], decision: commands.Decision) -> bool:
    """Decide and say what came of it; False where none of them is of this meeting."""
    decided = commands.decide(
        meeting_id=head_or_404(slug).id, registrations=ids, decision=decision, actor=access.actor(), now=now()
    )
    count = decided.changed
    texts = {
        "confirm": ngettext("%(num)d registration is confirmed.", "%(num)d registrations are confirmed.", count),
        "decline": ngettext("%(num)d registration is declined.", "%(num)d registrations are declined.", count),
        "reopen": ngettext("%(num)d is to be decided again.", "%(num)d are to be decided again.", count),
    }
    if decided.changed:
        flash(texts[decision], "good")
    if decided.left:
        text = ngettext("%(num)d was left as it was.", "%(num)d were left as they were.", decided.left)
        flash(f"{text} {_('An address must be confirmed before, and a decision can be taken once only.')}", "warn")
    if decided.without_address:
        flash(
            ngettext(
                "%(num)d has no mail address: tell them yourself.",
                "%(num)d have no mail address: tell them yourself.",
                decided.without_address,
            ),
            "warn",
        )
    return bool(decided.changed or decided.left)


def _filter() -> queries.Filter:
    """The filter that the address carries; what it does not know is left out."""
    status, category = request.args.get("status", ""), request.args.get("category", "")
    form = FilterForm(request.args, statuses=registration_statuses())
    known = form.validate()
    return queries.Filter(
        status=status if known or "status" not in form.errors else "",
        category=category if known or "category" not in form.errors else "",
        words=one_line(request.args.get("words", "")),
    )


def _arguments(chosen: queries.Filter) -> dict[str, Any]:
    """A filter as an address carries it."""
    values = {"status": chosen.status, "category": chosen.category, "words": chosen.words}
    return {name: value for name, value in values.items() if value}
