"""What the floor's forms share: one line of text, its longest, a duration, a number that may be missing."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import Length
from wtforms.widgets import TextInput

from exports.text import one_line
from meetings.display import minutes

LONGEST_TEXT = 300
_MINUTES_AND_SECONDS = re.compile(r"(\d{1,3}):([0-5]\d)")


def line(text: str | None) -> str | None:
    """A text on one line, None where it is empty."""
    return one_line(text or "") or None


def at_most() -> Length:
    """Refuses what is longer than a line."""
    return Length(max=LONGEST_TEXT, message=_l("Use at most %(max)d characters."))


def number(text: str | None) -> int | None:
    """A whole number, None for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() else None


class DurationField(Field):
    """Minutes and seconds, like 1:45; its data are milliseconds. Blank is None; with `missing`, refused."""

    widget = TextInput()
    data: Any

    def __init__(self, *args: Any, missing: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, render_kw={"maxlength": 6, "inputmode": "numeric", "class": "short"}, **kwargs)
        self.missing = missing
        if missing is not None:
            self.flags.required = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        text = line(valuelist[0]) if valuelist else None
        found = _MINUTES_AND_SECONDS.fullmatch(text or "")
        self.data = (int(found[1]) * 60 + int(found[2])) * 1000 if found else None
        if text and not found:
            raise ValueError(_l("Write minutes and seconds with a colon, like 1:45."))
        if not text and self.missing is not None:
            raise ValueError(self.missing)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else minutes(self.data)
