"""What the programme's queries hand out: plain facts, frozen, free of the database."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

# What a published version is called: tentative until one is final; what comes after a final one is revised.
State = Literal["tentative", "final", "revised"]


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """Which meeting a page is about. Dates are days in `timezone` (IANA); `version` rises with every change.

    `participants_final_at` is since when the list of participants is final; None while it is provisional.
    """

    id: int
    slug: str
    title: str
    subtitle: str | None
    series: str | None
    mode: str
    timezone: str
    venue: str | None
    room: str | None
    city: str | None
    country: str | None
    languages: tuple[str, ...]
    start_date: dt.date | None
    end_date: dt.date | None
    contact: str | None
    published: bool
    demonstration: bool
    participants_final_at: dt.datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation of a meeting."""

    id: int
    key: str
    name: str
    acronym: str | None
    category: str | None
    country: str | None
    show_country: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of a meeting with function and organisation. `name` is in the person's own order, with honorific.

    `function` is as it shall be read: a function held in the past begins with "former".
    """

    id: int
    key: str
    name: str
    honorific: str | None
    given: str | None
    family: str | None
    name_order: str
    function: str | None
    unit: str | None
    organisation: OrganisationLine | None
    protected: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """What a person does in a session."""

    role: str
    person: PersonLine


@dataclass(frozen=True, slots=True)
class FloorLine:
    """A session's floor, in milliseconds. `opened`: whether the floor has been given to somebody."""

    cap_ms: int
    limit_ms: int
    minimum_ms: int
    opened: bool


@dataclass(frozen=True, slots=True)
class SittingLine:
    """A sitting; `join_url` and what Teams says are there for organisers alone. Times are wall clock."""

    id: int
    key: str
    position: int
    date: dt.date
    start: dt.time
    end: dt.time
    room: str | None
    interpretation: tuple[str, ...]
    join_url: str | None
    teams_state: str | None
    teams_error: str | None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One line of the programme with those who have a role in it, and its parts. Times are wall clock."""

    id: int
    key: str
    position: int
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    kind: str
    label: str | None
    title: str
    description: str | None
    part_of_id: int | None
    track: str | None
    sitting_id: int | None
    room: str | None
    presentations_minutes: int | None
    replies_minutes: int | None
    version: int
    floor: FloorLine | None
    roles: tuple[RoleLine, ...]
    parts: tuple["SessionLine", ...]


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """The sessions of one day in the order of the programme; `date` is None where it is not fixed."""

    date: dt.date | None
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A meeting's programme of work."""

    days: tuple[ProgrammeDay, ...]
    sittings: tuple[SittingLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Guiding questions under one theme."""

    theme: str | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A background document."""

    title: str
    symbol: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ConceptNote:
    """What a concept note says beside the meeting's particulars. `background` is Markdown, the rest plain text."""

    mandate_body: str | None
    mandate_resolution: str | None
    background: str | None
    objectives: tuple[str, ...]
    modalities: str | None
    guiding_questions: tuple[QuestionGroup, ...]
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class VersionMark:
    """Which published version of a programme something is."""

    number: int
    state: State
    published_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """All that a meeting's public page shows. `mark` says by which version; None for one as it stands now."""

    head: MeetingHead
    organisers: tuple[OrganisationLine, ...]
    note: ConceptNote
    programme: Programme
    mark: VersionMark | None = None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    head: MeetingHead
    over: bool
