"""What the rapporteur changes in the list of submissions."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting
from meetings.models.people import Organisation
from meetings.models.report import Point
from meetings.refusals import Refused
from meetings.report.commands.shared import begin, check_version, inside, log, plain
from meetings.report.queries import SubmissionValues


def add_submission(*, meeting_id: int, values: SubmissionValues, actor: Actor, now: dt.datetime) -> str:
    """List a written input; gives its key."""
    with transaction():
        meeting = begin(meeting_id, now)
        last = db.session.scalar(sa.select(sa.func.max(Submission.position)).where(Submission.meeting_id == meeting_id))
        row = Submission(meeting_id=meeting_id, key=_new_key(meeting), position=0 if last is None else last + 1)
        _fill_submission(row, values)
        db.session.add(row)
        db.session.flush()
        log("submission.added", meeting_id, f"submission:{row.id}", actor, now, after=plain(asdict(values)))
        return row.key


def edit_submission(
    *, meeting_id: int, key: str, version: int, values: SubmissionValues, actor: Actor, now: dt.datetime
) -> None:
    """Change what is known of a submission. Refuses where it was changed since that version, or removed."""
    with transaction():
        begin(meeting_id, now)
        row = _submission(meeting_id, key)
        check_version(row.version, version)
        before = SubmissionValues(
            row.organisation_id, row.category, row.received, tuple(row.themes), row.consent, row.title
        )
        if before == values:
            return
        _fill_submission(row, values)
        row.version += 1
        old, new = plain(asdict(before)), plain(asdict(values))
        log("submission.edited", meeting_id, f"submission:{row.id}", actor, now, before=old, after=new)


def remove_submission(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Take a submission off the list that was entered by mistake. Refuses while points rest on it."""
    with transaction():
        begin(meeting_id, now)
        row = _submission(meeting_id, key)
        resting = sa.select(Point.removed_at).where(Point.submission_id == row.id)
        removed = list(db.session.scalars(resting))
        if any(at is None for at in removed):
            raise Refused(_("Points rest on this submission: remove them, or give them another source, first."))
        if removed:
            raise Refused(_("Removed points rest on this submission, and could be put back: it has to stay."))
        before = plain({"key": row.key, "organisation": row.organisation_id, "title": row.title})
        db.session.delete(row)
        log("submission.removed", meeting_id, f"submission:{row.id}", actor, now, before=before)


def _submission(meeting_id: int, key: str) -> Submission:
    row = locked(Submission, Submission.meeting_id == meeting_id, Submission.key == key)
    if row is None:
        raise Refused(_("Somebody has removed this submission."))
    return row


def _fill_submission(row: Submission, values: SubmissionValues) -> None:
    if values.organisation is not None:
        inside(Organisation, values.organisation, row.meeting_id)
    row.organisation_id, row.category, row.received = values.organisation, values.category, values.received
    row.themes, row.consent, row.title = list(values.themes), values.consent, values.title


def _new_key(meeting: Meeting) -> str:
    """A readable key that was never used in this meeting: input-7."""
    while True:
        meeting.last_key += 1
        key = f"input-{meeting.last_key}"
        taken = sa.select(Submission.id).where(Submission.meeting_id == meeting.id, Submission.key == key)
        if db.session.scalar(taken) is None:
            return key
