"""The forms of reading: the file or text that is sent, and what was recognised in it, to be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from meetings.display import country_choices, modes, session_kinds
from meetings.fields import ClockField, DayField, LineField, TextField, is_zone
from meetings.floor.rules.statements import LARGEST_FILE
from meetings.reading.files import source_of, text_source
from meetings.reading.rules import Reading, Source
from meetings.reading.rules.choices import Row, days_of
from meetings.reading.rules.result import Head
from meetings.refusals import Refused

# The longest programme that a page can be made of; it has some 30 days.
MOST_SESSIONS = 300
_HEAD = ("title", "subtitle", "first_day", "last_day", "zone", "mode", "venue", "room", "city", "country")


class SourceForm(FlaskForm):
    """A file, or a text that is pasted. Nothing of it is kept."""

    file = FileField(
        _l("Word file or text file"),
        description=_l("A concept note or programme as it is: .docx or .txt, at most 5 MB."),
        render_kw={"accept": ".docx,.txt", "data-largest": LARGEST_FILE},
    )
    text = TextField(
        _l("Or paste the text"),
        description=_l("From a PDF, a mail or a web page."),
        render_kw={"rows": 10, "dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source: Source | None = None

    def validate_file(self, field: Any) -> None:
        """Refuse what cannot be read, with what to do instead."""
        if field.data:
            self._take(source_of, field.data.stream.read(LARGEST_FILE + 1))
        elif not self.text.data:
            raise ValidationError(_("Choose a file, or paste a text."))

    def validate_text(self, field: Any) -> None:
        """Refuse a text beside a file, and one that is too long."""
        if field.data and self.file.data:
            raise ValidationError(_("Send either a file or a text. Empty this to have the file read."))
        if field.data:
            self._take(text_source, field.data)

    def _take(self, read: Any, given: bytes | str) -> None:
        try:
            self.source = read(given)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class SessionRow(Form):
    """A session, to be taken, corrected, or left out."""

    taken = BooleanField(_l("Take this session"), default=True)
    day = DayField(_l("Day"))
    start = ClockField(_l("From"))
    end = ClockField(_l("To"))
    kind = SelectField(_l("Kind"))
    label = LineField(_l("Label"))
    title = LineField(_l("Title"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(code, name) for code, name in session_kinds().items()]

    def validate_title(self, field: Any) -> None:
        """Refuse a session that is taken without a title."""
        if self.taken.data and not field.data:
            raise ValidationError(_("Give the session a title, or leave it out."))

    def validate_end(self, field: Any) -> None:
        """Refuse an end that is not after the start, and one alone."""
        if not self.taken.data or field.data is None:
            return
        if self.start.data is None:
            raise ValidationError(_("Give the start too."))
        if field.data <= self.start.data:
            raise ValidationError(_("The end is not after the start."))

    @property
    def row(self) -> Row:
        """What was decided about the session."""
        return Row(
            bool(self.taken.data),
            self.day.data,
            self.start.data,
            self.end.data,
            self.kind.data,
            self.label.data or "",
            self.title.data or "",
        )


class ReadingForm(FlaskForm):
    """What was recognised; `source` carries what it was recognised in, so that nothing has to be kept meanwhile."""

    source = HiddenField()
    title = LineField(_l("Title"), [DataRequired(_l("Give the meeting a title."))])
    subtitle = LineField(_l("Subtitle"))
    first_day = DayField(_l("First day"))
    last_day = DayField(_l("Last day"), description=_l("Leave empty for a meeting of one day."))
    zone = LineField(
        _l("Time zone"),
        [DataRequired(_l("Choose a time zone.")), is_zone()],
        render_kw={"list": "zones", "autocomplete": "off"},
    )
    mode = SelectField(_l("How it is held"), [InputRequired()])
    venue = LineField(_l("Venue"))
    room = LineField(_l("Room"))
    city = LineField(_l("City"))
    country = SelectField(_l("Country"))
    sessions = FieldList(FormField(SessionRow), _l("Sessions"))

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        """`reading`: what is corrected; a row of the form belongs to each of its sessions."""
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.by_day = len(days_of(reading)) > 1
        self.mode.choices = [SelectChoice(code, name) for code, name in modes().items()]
        self.country.choices = [SelectChoice("", _("None")), *(SelectChoice(*pair) for pair in country_choices())]

    @classmethod
    def data_of(cls, reading: Reading, present: Head | None) -> dict[str, Any]:
        """What the form shows at first: what was read, and of a meeting that is there what was not."""
        head = reading.head if present is None else completed(reading, present)
        data = {name: getattr(head, name) or None for name in _HEAD} | {"country": head.country}
        if head.last_day == head.first_day:
            data["last_day"] = None
        names = ("day", "start", "end", "kind", "label", "title")
        rows = [{name: getattr(each, name) for name in names} | {"taken": True} for each in reading.sessions]
        return data | {"sessions": rows}

    def validate_last_day(self, field: Any) -> None:
        """Refuse an end before the start, and an end alone."""
        if field.data is None:
            return
        if self.first_day.data is None:
            raise ValidationError(_("Give the first day too."))
        if field.data < self.first_day.data:
            raise ValidationError(_("The last day is before the first."))

    def validate_sessions(self, field: Any) -> None:
        """Refuse days on which the meeting is not held."""
        first, last = self.first_day.data, self.last_day.data or self.first_day.data
        for entry in field.entries if self.by_day and first else ():
            day = entry.form.day
            if entry.form.taken.data and day.data and not first <= day.data <= last:
                day.errors = [*day.errors, _("The meeting is not held on this day.")]
        if any(entry.errors for entry in field.entries):
            raise ValidationError(_("Please check the rows that are marked."))

    @property
    def is_whole(self) -> bool:
        """Whether a row for each session came with the page."""
        return len(self.sessions.entries) == len(self.reading.sessions)

    @property
    def head(self) -> Head:
        """What identifies the meeting, as it was agreed to."""
        texts: dict[str, Any] = {name: self[name].data or "" for name in _HEAD if not name.endswith("_day")}
        first = self.first_day.data
        return replace(self.reading.head, first_day=first, last_day=self.last_day.data or first, **texts)

    @property
    def rows(self) -> Sequence[Row]:
        """The sessions as they were agreed to; without days of their own where all are on one day."""
        rows = [entry.form.row for entry in self.sessions.entries]
        return rows if self.by_day else [replace(row, day=None) for row in rows]


def too_many(number: int) -> str:
    """What is said of a source with more sessions than a page takes."""
    said: str = _(
        "%(number)d sessions were found; a page takes %(most)d. Send a part of it.", number=number, most=MOST_SESSIONS
    )
    return said


def completed(reading: Reading, present: Head) -> Head:
    """What was read, with what a meeting has already where nothing was read."""
    read, found = reading.head, {}
    for name, value in asdict(read).items():
        certain = {"mode": read.mode_stated, "zone": reading.zone_found}.get(name, bool(value))
        found[name] = value if certain else getattr(present, name)
    return Head(**found)
