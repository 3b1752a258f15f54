"""What all edit forms share: the mark of what was shown, and how values become a form's data and come back."""

from dataclasses import fields
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import HiddenField


class EditForm(FlaskForm):
    """A form of one kind of values; `names` are the values' names, each a field of the form unless a subclass says.

    `shown` is the mark of the values as the page showed them (meetings.programme.rules.edits).
    """

    values_class: ClassVar[Any]

    shown = HiddenField()

    @classmethod
    def data_of(cls, values: Any) -> dict[str, Any]:
        """The form's data for these values."""
        return {each.name: getattr(values, each.name) for each in fields(cls.values_class)}

    def values(self) -> Any:
        """The values that were entered; only for a form that is valid."""
        return self.values_class(**{each.name: self.value(each.name) for each in fields(self.values_class)})

    def value(self, name: str) -> Any:
        """One of the values that were entered."""
        return self[name].data

    def label_of(self, name: str) -> str:
        """What a value is called on the page."""
        return str(self[name].label.text)

    def text_of(self, name: str) -> str:
        """What one of the form's values reads like, to be shown beside what somebody else typed."""
        field = self[name]
        if hasattr(field, "choices") and field.choices:
            return next((str(choice.label) for choice in field.choices if choice.value == (field.data or "")), "")
        return str(field._value()) if hasattr(field, "_value") else str(field.data)
