"""What was recognised in a source: plain facts, each with the numbers of the lines that it came from. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Numbers = tuple[int, ...]


class Doubt(StrEnum):
    """What an organizer has to look at: a contradiction in the source, or something that it does not say."""

    WEEKDAY = "weekday"  # the weekday is not that of the date
    DAY_OR_MONTH = "day_or_month"  # 03/07/2025 may be either
    BACKWARDS = "backwards"  # the end is not after the start; the end is left out
    BAD_TIME = "bad_time"
    NO_ZONE = "no_zone"  # no zone is stated, the place tells it
    ZONE_GUESSED = "zone_guessed"  # nothing tells the zone
    ZONE_BY_ABBREVIATION = "zone_by_abbreviation"
    ZONE_CONTRADICTS = "zone_contradicts"  # clocks at the place do not show what is stated
    END_TAKEN = "end_taken"  # no end is stated anywhere, it is the start of what follows
    OUTSIDE = "outside"  # a session before or after the hours of the meeting
    OTHER_DAY = "other_day"  # a day that is not among the meeting's
    NO_DATE = "no_date"
    NO_TITLE = "no_title"
    LINK_BY_ORDER = "link_by_order"  # a link was given to a document by its place in the list
    FLOOR_UNSTATED = "floor_unstated"  # the floor is open, for how long is not said
    TOO_LONG = "too_long"  # a floor of more than 45 minutes is not taken


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt at a line (0: at none), with what it is about, as the source or a clock writes it."""

    line: int
    doubt: Doubt
    stated: str = ""
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Hours of the meeting; `day` is None where they are those of every day."""

    day: dt.date | None
    start: dt.time
    end: dt.time
    lines: Numbers = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named in a session. Of some only the function or the organization is said."""

    role: str
    honorific: str = ""
    given: str = ""
    family: str = ""
    function: str = ""
    unit: str = ""
    organisation: str = ""
    country: str = ""
    lines: Numbers = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One line of the programme, or with `part_of` (the place of its session in the list) one of a session's parts."""

    title: str
    kind: str
    day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    label: str = ""
    description: str = ""
    track: str = ""
    room: str = ""
    part_of: int | None = None
    presentations_minutes: int | None = None
    replies_minutes: int | None = None
    limit_seconds: int | None = None
    floor_minutes: int | None = None
    people: tuple[Person, ...] = ()
    lines: Numbers = ()


@dataclass(frozen=True, slots=True)
class Questions:
    """Guiding questions under one theme, which may be empty."""

    theme: str
    questions: tuple[str, ...]
    lines: Numbers = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A background document; symbol and link may be empty."""

    title: str
    symbol: str = ""
    url: str = ""
    lines: Numbers = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What identifies the meeting. Blank is what the source does not say; `zone` is always an IANA zone."""

    title: str = ""
    subtitle: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    zone: str = "UTC"
    zone_stated: str = ""  # as the source writes it
    mode: str = "in_person"
    mode_stated: bool = False
    venue: str = ""
    room: str = ""
    city: str = ""
    country: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was recognised. Every line of the source with anything on it is in `used` or in `not_understood`.

    `head_lines` has the lines of each value of the head, of the background and of the format, by name. `aside` are
    lines that say nothing of their own: rules, page numbers, headings, what is repeated.
    """

    head: Head
    head_lines: Mapping[str, Numbers] = field(default_factory=dict)
    sittings: tuple[Sitting, ...] = ()
    background: str = ""
    format: str = ""
    objectives: tuple[tuple[str, Numbers], ...] = ()
    questions: tuple[Questions, ...] = ()
    documents: tuple[Document, ...] = ()
    sessions: tuple[Session, ...] = ()
    remarks: tuple[Remark, ...] = ()
    aside: frozenset[int] = frozenset()
    used: frozenset[int] = frozenset()
    not_understood: Numbers = ()

    @property
    def zone_found(self) -> bool:
        """Whether anything in the source tells the zone."""
        return all(remark.doubt is not Doubt.ZONE_GUESSED for remark in self.remarks)
