"""What a row of the run sheet is filled in with: its start, its length, and what else is chosen there."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import NumberRange, Optional, ValidationError

from meetings.fields import ClockField, NumberField

_LONGEST = 24 * 60 - 1


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a row that could not be saved, with the reasons; `stale`: somebody else changed the row."""

    key: str
    start: str
    minutes: str
    rest: bool
    problems: tuple[str, ...]
    stale: bool = False


class RowForm(FlaskForm):
    """One row. Left empty, start and length are not fixed."""

    key = HiddenField()
    version = NumberField()
    start = ClockField(_l("Start"))
    minutes = NumberField(
        _l("Minutes"),
        [Optional(), NumberRange(1, _LONGEST, _l("Give a number of minutes, from 1 to 1439."))],
    )
    rest = BooleanField(_l("The rest follows"))
    at = ClockField(_l("Split at"))
    before = HiddenField()

    def validate_minutes(self, field: Any) -> None:
        """Refuse a length without a start."""
        if field.data is not None and self.start.data is None and not self.start.errors:
            raise ValidationError(_("Give the start too."))

    def typed(self, *refusals: str, stale: bool = False) -> Typed:
        """What was typed, with what is wrong with it."""
        problems = [str(message) for field in (self.start, self.minutes, self.at) for message in field.errors]
        return Typed(
            key=self.key.data or "",
            start=_written(self.start),
            minutes=_written(self.minutes),
            rest=bool(self.rest.data),
            problems=(*problems, *refusals),
            stale=stale,
        )


def _written(field: Any) -> str:
    """What stands in a field: as it was typed, or as a browser wants a time."""
    if field.raw_data:
        return str(field.raw_data[0])
    return f"{field.data:%H:%M}" if isinstance(field.data, dt.time) else str(field.data or "")
