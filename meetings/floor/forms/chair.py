"""What the chair and the desk fill in about one request."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from meetings.display import categories, country_choices, language_name
from meetings.floor.chair_words import capacities
from meetings.floor.forms.fields import LONGEST_TEXT, DurationField, at_most, line
from meetings.floor.queries import FloorHead


class ChairForm(FlaskForm):
    """A form of the chair's. `version` is that of the list which its page rests on."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def renew(self, version: int) -> None:
        """Let the form rest on the newest list: what was done meanwhile has been shown."""
        self.version.raw_data = None
        self.version.data = version


class CorrectForm(ChairForm):
    """What a turn really used, and why that differs from what the clock counted."""

    used = DurationField(
        _l("Time actually spoken"),
        description=_l("Minutes and seconds, like 1:45."),
        missing=_l("Enter the time that was spoken."),
    )
    reason = StringField(
        _l("Reason"),
        description=_l("Kept in the log of the floor."),
        filters=[line],
        validators=[DataRequired(_l("Say why the time is corrected.")), at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )


class MoveForm(ChairForm):
    """To which place of the list a request goes and why; or why it is declined."""

    place = IntegerField(
        _l("New place"),
        validators=[
            InputRequired(_l("Give the place on the list, as a number.")),
            NumberRange(1, 9999, _l("Give the place on the list, as a number.")),
        ],
    )
    reason = StringField(
        _l("Reason"),
        description=_l("Kept in the log of the floor."),
        filters=[line],
        validators=[DataRequired(_l("Say why; the reason is kept in the log.")), at_most()],
        render_kw={"maxlength": LONGEST_TEXT, "list": "reasons"},
    )


class AddForm(ChairForm):
    """Somebody who asks for the floor in the room and is not registered."""

    name = StringField(
        _l("Name"),
        description=_l("As you will announce it. Needed, unless the organization is given: then it speaks."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT, "autocomplete": "off"},
    )
    organisation = StringField(
        _l("Organization"),
        description=_l("Choose one that is known, or write a new one."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT, "list": "organisations", "autocomplete": "off"},
    )
    seat = StringField(
        _l("Where they sit"),
        description=_l("As “row 3, left”: so that the microphone finds them."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT, "autocomplete": "off"},
    )
    category = SelectField(_l("Category"), description=_l("Of a new organization; a known one has its own."))
    country = SelectField(_l("Country"), description=_l("Of a new organization; a known one has its own."))
    language = SelectField(_l("The language they will speak"))
    capacity = RadioField(_l("On whose behalf"), default="organisation", validators=[InputRequired()])
    on_behalf_of = StringField(
        _l("The others in a joint statement"),
        description=_l("Only for a joint statement: whom else they speak for."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT, "autocomplete": "off"},
    )

    @classmethod
    def for_floor(cls, head: FloorHead) -> "AddForm":
        """The form with what may be chosen in this meeting."""
        form = cls(version=head.version)
        nothing = SelectChoice("", _l("Not known"))
        form.category.choices = [nothing, *(SelectChoice(code, name) for code, name in categories().items())]
        form.country.choices = [nothing, *(SelectChoice(code, name) for code, name in country_choices())]
        form.language.choices = [nothing, *(SelectChoice(code, language_name(code)) for code in head.languages)]
        form.capacity.choices = list(capacities().items())
        return form
