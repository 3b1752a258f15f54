"""What is opened by a link of a session's floor, without a sign-in: the room display and the interpreters' page."""

import datetime as dt

from flask import abort, g
from flask.typing import ResponseReturnValue

from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.queries import FloorHead
from meetings.floor.views import parts
from meetings.floor.views.shared import live_page, unchanged


def serial_of(head: FloorHead, part: str) -> int | None:
    """The serial that the link to a part must have now; None for parts that have no link of the session."""
    return {"room": head.display_serial, "interpreters": head.interpreters_serial}.get(part)


def linked_head(part: str, now: dt.datetime) -> FloorHead:
    """The floor that the link of this request leads to; 404 where a newer link to the part has replaced it."""
    session_id, serial = g.claim
    head = queries.floor_head_by_id(session_id, now)
    return head if head is not None and serial_of(head, part) == serial else abort(404)


def linked_page(part: str, template: str) -> ResponseReturnValue:
    """The page of a part, for whoever has its link."""
    now = present()
    head = linked_head(part, now)
    if short := unchanged(head, now):
        return short
    return live_page(template, head, now, **parts.values(part, queries.floor_state(head, now)))
