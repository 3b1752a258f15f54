"""What is changed for the report: points, submissions, particulars. The first change on screen marks it as edited."""

from meetings.report.commands.particulars import edit_report
from meetings.report.commands.points import add_point, edit_point, move_point, remove_point, restore_point
from meetings.report.commands.submissions import add_submission, edit_submission, remove_submission

__all__ = [
    "add_point",
    "add_submission",
    "edit_point",
    "edit_report",
    "edit_submission",
    "move_point",
    "remove_point",
    "remove_submission",
    "restore_point",
]
