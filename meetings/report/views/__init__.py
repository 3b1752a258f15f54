"""The report's pages: notes, inputs, the draft and its particulars."""

from meetings.report.views import draft, notes, submissions
from meetings.report.views.blueprint import blueprint

__all__ = ["blueprint", "draft", "notes", "submissions"]
