"""What is changed in several notes at once: whose words they are, and which say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.report import Point
from meetings.refusals import Refused
from meetings.report.commands.points import changed, point_row, set_voice, voice_of
from meetings.report.commands.shared import begin, check_version
from meetings.report.rules.notes import Voice


def attribute_points(
    *, meeting_id: int, points: Mapping[int, int], voice: Voice, actor: Actor, now: dt.datetime
) -> int:
    """Say whose words these points are; gives how many were changed. `points` are ids with the versions seen.

    All or none: refused where one of them was changed since, removed, or merged into another.
    """
    with transaction():
        begin(meeting_id, now)
        others = [row for row in _chosen(meeting_id, points) if voice_of(row) != voice]
        for row in others:
            before = voice_of(row)
            set_voice(row, voice)
            row.version += 1
            changed(row, "point.attributed", actor, now, before=asdict(before), after=asdict(voice))
        return len(others)


def merge_points(*, meeting_id: int, points: Mapping[int, int], actor: Actor, now: dt.datetime) -> int:
    """Merge points that say the same: the first in the list stays and speaks for all; gives its id.

    What had been merged into the others goes along. `points` are ids with the versions seen. Refused for fewer than
    two, for points of different sessions, and where one was changed since, removed, or merged already.
    """
    with transaction():
        begin(meeting_id, now)
        rows = _chosen(meeting_id, points)
        if len(rows) < 2:
            raise Refused(_("Choose at least two points that say the same."))
        if len({row.session_id for row in rows}) > 1:
            raise Refused(_("Points of different sessions cannot be merged."))
        first, *others = rows
        numbers = [row.id for row in others]
        below = db.session.scalars(sa.select(Point).where(Point.merged_into_id.in_(numbers)))
        for row in (*below, *others):
            row.merged_into_id = first.id
        for row in others:
            row.version += 1
            changed(row, "point.merged", actor, now, after={"into": first.id})
        first.version += 1
        return first.id


def split_point(*, meeting_id: int, point_id: int, actor: Actor, now: dt.datetime) -> None:
    """Part a point again from the one that it was merged into; done twice, it is done once."""
    with transaction():
        begin(meeting_id, now)
        row = point_row(meeting_id, point_id)
        if row.merged_into_id is None:
            return
        before = row.merged_into_id
        row.merged_into_id = None
        row.version += 1
        changed(row, "point.split", actor, now, before={"into": before})


def _chosen(meeting_id: int, points: Mapping[int, int]) -> list[Point]:
    """The points in the order of the list, none of them changed since it was looked at."""
    rows = [point_row(meeting_id, number) for number in points]
    if not rows:
        raise Refused(_("Choose the points first."))
    for row in rows:
        if row.removed_at is not None or row.merged_into_id is not None:
            raise Refused(_("One of these points was removed or merged in the meantime. Look at the list again."))
        check_version(row.version, points[row.id])
    return sorted(rows, key=lambda row: (row.position, row.id))
