"""What is filled in to ask for the floor, and to correct a turn's time."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from exports.text import one_line
from meetings.display import language_name
from meetings.floor import rules
from meetings.floor.queries import RequestLine

LONGEST_TEXT = 300
_MINUTES_AND_SECONDS = re.compile(r"(\d{1,3}):([0-5]\d)")


def _line(text: str | None) -> str | None:
    return one_line(text or "") or None


def _at_most() -> Length:
    return Length(max=LONGEST_TEXT, message=_l("Use at most %(max)d characters."))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


class AskForm(FlaskForm):
    """The wish to take the floor. `latest` is the newest request of the same person that the page knew of."""

    topic = StringField(
        _l("What you will speak about"),
        description=_l("A few words for the chair and the interpreters."),
        filters=[_line],
        validators=[_at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )
    language = SelectField(_l("The language you will speak"))
    on_behalf_of = StringField(
        _l("On behalf of"),
        description=_l("Only for a joint statement: name the others. Your own organization is known."),
        filters=[_line],
        validators=[_at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )
    latest = HiddenField(filters=[_number])

    @classmethod
    def for_request(cls, own: RequestLine | None, languages: Sequence[str], usual: str | None) -> "AskForm":
        """The form for somebody whose newest request is `own`, with its details if it still waits."""
        waiting = own if own is not None and own.status in rules.WAITING else None
        chosen = waiting.language if waiting else usual if usual in languages else None
        form = cls(
            topic=waiting.topic if waiting else None,
            language=chosen or "",
            on_behalf_of=waiting.on_behalf_of if waiting else None,
            latest=str(own.id) if own else None,
        )
        offered = [*languages, *([chosen] if chosen and chosen not in languages else [])]
        form.language.choices = [
            SelectChoice("", _("Not decided yet")),
            *(SelectChoice(code, language_name(code)) for code in offered),
        ]
        return form


class CorrectForm(FlaskForm):
    """What a turn really used, and why that differs from what the clock counted."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    used = StringField(
        _l("Time actually spoken"),
        description=_l("Minutes and seconds, like 1:45."),
        filters=[_line],
        validators=[DataRequired(_l("Enter the time that was spoken."))],
        render_kw={"maxlength": 6, "inputmode": "numeric"},
    )
    reason = StringField(
        _l("Reason"),
        description=_l("Kept in the log of the floor."),
        filters=[_line],
        validators=[DataRequired(_l("Say why the time is corrected.")), _at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )

    def validate_used(self, field: Any) -> None:
        """Refuse what is no time."""
        if not _MINUTES_AND_SECONDS.fullmatch(field.data or ""):
            raise ValidationError(_("Write minutes and seconds with a colon, like 1:45."))

    @property
    def used_ms(self) -> int:
        """The time entered, in milliseconds."""
        minutes, seconds = str(self.used.data).split(":")
        return (int(minutes) * 60 + int(seconds)) * 1000
