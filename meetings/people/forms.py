"""What participants fill in, and the filter of the organisers' list."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from exports.text import clean, one_line
from meetings.display import attendances, categories, country_choices, genders, language_name
from meetings.fields import AddressForm as AddressForm
from meetings.people import rules
from meetings.people.queries import Application, Particulars
from meetings.programme.queries import MeetingHead


def _line(text: str | None) -> str | None:
    return one_line(text or "") or None


def _lines(text: str | None) -> str | None:
    return clean(text or "").strip() or None


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("Use at most %(max)d characters."))


class CheckboxesField(SelectMultipleField):
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NameForm(FlaskForm):
    """Somebody's name, as they write it."""

    honorific = StringField(
        _l("Form of address"), [_at_most(40)], filters=[_line], description=_l("As Ms., Mr., Dr. or H.E. Ms.")
    )
    given = StringField(_l("Given name"), [_at_most(200)], filters=[_line])
    family = StringField(
        _l("Family name"),
        [InputRequired(_l("Enter your family name.")), _at_most(200)],
        filters=[_line],
        description=_l("If you have one name only, write it here."),
    )
    name_order = SelectField(_l("Order of the names"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_order.choices = [
            SelectChoice("given_family", _("Given name first")),
            SelectChoice("family_given", _("Family name first")),
        ]

    def validate_family(self, field: Any) -> None:
        """Refuse a name of nothing but spaces."""
        if not field.data:
            raise ValidationError(_("Enter your family name."))


class ParticularsForm(FlaskForm):
    """What a participant says of their part. Questions with a single answer are not asked."""

    function = StringField(
        _l("Function"),
        [_at_most(300)],
        filters=[_line],
        description=_l("What you do there, for example: Deputy Mayor for Social Rights."),
    )
    organisation = StringField(
        _l("Organization"),
        [_at_most(300)],
        filters=[_line],
        description=_l("Its full name. Leave it empty if you take part for yourself."),
    )
    category = SelectField(
        _l("What kind of organization it is"), description=_l("Needed where you name an organization.")
    )
    country = SelectField(_l("Country of the organization"), render_kw={"autocomplete": "country"})
    languages = CheckboxesField(_l("Languages of the meeting that you understand"))
    attendance = RadioField(_l("How you will take part"), [InputRequired(_l("Choose one."))])
    accessibility = TextAreaField(
        _l("What you need in order to take part fully"),
        [_at_most(2000)],
        filters=[_lines],
        description=_l(
            "For example: captions, International Sign, step-free access. Only the organizers see this, to arrange it."
        ),
    )
    gender = SelectField(
        _l("Gender, as you declare it"),
        description=_l(
            "You need not answer. It serves one purpose: totals of how speaking time was shared. Only these totals are"
            " shown; your own answer is seen by you and the organizers alone."
        ),
    )
    consent_listed = BooleanField(
        _l("My name and function may stand in the list of participants."),
        description=_l("The list is for the participants, and for the record of who took part."),
    )
    consent_photographed = BooleanField(
        _l("I may be seen in photographs of the meeting."),
        description=_l("Photographs may be published in reports on the meeting."),
    )
    consent_recorded = BooleanField(
        _l("My contributions may be recorded in sound and picture."),
        description=_l("The recording is for writing the summary report, and for those who could not take part."),
    )

    def __init__(self, *args: Any, meeting: MeetingHead, current: Particulars, **kwargs: Any) -> None:
        """`current`: what holds where a question is not asked; can always be kept, whatever the meeting offers now."""
        super().__init__(*args, **kwargs)
        self.current = current
        self.category.choices = [SelectChoice("", _("Choose")), *_choices(categories())]
        self.country.choices = [SelectChoice("", _("Choose")), *_choices(dict(country_choices()))]
        self.gender.choices = [SelectChoice("", _("Prefer not to say")), *_choices(genders())]
        ways = attendances()
        self._offer("attendance", {way: ways[way] for way in (*rules.attendances(meeting.mode), current.attendance)})
        self._offer("languages", {code: language_name(code) for code in (*meeting.languages, *current.languages)})

    def _offer(self, name: str, answers: dict[str, str]) -> None:
        if len(answers) > 1:
            self[name].choices = _choices(answers)
        else:
            del self[name]

    def validate_category(self, field: Any) -> None:
        """An organisation has a category; somebody who takes part for themselves has none."""
        if self.organisation.data and not field.data:
            raise ValidationError(_("Choose what kind of organization it is."))

    def particulars(self) -> Particulars:
        """What was entered; only for a form that is valid."""
        organisation = self.organisation.data
        return replace(
            self._of_part(),
            function=self.function.data,
            organisation=organisation or "",
            category=(organisation and self.category.data) or None,
            country=(organisation and self.country.data) or None,
        )

    def _of_part(self) -> Particulars:
        """What holds, with how one takes part as it was entered."""
        return replace(
            self.current,
            languages=tuple(self.languages.data) if "languages" in self else self.current.languages,
            attendance=self.attendance.data if "attendance" in self else self.current.attendance,
            accessibility=self.accessibility.data,
            gender=self.gender.data or None,
            consent_listed=self.consent_listed.data,
            consent_photographed=self.consent_photographed.data,
            consent_recorded=self.consent_recorded.data,
        )


def _choices(names: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names.items()]


class RegisterForm(NameForm, AddressForm, ParticularsForm):
    """A registration."""

    def __init__(self, *args: Any, meeting: MeetingHead, **kwargs: Any) -> None:
        ways = rules.attendances(meeting.mode)
        nothing = Particulars(
            function=None,
            organisation="",
            category=None,
            country=None,
            languages=meeting.languages[:1] if len(meeting.languages) == 1 else (),
            attendance=ways[0],
            accessibility=None,
            gender=None,
            consent_listed=False,
            consent_photographed=False,
            consent_recorded=False,
        )
        super().__init__(*args, meeting=meeting, current=nothing, **kwargs)

    def application(self) -> Application:
        """What was entered; only for a form that is valid."""
        return Application(
            honorific=self.honorific.data,
            given=self.given.data,
            family=self.family.data,
            name_order=self.name_order.data,
            email=self.address,
            particulars=self.particulars(),
        )


class CorrectForm(ParticularsForm):
    """A participant's own data, with the version that the page has shown.

    Who has a role in the programme is not asked for function and organisation: it is the organisers who write that.
    """

    version = IntegerField(widget=HiddenInput())

    def __init__(self, *args: Any, in_programme: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if in_programme:
            for name in ("function", "organisation", "category", "country"):
                del self[name]

    def particulars(self) -> Particulars:
        """What was entered, and what holds where nothing was asked; only for a form that is valid."""
        return super().particulars() if "organisation" in self else self._of_part()


class FilterForm(FlaskForm):
    """Narrows the list of registrations. It changes nothing, so it is sent by GET and without a token."""

    class Meta:
        csrf = False

    status = SelectField(_l("Status"))
    category = SelectField(_l("Category"))
    words = StringField(_l("Name, organization or address"), filters=[_line])

    def __init__(self, *args: Any, statuses: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status.choices = [SelectChoice("", _("All")), *_choices(statuses)]
        self.category.choices = [SelectChoice("", _("All")), *_choices(categories())]
