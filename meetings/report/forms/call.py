"""The form of the call for inputs."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from exports import meeting_file_values
from meetings.display import language_name
from meetings.fields import CheckboxesField, NumberField, WallClockField
from meetings.floor.rules.statements import FILE_TYPES
from meetings.report.forms.shared import typed_line, typed_text
from meetings.report.input_words import clock_words, shown_types
from meetings.report.rules.call import UN_LANGUAGES, Call, Deadline, clock_problem, from_questions, to_questions

_MOST_WORDS = 100_000
_FREE_ROWS = 2


class DeadlineForm(Form):
    """Until when one partner takes submissions; without partner and time, none."""

    partner = StringField(_l("Partner"), filters=[typed_line])
    at = WallClockField(_l("Deadline"))
    timezone = StringField(_l("Time zone"), filters=[typed_line], render_kw={"list": "zones", "autocomplete": "off"})

    @property
    def blank(self) -> bool:
        """Whether nothing is said: a zone alone says nothing."""
        return not self.partner.data and self.at.data is None and not self.at.errors

    def validate_partner(self, field: Any) -> None:
        """Refuse a deadline of nobody."""
        if self.at.data is not None and not field.data:
            raise ValidationError(_("Name the partner whose deadline this is."))

    def validate_at(self, field: Any) -> None:
        """Refuse a partner without a deadline."""
        if field.data is None and self.partner.data and not field.errors:
            raise ValidationError(_("Enter day and time; to take the deadline out, empty its partner as well."))

    def validate_timezone(self, field: Any) -> None:
        """Refuse what is no time zone, and a time that its clocks skip or show twice."""
        if self.blank:
            return
        try:
            meeting_file_values.zone(field.data or "")
        except ValueError:
            raise ValidationError(_("There is no such time zone. Choose one of the list, as Europe/Zurich.")) from None
        if self.at.data is not None and (problem := clock_problem(self.at.data, field.data)):
            raise ValidationError(clock_words(problem, field.data))

    def deadline(self) -> Deadline:
        """What was entered; only for a valid one that is not blank."""
        return Deadline(self.partner.data, self.at.data, self.timezone.data)


class CallForm(FlaskForm):
    """The call, with two free rows for further deadlines."""

    introduction = TextAreaField(
        _l("Introduction"),
        filters=[typed_text],
        description=_l(
            "Who asks for what, and what it is for. An empty line begins a new paragraph; *stars* are emphasis."
        ),
    )
    addressees = StringField(
        _l("Addressees"),
        filters=[typed_line],
        description=_l("As the report will go on behind “sought contributions from …”. In English, as the report is."),
        render_kw={"lang": "en"},
    )
    questions = TextAreaField(
        _l("Questions"),
        description=_l("One on each line. Sub-questions stand below theirs, each behind a hyphen (-)."),
    )
    deadlines = FieldList(FormField(DeadlineForm))
    max_words = NumberField(
        _l("Words at most"),
        [Optional(), NumberRange(1, _MOST_WORDS, _l("Write a number between 1 and 100,000."))],
        description=_l("Of all typed answers together, and of each file. Empty: any number."),
        render_kw={"min": 1, "max": _MOST_WORDS},
    )
    file_types = CheckboxesField(_l("Files that are taken"), description=_l("Up to three files of 5 MB each."))
    languages = CheckboxesField(_l("Languages in which it may be written"))
    seen = HiddenField()

    def __init__(self, stored: Call, *args: Any, **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(*args, **kwargs)
        self.file_types.choices = [SelectChoice(each, shown_types((each,))) for each in FILE_TYPES]
        codes = dict.fromkeys((*UN_LANGUAGES, *stored.languages))
        self.languages.choices = [SelectChoice(code, language_name(code)) for code in codes]

    @classmethod
    def data_of(cls, call: Call, version: int, timezone: str) -> dict[str, Any]:
        """The form's data; `timezone` is what a new deadline has at first."""
        rows = [{"partner": each.partner, "at": each.at, "timezone": each.timezone} for each in call.deadlines]
        return {
            "introduction": call.introduction,
            "addressees": call.addressees,
            "questions": from_questions(call.questions),
            "deadlines": [*rows, *({"timezone": timezone} for _row in range(_FREE_ROWS))],
            "max_words": call.max_words,
            "file_types": list(call.file_types),
            "languages": list(call.languages),
            "seen": str(version),
        }

    def call(self) -> Call:
        """What was entered; only for a form that is valid. What was left as it was shown stays as it is stored."""
        stored = self.stored
        typed, shown = typed_text(self.questions.data), from_questions(stored.questions)
        kept = typed_text(stored.introduction) == self.introduction.data
        return Call(
            stored.introduction if kept else self.introduction.data or None,
            stored.addressees if typed_line(stored.addressees) == self.addressees.data else self.addressees.data,
            stored.questions if typed == typed_text(shown) else to_questions(typed),
            tuple(row.form.deadline() for row in self.deadlines if not row.form.blank),
            self.max_words.data,
            _in_order(self.file_types.data or (), FILE_TYPES, stored.file_types),
            _in_order(self.languages.data or (), UN_LANGUAGES, stored.languages),
        )


def _in_order(chosen: list[str] | tuple[str, ...], usual: tuple[str, ...], stored: tuple[str, ...]) -> tuple[str, ...]:
    """What was ticked: as it is stored where it is the same, else in the usual order."""
    if set(chosen) == set(stored):
        return stored
    return tuple(each for each in dict.fromkeys((*usual, *stored)) if each in chosen)
