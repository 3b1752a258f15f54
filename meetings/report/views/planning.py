"""The plan of the draft: where floors are told, headings, themes, quantifiers, length and printing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from exports.report_data import Heading
from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import PlanForm
from meetings.report.forms.planning import PARTS
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Draft, numbered
from meetings.report.rules.edited import merged
from meetings.report.rules.headings import used_themes
from meetings.report.rules.material import Material
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import differing


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the outline, with the number of paragraphs that stand right below it."""

    level: int
    label: str
    heading: str
    paragraphs: int


@blueprint.route("/meetings/<slug>/report/plan", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def plan(slug: str) -> ResponseReturnValue:
    """Decide about the draft as a whole; the outline that follows from it stands beside."""
    head = head_of(slug)
    material = queries.material(head.id)
    form = _form(material, _moved(request.form) if "move" in request.form else None)
    changes: list[tuple[str, str]] = []
    status = 200
    if form.is_submitted() and not form.validate():
        status = 422
    elif form.is_submitted() and "move" not in request.form and "preview" not in request.form:
        refusal = _save(head, form)
        if refusal is None:
            flash(_("The plan is saved."), "good")
            return redirect(url_for(".report", slug=slug), 303)
        form.form_errors.append(str(refusal))
        status = 409
        if isinstance(refusal, Stale):
            changes = _conflict(form, material)
    tried = replace(material, options=form.values()) if form.is_submitted() and not form.errors else material
    page = render_template(
        "report/plan.html",
        meeting=head,
        form=form,
        changes=changes,
        parts=PARTS,
        sessions=form.sessions,
        outline=_outline(merged(compiled(tried), queries.edits(head.id))),
        tried=tried is not material,
    )
    return page, status


def _form(material: Material, moved: MultiDict[str, str] | None) -> PlanForm:
    used = used_themes(material)
    data = PlanForm.data_of(material.options, material, used)
    if moved is not None:
        return PlanForm(material.options, material, used, data=data, formdata=moved)
    return PlanForm(material.options, material, used, data=data)


def _moved(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was sent, with one theme and its neighbour in each other's place."""
    fields = MultiDict(sent)
    direction, _space, number = sent["move"].partition(" ")
    if direction not in ("up", "down") or not number.isdecimal():
        abort(400)
    one, other = int(number), int(number) + (-1 if direction == "up" else 1)
    for name in ("theme", "heading"):
        first, second = f"themes-{one}-{name}", f"themes-{other}-{name}"
        if first in fields and second in fields:
            fields[first], fields[second] = sent[second], sent[first]
    return fields


def _save(head: MeetingHead, form: PlanForm) -> Refused | None:
    try:
        shown, options = form.seen(), form.values()
    except (ValueError, TypeError, KeyError):
        abort(400)
    try:
        commands.edit_plan(meeting_id=head.id, shown=shown, options=options, actor=actor(), now=now())
    except Refused as refusal:
        return refusal
    return None


def _conflict(form: PlanForm, material: Material) -> list[tuple[str, str]]:
    """What somebody else has decided; the form then goes on from there."""
    used = used_themes(material)
    stored = PlanForm.data_of(material.options, material, used)
    theirs = PlanForm(material.options, material, used, formdata=None, data=stored)
    form.shown.raw_data, form.shown.data = None, stored["shown"]
    return differing(form, theirs)


def _outline(draft: Draft) -> list[Entry]:
    """The headings of the draft, each with the paragraphs between it and the next one."""
    entries: list[Entry] = []
    for line in numbered(draft.body):
        if isinstance(line.part, Heading):
            entries.append(Entry(line.part.level, line.label, line.part.text, 0))
        elif entries:
            entries[-1] = replace(entries[-1], paragraphs=entries[-1].paragraphs + 1)
    return entries
