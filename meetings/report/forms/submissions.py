"""The form of one submission, as the rapporteur lists it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from meetings.display import categories
from meetings.fields import DayField
from meetings.report.forms.shared import typed_line
from meetings.report.queries import SubmissionValues
from meetings.report.rules.notes import themes_from, themes_to


class SubmissionForm(FlaskForm):
    """One written input."""

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
            self.consent.data,
            self.title.data,
        )
