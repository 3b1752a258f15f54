"""The forms of publishing a programme, and of making its meeting a draft again."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

NOTE_LENGTH = 2000


def _text(value: str | None) -> str | None:
    """A text with its line ends as they are stored, or None for blank."""
    return (value or "").replace("\r\n", "\n").strip() or None


class PublishForm(FlaskForm):
    """How the next version is published. `shown` is the meeting's version that the page was made of."""

    shown = HiddenField()
    final = BooleanField(
        _l("This programme is final"),
        description=_l("Until a version is final, the programme is called tentative."),
    )
    note = TextAreaField(
        _l("Note"),
        description=_l("Stands in every mail that is sent now and in the public list of what has changed."),
        validators=[Length(max=NOTE_LENGTH)],
        filters=[_text],
    )
    mails = RadioField(
        _l("Mails"),
        validators=[InputRequired(_l("Choose one."))],
        choices=[
            SelectChoice("send", _l("Send them at once")),
            SelectChoice("hold", _l("Keep them as drafts, to be read and sent on Messages")),
        ],
        default="send",
    )

    def __init__(self, *args: Any, is_final: bool, has_mails: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_final:
            del self.final
        if not has_mails:
            del self.mails


class UnpublishForm(FlaskForm):
    """Whether those in whose calendars the meeting stands are told that it is taken out."""

    mails = RadioField(
        _l("Mails"),
        validators=[InputRequired(_l("Choose one."))],
        choices=[
            SelectChoice("none", _l("Send nothing for now; Messages offers to send the cancellations")),
            SelectChoice("send", _l("Send the cancellations at once")),
            SelectChoice("hold", _l("Keep the cancellations as drafts, to be read and sent on Messages")),
        ],
        default="none",
    )
