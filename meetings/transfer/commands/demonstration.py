"""Loads the demonstration: the real dialogues, and one marked meeting that takes place today."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from exports.meeting_file import read
from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting
from meetings.publishing.commands import publish
from meetings.refusals import Refused
from meetings.settings import ROOT
from meetings.transfer import rules
from meetings.transfer.commands.importing import MadeJustNow, import_meeting
from meetings.transfer.queries import holds_real_data, is_empty_of_meetings

FOLDER = ROOT / "demonstration"
_TAKES_PLACE_TODAY = "in-progress.yaml"


def load_demonstration(*, now: dt.datetime, folder: Path = FOLDER) -> list[str]:
    """Load and publish the demonstration meetings into an empty database; gives their slugs, none if they are there.

    The meeting in progress is moved to today. Nobody is told of any. Refused where there is data of one's own.
    """
    try:
        with transaction():
            if holds_real_data():
                raise Refused(_("There is data in this database. The demonstration is loaded into an empty one only."))
            if not is_empty_of_meetings():
                return []
            return [_load(path, now) for path in sorted(folder.glob("*.yaml"))]
    except MadeJustNow:  # another process loads it at the same moment
        return []


def _load(path: Path, now: dt.datetime) -> str:
    file = read(path.read_text(encoding="utf-8"), path.name)
    if path.name == _TAKES_PLACE_TODAY:
        file = rules.shift_to(file, now.astimezone(ZoneInfo(file.meeting.timezone)).date())
    imported = import_meeting(file, actor=COMMAND_LINE, now=now)
    meeting = db.session.get_one(Meeting, imported.meeting_id)
    meeting.demonstration = True
    publish(meeting_id=meeting.id, final=True, mails="none", actor=COMMAND_LINE, now=now)
    return imported.slug
