"""The right of check: the rapporteur's list, and the page behind a speaker's private link."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.journal import VISITOR
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report.commands import checks as commands
from meetings.report.forms.checks import AnswerForm, AskForm
from meetings.report.queries import checks as queries
from meetings.report.queries.checks import CheckLine
from meetings.report.rules.checks import Standing
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import seen


@blueprint.get("/meetings/<slug>/report/checks")
@allow(Audience.RAPPORTEUR)
def checks(slug: str) -> ResponseReturnValue:
    """Every paragraph of a named speaker: whether it was sent, and what came back."""
    head = head_of(slug)
    return _list(head, queries.check_lines(head.id), AskForm(formdata=None))


def _list(head: MeetingHead, lines: list[CheckLine], form: AskForm) -> str:
    standings = {
        Standing.ASKED: _("Asked"),
        Standing.AGREED: _("Agreed"),
        Standing.COMMENTED: _("Comment"),
        Standing.SETTLED: _("Settled"),
    }
    return render_template("report/checks.html", meeting=head, lines=lines, form=form, standings=standings)


@blueprint.post("/meetings/<slug>/report/checks")
@allow(Audience.RAPPORTEUR)
def ask_to_check(slug: str) -> ResponseReturnValue:
    """Send the paragraphs that were ticked to their speakers."""
    head = head_of(slug)
    form = AskForm()
    lines = queries.check_lines(head.id)
    if not form.validate_on_submit():
        return _list(head, lines, form), 422
    chosen = set(request.form.getlist("own"))
    sent = 0
    for line in lines:
        if f"{line.own.person.id}:{line.own.key}" in chosen:
            try:
                commands.ask_to_check(
                    meeting_id=head.id, own=line.own, answer_by=form.answer_by.data, actor=actor(), now=now()
                )
                sent += 1
            except Refused as refusal:
                flash(str(refusal), "bad")
    if sent:
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", sent), "good")
    elif not chosen:
        flash(_("Nobody was chosen: tick whom to ask."), "bad")
    return redirect(url_for(".checks", slug=slug), 303)


@blueprint.post("/meetings/<slug>/report/checks/<int:check_id>")
@allow(Audience.RAPPORTEUR)
def settle_check(slug: str, check_id: int) -> ResponseReturnValue:
    """Settle an answer, open it again, or take the link back: the button that was pressed says which."""
    head = head_of(slug)
    pressed = request.form.get("do")
    if pressed not in ("settle", "reopen", "revoke"):
        abort(400)
    try:
        if pressed == "revoke":
            commands.revoke_check(meeting_id=head.id, check_id=check_id, actor=actor(), now=now())
            flash(_("The link has stopped working."), "good")
        else:
            commands.settle_check(
                meeting_id=head.id, check_id=check_id, settled=pressed == "settle", actor=actor(), now=now()
            )
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".checks", slug=slug, _anchor=f"check-{check_id}"), 303)


@blueprint.route("/check/<token>/", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="check")
def paragraph_check(token: str) -> ResponseReturnValue:
    """A speaker's own paragraph, and the answer to it."""
    check_id, serial = g.claim
    own = queries.speakers_check(check_id, serial) or abort(404)
    head = head_of(own.slug)
    check = own.check
    answer = {"agreed": "agreed", "commented": "comment"}.get(check.standing)
    form = AnswerForm(data={"answer": answer, "comment": check.comment, "seen": str(check.version)})
    status = 200
    if form.validate_on_submit():
        try:
            commands.answer_check(
                check_id=check_id,
                serial=serial,
                agreed=form.answer.data == "agreed",
                comment=form.comment.data or "",
                version=seen(form),
                actor=VISITOR,
                now=now(),
            )
            flash(_("Thank you. The rapporteur sees your answer beside the paragraph."), "good")
            return redirect(url_for(".paragraph_check", token=token), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
            if isinstance(refusal, Stale):
                form.seen.data, form.seen.raw_data = str(check.version), None
    elif form.is_submitted():
        status = 422
    return render_template("report/check.html", meeting=head, own=own, check=check, form=form, token=token), status
