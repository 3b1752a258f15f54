"""Organisers ask people to speak, and remind those who have not answered."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from meetings import mail
from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.people import Person
from meetings.models.programme import Speaker
from meetings.programme.commands.changing import lock_meeting
from meetings.programme.queries.meetings import head_line
from meetings.speakers import letters, rules
from meetings.speakers.commands.shared import log, new_row
from meetings.speakers.queries import parts, status_of


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the organisers add: until when they ask for an answer, their own words, and whether to keep drafts."""

    answer_by: dt.date | None = None
    note: str | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were written to, how many cannot be for want of an address, and how many were left as they were."""

    written: int
    without_address: int
    left: int


def ask(*, meeting_id: int, people: Collection[str], invitation: Invitation, actor: Actor, now: dt.datetime) -> Asked:
    """Ask people to speak, by mail with a private link: those with a role who were not asked or have declined.

    Whoever has no usable address, no role or an open invitation is left as they are; `people` are keys. No calendar is
    told of it before they answer.
    """
    return _write("ask", meeting_id, people, invitation, actor, now)


def remind(
    *, meeting_id: int, people: Collection[str], invitation: Invitation, actor: Actor, now: dt.datetime
) -> Asked:
    """Remind those who were asked and have not answered. Without a new day to answer by, the one before stands."""
    return _write("remind", meeting_id, people, invitation, actor, now)


def _write(
    step: Literal["ask", "remind"],
    meeting_id: int,
    people: Collection[str],
    invitation: Invitation,
    actor: Actor,
    now: dt.datetime,
) -> Asked:
    with transaction():
        meeting = lock_meeting(meeting_id)
        head = head_line(meeting)
        roles = parts(head)
        written = 0
        unreachable = 0
        found = _people(meeting_id, people)
        for person, known in found:
            status = rules.after(status_of(known), step)
            if status is None or person.id not in roles:
                continue
            if mail.usable(person.email) is None:
                unreachable += 1
                continue
            row = known or new_row(person)
            before = status_of(known)
            _take(row, step, status, invitation, now)
            log(row, _KINDS[step], actor=actor, now=now, before={"status": before}, after=_facts(row, invitation))
            letter = letters.letter(head, row, roles[person.id], step, note=invitation.note)
            (mail.keep if invitation.held else mail.send)(letter, at=now)
            written += 1
        return Asked(written, unreachable, len(found) - written - unreachable)


_KINDS = {"ask": "speaker.asked", "remind": "speaker.reminded"}


def _people(meeting_id: int, keys: Collection[str]) -> list[tuple[Person, Speaker | None]]:
    query = (
        sa.select(Person, Speaker)
        .outerjoin(Person.organisation)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .options(contains_eager(Person.organisation))
        .where(Person.meeting_id == meeting_id, Person.key.in_(keys))
        .order_by(Person.position, Person.id)
        .execution_options(populate_existing=True)
    )
    return [(person, row) for person, row in db.session.execute(query)]


def _take(row: Speaker, step: str, status: rules.Status, invitation: Invitation, now: dt.datetime) -> None:
    row.status = status
    row.answer_by = invitation.answer_by or (row.answer_by if step == "remind" else None)
    row.version += 1
    if step == "remind":
        row.reminded_at = now
    else:
        row.invited_at, row.reminded_at, row.answered_at = now, None, None


def _facts(row: Speaker, invitation: Invitation) -> dict[str, object]:
    return {
        "status": row.status,
        "answer_by": row.answer_by.isoformat() if row.answer_by else None,
        "held": invitation.held,
    }
