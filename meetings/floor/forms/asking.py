"""What a participant fills in: the request for the floor, its statement, and who speaks in their place."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from meetings.display import language_name
from meetings.floor import rules
from meetings.floor.asking_words import file_problems, own_capacities
from meetings.floor.commands import Draft
from meetings.floor.forms.fields import LONGEST_TEXT, at_most, line, number
from meetings.floor.queries import RequestLine, StatementLine, Wish
from meetings.floor.rules.statements import FILE_TYPES, LARGEST_FILE, LONGEST_TYPED, Examined, Problem, examine, typed
from meetings.floor.words import deliveries

# The official languages of the United Nations, in the order of its charter's authentic texts and Arabic: offered after
# those of the meeting, since a speaker may bring an interpreter of their own.
_UN_LANGUAGES = ("zh", "fr", "ru", "en", "es", "ar")
_USUAL_DELIVERY = "check_against_delivery"


class StatementFields(FlaskForm):
    """The statement: typed, as a file, or both. A file's name says nothing; its content says what it is."""

    text = TextAreaField(
        _l("The text of your statement"),
        description=_l("For the interpreters and the record. Type it here, or choose a file below."),
        filters=[typed],
        validators=[Length(max=LONGEST_TYPED, message=_l("Use at most %(max)d characters, or send it as a file."))],
        render_kw={"data-text": True},
    )
    file = FileField(
        _l("The statement as a file"),
        description=_l("Word (.docx), PDF or plain text (.txt), at most 5 MB."),
        render_kw={
            "accept": ",".join(f".{each}" for each in FILE_TYPES),
            "data-largest": LARGEST_FILE,
        },
    )
    delivery = RadioField(_l("How you will speak it"), validators=[InputRequired()])
    content: bytes | None = None
    examined: Examined | None = None

    def offer(self) -> None:
        """Give the choice of deliveries in the page's language."""
        self.delivery.choices = list(deliveries().items())

    def validate_file(self, field: Any) -> None:
        """Refuse what is none of the three types, too large, empty, locked or damaged."""
        if not field.data:
            return
        self.content = field.data.stream.read(LARGEST_FILE + 1)
        found = examine(self.content)
        if isinstance(found, Problem):
            raise ValidationError(file_problems()[found])
        self.examined = found

    def draft(self) -> Draft:
        """What was typed and chosen."""
        name = self.file.data.filename if self.file.data else None
        return Draft(self.delivery.data, self.text.data, name, self.content, self.examined)


class AskForm(StatementFields):
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
    latest = HiddenField("", filters=[number])  # a label made up by WTForms would have its translations read

    @classmethod
    def for_request(cls, own: RequestLine | Wish | None, languages: Sequence[str], usual: str | None) -> "AskForm":
        """The form for somebody whose newest request is `own`, with its details if it still waits.

        Its statement then has a form of its own.
        """
        waiting = own if own is not None and own.status in rules.WAITING else None
        chosen = waiting.language if waiting else usual if usual in (*languages, *_UN_LANGUAGES) else None
        form = cls(
            topic=waiting.topic if waiting else None,
            language=chosen or "",
            capacity=waiting.capacity if waiting else "organisation",
            on_behalf_of=waiting.on_behalf_of if waiting else None,
            delivery=_USUAL_DELIVERY,
            latest=str(own.id) if own else None,
        )
        offered = dict.fromkeys([*languages, *_UN_LANGUAGES, *([chosen] if chosen else [])])
        form.language.choices = [
            SelectChoice("", _("Not decided yet")),
            *(SelectChoice(code, language_name(code)) for code in offered),
        ]
        form.capacity.choices = list(own_capacities().items())
        form.offer()
        if waiting is not None:
            del form.text, form.file, form.delivery
        return form

    def validate_on_behalf_of(self, field: Any) -> None:
        """Refuse a joint statement of nobody else, and others without a joint statement."""
        if self.capacity.data == "joint" and not field.data:
            raise ValidationError(_("Name the others, or choose another capacity above."))
        if self.capacity.data != "joint" and field.data:
            raise ValidationError(_("To speak for others as well, choose a joint statement above; or empty this."))

    @property
    def statement(self) -> Draft | None:
        """The statement that was sent with the request, None without one."""
        if "text" not in self:
            return None
        draft = self.draft()
        return draft if draft.text or draft.content is not None else None


class StatementForm(StatementFields):
    """The statement of a request that was made before. `has_file`: a file was sent before, and stays."""

    has_file = False

    @classmethod
    def for_statement(cls, own: StatementLine | None) -> "StatementForm":
        """The form with what was sent before; a file sent before stays unless another one is chosen."""
        form = cls(
            prefix="sent-",
            text=own.text if own else None,
            delivery=own.delivery if own else _USUAL_DELIVERY,
        )
        form.offer()
        form.has_file = own is not None and own.file_type is not None
        return form

    def validate_text(self, field: Any) -> None:
        """Refuse a form without anything in it."""
        if not field.data and not self.file.data and not self.has_file:
            raise ValidationError(_("Type the text, or choose a file."))


class SubstituteForm(FlaskForm):
    """The colleague who speaks in a participant's place."""

    name = StringField(
        _l("Name of the colleague who speaks"),
        description=_l("As the chair should announce it. They need no registration of their own for this."),
        filters=[line],
        validators=[at_most()],
        render_kw={"maxlength": LONGEST_TEXT},
    )
