"""Sessions while they are read. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from meetings.reading.rules.blocks import Block
from meetings.reading.rules.result import Person, Remark

CAP_MINUTES = 45  # the rule of the floor (meetings/floor/rules), held equal by a test


@dataclass(slots=True)
class Draft:
    """A session while it is read. `bare` is its kind where the row that has its time says nothing else."""

    title: str = ""
    label: str = ""
    day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    kind: str = ""
    bare: str = ""
    room: str = ""
    track: str = ""
    description: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    parts: list[Draft] = field(default_factory=list)
    presentations: int | None = None
    floor: int | None = None
    each_presentations: int | None = None
    each_floor: int | None = None
    role: str = ""  # of those who are listed next
    replies: int | None = None
    limit_seconds: int | None = None
    own: bool = False  # written by Rostrum: nothing in it is guessed
    lines: list[int] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Its label and title."""
        return ": ".join(filter(None, (self.label, self.title)))


@dataclass(slots=True)
class Programme:
    """The programme while it is read, from the paragraphs that `note` hands over one by one."""

    sessions: list[Draft] = field(default_factory=list)
    waiting: list[Draft] = field(default_factory=list)  # with a time, without a title
    loose: list[Block] = field(default_factory=list)  # with neither, before the first session
    remarks: list[Remark] = field(default_factory=list)
    day: dt.date | None = None
    floor_each: int | None = None  # what the note says of every session
    zone_text: str = ""
    columns: tuple[str, ...] = ()

    @property
    def current(self) -> Draft | None:
        """The session or part that is being described."""
        if not self.sessions:
            return None
        session = self.sessions[-1]
        return session.parts[-1] if session.parts else session

    @property
    def last(self) -> Draft | None:
        """The last session."""
        return self.sessions[-1] if self.sessions else None
