"""The mails to those who are asked to speak."""

from collections.abc import Sequence
from typing import Literal

from flask_babel import gettext as _

from meetings import links, mail
from meetings.display import locale, session_roles
from meetings.models.message import Message
from meetings.models.programme import Speaker
from meetings.programme.queries import MeetingHead
from meetings.speakers.queries import ASKED, LINK, REMINDED, Part

# Why somebody is written to.
Occasion = Literal["ask", "remind", "replaced", "asked"]

_KINDS: dict[Occasion, str] = {"ask": ASKED, "remind": REMINDED, "replaced": LINK, "asked": LINK}


def letter(
    meeting: MeetingHead, row: Speaker, parts: Sequence[Part], occasion: Occasion, *, note: str | None = None
) -> Message:
    """A mail with a speaker's private link, in their language: what they are asked to do, when and where.

    `note` is what the organisers say in their own words.
    """
    person = row.person
    name = " ".join(part for part in (person.honorific, person.name) if part)
    with mail.in_language(person.language) as language:
        facts = {
            "language": language,
            "direction": locale().text_direction,
            "meeting": meeting,
            "name": name,
            "parts": parts,
            "roles": session_roles(),
            "occasion": occasion,
            "note": note,
            "answer_by": row.answer_by,
            "open": row.status == "invited",
            "address": links.page("programme.meeting", slug=meeting.slug) if meeting.published else None,
        }
        return Message(
            meeting_id=meeting.id,
            person_id=person.id,
            kind=_KINDS[occasion],
            recipient=person.email or "",
            recipient_name=name,
            reply_to=meeting.contact,
            language=language,
            subject=_subject(occasion, meeting.title),
            text=mail.render("speakers/mail/letter.txt", **facts),
            html=mail.render("speakers/mail/letter.html", **facts),
            link_purpose="speaker",
            link_claim=[row.id, row.link_serial],
        )


def _subject(occasion: Occasion, title: str) -> str:
    subjects: dict[Occasion, str] = {
        "ask": _("Will you speak? %(title)s", title=title),
        "remind": _("Your answer is awaited: %(title)s", title=title),
        "replaced": _("Your new link as a speaker: %(title)s", title=title),
        "asked": _("Your link as a speaker: %(title)s", title=title),
    }
    return subjects[occasion]
