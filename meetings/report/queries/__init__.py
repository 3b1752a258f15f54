"""What is read for the report: its material, the rapporteur's notes, the submissions, the particulars."""

from meetings.report.queries.draft import Change, changes_so_far, edit, edited_draft, edits, history
from meetings.report.queries.material import material
from meetings.report.queries.notes import (
    Choice,
    InputNotes,
    PointLine,
    PointValues,
    SessionChoice,
    SessionNotes,
    input_notes,
    point_values,
    session_choices,
    session_in_progress,
    session_notes,
    voices_for_point,
)
from meetings.report.queries.report import (
    ReportValues,
    SubmissionLine,
    SubmissionValues,
    organisation_choices,
    report_values,
    submission_lines,
    submission_values,
)

__all__ = [
    "Change",
    "Choice",
    "InputNotes",
    "PointLine",
    "PointValues",
    "ReportValues",
    "SessionChoice",
    "SessionNotes",
    "SubmissionLine",
    "SubmissionValues",
    "changes_so_far",
    "edit",
    "edited_draft",
    "edits",
    "history",
    "input_notes",
    "material",
    "organisation_choices",
    "point_values",
    "report_values",
    "session_choices",
    "session_in_progress",
    "session_notes",
    "submission_lines",
    "submission_values",
    "voices_for_point",
]
