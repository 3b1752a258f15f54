"""Whether requests for the floor are taken, and why not. Pure: `now` is an argument.

Windows follow United Nations practice: a list opens at an announced hour and closes at another, both wall clock where
the meeting is held (orders of the day of the Human Rights Council, 2012 to 2017).
"""

import datetime as dt
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from meetings.floor.rules import Status

# A request that counts towards a floor's maximum: who was declined, absent or withdrew leaves a place to somebody else.
COUNTED = frozenset(
    {
        Status.REQUESTED,
        Status.CALLED,
        Status.SPEAKING,
        Status.PAUSED,
        Status.SET_ASIDE,
        Status.SPOKEN,
        Status.NOT_REACHED,
    }
)


class Asking(StrEnum):
    """Whether requests are taken, or what stands in the way."""

    OPEN = "open"
    FLOOR_CLOSED = "floor_closed"  # the floor itself has ended
    MEETING_OVER = "meeting_over"
    USED_UP = "used_up"  # less than the shortest turn is left: nobody can be given the floor any more
    LIST_CLOSED = "list_closed"  # by the chair
    NOT_YET = "not_yet"
    WINDOW_OVER = "window_over"
    FULL = "full"


class Window(Protocol):
    """What a floor says about asking; `asking_opens` and `asking_closes` are wall clock."""

    @property
    def list_open(self) -> bool: ...
    @property
    def closed_at(self) -> dt.datetime | None: ...
    @property
    def asking_opens(self) -> dt.datetime | None: ...
    @property
    def asking_closes(self) -> dt.datetime | None: ...
    @property
    def max_requests(self) -> int | None: ...


def asking(
    floor: Window, *, counted: int, over: bool, timezone: str, now: dt.datetime, used_up: bool = False
) -> Asking:
    """Whether a floor takes requests at an instant.

    `counted` is how many requests count towards the maximum, `over` whether the meeting's last day has passed,
    `used_up` whether the turns that have ended leave less than the shortest one. Of several reasons the one that is
    hardest to change is given.
    """
    if floor.closed_at is not None:
        return Asking.FLOOR_CLOSED
    if over:
        return Asking.MEETING_OVER
    if used_up:
        return Asking.USED_UP
    if not floor.list_open:
        return Asking.LIST_CLOSED
    if floor.asking_closes is not None and now >= latest(floor.asking_closes, timezone):
        return Asking.WINDOW_OVER
    if floor.asking_opens is not None and now < earliest(floor.asking_opens, timezone):
        return Asking.NOT_YET
    if floor.max_requests is not None and counted >= floor.max_requests:
        return Asking.FULL
    return Asking.OPEN


def earliest(wall: dt.datetime, timezone: str) -> dt.datetime:
    """The first instant that a wall-clock time can mean in a zone.

    In the hour that a change of the clocks repeats or leaves out, a time can be read in two ways. A window opens with
    the earlier reading and closes with the later one, so that it is never shorter than announced.
    """
    return min(_readings(wall, timezone))


def latest(wall: dt.datetime, timezone: str) -> dt.datetime:
    """The last instant that a wall-clock time can mean in a zone."""
    return max(_readings(wall, timezone))


def _readings(wall: dt.datetime, timezone: str) -> list[dt.datetime]:
    zone = ZoneInfo(timezone)
    return [wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
