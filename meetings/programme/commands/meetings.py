"""Creating a meeting, editing its particulars and its concept note."""

import datetime as dt
from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from meetings import journal
from meetings.accounts.commands import give_role
from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting, MeetingOrganiser, Session, Sitting
from meetings.programme.commands.changing import lock_meeting, log, mine, refuse_day_outside
from meetings.programme.commands.people import organisation_for
from meetings.programme.queries.edits import Named, Particulars, particulars_of
from meetings.programme.queries.lines import ConceptNote
from meetings.programme.queries.meetings import concept_note_of
from meetings.programme.rules.names import slug_for
from meetings.refusals import Refused

_COLUMNS = tuple(name for name in Particulars.__slots__ if name not in ("languages", "organisers"))


def create_meeting(*, slug: str | None, to: Particulars, organiser: str | None, actor: Actor, now: dt.datetime) -> str:
    """Create a meeting as a draft; gives its slug, made from the title where none is given.

    `organiser` is the address of an account that becomes the meeting's organiser; None where everyone who may
    organise it is known already. Refuses a slug that is taken.
    """
    with transaction():
        meeting = _new_meeting(slug, to, now)
        _convene(meeting, to.organisers)
        journal.record(
            actor=actor,
            kind="meeting.created",
            at=now,
            meeting_id=meeting.id,
            target=f"meeting:{meeting.id}",
            after={"slug": meeting.slug, "title": meeting.title},
        )
        if organiser is not None:
            give_role(email=organiser, role="organiser", slug=meeting.slug, actor=actor, now=now)
        return meeting.slug


def _new_meeting(slug: str | None, to: Particulars, now: dt.datetime) -> Meeting:
    """The meeting's row; a made slug that somebody else takes at this moment is made anew."""
    while True:
        meeting = Meeting(
            slug=slug or slug_for(to.title, (to.start_date or now.date()).year, _is_taken), version=1, last_key=0
        )
        _apply(meeting, to)
        try:
            with db.session.begin_nested():
                db.session.add(meeting)
        except IntegrityError:
            if slug is not None:
                message = _("There is a meeting with the address “%(slug)s” already. Choose another.", slug=slug)
                raise Refused(message) from None
        else:
            return meeting


def _is_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Meeting.id).where(Meeting.slug == slug)) is not None


def _apply(meeting: Meeting, to: Particulars) -> None:
    for name in _COLUMNS:
        setattr(meeting, name, getattr(to, name))
    meeting.languages = list(to.languages)


def _convene(meeting: Meeting, organisers: tuple[Named, ...]) -> None:
    """Make these the meeting's organisers, in this order; nobody twice."""
    db.session.execute(sa.delete(MeetingOrganiser).where(MeetingOrganiser.meeting_id == meeting.id))
    rows = dict.fromkeys(organisation_for(meeting, each) for each in organisers)
    db.session.add_all(
        MeetingOrganiser(meeting_id=meeting.id, organisation_id=organisation.id, position=position)
        for position, organisation in enumerate(rows)
    )
    db.session.flush()


def edit_particulars(*, meeting_id: int, to: Particulars, shown: str, actor: Actor, now: dt.datetime) -> None:
    """Change what identifies a meeting. A corrected zone moves no session: planned times are wall clock.

    But their instants change, so that all sessions get a new version, by which calendars know.

    Where first and last day change by the same number of days, sittings and sessions move along. Refused where one of
    them would then be on a day on which the meeting is not held.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        before = particulars_of(meeting)
        names = mine(shown, before, to)
        if not names:
            return
        _apply(meeting, to)
        _move_along(meeting, before, to)
        if "organisers" in names:
            _convene(meeting, to.organisers)
        log("meeting.edited", meeting, target=f"meeting:{meeting.id}", actor=actor, now=now, before=before, after=to)


def _move_along(meeting: Meeting, before: Particulars, to: Particulars) -> None:
    if before.timezone != to.timezone:
        for session in meeting.sessions:
            session.version += 1
    if (before.start_date, before.end_date) == (to.start_date, to.end_date):
        return
    days = _days_moved(before, to)
    rows: list[Sitting | Session] = [
        *db.session.scalars(sa.select(Sitting).where(Sitting.meeting_id == meeting.id)),
        *db.session.scalars(sa.select(Session).where(Session.meeting_id == meeting.id, Session.date.is_not(None))),
    ]
    for row in rows:
        if days and row.date is not None:
            row.date += days
            if isinstance(row, Session):
                row.version += 1
        refuse_day_outside(meeting, row.date, _left_behind(before))


def _left_behind(before: Particulars) -> str:
    """What to do about sittings and sessions on a day that the meeting would not have any more."""
    if before.start_date is None:
        cure = _(
            "The programme has that day: give it to the meeting and save, then change it; the programme moves along."
        )
    else:
        cure = _("Move or remove what the programme has on that day first.")
    return str(cure)


def _days_moved(before: Particulars, to: Particulars) -> dt.timedelta:
    """By how much the whole meeting moves; nothing where it becomes longer or shorter, or had no date."""
    if before.start_date is None or to.start_date is None:
        return dt.timedelta()
    days = to.start_date - before.start_date
    ends = (to.end_date or to.start_date) - (before.end_date or before.start_date)
    return days if ends == days else dt.timedelta()


def edit_concept_note(*, meeting_id: int, to: ConceptNote, shown: str, actor: Actor, now: dt.datetime) -> None:
    """Change a meeting's concept note."""
    with transaction():
        meeting = lock_meeting(meeting_id)
        before = concept_note_of(meeting)
        names = mine(shown, before, to)
        if not names:
            return
        for name in ("mandate_body", "mandate_resolution", "background", "modalities"):
            setattr(meeting, name, getattr(to, name))
        if "objectives" in names:
            meeting.objectives = list(to.objectives)
        if "guiding_questions" in names:
            meeting.guiding_questions = [
                asdict(group) | {"questions": list(group.questions)} for group in to.guiding_questions
            ]
        if "documents" in names:
            meeting.documents = [asdict(document) for document in to.documents]
        target = f"meeting:{meeting.id}"
        log("meeting.concept_note_edited", meeting, target=target, actor=actor, now=now, before=before, after=to)
