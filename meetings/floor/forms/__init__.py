"""What is filled in on the floor's pages."""

from meetings.floor.forms.asking import AskForm
from meetings.floor.forms.chair import CorrectForm

__all__ = ["AskForm", "CorrectForm"]
