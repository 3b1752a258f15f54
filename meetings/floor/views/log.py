"""The log of a session's floor, for the chair and the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import log_words, queries, rules
from meetings.floor.views.shared import blueprint
from meetings.floor.words import deliveries

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
    waiting = rules.in_order(each.line for each in whole.records if each.line.status in rules.WAITING)
    return render_template(
        "floor/log.html",
        head=head,
        meeting={"slug": slug, "title": head.meeting_title},
        records=_page(whole.records, "requests"),
        chosen=record,
        places={line.id: place for place, line in enumerate(waiting, start=1)},
        lines=_page(lines, "page"),
        deliveries=deliveries,
        what=log_words.acts(),
        facts=log_words.facts,
        by=log_words.who_acted,
    )


@dataclass(frozen=True, slots=True)
class Page:
    """One page of many lines: the `number`-th of `pages`, counted from 1; `total` is how many lines there are."""

    lines: Sequence[Any]
    number: int
    pages: int
    total: int


def _page(lines: Sequence[Any], name: str) -> Page:
    """The page that the address asks for by this name, else the first."""
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    number = min(max(1, request.args.get(name, 1, int)), pages)
    return Page(lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages, len(lines))
