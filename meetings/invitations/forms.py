"""The forms about invitations."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from meetings.fields import CheckboxesField
from meetings.invitations.queries.messages import DraftText
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
        self.files.flags.required = True

    def validate_files(self, field: Any) -> None:
        """Refuse no file."""
        self.contents = [each.stream.read() for each in field.data or () if each]
        if not self.contents:
            raise ValidationError(_("Choose at least one file."))


class DraftForm(FlaskForm):
    """A draft's subject and text. `shown` is the mark of both as the page showed them."""

    shown = HiddenField()
    subject = StringField(_l("Subject"), validators=[DataRequired(_l("A mail needs a subject.")), Length(max=300)])
    text = TextAreaField(
        _l("Text"),
        validators=[DataRequired(_l("A mail needs a text.")), Length(max=20_000)],
        description=_l("{link} stands for the secret link, which is filled in when the mail is sent."),
    )

    def values(self) -> DraftText:
        """What was entered, with line ends as they are stored."""
        text = (self.text.data or "").replace("\r\n", "\n").strip()
        return DraftText(" ".join((self.subject.data or "").split()), f"{text}\n")
