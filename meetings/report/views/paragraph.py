"""One paragraph of the draft: its form, what it rests on, what changed underneath, its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetings.access import Audience, actor, allow
from meetings.aside import aside
from meetings.database import now
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import ParagraphForm
from meetings.report.queries.checks import checks_by_key
from meetings.report.rules.draft import Block, gaps_of, numbered
from meetings.report.rules.edited import EditedDraft
from meetings.report.rules.editorial import checked, fixed
from meetings.report.rules.material import Material
from meetings.report.rules.notation import paragraph_to_lines
from meetings.report.rules.words import Stretch, compared
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen
from meetings.report.views.findings import Fix, fix_of, pressed_fix, reason_of, severities
from meetings.report.views.places import address_of, places_of
from meetings.report.views.resting import resting_on

_SHOWN_CHANGES = 30


@blueprint.route("/meetings/<slug>/report/paragraph", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def paragraph(slug: str) -> ResponseReturnValue:
    """Edit a paragraph of the draft, named by `key`."""
    head, key = head_of(slug), request.args.get("key", "")
    material, draft = queries.draft_to_show(head.id)
    block = _block(draft, key)
    form = ParagraphForm(data=_data(draft, key, block))
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        try:
            _edit(head, key, form)
            return redirect(address_of(slug, key), 303)
        except Stale as refusal:
            form.form_errors.append(str(refusal))
            changes = _conflict(form, draft, key, block)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        status = 409
    elif form.is_submitted():
        status = 422
    changed = queries.history(head.id, key)
    if block is None:
        if not changed and not form.form_errors:
            abort(404)
        status = 404 if status == 200 else status
    about = _about(slug, draft, key, block, material) if block is not None else {}
    about["answered"] = checks_by_key(head.id).get(key, [])
    page = render_template(
        "report/paragraph.html",
        meeting=head,
        key=key,
        block=block,
        mark=draft.marks.get(key),
        form=form,
        changes=changes,
        history=[(each, compared(each.before or "", each.after or "")) for each in changed[:_SHOWN_CHANGES]],
        older=max(len(changed) - _SHOWN_CHANGES, 0),
        done=_kinds(),
        back=address_of(slug, key) if block is not None else url_for(".report", slug=slug),
        **about,
    )
    return page, status


@blueprint.route("/meetings/<slug>/report/new-paragraph", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def new_paragraph(slug: str) -> ResponseReturnValue:
    """Add a paragraph behind the one named by `beside`, or before it with `before`."""
    head, beside, before = head_of(slug), request.args.get("beside", ""), "before" in request.args
    form = ParagraphForm()
    status = 200
    if form.validate_on_submit():
        try:
            key = commands.add_paragraph(
                meeting_id=head.id,
                beside_key=beside,
                before=before,
                text=form.text.data,
                items=form.lettered(),
                actor=actor(),
                now=now(),
            )
            return redirect(address_of(slug, key), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    block = _block(queries.edited_draft(head.id), beside)
    if block is None and not form.is_submitted():
        abort(404)
    page = render_template("report/new_paragraph.html", meeting=head, form=form, beside=block, before=before)
    return page, status


@blueprint.post("/meetings/<slug>/report/paragraph/change")
@allow(Audience.RAPPORTEUR)
def change_paragraph(slug: str) -> ResponseReturnValue:
    """What is done with a paragraph by one press: the button's value names the act, the version seen and the key."""
    head = head_of(slug)
    try:
        act, version, rest = request.form.get("do", "").split(" ", 2)
        seen_version = int(version)
        fix = pressed_fix(seen_version, rest) if act == "fix" else None
    except ValueError:
        abort(400)
    if fix is None and act not in _ACTS:
        abort(400)
    key = fix.key if fix is not None else rest
    try:
        told = _fix(head, fix) if fix is not None else _act(head, act, seen_version, key)
    except Refused as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".paragraph", slug=slug, key=key), 303)
    flash(told, "good")
    return redirect(url_for(".report", slug=slug) if act == "remove" else address_of(slug, key), 303)


_ACTS: dict[str, tuple[Callable[..., None], LazyString]] = {
    "leave-out": (commands.leave_out, _l("The paragraph is left out of the report. It can be put back.")),
    "put-back": (commands.put_back, _l("The paragraph is in the report again.")),
    "compiled": (
        commands.back_to_compiled,
        _l("The paragraph has its compiled words. Those that were typed are in its history."),
    ),
    "accept": (commands.accept_beneath, _l("The edited words stay as they are.")),
    "up": (partial(commands.move_paragraph, up=True), _l("The paragraph stands in its new place.")),
    "down": (partial(commands.move_paragraph, up=False), _l("The paragraph stands in its new place.")),
    "remove": (commands.remove_own, _l("The paragraph is removed.")),
}


def _act(head: MeetingHead, act: str, version: int, key: str) -> str:
    """Do it, and say what was done."""
    command, told = _ACTS[act]
    given: dict[str, Any] = {"base": _unix(request.form.get("base", ""))} if act == "accept" else {}
    command(meeting_id=head.id, key=key, version=version, actor=actor(), now=now(), **given)
    return str(told)


def _fix(head: MeetingHead, fix: Fix) -> str:
    """Put a finding's fix in, as an edit like any other."""
    draft = queries.edited_draft(head.id)
    block = _block(draft, fix.key)
    finding = fix.among(aside(lambda: checked(draft)).get(fix.key, ()))
    if block is None or finding is None:
        raise Refused(_("The paragraph has changed since this page was shown. Nothing was done."))
    text, *items = paragraph_to_lines(fixed(block.paragraph, finding)).split("\n")
    commands.edit_paragraph(
        meeting_id=head.id,
        key=fix.key,
        version=fix.version,
        text=text,
        items=items,
        base=_base(draft, fix.key, block),
        actor=actor(),
        now=now(),
    )
    return str(_("Fixed."))


def _edit(head: MeetingHead, key: str, form: ParagraphForm) -> None:
    commands.edit_paragraph(
        meeting_id=head.id,
        key=key,
        version=seen(form),
        text=form.text.data,
        items=form.lettered(),
        base=_unix(form.base.data or ""),
        actor=actor(),
        now=now(),
    )


def _block(draft: EditedDraft, key: str) -> Block | None:
    blocks = (draft.summary, *(part for part in draft.whole if isinstance(part, Block)))
    return next((block for block in blocks if block.key == key), None)


def _base(draft: EditedDraft, key: str, block: Block) -> str:
    """What an edit made now is based on: the compiled words of today; those of before where there are none."""
    mark = draft.marks.get(key)
    if mark is None:
        return paragraph_to_lines(block.paragraph)
    return mark.base if mark.compiled is None else paragraph_to_lines(mark.compiled.paragraph)


def _data(draft: EditedDraft, key: str, block: Block | None) -> dict[str, Any]:
    """What the form shows: the words as they were typed, else as they are compiled."""
    if block is None:
        return {}
    mark = draft.marks.get(key)
    return ParagraphForm.data_of(
        paragraph_to_lines(block.paragraph), _base(draft, key, block), mark.version if mark else 0
    )


def _conflict(form: ParagraphForm, draft: EditedDraft, key: str, block: Block | None) -> list[tuple[str, str]]:
    """What somebody else has made of the paragraph; the form then goes on from there."""
    stored = _data(draft, key, block)
    theirs = ParagraphForm(formdata=None, data=stored)
    changes = [
        each for each in conflict(form, theirs, int(stored.get("seen", 0))) if each[0] != str(form.base.label.text)
    ]
    form.base.raw_data, form.base.data = None, stored.get("base", "")
    return changes


def _about(slug: str, draft: EditedDraft, key: str, block: Block, material: Material) -> dict[str, Any]:
    """What stands beside the form."""
    mark = draft.marks.get(key)
    beneath: list[Stretch] = []
    if mark is not None and mark.changed_beneath and mark.compiled is not None:
        beneath = compared(mark.base, paragraph_to_lines(mark.compiled.paragraph))
    sources, more = resting_on(slug, block, material)
    gaps = gaps_of(block)
    return {
        "label": next((line.label for line in numbered(draft.whole) if line.part is block), ""),
        "is_summary": key == draft.summary.key,
        "beneath": beneath,
        "compiled_now": paragraph_to_lines(mark.compiled.paragraph) if mark and mark.compiled else "",
        "sources": sources,
        "more_sources": more,
        "gaps": list(zip(gaps, places_of(slug, ((gap, key) for gap in gaps)), strict=True)),
        "findings": aside(lambda: checked(draft, limit=material.options.word_limit)).get(key, ()),
        "severities": severities(),
        "reason_of": reason_of,
        "fix_of": fix_of,
    }


def _kinds() -> dict[str, str]:
    """What a line of the history says was done."""
    return {
        "paragraph.edited": _("edited"),
        "paragraph.compiled": _("set back to the compiled words"),
        "paragraph.left_out": _("left out"),
        "paragraph.put_back": _("put back"),
        "paragraph.looked_at": _("looked at what changed underneath, and kept the edited words"),
        "paragraph.added": _("added"),
        "paragraph.moved": _("moved"),
        "paragraph.removed": _("removed"),
    }


def _unix(text: str) -> str:
    """Line ends as they were before the form was sent."""
    return text.replace("\r\n", "\n")
