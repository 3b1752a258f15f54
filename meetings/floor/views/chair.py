"""The chair's page, which the desk uses too: who speaks, who waits, and a button for everything the chair may do."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import links
from meetings.access import Audience, actor, allow
from meetings.database import now as present
from meetings.floor import commands, queries, rules
from meetings.floor.forms import CorrectForm
from meetings.floor.queries import FloorHead
from meetings.floor.views import parts
from meetings.floor.views.shared import blueprint, live_page, unchanged
from meetings.refusals import Refused, Stale

# The last part of an address -> what it does with the request that the address names.
ACTS: dict[str, Callable[..., None]] = {
    "call": commands.call,
    "give": commands.give_floor,
    "pause": commands.pause,
    "resume": commands.resume,
    "end": commands.end,
    "set-aside": commands.set_aside,
    "absent": commands.mark_absent,
    "decline": commands.decline,
    "put-back": commands.put_back,
}
SWITCHES: dict[str, Callable[..., None]] = {
    "open": commands.open_list,
    "close": commands.close_list,
    "end": commands.close_floor,
}


@blueprint.get("/meetings/<slug>/floor/")
@allow(Audience.CHAIR)
def sessions(slug: str) -> ResponseReturnValue:
    """The sessions of a meeting that have a floor."""
    title = queries.meeting_title(slug)
    if title is None:
        abort(404)
    floors = queries.floors_of(slug, present())
    return render_template("floor/sessions.html", meeting={"slug": slug, "title": title}, floors=floors)


@blueprint.get("/meetings/<slug>/floor/<key>/")
@allow(Audience.CHAIR)
def chair(slug: str, key: str) -> ResponseReturnValue:
    """The chair's page of one session."""
    head, now = _head(slug, key), present()
    if short := unchanged(head, now):
        return short
    state = queries.floor_state(head, now)
    display = links.address("display", head.session_id, head.display_serial)
    return live_page("floor/chair.html", head, now, display=display, **parts.values("chair", state))


@blueprint.post("/meetings/<slug>/floor/<key>/requests/<int:request_id>/<what>")
@allow(Audience.CHAIR)
def act(slug: str, key: str, request_id: int, what: str) -> ResponseReturnValue:
    """One of the chair's acts on a request."""
    head = _head(slug, key)
    command = ACTS.get(what) or abort(404)
    return _done(head, command, request_id=request_id)


@blueprint.post("/meetings/<slug>/floor/<key>/requests/<int:request_id>/move/<int:place>")
@allow(Audience.CHAIR)
def move(slug: str, key: str, request_id: int, place: int) -> ResponseReturnValue:
    """Put a waiting request at a place of the list."""
    return _done(_head(slug, key), commands.move, request_id=request_id, place=place)


@blueprint.post("/meetings/<slug>/floor/<key>/list/<what>")
@allow(Audience.CHAIR)
def switch_list(slug: str, key: str, what: str) -> ResponseReturnValue:
    """Open or close the list, or end the floor."""
    head = _head(slug, key)
    command = SWITCHES.get(what) or abort(404)
    return _done(head, command)


@blueprint.post("/meetings/<slug>/floor/<key>/display")
@allow(Audience.CHAIR)
def renew_display(slug: str, key: str) -> ResponseReturnValue:
    """Give the room display a new link; the one it had leads nowhere then."""
    head = _head(slug, key)
    serial = request.form.get("serial", type=int)
    if serial is None:
        abort(400)
    commands.renew_display(session_id=head.session_id, serial=serial, actor=actor(), now=present())
    flash(_("The room display has a new link. The one before leads nowhere now."), "good")
    return redirect(url_for("floor.chair", slug=slug, key=key) + "#display-heading", 303)


def _done(head: FloorHead, command: Callable[..., None], **target: int) -> ResponseReturnValue:
    version = request.form.get("version", type=int)
    if version is None:
        abort(400)
    address = url_for("floor.chair", slug=head.slug, key=head.key)
    try:
        command(session_id=head.session_id, version=version, actor=actor(), now=present(), **target)
    except Refused as refusal:
        flash(str(refusal), "warn" if isinstance(refusal, Stale) else "bad")
        return redirect(address, 303)
    return redirect(address + "#now", 303)


@blueprint.route("/meetings/<slug>/floor/<key>/requests/<int:request_id>/correct", methods=["GET", "POST"])
@allow(Audience.CHAIR)
def correct(slug: str, key: str, request_id: int) -> ResponseReturnValue:
    """Set what a turn really used, when "end" was pressed too late."""
    head, now = _head(slug, key), present()
    state = queries.floor_state(head, now)
    line = next((each for each in state.with_turns if each.id == request_id), None)
    if line is None:
        abort(404)
    form = CorrectForm(version=head.version)
    status = 200
    if form.validate_on_submit():
        try:
            commands.correct_used(
                session_id=head.session_id,
                request_id=request_id,
                version=form.version.data,
                used_ms=form.used_ms,
                reason=form.reason.data,
                actor=actor(),
                now=now,
            )
            return redirect(url_for("floor.chair", slug=slug, key=key), 303)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            form.version.raw_data = None  # the page shown now is of the newest version
            form.version.data = head.version
            status = 409
    elif form.is_submitted():
        status = 422
    counted_ms = rules.used(line.turns[-1], now)
    return live_page("floor/correct.html", head, now, status, line=line, counted_ms=counted_ms, form=form)


def _head(slug: str, key: str) -> FloorHead:
    return queries.floor_head(slug, key, present()) or abort(404)
