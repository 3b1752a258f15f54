"""When those who wait can expect to speak, as a time of day where the meeting is held."""

import datetime as dt
from zoneinfo import ZoneInfo

from meetings.display import clock
from meetings.floor.queries.state import FloorState
from meetings.floor.rules import asking

# Status, place (None for whoever has the floor), and about when they speak (None where that is not known).
Standing = tuple[str, int | None, str | None]


def expected_at(state: FloorState, place: int) -> dt.datetime | None:
    """About when the request at this place is heard, in the meeting's zone; None if it is not, or nobody knows.

    As if all before it used their time, counted from now; before the session, from the time it is planned for.
    """
    wait_ms = state.expected_wait(place)
    head = state.head
    if wait_ms is None or (head.start_to_come and (head.date is None or head.start is None)):
        return None
    begins = state.now
    if head.start_to_come and head.date is not None and head.start is not None:
        planned = asking.earliest(dt.datetime.combine(head.date, head.start), head.timezone)
        begins = max(begins, planned)
    return (begins + dt.timedelta(milliseconds=wait_ms)).astimezone(ZoneInfo(head.timezone))


def standings(state: FloorState) -> dict[int, Standing]:
    """How each open request stands, by its id: what a participant's page needs to keep their own place up to date."""
    found: dict[int, Standing] = {}
    if state.speaker is not None:
        found[state.speaker.id] = (state.speaker.status, None, None)
    for place, line in enumerate(state.waiting, start=1):
        at = expected_at(state, place)
        found[line.id] = (line.status, place, clock(at.time()) if at else None)
    return found
