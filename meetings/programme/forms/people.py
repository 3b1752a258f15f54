"""The forms of a meeting's people and organisations."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from exports import meeting_file_values
from meetings.display import categories, country_choices, genders
from meetings.programme.forms.edit import EditForm
from meetings.programme.forms.fields import EMAIL, LANGUAGES, ChoiceField, LineField, at_most
from meetings.programme.queries.edits import OrganisationValues, PersonValues


class PersonForm(EditForm):
    """A person who has or may get a role in the meeting."""

    values_class = PersonValues

    honorific = LineField(_l("Form of address"), [at_most(40)], description=_l("As Ms., Mr., Dr. or H.E. Ms."))
    given = LineField(_l("Given name"))
    family = LineField(_l("Family name"))
    name_order = SelectField(_l("Order of the names"))
    report_surname = LineField(
        _l("Surname in later mentions"), description=_l("In the report; where it is not the family name.")
    )
    function = LineField(_l("Function"))
    unit = LineField(_l("Unit"), description=_l("A section or division within the organization."))
    former = BooleanField(_l("Held the function in the past"))
    indefinite = BooleanField(_l("One of several who hold it"), description=_l("The report then says “a”, not “the”."))
    organisation = ChoiceField(
        _l("Organization"),
        description=_l("Choose one of the list, or type the name of a new one."),
        render_kw={"list": "organisations", "autocomplete": "off", "dir": "auto"},
    )
    email = LineField(_l("Mail address"), [EMAIL, at_most(254)])
    language = LineField(_l("Language"), [LANGUAGES, at_most(20)], description=_l("Of mails to this person, as en."))
    gender = SelectField(_l("Gender, as the person declares it"))
    protected = BooleanField(
        _l("Protected"),
        description=_l("The person then appears on no public page and in no document, list or feed."),
    )

    def __init__(self, *args: Any, organisations: dict[str, str], **kwargs: Any) -> None:
        """`organisations`: the label of each of the meeting's organisations, by key."""
        super().__init__(*args, **kwargs)
        self.organisation.labels = organisations
        self.name_order.choices = [
            SelectChoice("given_family", _("Given name first")),
            SelectChoice("family_given", _("Family name first")),
        ]
        self.gender.choices = [
            SelectChoice("", _("Not declared")),
            *(SelectChoice(*pair) for pair in genders().items()),
        ]

    def validate_family(self, field: Any) -> None:
        """Refuse a person of whom nothing is known; a function alone is enough while the name is open."""
        if not (field.data or self.given.data or self.function.data):
            raise ValidationError(_("Give a name, or a function while the name is not known."))

    def value(self, name: str) -> Any:
        """One of the values; an organisation by its key, or a new one by its name."""
        if name == "organisation":
            return self.organisation.named
        if name == "gender":
            return self.gender.data or None
        if name == "email":
            return meeting_file_values.email(self.email.data) if self.email.data else None
        return super().value(name)


class OrganisationForm(EditForm):
    """An organisation that people speak for."""

    values_class = OrganisationValues

    name = LineField(_l("Name"), [DataRequired(_l("Give the organization a name."))])
    acronym = LineField(_l("Acronym"), [at_most(40)])
    category = SelectField(_l("Category"))
    country = SelectField(_l("Country"))
    show_country = BooleanField(_l("Print the country after the name"))
    article = LineField(
        _l("Article"), [at_most(10)], description=_l("What the report puts before the name, as “the”; empty for none.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = SelectChoice("", _("None"))
        self.category.choices = [none, *(SelectChoice(*pair) for pair in categories().items())]
        self.country.choices = [none, *(SelectChoice(*pair) for pair in country_choices())]

    def value(self, name: str) -> Any:
        """One of the values."""
        if name in ("category", "country"):
            return self[name].data or None
        return super().value(name)
