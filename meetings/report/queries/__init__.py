"""What is read for the report: its material, the rapporteur's notes, the submissions, the particulars."""

from meetings.report.queries.draft import (
    Change,
    changes_so_far,
    draft_to_show,
    draft_with_material,
    edit,
    edited_draft,
    edits,
    history,
)
from meetings.report.queries.inputs import SubmissionValues, submission_values
from meetings.report.queries.lifting import InputText, input_text, speaker_of
from meetings.report.queries.material import material
from meetings.report.queries.notes import (
    InputNotes,
    LiveNotes,
    PointsPage,
    SessionChoice,
    SessionNotes,
    input_notes,
    live_notes,
    live_versions,
    points_page,
    session_choices,
    session_in_progress,
    session_notes,
    session_number,
    topic_of,
)
from meetings.report.queries.points import PointLine, PointValues, point_values
from meetings.report.queries.report import ReportValues, Resting, organisation_choices, points_to_rest_on, report_values
from meetings.report.queries.voices import Choice, voices_for_point

__all__ = [
    "Change",
    "Choice",
    "InputNotes",
    "InputText",
    "LiveNotes",
    "PointLine",
    "PointValues",
    "PointsPage",
    "ReportValues",
    "Resting",
    "SessionChoice",
    "SessionNotes",
    "SubmissionValues",
    "changes_so_far",
    "draft_to_show",
    "draft_with_material",
    "edit",
    "edited_draft",
    "edits",
    "history",
    "input_notes",
    "input_text",
    "live_notes",
    "live_versions",
    "material",
    "organisation_choices",
    "point_values",
    "points_page",
    "points_to_rest_on",
    "report_values",
    "session_choices",
    "session_in_progress",
    "session_notes",
    "session_number",
    "speaker_of",
    "submission_values",
    "topic_of",
    "voices_for_point",
]
