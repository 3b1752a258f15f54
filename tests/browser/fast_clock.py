"""Rostrum with a clock that runs faster, so that a floor of 45 minutes can be played in one: what gunicorn loads.

`CLOCK_STARTED` is the instant (seconds since 1970) from which on it runs `CLOCK_SPEED` times as fast.
"""

import datetime as dt
import os
import time
from types import SimpleNamespace

from meetings import database

STARTED = float(os.environ["CLOCK_STARTED"])
SPEED = float(os.environ["CLOCK_SPEED"])


class FastDatetime(dt.datetime):
    """The time of day, faster."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # a plain datetime will do
        """The instant that it is on this clock."""
        return dt.datetime.fromtimestamp(STARTED + (time.time() - STARTED) * SPEED, tz)


# meetings.database.now() is the only clock.
vars(database)["dt"] = SimpleNamespace(**{**vars(dt), "datetime": FastDatetime})

from wsgi import app  # noqa: E402  # the application is made on the fast clock

__all__ = ["app"]
