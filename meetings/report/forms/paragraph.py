"""The form of one paragraph of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from meetings.report.forms.shared import typed_text
from meetings.report.rules.kept import from_lines, to_lines


class ParagraphForm(FlaskForm):
    """A paragraph in its notation. `base` is what was compiled when the form was shown, `seen` the version shown."""

    text = TextAreaField(
        _l("Text"),
        filters=[typed_text],
        validators=[DataRequired(_l("Write the paragraph. To keep it out of the report, leave it out."))],
        description=_l(
            "*Italics* stand between stars, a footnote in ^[brackets behind a caret]. What is missing stays in its "
            "[brackets], or is replaced by what it is. A \\ before a star or a bracket makes it a plain one."
        ),
        render_kw={"lang": "en"},
    )
    items = TextAreaField(
        _l("Lettered items"), description=_l("One on each line; the letters are added."), render_kw={"lang": "en"}
    )
    base = HiddenField()
    seen = HiddenField()

    @classmethod
    def data_of(cls, lines: str, base: str, version: int) -> dict[str, Any]:
        """The form's data for a paragraph in lines: the first is its text, the others its items."""
        text, *items = lines.split("\n")
        return {"text": text, "items": to_lines(items), "base": base, "seen": str(version)}

    def lettered(self, stored: Sequence[str] = ()) -> tuple[str, ...]:
        """The items as they were entered."""
        return from_lines(self.items.data or "", stored)
