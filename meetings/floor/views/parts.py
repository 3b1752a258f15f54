"""The live parts of the floor's pages: what each shows of a floor, the same for everybody whom the part is for.

A part is a template under `templates/floor/live/`. It is given `state`, `head` (`state.head`) and what its function
here adds; nothing in it may depend on the visitor (no form token, no account, no address of the request), since it is
rendered once for all who look at it in one language.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from meetings.display import clock, minutes, zone
from meetings.floor.queries import FloorHead, FloorState, RequestLine
from meetings.floor.rules import Status
from meetings.floor.rules.asking import earliest
from meetings.floor.views import chair_part
from meetings.floor.views.shared import for_templates
from meetings.floor.words import deliveries

DISPLAY_LISTS = 3
INTERPRETERS_LIST = 60
_SIZES = {"huge": 18, "large": 32, "middle": 60, "small": 100}


def _participant(state: FloorState) -> dict[str, Any]:
    return {"requests": open_requests(state), "limits": limits(state.head)}


def limits(head: FloorHead) -> dict[str, tuple[int, str]]:
    """The speaking limits, in milliseconds and as they are written, by category; under `""` that of all others."""
    return {code: (limit_ms, minutes(limit_ms)) for code, limit_ms in ({"": head.limit_ms} | head.limits_ms).items()}


def _room(state: FloorState) -> dict[str, Any]:
    return {"following": state.waiting[:DISPLAY_LISTS], "coming": _coming(state), "size": size}


def _coming(state: FloorState) -> RequestLine | None:
    """Who is announced between two speakers: whoever is called, else the first who waits once the floor has begun."""
    if state.waiting and (state.waiting[0].status is Status.CALLED or state.head.opened_at is not None):
        return state.waiting[0]
    return None


def size(text: str) -> str:
    """How large a text can be on the room display to stay within two lines: a class of static/rostrum.css.

    Counted in columns; Chinese, Japanese and Korean characters take two.
    """
    columns = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    return next((name for name, most in _SIZES.items() if columns <= most), "tiny")


def _interpreters(state: FloorState) -> dict[str, Any]:
    now = state.now.astimezone(ZoneInfo(state.head.timezone))
    as_of = f"{clock(now.time())} {zone(state.head.timezone, now.date(), now.time())}"
    return {"shown": INTERPRETERS_LIST, "deliveries": deliveries, "as_of": as_of}


@dataclass(frozen=True, slots=True)
class Part:
    """One live part: its template, and what that is given beside the state of the floor."""

    template: str
    values: Callable[[FloorState], dict[str, Any]]


PARTS: Mapping[str, Part] = {
    "chair": Part("floor/live/chair.html", chair_part.chair),
    "participant": Part("floor/live/participant.html", _participant),
    "room": Part("floor/live/room.html", _room),
    "interpreters": Part("floor/live/interpreters.html", _interpreters),
}


def values(part: str, state: FloorState) -> dict[str, Any]:
    """What the template of a part is given beside `head`."""
    return {"state": state} | PARTS[part].values(state)


def html(part: str, state: FloorState) -> str:
    """A part as it is streamed: rendered without a request, so that one which would show a visitor's own fails."""
    template = current_app.jinja_env.get_template(PARTS[part].template)
    return template.render(head=state.head, **for_templates(), **values(part, state))


def open_requests(state: FloorState) -> dict[int, tuple[str, int | None, str | None]]:
    """Every open request by its id: its state, its place, and about when it is heard, on the clock of the meeting.

    From this a participant's page tells its owner, whose request is among them, where they stand. The speaker has no
    place; no time is given where the floor's may run out before, nor before the session has begun.
    """
    found: dict[int, tuple[str, int | None, str | None]] = {}
    if state.speaker:
        found[state.speaker.id] = (state.speaker.status, None, None)
    for place, line in enumerate(state.waiting, start=1):
        found[line.id] = (line.status, place, expected_at(state, place))
    return found


def earliest_at(state: FloorState, place: int) -> str | None:
    """About when the request at a place is heard at the earliest, before the session begins: as expected_at.

    Reckoned from the planned start; None without one, and where the floor's time may run out before.
    """
    head, wait_ms = state.head, state.expected_wait(place)
    if not head.start_to_come or head.date is None or head.start is None or wait_ms is None:
        return None
    begins = earliest(dt.datetime.combine(head.date, head.start), head.timezone)
    return _time_of_day(begins + dt.timedelta(milliseconds=wait_ms), head.timezone)


def expected_at(state: FloorState, place: int) -> str | None:
    """About when the request at a place is heard: the time of day in the meeting's zone, 14:35."""
    wait_ms = None if state.head.start_to_come else state.expected_wait(place)
    if wait_ms is None:
        return None
    return _time_of_day(state.now + dt.timedelta(milliseconds=wait_ms), state.head.timezone)


def _time_of_day(instant: dt.datetime, timezone: str) -> str:
    return clock(instant.astimezone(ZoneInfo(timezone)).time())
