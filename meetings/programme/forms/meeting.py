"""The forms of a meeting: its particulars, its concept note, and a new one."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from exports import meeting_file_values
from meetings.display import country_choices, modes
from meetings.fields import DayField, NumberField
from meetings.programme.forms.edit import EditForm
from meetings.programme.forms.fields import (
    EMAIL,
    LANGUAGES,
    WEB_ADDRESS,
    ChoiceField,
    GroupsField,
    LanguagesField,
    LineField,
    LinesField,
    TextField,
    accepts,
    at_most,
    is_zone,
    rows_are_sound,
)
from meetings.programme.queries.edits import Particulars
from meetings.programme.queries.lines import ConceptNote, DocumentLine, QuestionGroup

_BLANK_ROWS = 2


class ParticularsForm(EditForm):
    """What identifies a meeting."""

    values_class = Particulars

    title = LineField(_l("Title"), [DataRequired(_l("Give the meeting a title."))])
    subtitle = LineField(_l("Subtitle"))
    series = LineField(_l("Series"), description=_l("The dialogues that this meeting belongs to."))
    mode = SelectField(_l("How it is held"), [InputRequired()])
    timezone = LineField(
        _l("Time zone"),
        [DataRequired(_l("Choose a time zone.")), is_zone()],
        description=_l("All times of the programme are in this zone. Correcting it moves no session."),
        render_kw={"list": "zones", "autocomplete": "off"},
    )
    start_date = DayField(
        _l("First day"), description=_l("When both days change alike, sittings and sessions move along.")
    )
    end_date = DayField(_l("Last day"), description=_l("Leave empty for a meeting of one day."))
    venue = LineField(_l("Venue"))
    room = LineField(_l("Room"))
    city = LineField(_l("City"))
    country = SelectField(_l("Country"))
    languages = LanguagesField(
        _l("Working languages"),
        [LANGUAGES],
        description=_l(
            "Codes separated by commas: ar Arabic, zh Chinese, en English, fr French, ru Russian, es Spanish."
        ),
    )
    contact = LineField(_l("Mail address for questions"), [EMAIL, at_most(254)])
    organisers = FieldList(ChoiceField(_l("Organization")), _l("Organized by"))

    def __init__(self, *args: Any, organisations: dict[str, str] | None = None, **kwargs: Any) -> None:
        """`organisations`: the label of each of the meeting's organisations, by key."""
        super().__init__(*args, **kwargs)
        self.mode.choices = [SelectChoice(code, name) for code, name in modes().items()]
        self.country.choices = [SelectChoice("", _("None")), *(SelectChoice(*pair) for pair in country_choices())]
        while sum(entry.data is None for entry in self.organisers.entries) < _BLANK_ROWS:
            self.organisers.append_entry()
        for entry in self.organisers.entries:
            entry.labels = organisations or {}

    def validate_end_date(self, field: Any) -> None:
        """Refuse an end before the start, and an end alone."""
        if field.data is None:
            return
        if self.start_date.data is None:
            raise ValidationError(_("Give the first day too."))
        if field.data < self.start_date.data:
            raise ValidationError(_("The last day is before the first."))

    def value(self, name: str) -> Any:
        """One of the values; organisers without the empty lines, and nobody twice."""
        if name == "country":
            return self.country.data or None
        if name == "organisers":
            return tuple(dict.fromkeys(entry.named for entry in self.organisers.entries if entry.named is not None))
        return super().value(name)

    def text_of(self, name: str) -> str:
        """Organisers a line each."""
        if name == "organisers":
            return "\n".join(entry._value() for entry in self.organisers.entries if entry.data is not None)
        return super().text_of(name)


class NewMeetingForm(ParticularsForm):
    """A new meeting; its slug is made from the title where none is given."""

    slug = LineField(
        _l("Address"),
        [
            accepts(
                meeting_file_values.slug,
                _l("Use small letters, digits and single hyphens between them, as local-rights-2026."),
            )
        ],
        description=_l(
            "The part of the page's address that names the meeting; it cannot be changed later. "
            "Left empty, it is made from the title."
        ),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    earlier = SelectField(
        _l("Start from an earlier meeting"),
        default="",
        description=_l("Its people, registrations, points, report and join links are not taken over."),
    )
    take_programme = BooleanField(
        _l("Programme: sittings, sessions and the settings of their floors, on the days of the new meeting")
    )
    take_note = BooleanField(_l("Concept note"))

    def __init__(self, *args: Any, earlier: Mapping[str, str], **kwargs: Any) -> None:
        """`earlier`: the titles of the meetings to start from, by slug."""
        super().__init__(*args, **kwargs)
        self.start_date.description = ""  # there is nothing yet that could move along
        self.earlier.choices = [
            SelectChoice("", _("None: start empty")),
            *(SelectChoice(*pair) for pair in earlier.items()),
        ]

    def validate_earlier(self, field: Any) -> None:
        """Refuse an earlier meeting of which nothing is taken over."""
        if field.data and not (self.take_programme.data or self.take_note.data):
            raise ValidationError(_("Tick what is taken over."))

    def validate_start_date(self, field: Any) -> None:
        """Refuse a programme without a day to put it on."""
        if field.data is None and not field.errors and self.earlier.data and self.take_programme.data:
            raise ValidationError(
                _("Give the first day: the programme of the earlier meeting is put on the days of this one.")
            )


class DocumentForm(Form):
    """A row for a background document. A row left empty is none."""

    place = NumberField(_l("Order"))
    title = LineField(_l("Title"))
    symbol = LineField(_l("Symbol"), [at_most(60)])
    url = LineField(_l("Link"), [WEB_ADDRESS], render_kw={"inputmode": "url"})

    def validate_title(self, field: Any) -> None:
        """Refuse a document without a title."""
        if field.data is None and (self.symbol.data or self.url.data):
            raise ValidationError(_("Give the document a title."))


class ConceptNoteForm(EditForm):
    """Why a meeting is held, what for, and how."""

    values_class = ConceptNote

    mandate_body = LineField(
        _l("Body that asked for the meeting"), description=_l("For example: Human Rights Council.")
    )
    mandate_resolution = LineField(_l("Resolution"), [at_most(40)], description=_l("Its number, as 57/12."))
    background = TextField(
        _l("Background"),
        description=_l(
            "An empty line starts a new paragraph. *Emphasis* between asterisks; a link as [text](https://…); "
            "a footnote as [^1] in the text, and [^1]: its text on a line of its own."
        ),
        render_kw={"rows": 14, "dir": "auto"},
    )
    objectives = LinesField(
        _l("Objectives"),
        description=_l("One on each line. A line that starts with two spaces goes on with the objective above it."),
        render_kw={"rows": 6, "dir": "auto"},
    )
    modalities = TextField(
        _l("Format"), description=_l("How the meeting proceeds."), render_kw={"rows": 5, "dir": "auto"}
    )
    guiding_questions = GroupsField(
        _l("Guiding questions"),
        description=_l(
            "One on each line. A line that starts with # names the theme of the questions below it; "
            "a line that starts with two spaces goes on with the question above it."
        ),
        render_kw={"rows": 8, "dir": "auto"},
    )
    documents = FieldList(FormField(DocumentForm), _l("Background documents"), [rows_are_sound])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = sum(not _filled(entry.form) for entry in self.documents.entries)
        for _number in range(_BLANK_ROWS - blank):
            self.documents.append_entry()

    @classmethod
    def data_of(cls, values: ConceptNote) -> dict[str, Any]:
        """The form's data: groups as pairs, documents numbered."""
        return super().data_of(values) | {
            "guiding_questions": tuple((group.theme, group.questions) for group in values.guiding_questions),
            "documents": [
                {"place": place, "title": each.title, "symbol": each.symbol, "url": each.url}
                for place, each in enumerate(values.documents, start=1)
            ],
        }

    def value(self, name: str) -> Any:
        """One of the values; documents by their number, those without one last."""
        if name == "guiding_questions":
            return tuple(QuestionGroup(theme, questions) for theme, questions in self.guiding_questions.data)
        if name == "documents":
            rows = [entry.form for entry in self.documents.entries if entry.form.title.data]
            rows.sort(key=lambda row: (row.place.data is None, row.place.data))
            return tuple(DocumentLine(row.title.data, row.symbol.data, row.url.data) for row in rows)
        return super().value(name)

    def text_of(self, name: str) -> str:
        """Documents a line each."""
        if name == "documents":
            forms = [entry.form for entry in self.documents.entries]
            return "\n".join(
                " – ".join(text for text in (row.title.data, row.symbol.data, row.url.data) if text)
                for row in forms
                if row.title.data
            )
        return super().text_of(name)


def _filled(row: DocumentForm) -> bool:
    return bool(row.title.data or row.symbol.data or row.url.data)
