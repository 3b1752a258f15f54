"""What the proof-reader finds in a meeting as it stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.models.meeting import Role
from meetings.models.people import Person
from meetings.models.programme import Speaker
from meetings.programme.queries.lines import ConceptNote, FloorLine, MeetingHead, Programme, SessionLine
from meetings.programme.rules.order import is_over, sitting_of
from meetings.programme.rules.proof.check import findings
from meetings.programme.rules.proof.facts import (
    Facts,
    PlannedDocument,
    PlannedFloor,
    PlannedSession,
    PlannedSitting,
    PlannedText,
)
from meetings.programme.rules.proof.finding import Finding, Place
from meetings.programme.rules.proof.people import of_one_gender


def every_session(programme: Programme) -> Iterator[SessionLine]:
    """All sessions of a programme, each before its parts."""
    for day in programme.days:
        yield from _with_parts(day.sessions)


def _with_parts(sessions: Iterable[SessionLine]) -> Iterator[SessionLine]:
    for session in sessions:
        yield session
        yield from _with_parts(session.parts)


def oddities(head: MeetingHead, programme: Programme, note: ConceptNote, *, now: dt.datetime) -> list[Finding]:
    """Everything an organiser should look at again; the programme must be a private one, with everybody in it.

    One more statement, for what is in no programme.
    """
    told = _told_to_nobody_else(head, now)
    return findings(
        Facts(
            mode=head.mode,
            timezone=head.timezone,
            start_date=head.start_date,
            end_date=head.end_date,
            room=head.room,
            published=head.published,
            over=is_over(head.end_date or head.start_date, head.timezone, now),
            declined=told.declined,
            late=told.late,
            sessions=tuple(
                _session(each, programme, of_one_gender=of_one_gender(told.genders[each.id]))
                for each in every_session(programme)
            ),
            sittings=tuple(
                PlannedSitting(
                    **{name: getattr(each, name) for name in ("id", "key", "date", "start", "end", "room", "join_url")},
                    interpretation=each.interpretation,
                    linked=each.join_url is not None or each.teams_state == "asked",
                )
                for each in programme.sittings
            ),
            texts=tuple(_texts(head, programme, note)),
            documents=tuple(
                PlannedDocument(row, each.title, each.symbol, each.url) for row, each in enumerate(note.documents)
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What people have told the organisers, kept out of programmes and their versions.

    The genders that the panellists of each session declared, who declined to speak, and who is late to answer.
    """

    genders: defaultdict[int, list[str | None]]
    declined: frozenset[int]
    late: frozenset[int]


def _told_to_nobody_else(head: MeetingHead, now: dt.datetime) -> _Told:
    query = (
        sa.select(Role.session_id, Role.role, Role.person_id, Person.gender, Speaker.status, Speaker.answer_by)
        .join(Role.person)
        .outerjoin(Speaker, Speaker.person_id == Role.person_id)
        .where(Person.meeting_id == head.id)
    )
    genders: defaultdict[int, list[str | None]] = defaultdict(list)
    declined, late = set(), set()
    for session_id, role, person_id, gender, status, answer_by in db.session.execute(query):
        if role == "panellist":
            genders[session_id].append(gender)
        if status == "declined":
            declined.add(person_id)
        if status == "invited" and is_over(answer_by, head.timezone, now):
            late.add(person_id)
    return _Told(genders, frozenset(declined), frozenset(late))


_SAME = ("id", "key", "kind", "date", "start", "end", "label", "title", "part_of_id", "track", "room")


def _session(session: SessionLine, programme: Programme, *, of_one_gender: bool) -> PlannedSession:
    found = None if session.sitting_id is not None else sitting_of(session, programme.sittings)
    return PlannedSession(
        **{name: getattr(session, name) for name in _SAME},
        sitting_id=found.id if found else session.sitting_id,
        own_sitting=session.sitting_id is not None,
        presentations_minutes=session.presentations_minutes,
        replies_minutes=session.replies_minutes,
        floor=_floor(session.floor) if session.floor else None,
        people=tuple((each.person.id, each.person.name or each.person.function or "") for each in session.roles),
        roles=tuple(each.role for each in session.roles),
        of_one_gender=of_one_gender,
    )


def _floor(floor: FloorLine) -> PlannedFloor:
    longest_ms = max(floor.limit_ms, floor.minimum_ms)
    return PlannedFloor(floor.cap_ms // 60_000, longest_seconds=-(-longest_ms // 1000), opened=floor.opened)


def _texts(head: MeetingHead, programme: Programme, note: ConceptNote) -> Iterator[PlannedText]:
    """Everything that is written in sentences, in the order of the forms; the items of a list one by one."""
    questions = (text for group in note.guiding_questions for text in (group.theme, *group.questions))
    places: list[tuple[Place, Iterable[str | None]]] = [
        (Place("meeting", "title"), [head.title]),
        (Place("meeting", "subtitle"), [head.subtitle]),
        (Place("note", "background"), [note.background]),
        (Place("note", "objectives"), note.objectives),
        (Place("note", "modalities"), [note.modalities]),
        (Place("note", "guiding_questions"), questions),
    ]
    for session in every_session(programme):
        places += [
            (Place("session", name, session.key), [getattr(session, name)])
            for name in ("label", "title", "description")
        ]
    for place, texts in places:
        yield from (PlannedText(place, text) for text in texts if text)
