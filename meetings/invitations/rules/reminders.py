"""When people are reminded: a week, a day and an hour before a sitting, and an hour before a list of speakers closes.

A reminder is for who has known of it for as long: it is not sent where the invitation itself came later than that, nor
long after its time (a week's not on the day before).
"""

import datetime as dt
from typing import Literal, get_args

Kind = Literal["week", "day", "hour", "list_closes"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_SITTINGS: tuple[Kind, ...] = ("week", "day", "hour")

LEADS: dict[Kind, dt.timedelta] = {
    "week": dt.timedelta(days=7),
    "day": dt.timedelta(days=1),
    "hour": dt.timedelta(hours=1),
    "list_closes": dt.timedelta(hours=1),
}
LONGEST = max(LEADS.values())


def is_due(kind: Kind, starts_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether it is time for a reminder of what begins (or closes) at an instant: for the first half of its lead."""
    lead = LEADS[kind]
    return starts_at - lead <= now < starts_at - lead / 2


def known_in_time(kind: Kind, starts_at: dt.datetime, told_at: dt.datetime | None) -> bool:
    """Whether somebody was told early enough to be reminded; None is from before that was kept."""
    return told_at is None or told_at <= starts_at - LEADS[kind]


def is_new(kind: Kind, starts_at: dt.datetime, reminded_of: dt.datetime | None) -> bool:
    """Whether a reminder is not a second one of the same: what was put off by its whole lead is another time."""
    return reminded_of is None or starts_at - LEADS[kind] >= reminded_of
