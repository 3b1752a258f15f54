"""Form fields that several capabilities have, and what they suggest."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, IntegerField, TimeField

from exports import meeting_file_values as values


class OrNothing:
    """Makes a field take blank as nothing, and say its `complaint` of what it cannot read."""

    data: Any
    complaint: str

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata([valuelist[0].strip()])  # type: ignore[misc]  # of the field that it is mixed into
        except ValueError:
            raise ValueError(self.complaint) from None


class DayField(OrNothing, DateField):  # type: ignore[misc]  # WTForms has no types
    """A day, or nothing; its message says how to write one.

    A day that a meeting file would not take is refused: with a mistyped year, nothing could be exported any more.
    """

    complaint = _l("This is not a date. Write it as 2026-11-26.")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        super().process_formdata(valuelist)
        if self.data is None:
            return
        try:
            values.date(self.data)
        except ValueError:
            raise ValueError(_l("This day is far from any meeting. Check the year.")) from None


class ClockField(OrNothing, TimeField):  # type: ignore[misc]  # WTForms has no types
    """A time of day, or nothing."""

    complaint = _l("This is not a time. Write it as 09:30.")


class NumberField(OrNothing, IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number, or nothing."""

    complaint = _l("This is not a whole number.")


class WallClockField(OrNothing, DateTimeLocalField):  # type: ignore[misc]  # WTForms has no types
    """A day with a time on the wall clock of the meeting's zone, to the minute, or nothing."""

    complaint = _l("This is not a day with a time. Write it as 2026-11-26 09:30.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)


@cache
def zone_names() -> tuple[str, ...]:
    """The time zones that a form suggests: those of places, which know about summer time."""
    areas = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return tuple(sorted(name for name in available_timezones() if name.startswith(areas)))
