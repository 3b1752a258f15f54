"""The files of a submission in a form: a control for each, so that a phone can choose them one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from meetings.fields import CheckboxesField
from meetings.floor.asking_words import file_problems
from meetings.floor.rules.statements import FILE_TYPES, LARGEST_FILE, Problem, examine
from meetings.report.commands.input_files import NewFile
from meetings.report.input_words import shown_types, too_long, wrong_type
from meetings.report.queries.inputs import FileLine
from meetings.report.rules.call import Call

NAMES = ("file_1", "file_2", "file_3")


class FilesForm(FlaskForm):
    """Up to three files, and those sent before with a box each to take them out. Content says what a file is."""

    file_1 = FileField(_l("First file"))
    file_2 = FileField(_l("Second file"))
    file_3 = FileField(_l("Third file"))
    removed = CheckboxesField(_l("Files to take out"), coerce=int)

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        """`call`: what the files are held to; without it, only to what Rostrum can keep."""
        super().__init__(*args, **kwargs)
        self.call = call
        self.new_files: list[NewFile] = []
        self.removed.choices = []
        types = call.file_types if call else FILE_TYPES
        for name in NAMES if types else ():
            accept = ",".join(f".{each}" for each in types)
            self[name].render_kw = {"accept": accept, "data-largest": LARGEST_FILE}
            self[name].description = _("%(types)s, at most 5 MB.", types=shown_types(types))

    def offer_files(self, present: Iterable[FileLine]) -> None:
        """Offer the files that were sent before, to be taken out."""
        self.removed.choices = [SelectChoice(str(file.id), file.name) for file in present]

    def without_files(self) -> None:
        """Ask for no file."""
        for name in (*NAMES, "removed"):
            del self[name]

    @property
    def chose_files(self) -> bool:
        """Whether files came with the form: they have to be chosen again where it is shown once more."""
        return any(name in self and self[name].data for name in NAMES)

    def validate_file_1(self, field: Any) -> None:
        """Refuse what is none of the types that are taken, too large, empty, locked or damaged."""
        self._examine(field)

    def validate_file_2(self, field: Any) -> None:
        """Refuse as the first one."""
        self._examine(field)

    def validate_file_3(self, field: Any) -> None:
        """Refuse as the first one."""
        self._examine(field)

    def _examine(self, field: Any) -> None:
        if not field.data:
            return
        content = field.data.stream.read(LARGEST_FILE + 1)
        found = examine(content)
        if isinstance(found, Problem):
            raise ValidationError(file_problems()[found])
        if self.call is not None:
            problem = wrong_type(self.call, found.file_type) or too_long(self.call, found.words)
            if problem:
                raise ValidationError(problem)
        self.new_files.append(NewFile(field.data.filename, content, found))
