"""The forms of the ledger of recommendations: an entry, and what was done about it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp

from meetings.fields import DayField
from meetings.report.commands.ledger import EntryValues
from meetings.report.forms.shared import typed_line, typed_text
from meetings.report.queries.ledger import Entry, FollowUp


def status_names() -> dict[str, str]:
    """What may have become of a recommendation, by code."""
    return {
        "open": _("Open"),
        "under_way": _("Under way"),
        "done": _("Done"),
        "not_pursued": _("Not pursued"),
    }


class EntryForm(FlaskForm):
    """One recommendation. `seen` is the version that the page showed."""

    text = TextAreaField(_l("Recommendation"), [DataRequired(_l("Write what is recommended."))], filters=[typed_text])
    addressee = StringField(_l("Addressee"), filters=[typed_line])
    source = StringField(
        _l("Where it stands"), filters=[typed_line], description=_l("For example: A/HRC/56/32, para. 61 (a)")
    )
    status = SelectField(_l("Status"))
    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status.choices = [SelectChoice(code, name) for code, name in status_names().items()]

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """The form's data for an entry."""
        plainly = ("text", "addressee", "source", "status")
        return {**{name: getattr(entry, name) for name in plainly}, "seen": str(entry.version)}

    def values(self) -> EntryValues:
        """What was entered; only for a form that is valid."""
        return EntryValues(self.text.data, self.addressee.data, self.source.data, self.status.data)


class FollowUpForm(FlaskForm):
    """Something that was done about a recommendation."""

    date = DayField(_l("On"))
    what = TextAreaField(_l("What was done"), [DataRequired(_l("Write what was done."))], filters=[typed_text])
    url = StringField(
        _l("Where it can be read"),
        [
            Length(max=2000, message=_l("Use at most %(max)d characters.")),
            Regexp(r"^(https?://\S+)?$", message=_l("Write a whole address: https://…")),
        ],
        filters=[lambda typed: typed_line(typed) or ""],
        description=_l("The address of a page or document."),
    )

    def follow_up(self) -> FollowUp:
        """What was entered; only for a form that is valid."""
        return FollowUp(self.date.data, self.what.data, self.url.data or None)
