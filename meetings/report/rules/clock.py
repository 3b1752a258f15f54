"""When a report has to be forecast and submitted, counted back from the Council session that it is for.

Forecasts are confirmed at least 14 weeks before the session, pre-session documents are submitted 10 weeks before
(United Nations Office at Geneva, Documents Management Section).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

FORECAST_WEEKS = 14
SLOT_WEEKS = 10


@dataclass(frozen=True, slots=True)
class Date:
    """A day that matters, and in how many days it is from today: below 0 once it has passed."""

    day: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Clock:
    """The dates of a report. `since_meeting` are days since the meeting's last day; None before and without one.

    `late_by` are the days by which the report is, or would be if it were submitted today, behind its slot: a note that
    says why then has to go with it.
    """

    forecast: Date | None
    slot: Date | None
    session: Date | None
    submitted: Date | None
    since_meeting: int | None
    late_by: int


def clock(
    council_start: dt.date | None, submitted: dt.date | None, meeting_end: dt.date | None, today: dt.date
) -> Clock:
    """The dates as they stand today; what rests on a session that is not known yet is None."""

    def date(day: dt.date | None) -> Date | None:
        return None if day is None else Date(day, (day - today).days)

    def before(weeks: int) -> dt.date | None:
        return None if council_start is None else council_start - dt.timedelta(weeks=weeks)

    slot = before(SLOT_WEEKS)
    since = None if meeting_end is None or meeting_end > today else (today - meeting_end).days
    late = 0 if slot is None else max(((submitted or today) - slot).days, 0)
    return Clock(date(before(FORECAST_WEEKS)), date(slot), date(council_start), date(submitted), since, late)
