"""The published versions of a programme: which there are, what each changed, and what is not published yet."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from meetings.database import db
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries.lines import MeetingHead, Programme, State
from meetings.programme.queries.published import (
    Published,
    content_of,
    newest_version,
    people_for_everyone,
    read_version,
    state_of,
)
from meetings.programme.rules.changes import Change, compare


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a list. `changes` are fit for everyone; the first version has none."""

    id: int
    number: int
    state: State
    published_at: dt.datetime
    note: str | None
    changes: tuple[Change, ...]
    people_told: int


def versions(meeting_id: int) -> list[VersionLine]:
    """All versions, the newest first, with those changes that everyone may read."""
    row = ProgrammeVersion
    columns = (row.id, row.number, row.final, row.published_at, row.note, row.changes, row.people_told)
    found = db.session.execute(sa.select(*columns).where(row.meeting_id == meeting_id).order_by(row.number)).all()
    shown = people_for_everyone(meeting_id) if found else ()
    lines = []
    final_before = False
    for each in found:
        state = state_of(final=each.final, final_before=final_before)
        changes = tuple(for_everyone(map(read_change, each.changes), shown))
        lines.append(VersionLine(each.id, each.number, state, each.published_at, each.note, changes, each.people_told))
        final_before |= each.final
    return lines[::-1]


def version(head: MeetingHead, number: int) -> Published | None:
    """The programme as it was published under a number, without those who are protected by now and without links."""
    own = sa.and_(ProgrammeVersion.meeting_id == head.id, ProgrammeVersion.number == number)
    row = db.session.scalars(sa.select(ProgrammeVersion).where(own)).one_or_none()
    return None if row is None else read_version(head, row)


def pending(head: MeetingHead, working: Programme | None = None) -> list[Change] | None:
    """In what the working copy differs from what is public, everybody named; None where no version is public.

    `working` is the working copy's private programme, where it has been read already.
    """
    newest = newest_version(head.id) if head.published else None
    return None if newest is None else compare(newest.content, content_of(head, working))


def for_everyone(changes: Iterable[Change], shown: Collection[int]) -> Iterable[Change]:
    """The changes without those that name somebody of whom the public may not read (`shown`: ids of whom it may)."""
    return (each for each in changes if each.person is None or each.person in shown)


def kept_changes(meeting_id: int, changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as a version keeps them: nobody protected is in them to begin with."""
    return [asdict(each) for each in for_everyone(changes, people_for_everyone(meeting_id))]


def read_change(kept: dict[str, Any]) -> Change:
    """A change as a version keeps it."""
    return Change(**kept)
