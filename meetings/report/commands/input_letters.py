"""The mails to who has sent a submission.

Nothing that was typed stands in them: anyone can enter another's address, and our mail must not carry their words.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from flask_babel import get_locale
from flask_babel import gettext as _

from meetings import links, mail
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting
from meetings.models.message import Message

KIND = "input"
Occasion = Literal["sent", "replaced"]


def tell(meeting: Meeting, row: Submission, occasion: Occasion, now: dt.datetime) -> None:
    """Mail the private link, in the language of the page; with `replaced`, since the one before has stopped working."""
    with mail.in_language(str(get_locale() or "").replace("_", "-")) as language:
        subjects = {
            "sent": _("Your submission has arrived: %(title)s", title=meeting.title),
            "replaced": _("Your new link to your submission: %(title)s", title=meeting.title),
        }
        message = Message(
            meeting_id=meeting.id,
            kind=KIND,
            recipient=str(row.contact_email),
            reply_to=meeting.contact,
            language=language,
            subject=subjects[occasion],
            text=mail.render(
                "report/mail/input.txt",
                meeting=meeting,
                occasion=occasion,
                received=row.sent_at,
                page=links.page("report.call_for_inputs", slug=meeting.slug),
            ),
            link_purpose="input",
            link_claim=[row.id, row.serial],
        )
    mail.send(message, at=now)
