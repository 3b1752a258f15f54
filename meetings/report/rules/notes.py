"""Taking notes: who a note is about as a choice on a page, the verbs on offer, and which session is in progress."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from exports.text import one_line
from meetings.report.rules.material import Session

KINDS = ("point", "example", "challenge", "recommendation", "question")
# Sessions that nobody takes notes of.
UNREPORTED = frozenset({"registration", "break", "lunch", "photo"})
# The verbs of A/HRC/56/32 and their like; suggestions, not a limit.
VERBS = (
    "acknowledged", "added", "advocated", "asked", "called for", "commended", "described", "discussed", "emphasized",
    "encouraged", "explained", "expressed", "highlighted", "illustrated", "mentioned", "noted", "observed", "outlined",
    "pointed out", "presented", "proposed", "recommended", "reiterated", "reported", "shared", "sought", "stressed",
    "suggested", "underscored", "urged", "welcomed",
)  # fmt: skip
# What static/notes.js suggests by the kind of a point, as it goes on: with a noun ("the need for …"), or with a clause
# ("that …"): a verb not used of late in the session, else the one used longest ago.
SUGGESTED = {
    "point": (
        ("noted", "stressed", "highlighted", "emphasized", "pointed out", "underscored", "mentioned"),
        ("noted", "stressed", "explained", "emphasized", "pointed out", "observed", "added"),
    ),
    "example": (
        ("described", "presented", "shared", "outlined", "mentioned", "illustrated"),
        ("reported", "explained", "described", "illustrated"),
    ),
    "challenge": (
        ("highlighted", "acknowledged", "pointed out", "noted", "described"),
        ("acknowledged", "pointed out", "noted", "observed", "stressed"),
    ),
    "recommendation": (
        ("recommended", "called for", "proposed", "suggested", "advocated", "encouraged"),
        ("recommended", "suggested", "proposed", "urged"),
    ),
    "question": (("asked about", "raised the question of", "inquired about"), ("asked", "wondered", "inquired")),
}
CLAUSES = ("that", "how", "what", "which", "who", "whom", "whose", "why", "where", "when", "whether", "if")
# So many verbs of a session are looked back on: more than any list above has.
VERBS_BACK = 12
LONGEST_VERB = 40
_UID = re.compile("[0-9A-Za-z_-]{1,40}")
_VALUE = re.compile(r"(several)?(?:p(\d+))?(?:o(\d+))?(?:s(\d+))?")
_NOBODY = "unnamed"


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a note holds: a person's, an organisation's, a submission's, or those of several."""

    person: int | None = None
    organisation: int | None = None
    submission: int | None = None
    collective: bool = False

    @property
    def value(self) -> str:
        """The voice as a choice's value in a form: p12, o3, p12o3, s5, several, unnamed."""
        parts = (("p", self.person), ("o", self.organisation), ("s", self.submission))
        value = "several" if self.collective else ""
        value += "".join(f"{letter}{number}" for letter, number in parts if number is not None)
        return value or _NOBODY


def voice(value: str) -> Voice:
    """The voice that a choice's value stands for. Refuses others with ValueError."""
    if value == _NOBODY:
        return Voice()
    found = _VALUE.fullmatch(value) if value else None
    if found is None:
        raise ValueError(value)
    several, *numbers = found.groups()
    person, organisation, submission = (int(number) if number else None for number in numbers)
    return Voice(person, organisation, submission, several is not None)


def is_uid(text: str | None) -> bool:
    """Whether a text can be a point's lasting name, as a device makes it."""
    return _UID.fullmatch(text or "") is not None


def themes_from(line: str) -> tuple[str, ...]:
    """Themes as they are typed, with commas between them; quotation marks keep a theme with a comma together."""
    cells = next(csv.reader([one_line(line)], skipinitialspace=True), [])
    return tuple(dict.fromkeys(theme for cell in cells if (theme := one_line(cell))))


def themes_to(themes: Iterable[str]) -> str:
    """Themes as they stand in the form."""
    return ", ".join('"{}"'.format(t.replace('"', '""')) if '"' in t or "," in t else t for t in themes)


def in_progress(sessions: Iterable[Session], local: dt.datetime) -> Session | None:
    """The session that the programme has at a moment, wall clock of the meeting; of several, the one begun last."""
    running = [
        session
        for session in sessions
        if session.date == local.date()
        and session.start is not None
        and session.end is not None
        and session.start <= local.time() < session.end
    ]
    return max(running, key=lambda session: session.start or dt.time.min, default=None)
