"""The outcome note: edited on a page with a preview, downloaded as Markdown and as HTML."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from exports.outcome import outcome_body, outcome_html
from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.refusals import Stale
from meetings.report.commands.outcome import keep_outcome, save_outcome, take_compiled
from meetings.report.forms.outcome import OutcomeForm
from meetings.report.queries.outcome import OutcomeNote, mark
from meetings.report.queries.outcome import outcome as outcome_of
from meetings.report.rules.words import Stretch, compared
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.documents import download

_NEAR = 80  # characters


@blueprint.route("/meetings/<slug>/report/outcome", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def outcome(slug: str) -> ResponseReturnValue:
    """The note in a box, and as it will read."""
    head = head_of(slug)
    note = outcome_of(head)
    form = OutcomeForm(data={"text": note.text, "seen": note.seen, "base": mark(note.compiled)})
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit() and "preview" not in request.form:
        try:
            saved = save_outcome(
                meeting_id=head.id,
                seen=form.seen.data or "",
                text=form.written,
                base=form.base.data or "",
                compiled=note.compiled,
                actor=actor(),
                now=now(),
            )
        except Stale as refusal:
            form.form_errors.append(str(refusal))
            changes, status = _theirs(form, note), 409
        else:
            flash(_("The note is saved.") if saved else _("Nothing was changed."), "good")
            return redirect(url_for(".outcome", slug=slug), 303)
    elif form.errors:
        status = 422
    page = render_template(
        "report/outcome.html",
        meeting=head,
        form=form,
        note=note,
        changes=changes,
        base=mark(note.compiled),
        beneath=_beneath(note) if note.changed_beneath else [],
        preview=Markup(outcome_body(form.text.data or "", below=2)),  # noqa: S704  # the renderer escapes
    )
    return page, status


def _beneath(note: OutcomeNote) -> list[Stretch]:
    """What is compiled otherwise by now, with a few words of what is the same around it."""
    stretches = compared(note.base or "", note.compiled)
    return [replace(each, text=_near(each.text)) if each.kind == "same" else each for each in stretches]


def _near(text: str) -> str:
    return text if len(text) <= 3 * _NEAR else f"{text[:_NEAR]} […] {text[-_NEAR:]}"


def _theirs(form: OutcomeForm, note: OutcomeNote) -> list[tuple[str, str]]:
    """What is stored by now; the form then carries that state, so that sending it again overwrites knowingly."""
    for field, value in ((form.seen, note.seen), (form.base, mark(note.compiled))):
        field.raw_data, field.data = None, value
    return [(str(form.text.label.text), note.text)]


@blueprint.post("/meetings/<slug>/report/outcome/compiled")
@allow(Audience.RAPPORTEUR)
def settle_outcome(slug: str) -> ResponseReturnValue:
    """Take what is compiled by now, or keep the edited words beside it."""
    head = head_of(slug)
    seen, chosen = request.form.get("seen", ""), request.form.get("do")
    if chosen == "take":
        take_compiled(meeting_id=head.id, seen=seen, actor=actor(), now=now())
        flash(_("The note is the compiled one again."), "good")
    elif chosen == "keep":
        base, compiled = request.form.get("base", ""), outcome_of(head).compiled
        keep_outcome(meeting_id=head.id, seen=seen, base=base, compiled=compiled, actor=actor(), now=now())
        flash(_("Your words are kept."), "good")
    else:
        abort(400)
    return redirect(url_for(".outcome", slug=slug), 303)


@blueprint.get("/meetings/<slug>/report/outcome.md")
@allow(Audience.RAPPORTEUR)
def outcome_md(slug: str) -> Response:
    """The note as Markdown."""
    return download(outcome_of(head_of(slug)).text, "text/markdown; charset=utf-8", f"{slug}-outcome.md")


@blueprint.get("/meetings/<slug>/report/outcome.html")
@allow(Audience.RAPPORTEUR)
def outcome_page(slug: str) -> Response:
    """The note as a page of its own."""
    head = head_of(slug)
    content = outcome_html(outcome_of(head).text, title=head.title)
    return download(content, "text/html; charset=utf-8", f"{slug}-outcome.html")
