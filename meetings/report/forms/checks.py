"""The forms of the right of check: until when the rapporteur asks, and what a speaker answers."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from meetings.fields import DayField
from meetings.report.commands.checks import LONGEST_COMMENT
from meetings.report.forms.shared import typed_text


class AskForm(FlaskForm):
    """Until when answers are asked for. Whom to ask is a box beside each paragraph of the list."""

    answer_by = DayField(
        _l("Answers are asked for until"), description=_l("It stands in the mail. Later answers count too.")
    )


class AnswerForm(FlaskForm):
    """A speaker's answer. `seen` is the version that the page showed."""

    answer = RadioField(
        _l("Your answer"),
        choices=[
            SelectChoice("agreed", _l("It tells rightly what I said")),
            SelectChoice("comment", _l("Something should be different")),
        ],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    comment = TextAreaField(
        _l("What should be different"),
        filters=[typed_text],
        validators=[Length(max=LONGEST_COMMENT, message=_l("Use at most %(max)d characters."))],
        description=_l("In any language. The rapporteur reads it beside the paragraph; it is not published."),
    )
    seen = HiddenField()

    def validate_comment(self, field: Any) -> None:
        """A comment needs words."""
        if self.answer.data == "comment" and not field.data:
            raise ValidationError(_("Write what should be different."))
