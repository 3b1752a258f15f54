"""Imports one meeting file: as a new draft, or over the meeting with its slug where nothing is destroyed by that."""

import datetime as dt
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from exports.meeting_file import MeetingFile
from meetings.database import db, locked, transaction
from meetings.journal import Actor, record
from meetings.models.floor import Floor, FloorRequest, Statement, Turn
from meetings.models.meeting import Meeting, MeetingOrganiser, Role
from meetings.models.people import Person
from meetings.models.report import Point
from meetings.programme.rules.order import is_over
from meetings.refusals import Refused
from meetings.transfer import rules
from meetings.transfer.commands.writing import write
from meetings.transfer.queries import in_use, sessions_of


class MadeJustNow(Refused):
    """Somebody else made a meeting with this slug between our look and our writing."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    meeting_id: int
    slug: str
    replaced: bool


def import_meeting(file: MeetingFile, *, actor: Actor, now: dt.datetime) -> Imported:
    """Write a meeting as the file has it, as a draft if it is new, else over the meeting with this slug.

    Refused where the meeting's floor has been opened or its report edited, and where people registered, decided on
    registrations, asked for the floor, typed statements, took notes, asked speakers or answered, or added links to join
    since the file was written.
    Rows keep their identity by the file's ids, so that personal links and calendar entries stay valid.
    """
    with transaction():
        meeting = locked(Meeting, Meeting.slug == file.meeting.slug)
        replaced = meeting is not None
        if meeting is None:
            meeting = _new(file)
        else:
            _refuse_to_destroy(meeting, file)
            _clear(meeting)
        write(meeting, file, now)
        if is_over(meeting.end_date, meeting.timezone, now):
            _close_lists(meeting)
        counts = {name: len(getattr(file, name)) for name in ("people", "sessions", "registrations", "floor", "points")}
        record(
            actor=actor,
            kind="meeting.replaced" if replaced else "meeting.imported",
            at=now,
            meeting_id=meeting.id,
            target=f"meeting:{meeting.id}",
            after=counts,
        )
        return Imported(meeting.id, meeting.slug, replaced)


def _new(file: MeetingFile) -> Meeting:
    meeting = Meeting(slug=file.meeting.slug, title=file.meeting.title, mode="hybrid", timezone="UTC", version=0)
    db.session.add(meeting)
    try:
        db.session.flush()
    except IntegrityError:
        raise MadeJustNow(_("A meeting “%(slug)s” was made just now. Try again.", slug=file.meeting.slug)) from None
    return meeting


def _close_lists(meeting: Meeting) -> None:
    """Nobody asks for the floor of a meeting that is over."""
    lists = sa.update(Floor).where(Floor.session_id.in_(sessions_of(meeting))).values(list_open=False)
    db.session.execute(lists)


def _refuse_to_destroy(meeting: Meeting, file: MeetingFile) -> None:
    # Locked, so that no floor opens meanwhile.
    floors = sa.select(Floor).where(Floor.session_id.in_(sessions_of(meeting)))
    db.session.scalars(floors.with_for_update(key_share=True)).all()
    found = in_use(meeting)
    if found.floor_opened:
        raise Refused(
            _("The floor of “%(slug)s” has been opened: a file cannot replace what was said.", slug=meeting.slug)
        )
    if found.report_edited:
        raise Refused(_("The report of “%(slug)s” has been edited: a file cannot replace it.", slug=meeting.slug))
    if lost := rules.lost(found, file):
        raise Refused(
            _(
                "“%(slug)s” has what the file does not have and would be lost: registrations: %(registrations)d,"
                " decisions on registrations and corrections of them: %(decisions)d, requests for the floor:"
                " %(requests)d, statements: %(statements)d, points: %(points)d, speakers asked and their answers:"
                " %(speakers)d, sittings with a join link: %(sittings)d. Export the meeting, make your changes in that"
                " file, and import it. Decide on registrations, and take links away, on screen.",
                slug=meeting.slug,
                **asdict(lost),
            )
        )


def _clear(meeting: Meeting) -> None:
    """Remove what is written anew, and free the addresses and ties between sessions, which may be given anew.

    A request with which a file was sent is kept, for the file's sake: no meeting file carries that. It counts as
    withdrawn until it is written anew, so that another of the same person may be.
    """
    sessions = sessions_of(meeting)
    requests = sa.select(FloorRequest.id).where(FloorRequest.session_id.in_(sessions))
    with_a_file = sa.select(Statement.request_id).where(Statement.file_type.is_not(None))
    for statement in (
        sa.delete(Turn).where(Turn.session_id.in_(sessions)),
        sa.delete(Statement).where(Statement.request_id.in_(requests), Statement.file_type.is_(None)),
        sa.update(Statement).where(Statement.request_id.in_(requests)).values(text=None),
        sa.delete(FloorRequest).where(FloorRequest.id.in_(requests), FloorRequest.id.not_in(with_a_file)),
        sa.update(FloorRequest).where(FloorRequest.id.in_(requests)).values(status="withdrawn"),
        sa.delete(Role).where(Role.session_id.in_(sessions)),
        sa.delete(Point).where(Point.meeting_id == meeting.id),
        sa.delete(MeetingOrganiser).where(MeetingOrganiser.meeting_id == meeting.id),
        sa.update(Person).where(Person.meeting_id == meeting.id).values(email=None),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expire_all()
