"""The chair's page of one request: all that is known of it, with what is done less often; and the time of a turn."""

from functools import partial

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now as present
from meetings.display import minutes
from meetings.floor import commands, queries, rules
from meetings.floor.chair_words import common_reasons
from meetings.floor.forms import CorrectForm, MoveForm
from meetings.floor.queries import RequestLine
from meetings.floor.queries.earlier import times_heard
from meetings.floor.views.acting import address_of, head_or_404, refused
from meetings.floor.views.chair_part import everybody
from meetings.floor.views.shared import blueprint, live_page
from meetings.floor.words import deliveries
from meetings.refusals import Refused


@blueprint.route("/meetings/<slug>/floor/<key>/requests/<int:request_id>/", methods=["GET", "POST"])
@allow(Audience.CHAIR)
def one_request(slug: str, key: str, request_id: int) -> ResponseReturnValue:
    """Everything about one request, with a form that moves it to any place of the list, or declines it."""
    head, now = head_or_404(slug, key), present()
    state = queries.floor_state(head, now)
    line = _line_or_404(everybody(state), request_id)
    place = state.place_of(request_id)
    form = MoveForm(version=head.version, place=place)
    status = 200
    if form.validate_on_submit():
        try:
            declined = request.form.get("do") == "decline"
            act = commands.decline if declined else partial(commands.move, place=form.place.data)
            act(
                session_id=head.session_id,
                request_id=request_id,
                reason=form.reason.data,
                version=form.version.data,
                actor=actor(),
                now=now,
            )
            return redirect(address_of(head, "now" if declined else f"m{request_id}"), 303)
        except Refused as refusal:
            refused(form, head, refusal)
            status = 409
    elif form.is_submitted():
        status = 422
    values = {"times": times_heard(head), "deliveries": deliveries, "reasons": common_reasons()}
    return live_page(
        "floor/request.html", head, now, status, state=state, line=line, place=place, form=form, rules=rules, **values
    )


@blueprint.route("/meetings/<slug>/floor/<key>/requests/<int:request_id>/correct", methods=["GET", "POST"])
@allow(Audience.CHAIR)
def correct(slug: str, key: str, request_id: int) -> ResponseReturnValue:
    """Set what a turn really used, when "end" was pressed too late."""
    head, now = head_or_404(slug, key), present()
    line = _line_or_404(queries.floor_state(head, now).with_turns, request_id)
    form = CorrectForm(version=head.version)
    status = 200
    if form.validate_on_submit():
        try:
            commands.correct_used(
                session_id=head.session_id,
                request_id=request_id,
                version=form.version.data,
                used_ms=form.used.data,
                reason=form.reason.data,
                actor=actor(),
                now=now,
            )
            flash(_("The time is corrected: %(used)s.", used=minutes(form.used.data)), "good")
            return redirect(address_of(head, "main"), 303)
        except Refused as refusal:
            refused(form, head, refusal)
            status = 409
    elif form.is_submitted():
        status = 422
    counted_ms = rules.used(line.turns[-1], now)
    return live_page("floor/correct.html", head, now, status, line=line, counted_ms=counted_ms, form=form)


def _line_or_404(lines: tuple[RequestLine, ...], request_id: int) -> RequestLine:
    return next((each for each in lines if each.id == request_id), None) or abort(404)
