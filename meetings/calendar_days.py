"""When a meeting is over, for every capability that asks."""

import datetime as dt
from zoneinfo import ZoneInfo


def is_over(end_date: dt.date | None, timezone: str, now: dt.datetime) -> bool:
    """Whether a meeting's last day has passed where it is held; one without dates is still to come."""
    return end_date is not None and now.astimezone(ZoneInfo(timezone)).date() > end_date
