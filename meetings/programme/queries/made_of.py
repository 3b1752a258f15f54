"""What the public page of a meeting and its files are made of."""

import datetime as dt
import operator
from functools import cache, reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from meetings.database import read_row
from meetings.models.inputs import CallForInputs
from meetings.models.meeting import Meeting, MeetingOrganiser
from meetings.models.people import Organisation, Person
from meetings.models.programme import ProgrammeVersion, Speaker
from meetings.models.report import Report


def made_of(slug: str, now: dt.datetime) -> tuple[object, ...] | None:
    """All that a meeting's public page and files are made of, as values to compare, in one statement.

    A published version never changes, so its number stands for it. All else is here as it is stored: the meeting with
    its concept note, who convenes it, whom the public may read of, who has not confirmed yet, the call for inputs. And
    the minute is here: a deadline, a day and a rule of a time zone begin and end with one.

    None for a draft and for a meeting without a version, whose sessions may change at any time.
    """
    row = read_row(_query(), {"slug": slug})
    if row is None or row.newest is None:
        return None
    return (now.replace(second=0, microsecond=0), *row)


@cache
def _query() -> sa.Select[Any]:
    """Put together once: that takes longer than to run it."""
    newest = sa.select(sa.func.max(ProgrammeVersion.number)).where(ProgrammeVersion.meeting_id == Meeting.id)
    shown = sa.select(_all_of(Person.id)).where(Person.meeting_id == Meeting.id, ~Person.protected)
    asked = sa.select(_all_of(Speaker.person_id)).where(Speaker.meeting_id == Meeting.id, Speaker.status != "confirmed")
    convening = (MeetingOrganiser.position, Organisation.name, sa.func.coalesce(Organisation.acronym, ""))
    conveners = sa.select(_all_of(*convening)).where(
        MeetingOrganiser.meeting_id == Meeting.id, Organisation.id == MeetingOrganiser.organisation_id
    )
    call = (CallForInputs.opened_at, CallForInputs.closed_at, CallForInputs.deadlines, Report.plan)
    return (
        sa.select(
            newest.scalar_subquery().label("newest"),
            *(each.scalar_subquery() for each in (shown, asked, conveners)),
            *Meeting.__table__.c,
            *call,
        )
        .outerjoin(CallForInputs, CallForInputs.meeting_id == Meeting.id)
        .outerjoin(Report, Report.meeting_id == Meeting.id)
        .where(Meeting.slug == sa.bindparam("slug"), Meeting.published_at.is_not(None))
    )


def _all_of(*columns: sa.ColumnElement[Any] | InstrumentedAttribute[Any]) -> sa.ColumnElement[str]:
    """The values of all rows in one text, in whatever order the database has them."""
    text = reduce(operator.add, (sa.cast(column, sa.Text) + sa.literal("\x1f") for column in columns))
    return sa.func.aggregate_strings(text, "\x1e")
