"""What is filled in to ask for the floor."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from meetings.display import language_name
from meetings.floor import rules
from meetings.floor.asking_words import own_capacities
from meetings.floor.forms.fields import LONGEST_TEXT, at_most, line, number
from meetings.floor.queries import RequestLine


class AskForm(FlaskForm):
    """The wish to take the floor. `latest` is the newest request of the same person that the page knew of."""

    topic = StringField(
        _l("What you will speak about"),
        description=_l("A few words for the chair and the interpreters."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )
    language = SelectField(_l("The language you will speak"))
    capacity = RadioField(_l("On whose behalf you speak"), validators=[InputRequired()])
    on_behalf_of = StringField(
        _l("The others in the joint statement"),
        description=_l("Only for a joint statement. Your own organization is known."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )
    latest = HiddenField(filters=[number])

    @classmethod
    def for_request(cls, own: RequestLine | None, languages: Sequence[str], usual: str | None) -> "AskForm":
        """The form for somebody whose newest request is `own`, with its details if it still waits."""
        waiting = own if own is not None and own.status in rules.WAITING else None
        chosen = waiting.language if waiting else usual if usual in languages else None
        form = cls(
            topic=waiting.topic if waiting else None,
            language=chosen or "",
            capacity=waiting.capacity if waiting else "organisation",
            on_behalf_of=waiting.on_behalf_of if waiting else None,
            latest=str(own.id) if own else None,
        )
        offered = [*languages, *([chosen] if chosen and chosen not in languages else [])]
        form.language.choices = [
            SelectChoice("", _("Not decided yet")),
            *(SelectChoice(code, language_name(code)) for code in offered),
        ]
        form.capacity.choices = list(own_capacities().items())
        return form
