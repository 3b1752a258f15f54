"""What organisers say when they ask somebody to speak, and what speakers answer."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from meetings.fields import DayField, LineField, TextField, at_most
from meetings.speakers import rules
from meetings.speakers.commands.inviting import Invitation
from meetings.speakers.queries import Consents, Words
from meetings.speakers.words import missing, states, ways

_LONGEST_NOTE = 5000


class FilterForm(FlaskForm):
    """Narrows the list of speakers. It changes nothing, so it is sent by GET and without a token."""

    class Meta:
        csrf = False

    show = SelectField(_l("Show"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {code: name for code, name in states().items() if code != "withdrawn"} | missing()
        self.show.choices = [SelectChoice("", _("Everybody")), *(SelectChoice(*each) for each in choices.items())]


class AskForm(FlaskForm):
    """What stands in the mail that asks people to speak, or reminds them. Whom to write to are keys of people."""

    people = SelectMultipleField()
    answer_by = DayField(
        _l("Answers are asked for until"), description=_l("It stands in the mail. Later answers count too.")
    )
    note = TextField(
        _l("In your own words"),
        [at_most(_LONGEST_NOTE)],
        description=_l("It stands in every one of these mails, below the sessions."),
    )
    when = RadioField(_l("When the mails go"), [InputRequired(_l("Choose one."))], default="now")

    def __init__(self, *args: Any, people: list[str], today: dt.date, **kwargs: Any) -> None:
        """`people`: the keys of those who can be written to; `today` in the meeting's zone."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.people.choices = [SelectChoice(key, key) for key in people]
        self.when.choices = [
            SelectChoice("now", _("Send them now")),
            SelectChoice("draft", _("Keep them as drafts, to be read and sent one by one or all together")),
        ]

    def validate_answer_by(self, field: Any) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data < self.today:
            raise ValidationError(_("This day has passed. Choose a later one, or leave it empty."))

    def invitation(self) -> Invitation:
        """What was entered; only for a form that is valid."""
        return Invitation(self.answer_by.data, self.note.data, held=self.when.data == "draft")


class RecordForm(FlaskForm):
    """An answer that reached the organisers otherwise. `version` is what the page has shown; 0: not asked."""

    answer = RadioField(_l("The answer"), [InputRequired(_l("Choose one."))])
    way = SelectField(_l("How it reached you"))
    remark = TextField(_l("Remark"), [at_most(rules.LONGEST_REMARK)])
    version = IntegerField(widget=HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = [SelectChoice("accept", _("Will speak")), SelectChoice("decline", _("Will not speak"))]
        self.way.choices = [SelectChoice(*each) for each in ways().items()]


class AnswerForm(FlaskForm):
    """A speaker's answer; which it is says the button. `version` is what the page has shown."""

    remark = TextField(
        _l("A word to the organizers"),
        [at_most(rules.LONGEST_REMARK)],
        description=_l("For example when you arrive, or who could speak in your place. Only the organizers read it."),
    )
    version = IntegerField(widget=HiddenInput())


class WordsForm(FlaskForm):
    """How the programme names a speaker, and what they agree to. `shown` is the mark of the words as shown."""

    honorific = LineField(_l("Form of address"), [at_most(40)], description=_l("As Ms., Mr., Dr. or H.E. Ms."))
    given = LineField(_l("Given name"), [at_most(200)])
    family = LineField(_l("Family name"), [at_most(200)], description=_l("If you have one name only, write it here."))
    name_order = SelectField(_l("Order of the names"))
    function = LineField(
        _l("Function"),
        [at_most(300)],
        description=_l("What you do there, for example: Deputy Mayor for Social Rights."),
    )
    unit = LineField(_l("Unit"), [at_most(300)], description=_l("A section or division within the organization."))
    organisation = LineField(_l("Organization"), [at_most(300)], description=_l("Its full name."))
    photographed = RadioField(
        _l("May you be seen in photographs of the meeting?"),
        description=_l("Photographs may be published in reports on the meeting."),
    )
    recorded = RadioField(
        _l("May your contributions be recorded in sound and picture?"),
        description=_l("The recording is for writing the summary report, and for those who could not take part."),
    )
    shown = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_order.choices = [
            SelectChoice("given_family", _("Given name first")),
            SelectChoice("family_given", _("Family name first")),
        ]
        for field in (self.photographed, self.recorded):
            field.choices = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
            field.validate_choice = False  # to leave a question open is an answer; others are read as none

    @staticmethod
    def data_of(words: Words, consents: Consents) -> dict[str, Any]:
        """The form's data; no answer is chosen beforehand."""
        answers = {True: "yes", False: "no", None: None}
        return asdict(words) | {name: answers[value] for name, value in asdict(consents).items()}

    def validate_family(self, field: Any) -> None:
        """Refuse somebody without any name."""
        if not (field.data or self.given.data):
            raise ValidationError(_("Enter your family name."))

    def words(self) -> Words:
        """How the programme shall name the speaker; only for a form that is valid."""
        return Words(**{name: self[name].data for name in Words.__slots__})

    def consents(self) -> Consents:
        """What the speaker agrees to."""
        answers = {"yes": True, "no": False}
        return Consents(answers.get(self.photographed.data or ""), answers.get(self.recorded.data or ""))
