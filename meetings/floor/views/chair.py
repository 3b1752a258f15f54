"""The chair's page, which the desk uses too: who speaks, who waits, and a button for everything the chair may do."""

from collections.abc import Callable
from functools import partial

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from meetings import links
from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import commands, queries
from meetings.floor.chair_words import common_reasons, keys
from meetings.floor.views import parts
from meetings.floor.views.acting import (
    carry_out,
    head_or_404,
    keep_reason,
    kept_reason,
    reason_given,
    reason_of_its_own,
)
from meetings.floor.views.shared import blueprint, live_page, unchanged

# The last part of an address -> what it does with the request that the address names.
ACTS: dict[str, Callable[..., None]] = {
    "call": commands.call,
    "give": commands.give_floor,
    "pause": commands.pause,
    "resume": commands.resume,
    "end": commands.end,
    "set-aside": commands.set_aside,
    "absent": commands.mark_absent,
    "put-back": commands.put_back,
    "dignitary": partial(commands.set_dignitary, dignitary=True),
    "no-dignitary": partial(commands.set_dignitary, dignitary=False),
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
    head, now = head_or_404(slug, key), present()
    if short := unchanged(head, now):
        return short
    state = queries.floor_state(head, now)
    reason, of_move = kept_reason()
    return live_page(
        "floor/chair.html",
        head,
        now,
        display=links.address("display", head.session_id, head.display_serial),
        interpreters=links.address("interpreters", head.session_id, head.interpreters_serial),
        reason=reason,
        of_move=of_move,
        reasons=common_reasons(),
        keys=keys(),
        **parts.values("chair", state),
    )


@blueprint.post("/meetings/<slug>/floor/<key>/requests/<int:request_id>/<what>")
@allow(Audience.CHAIR)
def act(slug: str, key: str, request_id: int, what: str) -> ResponseReturnValue:
    """One of the chair's acts on a request."""
    head = head_or_404(slug, key)
    if what == "decline":
        return carry_out(head, commands.decline, request_id=request_id, reason=reason_of_its_own())
    command = ACTS.get(what) or abort(404)
    return carry_out(head, command, request_id=request_id)


@blueprint.post("/meetings/<slug>/floor/<key>/requests/<int:request_id>/move/<int:place>")
@allow(Audience.CHAIR)
def move(slug: str, key: str, request_id: int, place: int) -> ResponseReturnValue:
    """Put a waiting request at a place of the list. The reason stays on the page: a move is often made of several."""
    head = head_or_404(slug, key)
    keep_reason(of_move=True)
    return carry_out(head, commands.move, anchor="", request_id=request_id, place=place, reason=reason_given())


@blueprint.post("/meetings/<slug>/floor/<key>/list/<what>")
@allow(Audience.CHAIR)
def switch_list(slug: str, key: str, what: str) -> ResponseReturnValue:
    """Open or close the list, or end the floor."""
    head = head_or_404(slug, key)
    command = SWITCHES.get(what) or abort(404)
    return carry_out(head, command)


@blueprint.post("/meetings/<slug>/floor/<key>/limit/<int:limit_ms>")
@allow(Audience.CHAIR)
def limit(slug: str, key: str, limit_ms: int) -> ResponseReturnValue:
    """Set the speaking limit for all, as the forecast offers it."""
    return carry_out(head_or_404(slug, key), commands.set_limit, limit_ms=limit_ms)


@blueprint.post("/meetings/<slug>/floor/<key>/undo/<int:event_id>")
@allow(Audience.CHAIR)
def undo(slug: str, key: str, event_id: int) -> ResponseReturnValue:
    """Take back the last act of the chair or the desk."""
    return carry_out(head_or_404(slug, key), commands.undo, event_id=event_id)
