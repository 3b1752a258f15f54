"""The forms about invitations."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, ValidationError

from meetings.fields import CheckboxesField
from meetings.invitations.words import reminder_kinds


class RemindersForm(FlaskForm):
    """Which kinds of reminders a meeting sends; `shown` are those that the page said were on."""

    kinds = CheckboxesField(_l("Reminders by mail"), [Optional()])
    shown = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Every kind is offered."""
        super().__init__(*args, **kwargs)
        self.kinds.choices = [SelectChoice(kind, text) for kind, text in reminder_kinds().items()]


class RepliesForm(FlaskForm):
    """Mails with answers, as files."""

    files = MultipleFileField(
        _l("Mails with answers"),
        description=_l("Mails saved as files (.eml), or a whole folder of them (mbox); at most 20 MB in all."),
        render_kw={"accept": ".eml,.mbox,message/rfc822,application/mbox"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is read yet."""
        super().__init__(*args, **kwargs)
        self.contents: list[bytes] = []

    def validate_files(self, field: Any) -> None:
        """Refuse no file."""
        self.contents = [each.stream.read() for each in field.data or () if each]
        if not self.contents:
            raise ValidationError(_("Choose at least one file."))
