"""What is changed for the report: points, submissions, particulars. The first change on screen marks it as edited."""

from meetings.report.commands.arranging import attribute_points, merge_points, split_point
from meetings.report.commands.paragraphs import (
    accept_beneath,
    add_paragraph,
    back_to_compiled,
    edit_paragraph,
    leave_out,
    move_paragraph,
    put_back,
    remove_own,
)
from meetings.report.commands.particulars import edit_report
from meetings.report.commands.planning import edit_plan
from meetings.report.commands.points import add_point, edit_point, move_point, remove_point, restore_point
from meetings.report.commands.submissions import add_submission, edit_submission, remove_submission

__all__ = [
    "accept_beneath",
    "add_paragraph",
    "add_point",
    "add_submission",
    "attribute_points",
    "back_to_compiled",
    "edit_paragraph",
    "edit_plan",
    "edit_point",
    "edit_report",
    "edit_submission",
    "leave_out",
    "merge_points",
    "move_paragraph",
    "move_point",
    "put_back",
    "remove_own",
    "remove_point",
    "remove_submission",
    "restore_point",
    "split_point",
]
