"""What the rapporteur changes in the list of submissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.directory.commands import organisation_named
from meetings.journal import Actor
from meetings.models.inputs import Submission
from meetings.models.meeting import Meeting
from meetings.models.people import Organisation
from meetings.models.report import Point
from meetings.refusals import Refused
from meetings.report.commands.input_files import NewFile, change_files
from meetings.report.commands.shared import begin, check_version, inside, log, plain
from meetings.report.queries import SubmissionValues
from meetings.report.queries.inputs import values_of
from meetings.report.rules.call import CONSENTS


def add_submission(
    *, meeting_id: int, values: SubmissionValues, files: Sequence[NewFile] = (), actor: Actor, now: dt.datetime
) -> str:
    """List a written input that came another way, or late; gives its key."""
    with transaction():
        meeting = begin(meeting_id, now)
        last = db.session.scalar(sa.select(sa.func.max(Submission.position)).where(Submission.meeting_id == meeting_id))
        row = Submission(meeting_id=meeting_id, key=_new_key(meeting), position=0 if last is None else last + 1)
        _fill_submission(row, values)
        db.session.add(row)
        db.session.flush()
        change_files(row, files, (), now)
        after = plain(asdict(values)) | {"files": len(files)}
        log("submission.added", meeting_id, f"submission:{row.id}", actor, now, after=after)
        return row.key


def edit_submission(
    *,
    meeting_id: int,
    key: str,
    version: int,
    values: SubmissionValues,
    files: Sequence[NewFile] = (),
    removed: Collection[int] = (),
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Change what is known of a submission. Refuses where it was changed since that version, or removed.

    Of one that was sent in, the files stay as they were sent, and it can only be made less public than its sender said.
    """
    with transaction():
        begin(meeting_id, now)
        row = _submission(meeting_id, key)
        check_version(row.version, version)
        if row.sent_at is not None and (files or removed):
            raise Refused(_("The files stay as they were sent."))
        if row.sent_at is not None and CONSENTS.index(values.consent) > CONSENTS.index(row.consent):
            raise Refused(_("Only the sender can agree to more than they have."))
        before = values_of(row)
        if not change_files(row, files, removed, now) and before == values:
            return
        _fill_submission(row, values)
        row.version += 1
        old, new = plain(asdict(before)), plain(asdict(values))
        log("submission.edited", meeting_id, f"submission:{row.id}", actor, now, before=old, after=new)


def match_submission(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Match what the sender wrote as the organization with the one of the meeting that it means, or a new one.

    Does nothing where it is matched, or where nothing was written.
    """
    with transaction():
        meeting = begin(meeting_id, now)
        row = _submission(meeting_id, key)
        if row.organisation_id is not None or not row.organisation_name:
            return
        body = organisation_named(meeting, row.organisation_name, row.category, row.country)
        row.organisation = body
        row.version += 1
        meeting.version += 1
        after = {"organisation": body.id if body else None}
        log("submission.matched", meeting_id, f"submission:{row.id}", actor, now, after=after)


def remove_submission(*, meeting_id: int, key: str, actor: Actor, now: dt.datetime) -> None:
    """Take a submission off the list that was entered by mistake. Refuses one that was sent in, or with points."""
    with transaction():
        begin(meeting_id, now)
        row = _submission(meeting_id, key)
        if row.sent_at is not None:
            raise Refused(_("It was sent in: it can be withdrawn, not taken off the list."))
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
    row.country, row.language = values.country, values.language


def _new_key(meeting: Meeting) -> str:
    """A readable key that was never used in this meeting: input-7."""
    while True:
        meeting.last_key += 1
        key = f"input-{meeting.last_key}"
        taken = sa.select(Submission.id).where(Submission.meeting_id == meeting.id, Submission.key == key)
        if db.session.scalar(taken) is None:
            return key
