"""The warnings of a programme as it stands."""

from collections.abc import Iterable, Iterator

from meetings.programme.queries.lines import Programme, SessionLine
from meetings.programme.rules.order import sitting_of
from meetings.programme.rules.warnings import Oddity, PlannedSession, PlannedSitting, warnings


def every_session(programme: Programme) -> Iterator[SessionLine]:
    """All sessions of a programme, each before its parts."""
    for day in programme.days:
        yield from _with_parts(day.sessions)


def _with_parts(sessions: Iterable[SessionLine]) -> Iterator[SessionLine]:
    for session in sessions:
        yield session
        yield from _with_parts(session.parts)


def oddities(programme: Programme) -> list[Oddity]:
    """Everything an organiser should look at again; the programme must be a private one, with everybody in it."""
    planned = [
        PlannedSession(
            id=each.id,
            kind=each.kind,
            date=each.date,
            start=each.start,
            end=each.end,
            part_of_id=each.part_of_id,
            track=each.track,
            sitting_id=_sitting_id(each, programme),
            presentations_minutes=each.presentations_minutes,
            replies_minutes=each.replies_minutes,
            floor_minutes=each.floor.cap_ms // 60_000 if each.floor else None,
            people=tuple((role.person.id, role.person.name) for role in each.roles),
        )
        for each in every_session(programme)
    ]
    sittings = [PlannedSitting(each.id, each.date, each.start, each.end) for each in programme.sittings]
    return warnings(planned, sittings)


def _sitting_id(session: SessionLine, programme: Programme) -> int | None:
    if session.sitting_id is not None:
        return session.sitting_id
    found = sitting_of(session, programme.sittings)
    return found.id if found else None
