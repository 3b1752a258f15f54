"""Fields that keep what was typed as the project keeps texts: clean, with line feeds as line ends, None for blank.

What a field accepts is what a meeting file accepts (exports/meeting_file_values.py), so that all that is entered on
screen can be exported and read again.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from exports import meeting_file_values as values
from exports.text import one_line
from meetings.fields import Check
from meetings.fields import LineField as LineField
from meetings.fields import TextField as TextField
from meetings.fields import at_most as at_most
from meetings.fields import is_zone as is_zone
from meetings.programme.queries.edits import Named
from meetings.programme.rules.lists import Group, from_groups, from_lines, to_groups, to_lines
from meetings.programme.rules.names import chosen


class LinesField(TextAreaField):
    """A list, an item on each line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = from_lines(valuelist[0] if valuelist else "")

    def _value(self) -> str:
        return to_lines(self.data or ())


class GroupsField(TextAreaField):
    """Items in groups; a line that starts with `#` names the group of those below it."""

    data: tuple[Group, ...]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = from_groups(valuelist[0] if valuelist else "")

    def _value(self) -> str:
        return to_groups(self.data or ())


class LanguagesField(StringField):
    """Language codes (BCP 47) separated by commas."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = one_line(valuelist[0] if valuelist else "")
        codes = [code.strip() for code in text.replace(";", ",").split(",") if code.strip()]
        self.data = tuple(dict.fromkeys(codes))

    def _value(self) -> str:
        return ", ".join(self.data or ())


class ChoiceField(StringField):
    """One of several by its label, with suggestions while typing; `labels` (by key) are set before it is shown.

    Its data is Named, or None for blank: a text that is no label names somebody or something new.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels: dict[str, str] = {}

    def process_formdata(self, valuelist: list[str]) -> None:
        text = one_line(valuelist[0] if valuelist else "")
        self.data = Named(None, text) if text else None

    @property
    def named(self) -> Named | None:
        """What was chosen or newly named."""
        if self.data is None or self.data.key is not None:
            return self.data
        key = chosen(self.data.new_name or "", self.labels)
        return self.data if key is None else Named(key)

    def _value(self) -> str:
        if self.data is None:
            return ""
        return self.data.new_name or self.labels.get(self.data.key or "", "")


def accepts(check: Callable[[object], object], message: str) -> Check:
    """Refuse what the meeting file would refuse; blank passes. `message` says what to write."""

    def validate(form: Any, field: Any) -> None:
        del form
        for value in _each(field.data):
            try:
                check(value)
            except ValueError:
                raise ValidationError(message) from None

    return validate


def _each(data: object) -> Sequence[object]:
    if data is None:
        return ()
    return data if isinstance(data, tuple) else (data,)


def rows_are_sound(form: Any, field: Any) -> None:
    """Say above a list of rows that something in them is wrong."""
    del form
    if any(entry.errors for entry in field.entries):
        raise ValidationError(_("Please check the rows that are marked."))


WEB_ADDRESS = accepts(values.web_address, _l("This is not a web address. It starts with https://"))
EMAIL = accepts(values.email, _l("This is not a mail address. It looks like name@example.org."))
LANGUAGES = accepts(
    values.language, _l("Write language codes separated by commas, as en, fr, es (English, French, Spanish).")
)
