"""The form of one submission, as the rapporteur lists it, and the filter of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from meetings.display import categories, country_choices, language_name
from meetings.fields import DayField
from meetings.report.forms.input_files import FilesForm
from meetings.report.forms.shared import typed_line
from meetings.report.input_words import consents
from meetings.report.queries import SubmissionValues
from meetings.report.queries.inputs import Filter
from meetings.report.rules.call import UN_LANGUAGES
from meetings.report.rules.notes import themes_from, themes_to


class SubmissionForm(FilesForm):
    """One written input. The files of one that was sent in are its sender's: they are not asked."""

    organisation = SelectField(_l("Organization"))
    consent = RadioField(
        _l("May it be published?"),
        choices=[
            SelectChoice("named", _l("Yes, with the name of its author")),
            SelectChoice("anonymous", _l("Yes, without the name")),
            SelectChoice("confidential", _l("No: it is counted and read, and never published")),
        ],
        description=_l("Without a name the report speaks of “one submission”."),
    )
    category = SelectField(_l("Category"), description=_l("Left open, it is that of the organization."))
    country = SelectField(_l("Country"), description=_l("Left open, it is that of the organization."))
    language = SelectField(_l("Language"), render_kw={"translate": "no"})
    title = StringField(_l("Title"), filters=[typed_line])
    received = DayField(_l("Received on"))
    themes = StringField(_l("Themes"), description=_l("Separate them with commas."))
    seen = HiddenField()

    @classmethod
    def data_of(cls, values: SubmissionValues, version: int | None = None) -> dict[str, Any]:
        """The form's data for a submission."""
        return {
            "organisation": "" if values.organisation is None else str(values.organisation),
            "consent": values.consent,
            "category": values.category or "",
            "country": values.country or "",
            "language": values.language or "",
            "title": values.title,
            "received": values.received,
            "themes": themes_to(values.themes),
            "seen": "" if version is None else str(version),
        }

    def offer(self, organisations: Iterable[tuple[int, str]], language: str | None = None) -> None:
        """Offer the organisations of the meeting; `language` is the stored one, offered whatever it is."""
        self.organisation.choices = [
            SelectChoice("", _("Not named")),
            *(SelectChoice(str(number), name) for number, name in organisations),
        ]
        self.category.choices = [
            SelectChoice("", _("As the organization")),
            *(SelectChoice(code, name) for code, name in categories().items()),
        ]
        self.country.choices = [
            SelectChoice("", _("As the organization")),
            *(SelectChoice(code, name) for code, name in country_choices()),
        ]
        codes = dict.fromkeys((*UN_LANGUAGES, *([language] if language else [])))
        self.language.choices = [
            SelectChoice("", _("Not known")),
            *(SelectChoice(code, language_name(code)) for code in codes),
        ]

    def values(self) -> SubmissionValues:
        """What was entered; only for a form that is valid."""
        return SubmissionValues(
            int(self.organisation.data) if self.organisation.data else None,
            self.category.data or None,
            self.received.data,
            themes_from(self.themes.data or ""),
            self.consent.data,
            self.title.data,
            self.country.data or None,
            self.language.data or None,
        )


class FilterForm(FlaskForm):
    """Narrows the list of submissions. It changes nothing, so it is sent by GET and without a token."""

    class Meta:
        csrf = False

    words = StringField(_l("Organization or title"), filters=[typed_line])
    category = SelectField(_l("Category"))
    consent = SelectField(_l("Consent"))
    standing = SelectField(_l("Which ones"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = SelectChoice("", _("All"))
        self.category.choices = [every, *(SelectChoice(code, name) for code, name in categories().items())]
        self.consent.choices = [every, *(SelectChoice(code, name) for code, name in consents().items())]
        self.standing.choices = [
            every,
            SelectChoice("unmatched", _("Organization not matched yet")),
            SelectChoice("without_points", _("Without points")),
            SelectChoice("withdrawn", _("Withdrawn")),
        ]

    def chosen(self) -> Filter:
        """What was chosen; nothing where it is none of what is offered."""
        picked = {field.short_name: field.data for field in (self.category, self.consent, self.standing)}
        offered = {name: {choice.value for choice in self[name].choices} for name in picked}
        known = {name: data if data in offered[name] else "" for name, data in picked.items()}
        return Filter(words=self.words.data or "", **known)
