"""What the chair and the desk fill in."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from meetings.floor.forms.fields import LONGEST_TEXT, at_most, line

_MINUTES_AND_SECONDS = re.compile(r"(\d{1,3}):([0-5]\d)")


class CorrectForm(FlaskForm):
    """What a turn really used, and why that differs from what the clock counted."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    used = StringField(
        _l("Time actually spoken"),
        description=_l("Minutes and seconds, like 1:45."),
        filters=[line],
        validators=[DataRequired(_l("Enter the time that was spoken."))],
        render_kw={"maxlength": 6, "inputmode": "numeric"},
    )
    reason = StringField(
        _l("Reason"),
        description=_l("Kept in the log of the floor."),
        filters=[line],
        validators=[DataRequired(_l("Say why the time is corrected.")), at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )

    def validate_used(self, field: Any) -> None:
        """Refuse what is no time."""
        if not _MINUTES_AND_SECONDS.fullmatch(field.data or ""):
            raise ValidationError(_("Write minutes and seconds with a colon, like 1:45."))

    @property
    def used_ms(self) -> int:
        """The time entered, in milliseconds."""
        minutes, seconds = str(self.used.data).split(":")
        return (int(minutes) * 60 + int(seconds)) * 1000
