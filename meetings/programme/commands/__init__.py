"""What an organiser does to a meeting and its programme. Every change locks the meeting's row first."""

from meetings.programme.commands.earlier import start_from_earlier
from meetings.programme.commands.meetings import (
    create_meeting,
    edit_concept_note,
    edit_particulars,
)
from meetings.programme.commands.people import add_organisation, add_person, edit_organisation, edit_person
from meetings.programme.commands.run_sheet import (
    duplicate_session,
    insert_break,
    merge_session,
    move_session,
    place_session,
    remove_session,
    retime_session,
    split_session,
)
from meetings.programme.commands.sessions import add_session, edit_session
from meetings.programme.commands.sittings import add_sitting, edit_sitting, remove_sitting
from meetings.programme.commands.undoing import redo_change, undo_change

__all__ = [
    "add_organisation",
    "add_person",
    "add_session",
    "add_sitting",
    "create_meeting",
    "duplicate_session",
    "edit_concept_note",
    "edit_organisation",
    "edit_particulars",
    "edit_person",
    "edit_session",
    "edit_sitting",
    "insert_break",
    "merge_session",
    "move_session",
    "place_session",
    "redo_change",
    "remove_session",
    "remove_sitting",
    "retime_session",
    "split_session",
    "start_from_earlier",
    "undo_change",
]
