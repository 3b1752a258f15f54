"""What is filled in on the floor's pages."""

from meetings.floor.forms.asking import AskForm, StatementForm, SubstituteForm
from meetings.floor.forms.chair import AddForm, CorrectForm, MoveForm
from meetings.floor.forms.settings import OrderForm, SettingsForm

__all__ = [
    "AddForm",
    "AskForm",
    "CorrectForm",
    "MoveForm",
    "OrderForm",
    "SettingsForm",
    "StatementForm",
    "SubstituteForm",
]
