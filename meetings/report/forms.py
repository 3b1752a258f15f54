"""What is filled in for the report: a point, a submission, the report's particulars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from exports.text import clean, one_line
from meetings.display import categories, language_name
from meetings.fields import DayField, NumberField
from meetings.report.queries import Choice, PointValues, ReportValues, SubmissionValues
from meetings.report.rules.front import AGENDA
from meetings.report.rules.kept import from_lines, from_paragraphs, to_lines, to_paragraphs
from meetings.report.rules.material import Recommendation, Submission
from meetings.report.rules.notes import KINDS, LONGEST_VERB, Voice, themes_from, themes_to, voice

_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def _line(text: str | None) -> str | None:
    return one_line(text or "") or None


def _body(text: str | None) -> str:
    return clean(text or "").strip()


def kind_names() -> dict[str, str]:
    """The kinds of points by their code."""
    return {
        "point": _("Point"),
        "example": _("Example"),
        "challenge": _("Challenge"),
        "recommendation": _("Recommendation"),
        "question": _("Question"),
    }


def _group_names() -> dict[str, str]:
    return {
        "now": _("Has the floor now"),
        "programme": _("On the programme of this session"),
        "heard": _("From the floor of this session"),
        "several": _("Several or unnamed"),
        "elsewhere": _("Speakers of other sessions"),
        "organisations": _("Organizations"),
    }


class CheckboxesField(SelectMultipleField):
    """Several of a few choices, each with a box to tick."""

    option_widget = widgets.CheckboxInput()


class PointForm(FlaskForm):
    """One point. `seen` is the version that the page showed, empty for a new point."""

    speaker = SelectField(_l("Speaker"), validators=[InputRequired(_l("Choose whose words these are."))])
    kind = SelectField(_l("Kind"), validators=[InputRequired(_l("Choose a kind."))])
    verb = StringField(
        _l("Verb"),
        filters=[_line],
        validators=[Length(max=LONGEST_VERB, message=_l("Use at most %(max)d characters."))],
        render_kw={"maxlength": LONGEST_VERB, "list": "verbs", "autocapitalize": "none", "autocomplete": "off"},
    )
    text = TextAreaField(
        _l("What was said"),
        description=_l("Go on behind the verb: “the need for …”, “that cities …”, “how to …”."),
        filters=[_body],
        validators=[DataRequired(_l("Write what was said."))],
        render_kw={"autocapitalize": "none"},
    )
    themes = StringField(_l("Themes"), description=_l("Separate them with commas."))
    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = kind_names()
        self.kind.choices = [SelectChoice(kind, names[kind]) for kind in KINDS]

    @classmethod
    def data_of(cls, values: PointValues, version: int | None = None) -> dict[str, Any]:
        """The form's data for a point."""
        return {
            "speaker": values.voice.value,
            "kind": values.kind,
            "verb": values.verb,
            "text": values.text,
            "themes": themes_to(values.themes),
            "seen": "" if version is None else str(version),
        }

    def offer(self, voices: Iterable[Choice], roles: dict[str, str]) -> None:
        """Offer the speakers of a session."""
        names = _group_names()
        chosen = [
            (each.group, SelectChoice(each.voice.value, _called(each, roles), optgroup=names[each.group]))
            for each in voices
        ]
        several = [
            SelectChoice(Voice(collective=True).value, _("Several speakers"), optgroup=names["several"]),
            SelectChoice(Voice().value, _("A speaker who is not named"), optgroup=names["several"]),
        ]
        first = [choice for group, choice in chosen if group in ("now", "programme", "heard")]
        rest = [choice for group, choice in chosen if group in ("elsewhere", "organisations")]
        self.speaker.choices = _once([*first, *several, *rest])

    def offer_submissions(self, submissions: Iterable[Submission]) -> None:
        """Offer the submissions in place of speakers."""
        self.speaker.label.text = _("Source")
        self.speaker.choices = [
            *(SelectChoice(Voice(submission=s.id).value, _input_name(s)) for s in submissions),
            SelectChoice(Voice(collective=True).value, _("Several submissions")),
            SelectChoice(Voice().value, _("One submission that is not listed")),
        ]

    def values(self) -> PointValues:
        """What was entered; only for a form that is valid."""
        return PointValues(
            voice(self.speaker.data),
            self.kind.data,
            self.verb.data,
            themes_from(self.themes.data or ""),
            self.text.data,
        )


def _called(choice: Choice, roles: dict[str, str]) -> str:
    name = choice.name or str(_("An organization that is not known"))
    return f"{name} ({roles[choice.role]})" if choice.role in roles else name


def _input_name(submission: Submission) -> str:
    if submission.organisation is None:
        return str(_("%(key)s (not named)", key=submission.key))
    return submission.organisation.name if submission.publish else f"{submission.organisation.name} ({submission.key})"


def _once(choices: Iterable[SelectChoice]) -> list[SelectChoice]:
    once: dict[str, SelectChoice] = {}
    for choice in choices:
        once.setdefault(choice.value, choice)
    return list(once.values())


class SubmissionForm(FlaskForm):
    """One written input."""

    organisation = SelectField(_l("Organization"))
    publish = BooleanField(
        _l("May be named and published"), description=_l("Without this the report speaks of “one submission”.")
    )
    category = SelectField(_l("Category"), description=_l("Left open, it is that of the organization."))
    title = StringField(_l("Title"), filters=[_line])
    received = DayField(_l("Received on"))
    themes = StringField(_l("Themes"), description=_l("Separate them with commas."))
    seen = HiddenField()

    @classmethod
    def data_of(cls, values: SubmissionValues, version: int | None = None) -> dict[str, Any]:
        """The form's data for a submission."""
        return {
            "organisation": "" if values.organisation is None else str(values.organisation),
            "publish": values.publish,
            "category": values.category or "",
            "title": values.title,
            "received": values.received,
            "themes": themes_to(values.themes),
            "seen": "" if version is None else str(version),
        }

    def offer(self, organisations: Iterable[tuple[int, str]]) -> None:
        """Offer the organisations of the meeting."""
        self.organisation.choices = [
            SelectChoice("", _("Not named")),
            *(SelectChoice(str(number), name) for number, name in organisations),
        ]
        self.category.choices = [
            SelectChoice("", _("As the organization")),
            *(SelectChoice(code, name) for code, name in categories().items()),
        ]

    def values(self) -> SubmissionValues:
        """What was entered; only for a form that is valid."""
        return SubmissionValues(
            int(self.organisation.data) if self.organisation.data else None,
            self.category.data or None,
            self.received.data,
            themes_from(self.themes.data or ""),
            self.publish.data,
            self.title.data,
        )


class RecommendationForm(Form):
    """What one addressee is recommended; all empty for none."""

    addressee = StringField(_l("Addressee"), filters=[_line], description=_l("For example: National governments"))
    lead = TextAreaField(
        _l("Lead"),
        filters=[_body],
        description=_l("Left empty, it reads “… should:”. Without items it is a sentence of its own."),
    )
    items = TextAreaField(_l("Items"), description=_l("One on each line; letters and semicolons are added."))


class ReportForm(FlaskForm):
    """The particulars of the report, its conclusions and its recommendations."""

    title = StringField(_l("Title"), filters=[_line], description=_l("Left empty, it is made of the meeting’s title."))
    symbol = StringField(
        _l("Symbol"),
        filters=[_line],
        validators=[Length(max=60, message=_l("Use at most %(max)d characters."))],
        render_kw={"maxlength": 60, "placeholder": "A/HRC/…"},
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
    conclusions = TextAreaField(_l("Conclusions"), description=_l("Leave an empty line between paragraphs."))
    recommendations = FieldList(FormField(RecommendationForm))
    seen = HiddenField()

    def __init__(self, stored: ReportValues, *args: Any, **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(*args, **kwargs)
        self.agenda_items.choices = [SelectChoice(str(item), f"{item}. {title}") for item, title in AGENDA.items()]
        languages = dict.fromkeys((*_LANGUAGES, stored.original_language))
        self.original_language.choices = [SelectChoice(code, language_name(code)) for code in languages]

    @classmethod
    def data_of(cls, values: ReportValues, version: int) -> dict[str, Any]:
        """The form's data, with an empty place for one more recommendation."""
        rows = [
            {"addressee": each.addressee, "lead": each.lead, "items": to_lines(each.items)}
            for each in values.recommendations
        ]
        plainly = ("title", "symbol", "date", "original_language", "council_number", "council_start", "council_end")
        return {
            **{name: getattr(values, name) for name in plainly},
            "agenda_items": list(values.agenda_items),
            "conclusions": to_paragraphs(values.conclusions),
            "recommendations": [*rows, {}],
            "seen": str(version),
        }

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
            from_paragraphs(self.conclusions.data or "", self.stored.conclusions),
            self._recommendations(),
        )

    def _recommendations(self) -> tuple[Recommendation, ...]:
        rows = []
        for place, row in enumerate(self.recommendations):
            known = self.stored.recommendations[place].items if place < len(self.stored.recommendations) else ()
            items = from_lines(row.form.items.data or "", known)
            given = Recommendation(row.form.addressee.data, row.form.lead.data or None, items)
            if given != Recommendation() or given in self.stored.recommendations[place : place + 1]:
                rows.append(given)
        return tuple(rows)
