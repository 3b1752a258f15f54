"""The streams of the floor's live pages (Server-Sent Events), and the server's clock.

Each stream has its page's address with `stream` behind it, and is open to whoever may open the page. An event `floor`
is one JSON object: `tag` (shared.live_tag), `now` (when it was rendered, milliseconds since 1970), `html` (the inside
of the live part) and, for participants, `requests` (parts.open_requests). `beat` says that the stream is alive.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, g, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.display import locale
from meetings.floor import queries
from meetings.floor.queries import FloorHead, FloorState
from meetings.floor.rules import since_epoch
from meetings.floor.views import parts
from meetings.floor.views.linked import linked_head, serial_of
from meetings.floor.views.shared import blueprint, live_tag, stamp
from meetings.live import Hub, Message, event


@dataclass(frozen=True, slots=True)
class View:
    """What a stream shows: a live part of a session in a language; `serial` is that of the link it was opened with."""

    topic: int  # the session's id
    part: str
    language: str
    serial: int | None = None


@blueprint.get("/meetings/<slug>/floor/<key>/stream")
@allow(Audience.CHAIR)
def chair_stream(slug: str, key: str) -> ResponseReturnValue:
    """What changes on the chair's page."""
    now = present()
    return _stream(queries.floor_head(slug, key, now), now, "chair")


@blueprint.get("/me/<token>/sessions/<key>/floor/stream")
@allow(Audience.LINK, purpose="personal")
def ask_stream(token: str, key: str) -> ResponseReturnValue:
    """What changes on every participant's page of a session."""
    now = present()
    registration_id, serial = g.claim
    who = queries.participant(registration_id, serial)
    return _stream(queries.floor_head(who.slug, key, now) if who else None, now, "participant")


@blueprint.get("/display/<token>/stream")
@allow(Audience.LINK, purpose="display")
def display_stream(token: str) -> ResponseReturnValue:
    """What changes on the room display."""
    return _stream_by_link("room")


@blueprint.get("/interpreters/<token>/stream")
@allow(Audience.LINK, purpose="interpreters")
def interpreters_stream(token: str) -> ResponseReturnValue:
    """What changes on the interpreters' page."""
    return _stream_by_link("interpreters")


@blueprint.get("/clock")
@allow(Audience.ANYONE)
def clock() -> ResponseReturnValue:
    """The server's time, in milliseconds since 1970, as fast as it can be told."""
    text = str(since_epoch(present()))
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _stream_by_link(part: str) -> Response:
    now = present()
    head = linked_head(part, now)
    return _stream(head, now, part, serial_of(head, part))


def _stream(head: FloorHead | None, now: dt.datetime, part: str, serial: int | None = None) -> Response:
    if head is None:
        abort(404)
    seen = request.args.get("tag") or request.headers.get("Last-Event-ID")
    view = View(head.session_id, part, str(locale()), serial)
    events = hub().stream(view, version=_version(head, now), seen=seen)
    # Whatever stands between is told to keep nothing, and to hold nothing back (nginx knows the second).
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    # As it is: the events pass through the server themselves, and nothing of request or answer is held by them.
    return Response(events, mimetype="text/event-stream", headers=headers, direct_passthrough=True)


def hub() -> Hub[View]:
    """The application's hub of live pages."""
    return current_app.extensions["live"]  # type: ignore[no-any-return]  # Flask's extensions are untyped


def install(app: Flask) -> None:
    """Give an application a hub of live pages."""
    app.extensions["live"] = Hub(app, _read, _render, _beat)


@blueprint.record
def _install(state: BlueprintSetupState) -> None:
    if isinstance(state.app, Flask):  # as always; what it could be otherwise runs no views of ours
        install(state.app)


def _read(session_ids: Collection[int]) -> Mapping[int, str]:
    now = present()
    return {head.session_id: _version(head, now) for head in queries.floor_heads(session_ids, now)}


def _render(session_id: int, views: Collection[View]) -> Mapping[View, Message]:
    now = present()
    head = queries.floor_head_by_id(session_id, now)
    if head is None:
        return {}
    state = queries.floor_state(head, now)
    return {view: _message(view, state) for view in views if view.serial == serial_of(head, view.part)}


def _message(view: View, state: FloorState) -> Message:
    with force_locale(view.language):
        tag = live_tag(state.head, state.now)
        data = {"tag": tag, "now": since_epoch(state.now), "html": parts.html(view.part, state)}
        if view.part == "participant":
            data["requests"] = parts.open_requests(state)
        return Message(tag, event("floor", data, tag))


def _beat() -> bytes:
    return event("beat", {"now": since_epoch(present())})


def _version(head: FloorHead, now: dt.datetime) -> str:
    """Changes with what any view of the floor shows, and with the links that lead to them."""
    return f"{stamp(head, now)}-{head.display_serial}-{head.interpreters_serial}"
