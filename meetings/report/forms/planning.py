"""The form of the plan: which sections the draft has, under which headings, and how it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from meetings.fields import NumberField
from meetings.report.forms.shared import typed_line
from meetings.report.rules.headings import Row, rows_of, themes_of
from meetings.report.rules.material import Material, Session
from meetings.report.rules.options import Options, from_stored, to_stored

PARTS = ("opening", "thematic", "dialogue", "closing")
_OTHERS_LIMIT = 10_700
_NOT_REPORTED = {"break", "lunch", "photo", "registration"}
_NEEDED = _l("Write a number.")


class FloorForm(Form):
    """Where the floor of one session is told."""

    key = HiddenField()
    place = SelectField(
        _l("Its floor"),
        choices=[
            SelectChoice("", _l("As usual")),
            SelectChoice("folded", _l("In its session")),
            SelectChoice("section", _l("In a section of its own")),
        ],
    )


class ThemeForm(Form):
    """A theme of the submissions, and the heading that it stands under."""

    theme = HiddenField()
    heading = StringField(_l("Heading"), filters=[typed_line])


class PlanForm(FlaskForm):
    """The decisions about the draft as a whole. `shown` are those that the page showed."""

    opening = StringField(_l("Heading of the opening"), filters=[typed_line])
    thematic = StringField(_l("Heading of the thematic sessions"), filters=[typed_line])
    dialogue = StringField(_l("Heading of the interactive dialogue"), filters=[typed_line])
    closing = StringField(_l("Heading of the closing"), filters=[typed_line])
    floors = FieldList(FormField(FloorForm))
    themes = FieldList(FormField(ThemeForm))
    several = NumberField(
        _l("“Several” from"), validators=[InputRequired(_NEEDED), NumberRange(2, 99, _l("Choose 2 to 99."))]
    )
    number = NumberField(
        _l("“A number of” from"), validators=[InputRequired(_NEEDED), NumberRange(2, 999, _l("Choose 2 to 999."))]
    )
    many_percent = NumberField(
        _l("“Many” from this share of all, in per cent"),
        validators=[InputRequired(_NEEDED), NumberRange(1, 100, _l("Choose 1 to 100."))],
    )
    bold = BooleanField(_l("Print conclusions and recommendations bold"))
    annex = BooleanField(_l("Add the list of speakers as an annex"))
    word_limit = RadioField(_l("Limit on words"), coerce=int)
    shown = HiddenField()

    def __init__(self, stored: Options, material: Material, used: Sequence[str], **kwargs: Any) -> None:
        self.stored, self.used = stored, used
        self.sessions = {each.key: each for each in sessions_in_plan(material)}
        super().__init__(**kwargs)
        limits = dict.fromkeys((Options().word_limit, _OTHERS_LIMIT, stored.word_limit))
        names = {
            Options().word_limit: _("8,500: the report originates in the Secretariat"),
            _OTHERS_LIMIT: _("10,700: it originates elsewhere"),
        }
        self.word_limit.choices = [SelectChoice(limit, names.get(limit, f"{limit:,}")) for limit in limits]

    @classmethod
    def data_of(cls, options: Options, material: Material, used: Sequence[str]) -> dict[str, Any]:
        """The form's data for the decisions."""
        return {
            **{part: options.headings.get(part) for part in PARTS},
            "floors": [
                {"key": each.key, "place": options.floors.get(each.key, "")} for each in sessions_in_plan(material)
            ],
            "themes": [{"theme": theme, "heading": heading} for theme, heading in rows_of(options, used)],
            **{name: getattr(options, name) for name in ("several", "number", "many_percent", "bold", "annex")},
            "word_limit": options.word_limit,
            "shown": json.dumps(to_stored(options), sort_keys=True),
        }

    def validate_number(self, field: Any) -> None:
        """Refuse quantifiers that overlap."""
        if field.data is not None and self.several.data is not None and field.data <= self.several.data:
            raise ValidationError(_("“A number of” has to begin above “several”."))

    def seen(self) -> Options:
        """The decisions that the page showed; ValueError where they cannot be read."""
        return from_stored(json.loads(self.shown.data or "{}"))

    def values(self) -> Options:
        """What was entered; only for a form that is valid. What is not on the page stays as it is stored."""
        places = {row.form.key.data: row.form.place.data for row in self.floors if row.form.key.data in self.sessions}
        floors = {key: place for key, place in self.stored.floors.items() if key not in places}
        floors |= {key: place for key, place in places.items() if place}
        headings = {part: heading for part, heading in self.stored.headings.items() if part not in PARTS}
        headings |= {part: self[part].data for part in PARTS if self[part].data}
        numbers = ("several", "number", "many_percent", "bold", "annex", "word_limit")
        return replace(
            self.stored,
            floors=floors,
            headings=headings,
            themes=themes_of(self.rows(), self.stored, self.used),
            **{name: self[name].data for name in numbers},
        )

    def rows(self) -> list[Row]:
        """The themes and their headings as they were entered."""
        return [(row.form.theme.data, row.form.heading.data or "") for row in self.themes]


def sessions_in_plan(material: Material) -> list[Session]:
    """The sessions that may be told in the report."""
    return [session for session in material.sessions if session.kind not in _NOT_REPORTED]
