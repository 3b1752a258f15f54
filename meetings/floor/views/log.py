"""The log of a session's floor, for the chair and the desk."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import log_words, queries
from meetings.floor.views.shared import blueprint

PAGE_SIZE = 100  # lines of the log, and requests in the table above it: the page stays small with a thousand


@blueprint.get("/meetings/<slug>/floor/<key>/log")
@allow(Audience.CHAIR)
def log(slug: str, key: str) -> ResponseReturnValue:
    """What happened on the floor, in order: of all requests, or of the one that the address names."""
    now = present()
    head = queries.floor_head(slug, key, now) or abort(404)
    whole = queries.floor_log(head, now)
    chosen = request.args.get("request", type=int)
    record = next((each for each in whole.records if each.line.id == chosen), None)
    lines = [each for each in whole.lines if record is None or (each.request and each.request.id == chosen)]
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    return render_template(
        "floor/log.html",
        head=head,
        meeting={"slug": slug, "title": head.meeting_title},
        records=whole.records,
        chosen=record,
        lines=lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        total=len(lines),
        page=page,
        pages=pages,
        shown=PAGE_SIZE,
        what=log_words.acts(),
        facts=log_words.facts,
        by=log_words.who_acted,
    )
