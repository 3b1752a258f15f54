"""What a check is, what it finds, and how that is mended by one press where it is certain."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal


def N_(words: str) -> str:  # noqa: N802 -- the name under which the extractor of translations looks for it
    """Marks words that are translated where they are shown, with the finding's values put in."""
    return words


class Severity(StrEnum):
    """How much it matters: what cannot be right as it stands, or what may be meant so."""

    FIRST = "first"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Place:
    """The form and the field that a finding is about. `key` is that of the session or sitting.

    `field` is what the field is called on its form, as `title`, `objectives` or `documents-0-url`.
    """

    on: Literal["meeting", "note", "session", "sitting"]
    field: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A title or a text as typed: shown between quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration."""

    count: int


Value = str | int | dt.date | dt.time | Quoted | Minutes


@dataclass(frozen=True, slots=True)
class Replace:
    """Every `before` in the text at a place becomes `after`."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Assign:
    """The field at a place gets this value: the key of a sitting, or a number of minutes."""

    place: Place
    value: str | int


@dataclass(frozen=True, slots=True)
class Drop:
    """The row of the list that the field belongs to is taken away."""

    place: Place


Change = Replace | Assign | Drop


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding, given only where it is certain; `says` is marked for translation and takes `values`."""

    says: str
    changes: tuple[Change, ...]
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is checked: `what` it looks for, the `cure`, and the `source` of the rule.

    All three are marked for translation. `fixes`: whether it may come with a fix.
    """

    id: str
    severity: Severity
    what: str
    cure: str
    source: str
    fixes: bool = False

    def at(  # the values of a reason are its keywords
        self, place: Place, reason: str, *, about: str = "", fix: Fix | None = None, **values: Value
    ) -> Finding:
        """A place where there is something to look at."""
        return Finding(self, place, reason, values, fix, about)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `about` tells two findings of one check at one place apart.

    `reason` is marked for translation and takes `values`.
    """

    check: Check
    place: Place
    reason: str
    values: Mapping[str, Value] = field(default_factory=dict)
    fix: Fix | None = None
    about: str = ""

    @property
    def name(self) -> str:
        """What the finding is called, the same each time it is found, whatever its figures are."""
        column = re.sub(r"-\d+-", "-", self.place.field)  # rows move
        return _digest(self.check.id, self.place.on, self.place.key, column, self.about)

    @property
    def mark(self) -> str:
        """The mark of what its button says: another one once pressing it would do something else."""
        return _digest(self.fix.says, repr(sorted(self.fix.values.items())), repr(self.fix.changes)) if self.fix else ""


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
