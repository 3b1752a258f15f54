"""The report's pages: notes, inputs, the draft and its particulars."""

from meetings.report.views import (
    call,
    checks,
    details,
    documents,
    draft,
    inputs_public,
    ledger,
    notes,
    outcome,
    own_input,
    paragraph,
    planning,
    points,
    submissions,
)
from meetings.report.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "call",
    "checks",
    "details",
    "documents",
    "draft",
    "inputs_public",
    "ledger",
    "notes",
    "outcome",
    "own_input",
    "paragraph",
    "planning",
    "points",
    "submissions",
]
