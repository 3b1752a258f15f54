"""The public pages of the call for inputs: the call, the form to answer it, and what was published."""

from __future__ import annotations

import secrets

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import links
from meetings.access import Audience, allow, roles_in
from meetings.database import now as present
from meetings.journal import VISITOR
from meetings.programme.queries import MeetingHead, organisers
from meetings.refusals import Refused
from meetings.report.commands import sending
from meetings.report.forms.inputs_public import InputForm
from meetings.report.input_words import shown_types
from meetings.report.queries import call as calls
from meetings.report.queries import inputs
from meetings.report.rules.call import LARGEST_SUBMISSION, State
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.input_files import download
from meetings.requests import takes


def public_head(slug: str) -> MeetingHead:
    """The meeting that an address names; a draft is there only for those who work on it."""
    head = head_of(slug)
    if not head.published and not roles_in(slug):
        abort(404)
    return head


@blueprint.app_context_processor
def for_templates() -> dict[str, object]:
    """What the public page of a meeting uses to lead here."""
    return {"inputs_link": inputs_link, "shown_types": shown_types}


def inputs_link(head: MeetingHead) -> tuple[str, str] | None:
    """Where a meeting's public page leads to: the call while it is open, the public list; the text and the address."""
    standing, published = calls.call_state(head.id, present())
    if standing is State.OPEN:
        return _("Call for written inputs"), url_for("report.call_for_inputs", slug=head.slug)
    if published:
        return _("Written submissions"), url_for("report.published_inputs", slug=head.slug)
    return None


@blueprint.get("/meetings/<slug>/call-for-inputs")
@allow(Audience.ANYONE)
def call_for_inputs(slug: str) -> ResponseReturnValue:
    """The call: who asks what, until when, and what happens with what is sent. Before it is open, for its writers."""
    head, now = public_head(slug), present()
    page = calls.call_page(head.id, now)
    return render_template(
        "report/inputs_call.html",
        meeting=head,
        page=page,
        now=now,
        organisers=organisers(head.id),
        writes=bool(roles_in(slug)),
    )


@blueprint.route("/meetings/<slug>/call-for-inputs/submit", methods=["GET", "POST"])
@allow(Audience.ANYONE)
@takes(LARGEST_SUBMISSION)
def send_input(slug: str) -> ResponseReturnValue:
    """Send a submission; sent twice from one form, it is taken once."""
    head, now = public_head(slug), present()
    page = calls.call_page(head.id, now)
    if not page.open and request.method != "POST":
        return redirect(url_for(".call_for_inputs", slug=slug), 303)
    form = InputForm.empty(page.call, secrets.token_hex(16))
    status = 200
    if form.validate_on_submit():
        try:
            sent = sending.send(
                meeting_id=head.id,
                mark=form.mark.data or "",
                entry=form.entry(),
                files=form.new_files,
                actor=VISITOR,
                now=now,
            )
            if sent.fresh:
                flash(_("Your submission has arrived. Its private link is in your mail too."), "good")
            else:
                flash(_("This submission had arrived already."), "good")
            return gone_to(url_for(".own_submission", token=links.make("input", sent.id, sent.serial)))
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    return render_template("report/inputs_send.html", meeting=head, page=page, form=form, own=None), status


def gone_to(address: str) -> ResponseReturnValue:
    """On to another page; static/ask.js, which sends a form by itself, is told where that is."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(next=address)
    return redirect(address, 303)


@blueprint.get("/meetings/<slug>/call-for-inputs/submissions")
@allow(Audience.ANYONE)
def published_inputs(slug: str) -> ResponseReturnValue:
    """The submissions whose senders agreed, once they are published, and how many came by category."""
    head, preview = _published(slug)
    return render_template(
        "report/inputs_published.html",
        meeting=head,
        inputs=inputs.public_inputs(head.id),
        counts=inputs.counts(head.id),
        preview=preview,
    )


@blueprint.get("/meetings/<slug>/call-for-inputs/submissions/<key>")
@allow(Audience.ANYONE)
def published_input(slug: str, key: str) -> ResponseReturnValue:
    """One of them: its answers, under their questions."""
    head, preview = _published(slug)
    found = inputs.public_input(head.id, key) or abort(404)
    call = calls.call_page(head.id, present()).call
    return render_template("report/inputs_published_one.html", meeting=head, input=found, call=call, preview=preview)


@blueprint.get("/meetings/<slug>/call-for-inputs/submissions/<key>/files/<int:file_id>")
@allow(Audience.ANYONE)
def published_file(slug: str, key: str, file_id: int) -> Response:
    """A file of a submission that was published with its author's name."""
    head, _preview = _published(slug)
    return download(inputs.public_file(head.id, key, file_id))


def _published(slug: str) -> tuple[MeetingHead, bool]:
    """The meeting whose submissions are published; before they are, only for who works on it, as a preview."""
    head = public_head(slug)
    _standing, published = calls.call_state(head.id, present())
    if not published and not roles_in(slug):
        abort(404)
    return head, not published
