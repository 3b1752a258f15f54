"""Saving a form when somebody else has changed the same thing: what was typed stays, the other's is shown beside it."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm

_UNSEEN = {"CSRFTokenField", "HiddenField"}


def seen(form: FlaskForm) -> int:
    """The version that the page showed; 0 where it cannot be read."""
    shown = form.seen.data or ""
    return int(shown) if shown.isdecimal() else 0


def conflict(form: FlaskForm, theirs: FlaskForm, version: int) -> list[tuple[str, str]]:
    """Where the stored values (in `theirs`) differ from what was typed: label and stored text.

    The form then carries the stored version: sending it again overwrites knowingly.
    """
    form.seen.raw_data = None
    form.seen.data = str(version)
    return differing(form, theirs)


def differing(form: FlaskForm, theirs: FlaskForm) -> list[tuple[str, str]]:
    """Where two forms of one kind differ: label, and what the second reads. What nobody sees is not compared."""
    fields: Mapping[str, Any] = {each.short_name: each for each in theirs if each.type not in _UNSEEN}
    return [
        (str(field.label.text), shown(field)) for name, field in fields.items() if shown(form[name]) != shown(field)
    ]


def shown(field: Any) -> str:
    """What a field reads like: the labels of what is chosen, else its text."""
    if hasattr(field, "entries"):
        return "\n\n".join(filter(None, ("\n".join(filter(None, map(shown, row.form))) for row in field.entries)))
    if hasattr(field, "iter_choices"):
        return "\n".join(str(choice.label) for choice in field.iter_choices() if choice.selected)
    if isinstance(field.data, bool):
        return "✓" if field.data else "–"
    return str(field._value()).replace("\r\n", "\n")
