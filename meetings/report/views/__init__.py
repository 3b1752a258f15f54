"""The report's pages: notes, inputs, the draft and its particulars."""

from meetings.report.views import call, draft, inputs_public, notes, own_input, points, submissions
from meetings.report.views.blueprint import blueprint

__all__ = ["blueprint", "call", "draft", "inputs_public", "notes", "own_input", "points", "submissions"]
