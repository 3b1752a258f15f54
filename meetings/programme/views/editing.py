"""How every edit form is shown and saved, also when two people edit the same thing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from flask import request

from meetings.programme.forms.edit import EditForm
from meetings.programme.rules.edits import compare, mark
from meetings.refusals import Refused, Stale


class Make(Protocol):
    """Makes the form that shows these values, or (with a request's data) what was typed."""

    def __call__(self, values: Any, **kwargs: Any) -> EditForm: ...


@dataclass(frozen=True, slots=True)
class TheirChange:
    """What somebody else changed while the form was open. `both`: the reader has changed it too."""

    label: str
    text: str
    both: bool


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of it: saved, or the form to show (again) with its status."""

    saved: bool
    form: EditForm
    changes: tuple[TheirChange, ...] = ()
    status: int = 200


def edit(make: Make, read: Callable[[], Any], save: Callable[[Any, str], object]) -> Edited:
    """Show the form of what `read` gives, or save what was typed; what somebody else changed meanwhile is shown.

    What only the other changed is then in the form as the other left it; what both changed stays as it was typed, with
    the other's beside it. Saving again overwrites knowingly.
    """
    stored = read()
    form = make(stored)
    if request.method != "POST":
        form.shown.data = mark(asdict(stored))
        return Edited(saved=False, form=form)
    if not form.validate():
        return Edited(saved=False, form=form, status=422)
    try:
        save(form.values(), form.shown.data or "")
    except Stale:
        return _merged(make, read(), form)
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return Edited(saved=False, form=form, status=409)
    return Edited(saved=True, form=form)


def _merged(make: Make, stored: Any, form: EditForm) -> Edited:
    typed = form.values()
    comparison = compare(form.shown.data or "", asdict(stored), asdict(typed))
    theirs = make(stored, formdata=None)
    changes = tuple(
        TheirChange(theirs.label_of(name), theirs.text_of(name), both=name in comparison.mine)
        for name in asdict(stored)
        if name in comparison.theirs and (name not in comparison.mine or getattr(stored, name) != getattr(typed, name))
    )
    taken_over = {name: getattr(stored, name) for name in comparison.theirs - comparison.mine}
    again = make(replace(typed, **taken_over), formdata=None)
    again.shown.data = mark(asdict(stored))
    return Edited(saved=False, form=again, changes=changes, status=409)
