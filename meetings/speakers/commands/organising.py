"""What organisers do about one speaker: an answer by telephone or letter, a withdrawn invitation, a new link."""

import datetime as dt
from typing import Literal

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import mail
from meetings.database import db, transaction
from meetings.invitations.commands import bring_up_to_date
from meetings.journal import Actor
from meetings.models.message import Message
from meetings.models.programme import Speaker
from meetings.programme.queries.meetings import head_line
from meetings.refusals import Refused, Stale
from meetings.speakers import letters, rules
from meetings.speakers.commands.shared import lock_person, log, new_row
from meetings.speakers.queries import parts, status_of

# By what way an answer reached the organisers that was not given on the speaker's own page.
Way = Literal["telephone", "letter", "mail", "in_person"]


def record_answer(
    *,
    meeting_id: int,
    key: str,
    version: int,
    answer: rules.Answer,
    way: Way,
    remark: str | None,
    actor: Actor,
    now: dt.datetime,
) -> bool:
    """Take down an answer that was not given by the link, also of who was never asked; False where it holds already.

    Refuses with Stale when they have answered themselves since `version` (0: not asked) was read. Calendars are told.
    """
    with transaction():
        _meeting, person, known = lock_person(meeting_id, key)
        before = status_of(known)
        status = rules.after(before, "record_accept" if answer == "accept" else "record_decline")
        if status is None:
            return False
        _refuse_older(known, version)
        row = known or new_row(person)
        row.status, row.answered_at, row.remark = status, now, remark
        row.version += 1
        log(
            row,
            "speaker.answer_recorded",
            actor=actor,
            now=now,
            before={"status": before},
            after={"status": status, "way": way},
        )
        bring_up_to_date(meeting_id=meeting_id, only=[person.id], actor=actor, now=now)
        return True


def withdraw(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> None:
    """Take an invitation back: the link stops working, a calendar that had the sessions is cleared, drafts go.

    A repeat changes nothing. Refuses with Stale when they have answered since `version` was read.
    """
    with transaction():
        meeting, person, row = lock_person(meeting_id, key)
        before = status_of(row)
        if row is None or rules.after(before, "withdraw") is None:
            return
        _refuse_older(row, version)
        row.status = "withdrawn"
        row.link_serial += 1
        row.version += 1
        drafts = sa.delete(Message).where(Message.person_id == person.id, mail.drafts_with_link("speaker"))
        db.session.execute(drafts)
        log(row, "speaker.withdrawn", actor=actor, now=now, before={"status": before}, after={"status": "withdrawn"})
        bring_up_to_date(meeting_id=meeting.id, only=[person.id], actor=actor, now=now)


def new_link(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Make a speaker's link invalid wherever it has got to, and mail a new one. Refuses without a usable address."""
    with transaction():
        meeting, person, row = lock_person(meeting_id, key)
        if row is None or not rules.link_opens(status_of(row)):
            raise Refused(_("There is no invitation with a link that could be replaced."))
        if mail.usable(person.email) is None:
            raise Refused(_("No mail address is known to send a new link to."))
        row.link_serial += 1
        head = head_line(meeting)
        mail.send(letters.letter(head, row, parts(head).get(person.id, []), "replaced"), at=now)
        log(row, "speaker.link_replaced", actor=actor, now=now)


def mark_seen(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Take note of what a speaker has changed. A repeat changes nothing."""
    with transaction():
        _meeting, _person, row = lock_person(meeting_id, key)
        if row is None or not row.changed:
            return
        before, row.changed = row.changed, []
        log(row, "speaker.change_seen", actor=actor, now=now, before={"changed": before})


def _refuse_older(row: Speaker | None, version: int) -> None:
    if (row.version if row else 0) != version:
        raise Stale(_("Something has happened with this invitation in the meantime. Look at it again, then decide."))
