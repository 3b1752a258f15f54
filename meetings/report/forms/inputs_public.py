"""What a sender fills in: the submission, its correction, and what they agree to."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, FieldList, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from exports import meeting_file_values
from meetings import mail
from meetings.display import categories, country_choices, language_name, locale
from meetings.floor.rules.statements import LONGEST_TYPED
from meetings.report.commands.sending import Entry
from meetings.report.forms.input_files import NAMES, FilesForm
from meetings.report.forms.shared import typed_line, typed_text
from meetings.report.input_words import consent_choices, too_long
from meetings.report.queries.inputs import FullSubmission
from meetings.report.rules.call import Call, words_of
from meetings.report.rules.notes import themes_from, themes_to


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("Use at most %(max)d characters."))


class InputForm(FilesForm):
    """A submission. `mark` tells one open form from all others, so that one sent twice is taken once.

    There is an answer for each question of the call, and one more for whatever else is said.
    """

    organisation_name = StringField(
        _l("Organization"),
        [_at_most(300)],
        filters=[typed_line],
        description=_l("Its full name. Leave it empty if you write for yourself."),
    )
    category = SelectField(_l("Category"), [InputRequired(_l("Choose a category."))])
    country = SelectField(_l("Country"), render_kw={"autocomplete": "country"})
    contact_name = StringField(_l("Your name"), [_at_most(200)], filters=[typed_line])
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address.")), _at_most(254)],
        description=_l("For the acknowledgement, with a private link to see and correct what you sent."),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    language = SelectField(_l("Language in which you write"), render_kw={"translate": "no"})
    answers = FieldList(
        TextAreaField(validators=[_at_most(LONGEST_TYPED)], filters=[typed_text], render_kw={"data-text": True})
    )
    themes = StringField(
        _l("Themes"), [_at_most(300)], filters=[typed_line], description=_l("Separate them with commas.")
    )
    consent = RadioField(_l("May it be published?"), [InputRequired(_l("Choose one: it is for you to say."))])
    mark = HiddenField()
    seen = HiddenField()

    def __init__(self, *args: Any, call: Call, language: str | None = None, **kwargs: Any) -> None:
        """`language`: the stored one, offered whatever the call takes today."""
        super().__init__(*args, call=call, **kwargs)
        self.category.choices = [
            SelectChoice("", _("Choose one")),
            *(SelectChoice(code, name) for code, name in categories().items()),
        ]
        self.country.choices = [
            SelectChoice("", _("Not said")),
            *(SelectChoice(code, name) for code, name in country_choices()),
        ]
        codes = dict.fromkeys([*call.languages, *([language] if language else [])])
        self.language.choices = [SelectChoice(code, language_name(code)) for code in codes]
        self.consent.choices = [SelectChoice(code, text) for code, text in consent_choices().items()]
        if not call.file_types:
            for name in NAMES:
                del self[name]
        if not codes:
            del self.language
        while len(self.answers) <= len(call.questions):
            self.answers.append_entry()
        for place, entry in enumerate(self.answers):
            entry.label.text = _label(call, place)

    @classmethod
    def empty(cls, call: Call, mark: str) -> InputForm:
        """The form of somebody who has sent nothing yet, in the language of the page."""
        page = locale().language
        return cls(call=call, data={"mark": mark, "language": page if page in call.languages else None})

    @classmethod
    def sent(cls, call: Call, own: FullSubmission) -> InputForm:
        """The form with what was sent. The address is not asked again: its link has gone there."""
        form = cls(
            call=call,
            language=own.language,
            data={
                "organisation_name": own.organisation_name,
                "category": own.category,
                "country": own.country or "",
                "contact_name": own.contact_name,
                "language": own.language,
                "answers": list(own.answers),
                "themes": themes_to(own.themes),
                "consent": own.consent,
                "seen": str(own.version),
            },
        )
        del form.email, form.mark
        form.offer_files(own.files)
        return form

    def validate_email(self, field: Any) -> None:
        """Refuse what no mail can be sent to."""
        try:
            address = meeting_file_values.email(field.data)
        except ValueError:
            address = None
        if mail.usable(address) is None:
            raise ValidationError(_("This is not an e-mail address. It looks like name@example.org."))

    def validate_answers(self, field: Any) -> None:
        """Refuse more words than the call takes, and a form with nothing in it."""
        answers = [entry.data or "" for entry in field]
        if self.call is not None and (problem := too_long(self.call, words_of(answers))):
            raise ValidationError(problem)
        kept = {choice.value for choice in self.removed.choices or ()} - {str(each) for each in self.removed.data or ()}
        if not any(answers) and not kept and not self.chose_files:
            raise ValidationError(_("Answer a question, or choose a file."))

    def entry(self, email: str | None = None) -> Entry:
        """What was entered; only for a form that is valid. `email`: where it is not asked."""
        return Entry(
            self.organisation_name.data,
            self.category.data,
            self.country.data or None,
            self.contact_name.data,
            email if email is not None else meeting_file_values.email(self.email.data),
            self.language.data if "language" in self else None,
            tuple(entry.data or "" for entry in self.answers),
            themes_from(self.themes.data or ""),
            self.consent.data,
        )


def _label(call: Call, place: int) -> str:
    if place < len(call.questions):
        return f"{place + 1}. {call.questions[place].text}"
    return str(_("Anything else") if call.questions else _("Your submission"))


class ConsentForm(FlaskForm):
    """What a sender agrees to from now on."""

    consent = RadioField(_l("May it be published?"), [InputRequired(_l("Choose one: it is for you to say."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent.choices = [SelectChoice(code, text) for code, text in consent_choices().items()]
