"""What a report is compiled from, as plain data: the programme, the people, the floor, the points and the inputs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from meetings.report.rules.options import Options


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that people speak for. `country` is an ISO 3166 two-letter code, to be printed if `show_country`."""

    id: int
    name: str
    acronym: str | None = None
    category: str | None = None
    country: str | None = None
    show_country: bool = False
    article: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the meeting knows them. Who is `protected` is never named in a report."""

    id: int
    given: str | None = None
    family: str | None = None
    name_order: str = "given_family"
    honorific: str | None = None
    report_surname: str | None = None
    function: str | None = None
    unit: str | None = None
    former: bool = False
    indefinite: bool = False
    organisation: Organisation | None = None
    protected: bool = False
    key: str = ""

    @property
    def name(self) -> str:
        """The full name in the person's own order, without honorific; empty where no name is known."""
        parts = (self.family, self.given) if self.name_order == "family_given" else (self.given, self.family)
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Role:
    """What a person does in a session."""

    id: int
    role: str
    person: Person


@dataclass(frozen=True, slots=True)
class Session:
    """One line of the programme of work, with who does what in it, in order."""

    id: int
    key: str
    kind: str
    title: str
    label: str | None = None
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    track: str | None = None
    part_of: int | None = None
    roles: tuple[Role, ...] = ()

    def holding(self, *roles: str) -> list[Person]:
        """Those who hold one of the roles here, in order, nobody twice."""
        return list({role.person.id: role.person for role in self.roles if role.role in roles}.values())


@dataclass(frozen=True, slots=True)
class Point:
    """One of the rapporteur's notes. It rests on a session, or on a submission, or on the submissions together.

    `merged` are the notes that were merged into it, since they say the same: it speaks for them too.
    """

    id: int
    text: str
    kind: str = "point"
    verb: str | None = None
    session: int | None = None
    submission: int | None = None
    person: Person | None = None
    organisation: Organisation | None = None
    collective: bool = False
    themes: tuple[str, ...] = ()
    uid: str = ""
    merged: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """Somebody had the floor in a session."""

    session: int
    organisation: Organisation | None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A written input. It is named only if it has an organisation and may be published.

    `sender` is what its sender or its title calls it, to be told from the others on the rapporteur's own pages.
    """

    id: int
    key: str
    organisation: Organisation | None = None
    category: str | None = None
    themes: tuple[str, ...] = ()
    publish: bool = False
    sender: str | None = None

    @property
    def called(self) -> str:
        """What the rapporteur knows it by; not for the report."""
        return self.organisation.name if self.organisation else self.sender or self.key


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What one addressee is recommended: a lead with items, or a sentence of its own in `lead`.

    `points` are the uids of the points that it rests on.
    """

    addressee: str | None = None
    lead: str | None = None
    items: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the report says of itself, and its last two sections."""

    symbol: str | None = None
    council_number: int | None = None
    council_start: dt.date | None = None
    council_end: dt.date | None = None
    agenda_items: tuple[int, ...] = ()
    date: dt.date | None = None
    original_language: str = "en"
    title: str | None = None
    focus: str | None = None
    conclusions: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that is reported on."""

    title: str
    mode: str
    city: str | None = None
    country: str | None = None
    mandate_body: str | None = None
    mandate_resolution: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """All of it. `sessions` are in the order of the programme, `points` in the rapporteurs' order."""

    meeting: Meeting
    sessions: tuple[Session, ...] = ()
    points: tuple[Point, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    submissions: tuple[Submission, ...] = ()
    particulars: Particulars = Particulars()
    options: Options = field(default_factory=Options)
    addressees: str | None = None  # whom the call for inputs was addressed to
