"""The forms about invitations."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms.validators import ValidationError


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
