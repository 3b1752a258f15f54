"""What is filled in to sign in, and to give somebody a role."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from meetings.accounts import rules


def role_names() -> dict[str, str]:
    """The roles that accounts hold, by their code."""
    return {
        "administrator": _("Administrator"),
        "organiser": _("Organizer"),
        "chair": _("Chair"),
        "rapporteur": _("Rapporteur"),
    }


class _AddressForm(FlaskForm):
    """A form with one mail address, kept in the form by which accounts are known."""

    email = EmailField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Enter an e-mail address."))],
        render_kw={"maxlength": 254, "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_email(self, field: Any) -> None:
        """Refuse what is no address."""
        try:
            rules.normal_address(field.data)
        except ValueError:
            raise ValidationError(_("This is not an e-mail address. It looks like name@example.org.")) from None

    @property
    def address(self) -> str:
        """The address in its normal form, once the form is valid."""
        return rules.normal_address(self.email.data)


class SignInForm(_AddressForm):
    """Asks for a sign-in link."""


class TeamForm(_AddressForm):
    """Gives an address a role in a meeting."""

    role = SelectField(_l("Role"), validators=[InputRequired(_l("Choose a role."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = role_names()
        self.role.choices = [SelectChoice(code, names[code]) for code in rules.MEETING_ROLES]
