"""The right of check: speakers are asked to look at their own paragraph, answer by a private link, and are heard."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from meetings import links, mail
from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.models.people import Person
from meetings.models.report import ParagraphCheck
from meetings.refusals import Refused
from meetings.report.commands.shared import check_version, inside, log, meeting_row
from meetings.report.rules.checks import OwnParagraph

KIND = "check"
LONGEST_COMMENT = 10_000


def ask_to_check(
    *, meeting_id: int, own: OwnParagraph, answer_by: dt.date | None, actor: Actor, now: dt.datetime
) -> None:
    """Send a speaker their own paragraph as it stands now, with a new private link; an earlier link stops working.

    What they answered before is kept in the log. Refuses who is protected or has no mail address.
    """
    with transaction():
        meeting = meeting_row(meeting_id)
        inside(Person, own.person.id, meeting_id)
        person = db.session.get_one(Person, own.person.id)
        if person.protected or mail.usable(person.email) is None:
            raise Refused(_("%(name)s has no mail address here, or is protected.", name=person.name))
        row = _row_of(meeting_id, own)
        before = {"answer": row.answer, "comment": row.comment} if row else None
        if row is None:
            row = ParagraphCheck(meeting_id=meeting_id, key=own.key, person_id=person.id, serial=0, version=0)
            db.session.add(row)
        row.text, row.asked_at, row.answer_by = own.text, now, answer_by
        row.answer = row.comment = row.answered_at = row.settled_at = None
        row.serial += 1
        row.version += 1
        db.session.flush()
        _mail(meeting, person, row, now)
        log("check.asked", meeting_id, f"check:{row.id}", actor, now, before=before, after={"text": own.text})


def answer_check(
    *, check_id: int, serial: int, agreed: bool, comment: str, version: int, actor: Actor, now: dt.datetime
) -> None:
    """Take a speaker's answer: agreement, or a comment in their words. It can be changed until it is settled.

    Refuses a comment without words, a link that was replaced, and what the rapporteur has settled.
    """
    words = comment.strip()
    with transaction():
        row = locked(ParagraphCheck, ParagraphCheck.id == check_id)
        if row is None or row.serial != serial:
            raise Refused(_("This link is no longer valid. A newer mail has a newer one."))
        if row.settled_at is not None:
            raise Refused(_("This paragraph is settled in the meantime. Answer the mail instead."))
        if not agreed and not words:
            raise Refused(_("Write what should be different."))
        if len(words) > LONGEST_COMMENT:
            raise Refused(_("Write at most %(number)s characters.", number=LONGEST_COMMENT))
        answer, stored = ("agreed", None) if agreed else ("comment", words)
        if (row.answer, row.comment) == (answer, stored):
            return
        check_version(row.version, version)
        before = {"answer": row.answer, "comment": row.comment}
        row.answer, row.comment, row.answered_at = answer, stored, now
        row.version += 1
        after = {"answer": answer, "comment": stored}
        log("check.answered", row.meeting_id, f"check:{row.id}", actor, now, before=before, after=after)


def settle_check(*, meeting_id: int, check_id: int, settled: bool, actor: Actor, now: dt.datetime) -> None:
    """The rapporteur has dealt with an answer, or has not after all. Done twice, it is done once."""
    with transaction():
        row = locked(ParagraphCheck, ParagraphCheck.id == check_id, ParagraphCheck.meeting_id == meeting_id)
        if row is None:
            raise Refused(_("There is no such request to check a paragraph."))
        if (row.settled_at is not None) == settled:
            return
        row.settled_at = now if settled else None
        row.version += 1
        log("check.settled" if settled else "check.reopened", meeting_id, f"check:{row.id}", actor, now)


def revoke_check(*, meeting_id: int, check_id: int, actor: Actor, now: dt.datetime) -> None:
    """Make a speaker's link invalid, wherever it has got to. The answer stays."""
    with transaction():
        row = locked(ParagraphCheck, ParagraphCheck.id == check_id, ParagraphCheck.meeting_id == meeting_id)
        if row is None:
            raise Refused(_("There is no such request to check a paragraph."))
        row.serial += 1
        row.version += 1
        log("check.revoked", meeting_id, f"check:{row.id}", actor, now)


def _row_of(meeting_id: int, own: OwnParagraph) -> ParagraphCheck | None:
    return locked(
        ParagraphCheck,
        ParagraphCheck.meeting_id == meeting_id,
        ParagraphCheck.key == own.key,
        ParagraphCheck.person_id == own.person.id,
    )


def _mail(meeting: Meeting, person: Person, row: ParagraphCheck, now: dt.datetime) -> None:
    with mail.in_language(person.language) as language:
        message = Message(
            meeting_id=meeting.id,
            kind=KIND,
            recipient=str(person.email),
            reply_to=meeting.contact,
            language=language,
            subject=_("Please check your paragraph of the report: %(title)s", title=meeting.title),
            text=mail.render(
                "report/mail/check.txt",
                meeting=meeting,
                name=person.name,
                answer_by=row.answer_by,
                page=links.page("programme.meeting", slug=meeting.slug),
            ),
            link_purpose="check",
            link_claim=[row.id, row.serial],
        )
    mail.send(message, at=now)
