"""Which sessions make which part of the summary of proceedings. Breaks, meals and photographs make none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meetings.report.rules.material import Session
from meetings.report.rules.options import FloorPlace

_THEMATIC = {"panel", "dialogue", "keynote", "side_event", "other"}
_ONLY_IF_TOLD = {"side_event", "other"}  # no part of the proceedings unless somebody spoke there


@dataclass(frozen=True, slots=True)
class Thematic:
    """A thematic session with its number among them, its parts, and what ran beside it.

    `dialogues` are the interactive dialogues told within it. `parallel` are the numbers of all sessions that ran at
    the same time, given for the first of them alone.
    """

    session: Session
    number: int
    parts: tuple[Session, ...] = ()
    dialogues: tuple[Session, ...] = ()
    parallel: tuple[int, ...] = ()


@dataclass(slots=True)
class Plan:
    """The parts of the summary of proceedings, each with its sessions in order.

    In `dialogues` stand the interactive dialogues that are told by themselves, and with them sessions of another part
    whose floor alone is told there.
    """

    opening: list[Session] = field(default_factory=list)
    thematic: list[Thematic] = field(default_factory=list)
    dialogues: list[Session] = field(default_factory=list)
    closing: list[Session] = field(default_factory=list)

    @property
    def sessions(self) -> list[Session]:
        """Every session that the report speaks of, each once."""
        return list({session.id: session for session in (*self._within, *self.dialogues)}.values())

    @property
    def apart(self) -> set[int]:
        """The sessions whose floor is not told within them."""
        return {session.id for session in self._within} & {session.id for session in self.dialogues}

    @property
    def standing(self) -> list[Session]:
        """The interactive dialogues that are no session's floor."""
        return [s for s in self.dialogues if s.id not in self.apart and s.part_of is None]

    @property
    def _within(self) -> list[Session]:
        themed = [s for each in self.thematic for s in (each.session, *each.parts, *each.dialogues)]
        return [*self.opening, *themed, *self.closing]


def plan(sessions: tuple[Session, ...], told: set[int], floors: Mapping[str, FloorPlace] | None = None) -> Plan:
    """Sort the sessions into the parts. `told` are the ids of sessions in which a point was noted.

    Keynotes before the first thematic session belong to the opening. `floors` says by session key where a floor is
    told: `folded` into its session, as that of a panel is without a word, or in a `section` of its own, as an
    interactive dialogue is unless it is part of a session. One that stands for itself folds into the session before.
    """
    floors = floors or {}
    known = {session.id for session in sessions}
    parts: dict[int | None, list[Session]] = {}
    for session in sessions:
        parts.setdefault(session.part_of if session.part_of in known else None, []).append(session)
    made = Plan()
    main: list[Session] = []
    folded: dict[int, list[Session]] = {}  # dialogues that stand for themselves, by the session they are told in
    for session in parts.get(None, []):
        whole = [session, *_below(session, parts)]
        if not _reported(session, told):
            continue
        if session.kind == "opening" or (session.kind == "keynote" and not main):
            made.opening += [part for part in whole if not _dialogue_apart(part, floors)]
        elif session.kind == "closing":
            made.closing += [part for part in whole if not _dialogue_apart(part, floors)]
        elif session.kind != "interactive_dialogue":
            main.append(session)
        elif floors.get(session.key) == "folded" and main:
            folded.setdefault(main[-1].id, []).extend(whole)
            continue
        elif floors.get(session.key) == "folded" and made.opening:
            made.opening += whole
            continue
        else:
            made.dialogues += whole
            continue
        made.dialogues += [part for part in whole if floors.get(part.key) == "section"]
    for number, session in enumerate(main, start=1):
        below = [part for part in _below(session, parts) if not _dialogue_apart(part, floors)]
        made.thematic.append(_thematic(session, number, [*below, *folded.get(session.id, [])], main))
    return made


def _dialogue_apart(session: Session, floors: Mapping[str, FloorPlace]) -> bool:
    return session.kind == "interactive_dialogue" and floors.get(session.key) == "section"


def _reported(session: Session, told: set[int]) -> bool:
    if session.kind in _ONLY_IF_TOLD:
        return session.id in told or bool(session.roles)
    return session.kind in _THEMATIC | {"opening", "interactive_dialogue", "closing"}


def _below(session: Session, parts: Mapping[int | None, list[Session]]) -> list[Session]:
    """The parts of a session and their parts, in order."""
    return [each for part in parts.get(session.id, []) for each in (part, *_below(part, parts))]


def _thematic(session: Session, number: int, below: list[Session], main: list[Session]) -> Thematic:
    beside = [place for place, other in enumerate(main, start=1) if other is session or _beside(session, other)]
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
