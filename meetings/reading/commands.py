"""Makes a meeting of what was read and agreed to, or fills a draft with it: all in one go, by the import."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _

from meetings.accounts.commands import give_role
from meetings.database import locked, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.programme.queries import meeting_head
from meetings.programme.rules.names import slug_for
from meetings.reading.rules.filling import filled
from meetings.reading.rules.meeting_file import meeting_data
from meetings.reading.rules.result import Reading
from meetings.refusals import Refused


def create_meeting(reading: Reading, *, title: str, organiser: str | None, actor: Actor, now: dt.datetime) -> str:
    """Create the meeting of a reading as a draft; gives its slug, which is made from the title.

    `title` is what it is called where the source does not say. `organiser` is the address of an account that becomes
    the meeting's organiser; None where everyone who may organise it is known already.
    """
    with transaction():
        named = reading.head.title or title
        year = (reading.head.first_day or now.date()).year
        slug = slug_for(named, year, lambda taken: meeting_head(taken) is not None)
        if _import(meeting_data(reading, slug, title=title), actor, now):
            # Somebody else has made a meeting of this slug since: theirs is not touched.
            raise Refused(_("A meeting “%(slug)s” was made just now. Try again.", slug=slug))
        if organiser is not None:
            give_role(email=organiser, role="organiser", slug=slug, actor=actor, now=now)
    return slug


def fill_meeting(reading: Reading, *, meeting_id: int, title: str, actor: Actor, now: dt.datetime) -> None:
    """Put a reading into a draft. Refused where the meeting has sessions, which it would replace, or is published."""
    from meetings.transfer.queries import export_meeting  # noqa: PLC0415  # pydantic and PyYAML: when first used

    with transaction():
        meeting = locked(Meeting, Meeting.id == meeting_id)
        if meeting is None:
            raise Refused(_("This meeting is no longer there."))
        if meeting.published_at is not None:
            raise Refused(_("The meeting is published. A file can fill a draft only."))
        if meeting.sessions:
            raise Refused(_("The programme has sessions by now. A file can fill an empty one only."))
        present = export_meeting(meeting.slug).model_dump()
        _import(filled(present, meeting_data(reading, meeting.slug, title=title)), actor, now)


def _import(data: dict[str, Any], actor: Actor, now: dt.datetime) -> bool:
    """Write the meeting; gives whether one was there."""
    from exports import meeting_file  # noqa: PLC0415  # pydantic and PyYAML are loaded when first used
    from meetings.transfer.commands import import_meeting  # noqa: PLC0415  # as above

    return import_meeting(meeting_file.make(data), actor=actor, now=now).replaced
