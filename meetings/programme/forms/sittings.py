"""The form of a sitting."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, ValidationError

from meetings.fields import ClockField, DayField
from meetings.programme.forms.edit import EditForm
from meetings.programme.forms.fields import LANGUAGES, LanguagesField, LineField
from meetings.programme.queries.edits import SittingValues


class SittingForm(EditForm):
    """An unbroken stretch of a meeting in one room or one call."""

    values_class = SittingValues

    date = DayField(_l("Day"), [InputRequired(_l("Choose a day."))])
    start = ClockField(_l("From"), [InputRequired(_l("Give a time."))])
    end = ClockField(_l("To"), [InputRequired(_l("Give a time."))])
    room = LineField(_l("Room"))
    interpretation = LanguagesField(
        _l("Interpretation"), [LANGUAGES], description=_l("Codes of the languages, separated by commas: en, fr, es.")
    )

    def validate_end(self, field: Any) -> None:
        """Refuse an end that is not after the start."""
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("The end is not after the start."))
