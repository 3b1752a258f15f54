"""Which sessions make which part of the summary of proceedings. Breaks, meals and photographs make none."""

from __future__ import annotations

from dataclasses import dataclass, field

from meetings.report.rules.material import Session

_THEMATIC = {"panel", "dialogue", "keynote", "side_event", "other"}
_ONLY_IF_TOLD = {"side_event", "other"}  # no part of the proceedings unless somebody spoke there


@dataclass(frozen=True, slots=True)
class Thematic:
    """A thematic session with its number among them, its parts, and what ran beside it.

    `parallel` are the numbers of all sessions that ran at the same time, given for the first of them alone.
    """

    session: Session
    number: int
    parts: tuple[Session, ...] = ()
    dialogues: tuple[Session, ...] = ()
    parallel: tuple[int, ...] = ()


@dataclass(slots=True)
class Plan:
    """The sections A to D, each with its sessions in order."""

    opening: list[Session] = field(default_factory=list)
    thematic: list[Thematic] = field(default_factory=list)
    dialogues: list[Session] = field(default_factory=list)
    closing: list[Session] = field(default_factory=list)

    @property
    def sessions(self) -> list[Session]:
        """Every session that the report speaks of."""
        themed = [s for each in self.thematic for s in (each.session, *each.parts, *each.dialogues)]
        return [*self.opening, *themed, *self.dialogues, *self.closing]


def plan(sessions: tuple[Session, ...], told: set[int]) -> Plan:
    """Sort the sessions into the sections. `told` are the ids of sessions in which a point was noted.

    Keynotes before the first thematic session belong to the opening; an interactive dialogue that is part of a
    session is told there, one that stands for itself has a section of its own.
    """
    known = {session.id for session in sessions}
    parts: dict[int, list[Session]] = {}
    for session in sessions:
        if session.part_of in known:
            parts.setdefault(session.part_of or 0, []).append(session)
    made = Plan()
    main: list[Session] = []
    for session in sessions:
        if session.part_of in known or not _reported(session, told):
            continue
        if session.kind == "opening" or (session.kind == "keynote" and not main):
            made.opening += [session, *_below(session, parts)]
        elif session.kind == "closing":
            made.closing += [session, *_below(session, parts)]
        elif session.kind == "interactive_dialogue":
            made.dialogues += [session, *_below(session, parts)]
        else:
            main.append(session)
    made.thematic = [_thematic(session, number, parts, main) for number, session in enumerate(main, start=1)]
    return made


def _reported(session: Session, told: set[int]) -> bool:
    if session.kind in _ONLY_IF_TOLD:
        return session.id in told or bool(session.roles)
    return session.kind in _THEMATIC | {"opening", "interactive_dialogue", "closing"}


def _below(session: Session, parts: dict[int, list[Session]]) -> list[Session]:
    """The parts of a session and their parts, in order."""
    return [each for part in parts.get(session.id, []) for each in (part, *_below(part, parts))]


def _thematic(session: Session, number: int, parts: dict[int, list[Session]], main: list[Session]) -> Thematic:
    below = _below(session, parts)
    beside = [position for position, other in enumerate(main, start=1) if other is session or _beside(session, other)]
    return Thematic(
        session,
        number,
        tuple(part for part in below if part.kind in _THEMATIC),
        tuple(part for part in below if part.kind == "interactive_dialogue"),
        tuple(beside) if len(beside) > 1 and beside[0] == number else (),
    )


def _beside(one: Session, other: Session) -> bool:
    """Whether two sessions on different tracks overlap in time."""
    if one.track == other.track or one.date != other.date:
        return False
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end
