"""Writes meeting files into the database: all of a file or nothing."""

from meetings.transfer.commands.demonstration import load_demonstration
from meetings.transfer.commands.importing import Imported, import_meeting

__all__ = ["Imported", "import_meeting", "load_demonstration"]
