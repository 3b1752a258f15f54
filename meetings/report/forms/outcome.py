"""The form of the outcome note."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from meetings.report.forms.shared import typed_text

LONGEST = 40_000  # characters: several times what such notes have


class OutcomeForm(FlaskForm):
    """The note as it is edited. `seen` says which edited note the page showed, `base` which compiled one."""

    text = TextAreaField(
        _l("The note, in Markdown"),
        filters=[typed_text],
        validators=[
            DataRequired(_l("Write the note, or take the compiled one.")),
            Length(max=LONGEST, message=_l("This is too long for a note: %(max)d characters at most.")),
        ],
        description=_l(
            "## before a heading, - before an item of a list, **bold**, *italic*, [words](https://…) for a link."
        ),
    )
    seen = HiddenField()
    base = HiddenField()

    @property
    def written(self) -> str:
        """The note as it is kept: with one line end at its end."""
        return f"{self.text.data}\n"
