"""What each line of a source was used for, to be shown beside it. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from meetings.reading.rules.result import Numbers, Reading


@dataclass(frozen=True, slots=True)
class Mark:
    """A use of a line: `what` it became (title, session …), and `place`, its number from 1, 0 for one alone."""

    what: str
    place: int = 0

    @property
    def anchor(self) -> str:
        """The id of what it became on the page."""
        return f"read-{self.what}-{self.place}" if self.place else f"read-{self.what}"


def marks(reading: Reading) -> dict[int, tuple[Mark, ...]]:
    """For each line that was used for something, what for; lines that say nothing of their own have no mark."""
    found: defaultdict[int, dict[Mark, None]] = defaultdict(dict)

    def mark(what: str, place: int, numbers: Numbers) -> None:
        for number in numbers:
            found[number][Mark(what, place)] = None

    for name, numbers in reading.head_lines.items():
        mark(name, 0, numbers)
    for sitting in reading.sittings:
        mark("hours", 0, sitting.lines)
    for _, numbers in reading.objectives:
        mark("objectives", 0, numbers)
    for questions in reading.questions:
        mark("questions", 0, questions.lines)
    for place, document in enumerate(reading.documents, 1):
        mark("document", place, document.lines)
    for place, session in enumerate(reading.sessions, 1):
        mark("session", place, session.lines)
    return {number: tuple(what) for number, what in found.items()}
