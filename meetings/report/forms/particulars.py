"""The form of the report's particulars, conclusions and recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from meetings.display import language_name
from meetings.fields import CheckboxesField, DayField, NumberField
from meetings.report.forms.shared import typed_line, typed_text
from meetings.report.queries import ReportValues, Resting
from meetings.report.rules.front import AGENDA
from meetings.report.rules.kept import as_item, from_lines, from_paragraphs, to_lines, to_paragraphs
from meetings.report.rules.material import Recommendation

_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class RecommendationForm(Form):
    """What one addressee is recommended; all empty for none."""

    addressee = StringField(_l("Addressee"), filters=[typed_line], description=_l("For example: National governments"))
    lead = TextAreaField(
        _l("Lead"),
        filters=[typed_text],
        description=_l("Left empty, it reads “… should:”. Without items it is a sentence of its own."),
    )
    items = TextAreaField(_l("Items"), description=_l("One on each line; letters and semicolons are added."))
    points = CheckboxesField(_l("Rests on"), validate_choice=False)


class ReportForm(FlaskForm):
    """The particulars of the report, its conclusions and its recommendations."""

    title = StringField(
        _l("Title"), filters=[typed_line], description=_l("Left empty, it is made of the meeting’s title.")
    )
    symbol = StringField(
        _l("Symbol"),
        filters=[typed_line],
        validators=[Length(max=60, message=_l("Use at most %(max)d characters."))],
        render_kw={"maxlength": 60, "placeholder": "A/HRC/…"},
    )
    focus = TextAreaField(
        _l("What the meeting focused on"),
        filters=[typed_text],
        description=_l("It goes on behind “The meeting focused on …”."),
        render_kw={"autocapitalize": "none", "rows": 2},
    )
    date = DayField(_l("Date of submission"))
    original_language = SelectField(_l("Original language"), render_kw={"translate": "no"})
    council_number = NumberField(
        _l("Session of the Human Rights Council"),
        validators=[Optional(), NumberRange(1, 999, _l("Write the number of the session, as 63."))],
    )
    council_start = DayField(_l("First day of the session"))
    council_end = DayField(_l("Last day of the session"))
    agenda_items = CheckboxesField(_l("Agenda items"), coerce=int)
    conclusions = TextAreaField(
        _l("Conclusions"),
        description=_l("Leave an empty line between paragraphs. Footnotes and italics are added to each in the draft."),
    )
    recommendations = FieldList(FormField(RecommendationForm))
    seen = HiddenField()

    def __init__(self, stored: ReportValues, points: Sequence[Resting] = (), *args: Any, **kwargs: Any) -> None:
        self.stored = stored
        self.known = {each.uid: each for each in points}
        super().__init__(*args, **kwargs)
        for row in self.recommendations:
            self._offer(row)
        self.agenda_items.choices = [SelectChoice(str(item), f"{item}. {title}") for item, title in AGENDA.items()]
        languages = dict.fromkeys((*_LANGUAGES, stored.original_language))
        self.original_language.choices = [SelectChoice(code, language_name(code)) for code in languages]

    @classmethod
    def data_of(cls, values: ReportValues, version: int) -> dict[str, Any]:
        """The form's data, with an empty place for one more recommendation."""
        rows = [
            {
                "addressee": each.addressee,
                "lead": each.lead,
                "items": to_lines(each.items),
                "points": list(each.points),
            }
            for each in values.recommendations
        ]
        plainly = (
            "title",
            "focus",
            "symbol",
            "date",
            "original_language",
            "council_number",
            "council_start",
            "council_end",
        )
        return {
            **{name: getattr(values, name) for name in plainly},
            "agenda_items": list(values.agenda_items),
            "conclusions": to_paragraphs(values.conclusions),
            "recommendations": [*rows, {}],
            "seen": str(version),
        }

    def use(self, uid: str, place: int) -> bool:
        """Add a point's words to a group as one more item that rests on it; False where either is unknown."""
        point = self.known.get(uid)
        if point is None or not 0 <= place < len(self.recommendations):
            return False
        row = self.recommendations[place].form
        row.items.data = "\n".join(filter(None, [(row.items.data or "").rstrip(), as_item(point.text)]))
        row.points.data = list(dict.fromkeys([*(row.points.data or ()), uid]))
        self._offer(self.recommendations[place])
        return True

    def unused(self) -> list[Resting]:
        """The recommendations of the notes on which no group rests yet."""
        used = {uid for row in self.recommendations for uid in row.form.points.data or ()}
        return [each for each in self.known.values() if each.kind == "recommendation" and each.uid not in used]

    def _offer(self, row: Any) -> None:
        """The points of a group to be ticked off: those it rests on now."""
        uids = row.form.points.data or ()
        known = {uid: self.known[uid].sentence for uid in uids if uid in self.known}
        row.form.points.choices = [SelectChoice(uid, known.get(uid, _("A point that is gone"))) for uid in uids]

    def validate_council_end(self, field: Any) -> None:
        """Refuse a session that ends before it begins."""
        if field.data and self.council_start.data and field.data < self.council_start.data:
            raise ValidationError(_("The session cannot end before it begins."))

    def values(self) -> ReportValues:
        """What was entered; only for a form that is valid. What was left as it was shown stays as it is stored."""
        ticked, stored = set(self.agenda_items.data or ()), self.stored.agenda_items
        return ReportValues(
            self.symbol.data,
            self.council_number.data,
            self.council_start.data,
            self.council_end.data,
            stored if ticked == set(stored) else tuple(sorted(ticked)),
            self.date.data,
            self.original_language.data,
            self.title.data,
            self.focus.data or None,
            from_paragraphs(self.conclusions.data or "", self.stored.conclusions),
            self._recommendations(),
        )

    def _recommendations(self) -> tuple[Recommendation, ...]:
        rows = []
        for place, row in enumerate(self.recommendations):
            known = self.stored.recommendations[place].items if place < len(self.stored.recommendations) else ()
            items = from_lines(row.form.items.data or "", known)
            resting = self.stored.recommendations[place].points if place < len(self.stored.recommendations) else ()
            ticked = tuple(row.form.points.data or ())
            points = resting if set(ticked) == set(resting) else ticked
            given = Recommendation(row.form.addressee.data, row.form.lead.data or None, items, points)
            if (given.addressee or given.lead or given.items) or given in self.stored.recommendations[
                place : place + 1
            ]:
                rows.append(given)
        return tuple(rows)
