"""Starting a meeting from an earlier one: its programme on the new days, its concept note, nothing of its people."""

import datetime as dt
from copy import deepcopy
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings import journal
from meetings.database import db, transaction
from meetings.directory.commands import new_key
from meetings.display import day
from meetings.floor.commands import settings_of
from meetings.journal import Actor
from meetings.models.floor import Floor
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.programme.commands.meetings import create_meeting
from meetings.programme.commands.sheet import COLUMNS, Sheet
from meetings.programme.queries.edits import Particulars
from meetings.refusals import Refused

_NOTE = (
    "mandate_body",
    "mandate_resolution",
    "background",
    "objectives",
    "modalities",
    "guiding_questions",
    "documents",
)
_WINDOW = ("asking_opens", "asking_closes")


def start_from_earlier(
    *,
    slug: str | None,
    to: Particulars,
    earlier: str,
    programme: bool,
    note: bool,
    organiser: str | None,
    actor: Actor,
    now: dt.datetime,
) -> str:
    """Create a meeting like create_meeting, with what is taken over of the earlier one (its slug); gives the new slug.

    `programme`: sittings, sessions and the settings of floors, as many days later as the meeting begins later; `note`:
    the concept note. Refuses a programme for a meeting without a first day, or with fewer days than it has.
    """
    with transaction():
        made = create_meeting(slug=slug, to=to, organiser=organiser, actor=actor, now=now)
        old = _meeting(earlier)
        sheet = Sheet(_meeting(made).id, actor, now)
        if note:
            for name in _NOTE:
                setattr(sheet.meeting, name, deepcopy(getattr(old, name)))
        if programme:
            _take_programme(old, sheet)
        journal.record(
            actor=actor,
            kind="meeting.started_from",
            at=now,
            meeting_id=sheet.meeting.id,
            target=f"meeting:{sheet.meeting.id}",
            after={"earlier": earlier, "programme": programme, "concept_note": note},
        )
        return made


def _meeting(slug: str) -> Meeting:
    row = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one_or_none()
    if row is None:
        raise Refused(_("The earlier meeting is no longer there."))
    return row


def _take_programme(old: Meeting, sheet: Sheet) -> None:
    sittings = db.session.scalars(sa.select(Sitting).where(Sitting.meeting_id == old.id)).all()
    sessions = db.session.scalars(sa.select(Session).where(Session.meeting_id == old.id)).all()
    dates = [each.date for each in sittings] + [each.date for each in sessions if each.date is not None]
    later = _days_later(old, sheet.meeting, dates)
    new_sittings = {each.id: _sitting(each, sheet, later) for each in sittings}
    db.session.flush()
    new = {each.id: sheet.new(new_key(Session, sheet.meeting), _values(each, later)) for each in sessions}
    for each in sessions:
        row = new[each.id]
        row.part_of_id = new[each.part_of_id].id if each.part_of_id is not None else None
        row.sitting_id = new_sittings[each.sitting_id].id if each.sitting_id is not None else None
    for floor in db.session.scalars(sa.select(Floor).where(Floor.session_id.in_(new))):
        sheet.put_floor(new[floor.session_id], _floor(floor, later))


def _days_later(old: Meeting, new: Meeting, dates: list[dt.date]) -> dt.timedelta:
    """By how much days move. Refuses where the new meeting does not reach as far as the programme."""
    if new.start_date is None:
        raise Refused(_("Give the first day: the programme of the earlier meeting is put on the days of this one."))
    if not dates:
        return dt.timedelta()
    later = new.start_date - (old.start_date or min(dates))
    last = max(dates) + later
    if last > (new.end_date or new.start_date):
        raise Refused(
            _("The programme of the earlier meeting reaches to %(day)s here: make that the last day.", day=day(last))
        )
    return later


def _sitting(old: Sitting, sheet: Sheet, later: dt.timedelta) -> Sitting:
    row = Sitting(
        meeting_id=sheet.meeting.id,
        key=new_key(Sitting, sheet.meeting),
        position=old.position,
        date=old.date + later,
        start=old.start,
        end=old.end,
        room=old.room,
        interpretation=list(old.interpretation),
    )
    db.session.add(row)
    return row


def _values(old: Session, later: dt.timedelta) -> dict[str, Any]:
    values = {name: getattr(old, name) for name in COLUMNS}
    return values | {"date": old.date + later if old.date is not None else None}


def _floor(floor: Floor, later: dt.timedelta) -> dict[str, Any]:
    """A floor's settings; its list is asked for as many days later, and opens anew."""
    window = {name: (value + later).isoformat() if (value := getattr(floor, name)) else None for name in _WINDOW}
    return settings_of(floor) | window | {"list_open": True}
