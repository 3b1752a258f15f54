"""What is filled in for the report: a point, a submission, the report's particulars."""

from meetings.report.forms.paragraph import ParagraphForm
from meetings.report.forms.particulars import ReportForm
from meetings.report.forms.planning import PlanForm
from meetings.report.forms.points import PointForm, kind_names
from meetings.report.forms.submissions import SubmissionForm

__all__ = [
    "ParagraphForm",
    "PlanForm",
    "PointForm",
    "ReportForm",
    "SubmissionForm",
    "kind_names",
]
