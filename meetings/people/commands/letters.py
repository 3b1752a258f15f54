"""The mails about a registration."""

import datetime as dt
from typing import Literal

from flask_babel import get_locale
from flask_babel import gettext as _

from meetings import links, mail
from meetings.display import registration_statuses
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import Registration
from meetings.people.queries import line_of
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.published import public_head

# Why somebody is told where their registration stands.
Occasion = Literal["verified", "asked", "replaced", "confirm", "decline", "reopen", "withdraw", "rejoin"]
OwnStep = Literal["withdraw", "rejoin"]


def verification(meeting: Meeting, registration: Registration, address: str) -> Message:
    """Asks whether the address is the reader's own.

    Nothing that was typed stands in it: anyone can enter another's address, and our mail must not carry their words.
    """
    head = public_head(head_line(meeting))
    with mail.in_language(_language_of(registration)) as language:
        return Message(
            meeting_id=meeting.id,
            registration_id=registration.id,
            kind="verification",
            recipient=address,
            reply_to=meeting.contact,
            language=language,
            subject=_("Confirm your mail address: %(title)s", title=head.title),
            text=mail.render(
                "people/verification.txt", meeting=head, page=links.page("programme.meeting", slug=meeting.slug)
            ),
            link_purpose="verify",
            link_claim=[registration.id, registration.link_serial],
        )


def standing(
    meeting: Meeting, registration: Registration, occasion: Occasion, now: dt.datetime, *, times_known: bool = True
) -> bool:
    """Mail where a registration stands, with the personal link; False where no address is known."""
    person = registration.person
    if not person.email:
        return False
    with mail.in_language(_language_of(registration)) as language:
        line = line_of(registration)
        head = public_head(head_line(meeting))
        message = Message(
            meeting_id=meeting.id,
            registration_id=registration.id,
            kind="personal_link" if occasion in ("verified", "asked", "replaced") else "decision",
            recipient=person.email,
            recipient_name=line.name,
            reply_to=meeting.contact,
            language=language,
            subject=_subject(occasion, head.title),
            text=mail.render(
                "people/standing.txt",
                meeting=head,
                name=line.name,
                occasion=occasion,
                times_known=times_known,
                status=registration_statuses()[registration.status],
                page=links.page("programme.meeting", slug=meeting.slug),
            ),
            link_purpose="personal",
            link_claim=[registration.id, registration.link_serial],
        )
    mail.send(message, at=now)
    return True


def _language_of(registration: Registration) -> str:
    return registration.person.language or str(get_locale() or "").replace("_", "-")


def _subject(occasion: Occasion, title: str) -> str:
    subjects: dict[Occasion, str] = {
        "verified": _("Your registration has arrived: %(title)s", title=title),
        "asked": _("Your personal link: %(title)s", title=title),
        "replaced": _("Your new personal link: %(title)s", title=title),
        "confirm": _("Your registration is confirmed: %(title)s", title=title),
        "decline": _("Your registration could not be confirmed: %(title)s", title=title),
        "reopen": _("Your registration is considered again: %(title)s", title=title),
        "withdraw": _("You have withdrawn: %(title)s", title=title),
        "rejoin": _("Your registration is considered again: %(title)s", title=title),
    }
    return subjects[occasion]
