"""The part of the notes pages that changes by itself: who has the floor, and the newest points; and its streams.

Each stream has its page's address with `stream` behind it. An event `floor` is one JSON object as static/refresh.js
reads it: `tag` (another one whenever the part is), `now` (milliseconds since 1970), `html` (the inside of the part).
What is in the part does not depend on the visitor: it is rendered once for all who look at it in one language.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, abort, current_app, make_response, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from meetings.access import Audience, allow
from meetings.database import now
from meetings.display import locale
from meetings.floor.rules import since_epoch
from meetings.live import Hub, Message, event
from meetings.report import queries
from meetings.report.forms import kind_names
from meetings.report.queries import LiveNotes
from meetings.report.views.blueprint import blueprint, head_of

HUB = "live-notes"
_TEMPLATE = "report/_live_notes.html"


@dataclass(frozen=True, slots=True)
class View:
    """What a stream shows: the notes of a topic (queries.topic_of) in a language."""

    topic: int
    language: str


@blueprint.get("/meetings/<slug>/notes/<key>/stream")
@allow(Audience.RAPPORTEUR)
def notes_stream(slug: str, key: str) -> ResponseReturnValue:
    """What changes on the notes page of a session."""
    session_id = queries.session_number(head_of(slug).id, key) or abort(404)
    return _stream(session_id)


@blueprint.get("/meetings/<slug>/input-notes/stream")
@allow(Audience.RAPPORTEUR)
def input_notes_stream(slug: str) -> ResponseReturnValue:
    """What changes on the notes page of the submissions."""
    return _stream(queries.topic_of(head_of(slug).id, None))


def _stream(topic: int) -> Response:
    seen = request.args.get("tag") or request.headers.get("Last-Event-ID")
    version = queries.live_versions([topic])[topic]
    hub: Hub[View] = current_app.extensions[HUB]
    events = hub.stream(View(topic, str(locale())), version=version, seen=seen)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # whatever stands between holds nothing back
    return Response(events, mimetype="text/event-stream", headers=headers, direct_passthrough=True)


def install(app: Flask) -> None:
    """Give an application a hub of live notes."""
    app.extensions[HUB] = Hub(app, queries.live_versions, _render, _beat)


@blueprint.record
def _install(state: BlueprintSetupState) -> None:
    if isinstance(state.app, Flask):  # as always; what it could be otherwise runs no views of ours
        install(state.app)


def _render(topic: int, views: Collection[View]) -> Mapping[View, Message]:
    live = queries.live_notes(topic)
    return {view: _message(view, live) for view in views} if live else {}


def _message(view: View, live: LiveNotes) -> Message:
    with force_locale(view.language):
        html = current_app.jinja_env.get_template(_TEMPLATE).render(part_of(live))
        tag = _tag(live)
        return Message(tag, event("floor", {"tag": tag, "now": since_epoch(now()), "html": html}, tag))


def _beat() -> bytes:
    return event("beat", {"now": since_epoch(now())})


def part_of(live: LiveNotes) -> dict[str, Any]:
    """What the template of the part is given."""
    facts = {
        "speaker": live.heard.speaker and live.heard.speaker.voice.value,
        "name": live.heard.speaker and live.heard.speaker.name,
        "request": live.heard.request,
        "statements": dict(live.heard.statements),
        "verbs": live.verbs,
    }
    return {"live": live, "facts": json.dumps(facts, ensure_ascii=False), "kinds": kind_names()}


def page_of(live: LiveNotes) -> dict[str, Any]:
    """What a page around the part is given beside what the part is."""
    return {**part_of(live), "live_tag": _tag(live), "server_now": since_epoch(now())}


def unchanged(live: LiveNotes) -> Response | None:
    """The short answer to static/refresh.js where the page that it shows is still right, else None."""
    if not request.if_none_match.contains(_tag(live)):
        return None
    answer = Response(status=304)
    answer.set_etag(_tag(live))
    return dated(answer)


def dated(page: ResponseReturnValue) -> Response:
    """The answer with the server's clock, as static/refresh.js wants it. Not stored: it would be shown too late."""
    answer = make_response(page)
    answer.headers["Server-Now"] = str(since_epoch(now()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _tag(live: LiveNotes) -> str:
    """Changes with what the part shows in its language. Its second part is no number: none is older than another."""
    return f"{live.topic}-v{live.version}-{locale()}"
