"""Form fields that several capabilities have, what they suggest, and the form that asks for nothing but an address."""

from collections.abc import Callable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    EmailField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput

from exports import meeting_file_values as values
from exports.text import clean, one_line
from meetings import mail

Check = Callable[[Any, Any], None]


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several of a few choices, each with a box to tick."""

    option_widget = CheckboxInput()


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


class LineField(StringField):  # type: ignore[misc]  # WTForms has no types
    """One line of text, clean; None for blank."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = (one_line(valuelist[0]) if valuelist else "") or None


class TextField(TextAreaField):  # type: ignore[misc]  # WTForms has no types
    """Text of several lines, clean; None for blank."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        text = clean(valuelist[0]) if valuelist else ""
        self.data = text.rstrip().lstrip("\n") or None


def at_most(length: int) -> Check:
    """Refuse a text of more characters."""

    def validate(form: Any, field: Any) -> None:
        del form
        if field.data is not None and len(field.data) > length:
            raise ValidationError(
                _("This has %(count)d characters; %(length)d are allowed.", count=len(field.data), length=length)
            )

    return validate


class AddressForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with one mail address."""

    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address.")), at_most(254)],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_email(self, field: Any) -> None:
        """Refuse what no mail can be sent to."""
        try:
            address = values.email(field.data)
        except ValueError:
            address = None
        if mail.usable(address) is None:
            raise ValidationError(_("This is not an e-mail address. It looks like name@example.org."))

    @property
    def address(self) -> str:
        """The address as it is kept, once the form is valid."""
        return values.email(self.email.data)


def is_zone() -> Check:
    """Refuse what is no IANA time zone, and name the nearest one."""

    def validate(form: Any, field: Any) -> None:
        del form
        try:
            values.zone(field.data)
        except ValueError as refusal:
            nearest = str(refusal).rpartition("did you mean ")[2].rstrip("?") if "did you mean" in str(refusal) else ""
            if nearest:
                raise ValidationError(_("There is no such time zone. Did you mean %(zone)s?", zone=nearest)) from None
            raise ValidationError(_("There is no such time zone. Choose one of the list, as Europe/Zurich.")) from None

    return validate


@cache
def zone_names() -> tuple[str, ...]:
    """The time zones that a form suggests: those of places, which know about summer time."""
    areas = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return tuple(sorted(name for name in available_timezones() if name.startswith(areas)))
