"""A meeting as far as its proof-reading needs it. Times are wall clock in the meeting's zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from meetings.programme.rules.proof.finding import Place, Quoted

# Sessions that people attend to hear and to speak, hence need a sitting with its join link and interpretation.
HELD_IN_A_SITTING = frozenset({"opening", "keynote", "panel", "dialogue", "interactive_dialogue", "closing"})
# Sessions in which several people speak to each other, hence somebody has to lead.
DISCUSSIONS = frozenset({"panel", "dialogue", "interactive_dialogue"})
PAUSES = frozenset({"break", "lunch", "photo", "registration"})


@dataclass(frozen=True, slots=True)
class PlannedFloor:
    """A session's floor, in minutes; its limits in whole seconds."""

    minutes: int
    longest_seconds: int = 0  # the speaking limit and the shortest turn: a floor cannot be shorter than either
    opened: bool = False


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """A sitting. `linked`: it has its join link, or the link is on its way."""

    id: int
    date: dt.date
    start: dt.time
    end: dt.time
    key: str = ""
    room: str | None = None
    interpretation: tuple[str, ...] = ()
    linked: bool = False
    join_url: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session. `sitting_id` is its own (`own_sitting`) or the one it falls into.

    `people` are those with a role in it: id and name; `roles` what they do. `of_one_gender`: all its panellists
    declared the same one.
    """

    id: int
    kind: str
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    key: str = ""
    label: str | None = None
    title: str = ""
    part_of_id: int | None = None
    track: str | None = None
    room: str | None = None
    sitting_id: int | None = None
    own_sitting: bool = False
    presentations_minutes: int | None = None
    replies_minutes: int | None = None
    floor: PlannedFloor | None = None
    people: tuple[tuple[int, str], ...] = ()
    roles: tuple[str, ...] = ()
    of_one_gender: bool = False

    @property
    def name(self) -> Quoted:
        """What sentences call it."""
        return Quoted(self.label or self.title)

    @property
    def minutes(self) -> int | None:
        """How long it lasts, where that is known."""
        return None if self.start is None or self.end is None else minutes_between(self.start, self.end)

    @property
    def needed_minutes(self) -> int | None:
        """How long it takes: its times, else the sum of what is planned in it, else unknown."""
        floor = self.floor.minutes if self.floor else None
        planned = (self.presentations_minutes, self.replies_minutes, floor)
        if self.minutes is not None:
            return self.minutes
        return sum(each or 0 for each in planned) if any(planned) else None

    def at(self, field: str) -> Place:
        """A field of its form."""
        return Place("session", field, self.key)


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A text that people read, or one item of a list of such texts."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A background document: the row of the form, and what stands in it."""

    row: int
    title: str
    symbol: str | None
    url: str | None

    def at(self, column: str) -> Place:
        """A cell of its row."""
        return Place("note", f"documents-{self.row}-{column}")


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is read.

    `over`: the last day has passed, and nothing can be arranged any more. `declined`: the people who will not speak;
    `late`: those who were asked to, and to answer before today.
    """

    mode: str
    timezone: str
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    room: str | None = None
    published: bool = False
    over: bool = False
    sessions: tuple[PlannedSession, ...] = ()
    sittings: tuple[PlannedSitting, ...] = ()
    texts: tuple[PlannedText, ...] = ()
    documents: tuple[PlannedDocument, ...] = ()
    declined: frozenset[int] = frozenset()
    late: frozenset[int] = frozenset()

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which the meeting is held; none while they are open."""
        if self.start_date is None:
            return ()
        more = ((self.end_date or self.start_date) - self.start_date).days
        return tuple(self.start_date + dt.timedelta(number) for number in range(more + 1))


def minutes_between(start: dt.time, end: dt.time) -> int:
    """The minutes from one time of day to another."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute
