"""A form field that several capabilities have."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField

from exports import meeting_file_values as values


class DayField(DateField):  # type: ignore[misc]  # WTForms has no types
    """A day, or nothing; its message says how to write one.

    A day that a meeting file would not take is refused: with a mistyped year, nothing could be exported any more.
    """

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("This is not a date. Write it as 2026-11-26.")) from None
        try:
            values.date(self.data)
        except ValueError:
            raise ValueError(_l("This day is far from any meeting. Check the year.")) from None
