"""What a meeting file consists of (format rostrum-meeting/1), in the order in which its keys are written.

A key whose value is null or blank counts as absent; what may be absent has its default here. References between the
parts are checked in `meeting_file_checks`, single values in `meeting_file_values`.
"""
# ruff: noqa: RUF012  -- pydantic copies a default before anybody gets it

from __future__ import annotations

from typing import Literal

from exports.categories import Category
from exports.meeting_file_floor import Floor, FloorEntry
from exports.meeting_file_part import (
    Country,
    Date,
    Email,
    Id,
    Instant,
    Language,
    Line,
    Minutes,
    Part,
    Short,
    Slug,
    Symbol,
    Text,
    Time,
    Tiny,
    WebAddress,
    Zone,
)
from exports.meeting_file_report import Call, LedgerEntry, Point, Report, Submission

FORMAT = "rostrum-meeting/1"
Mode = Literal["in_person", "online", "hybrid"]
SessionKind = Literal[
    "registration",
    "opening",
    "keynote",
    "panel",
    "dialogue",
    "interactive_dialogue",
    "break",
    "lunch",
    "photo",
    "closing",
    "side_event",
    "other",
]
RoleName = Literal["chair", "moderator", "opening", "keynote", "panellist", "facilitator", "closing"]
RegistrationStatus = Literal["unverified", "pending", "confirmed", "declined", "withdrawn"]
SpeakerStatus = Literal["invited", "confirmed", "declined", "withdrawn"]


class Place(Part):
    """Where a meeting is held."""

    venue: Line | None = None
    room: Line | None = None
    city: Line | None = None
    country: Country | None = None


class Mandate(Part):
    """The body and the resolution that asked for the meeting."""

    body: Line | None = None
    resolution: Short | None = None


class Dates(Part):
    """The meeting's first and last day."""

    start: Date | None = None
    end: Date | None = None


class GuidingQuestions(Part):
    """Questions under one theme."""

    theme: Line | None = None
    questions: list[Text] = []


class Document(Part):
    """A background document. Without a title it is called by its symbol or address."""

    title: Line
    symbol: Symbol | None = None
    url: WebAddress | None = None


class Meeting(Part):
    """The meeting and its concept note. The zone is that of every wall-clock time in the file, but for deadlines.

    `participants_final_at`: since when the list of participants is no longer provisional.
    """

    spared = frozenset(["participants_final_at"])

    slug: Slug
    title: Line
    subtitle: Line | None = None
    series: Line | None = None
    mode: Mode
    timezone: Zone
    place: Place = Place()
    languages: list[Language] = []
    organisers: list[Id] = []
    mandate: Mandate | None = None
    dates: Dates = Dates()
    background: Text | None = None
    objectives: list[Text] = []
    modalities: Text | None = None
    guiding_questions: list[GuidingQuestions] = []
    documents: list[Document] = []
    contact: Email | None = None
    participants_final_at: Instant | None = None


class Organisation(Part):
    """A body that people speak for. Without a name it is called by its acronym."""

    id: Id
    name: Line
    acronym: Short | None = None
    category: Category | None = None
    country: Country | None = None
    show_country: bool = False
    article: Tiny | None = None


class Person(Part):
    """Someone who speaks or takes part. `report_surname` is the surname in later mentions, where it is not `family`."""

    id: Id
    honorific: Short | None = None
    given: Line | None = None
    family: Line | None = None
    name_order: Literal["given_family", "family_given"] = "given_family"
    report_surname: Line | None = None
    function: Line | None = None
    unit: Line | None = None
    former: bool = False
    indefinite: bool = False
    organisation: Id | None = None
    email: Email | None = None
    language: Language | None = None
    gender: Literal["woman", "man", "other"] | None = None
    protected: bool = False


class Sitting(Part):
    """An unbroken stretch of the meeting in one room or one call."""

    id: Id
    date: Date
    start: Time
    end: Time
    room: Line | None = None
    join_url: WebAddress | None = None
    interpretation: list[Language] = []


class Role(Part):
    """What a person does in a session."""

    role: RoleName
    person: Id


class Session(Part):
    """One line of the programme of work."""

    id: Id
    date: Date | None = None
    start: Time | None = None
    end: Time | None = None
    kind: SessionKind
    label: Line | None = None
    title: Line
    description: Text | None = None
    part_of: Id | None = None
    track: Line | None = None
    sitting: Id | None = None
    room: Line | None = None
    presentations_minutes: Minutes | None = None
    replies_minutes: Minutes | None = None
    floor: Floor | None = None
    roles: list[Role] = []


class Consent(Part):
    """What a participant agreed to: nothing, unless it is said."""

    listed: bool = False
    photographed: bool = False
    recorded: bool = False


class Registration(Part):
    """A person's attendance. Where it is not said, attendance is online at an online meeting, else in person."""

    person: Id
    status: RegistrationStatus = "pending"
    attendance: Literal["in_person", "online"]
    languages: list[Language] = []
    accessibility: Text | None = None
    consent: Consent = Consent()


class SpeakerConsent(Part):
    """What a speaker agreed to, where they have said so."""

    photographed: bool | None = None
    recorded: bool | None = None


class Speaker(Part):
    """Somebody who was asked to speak, and what they answered. One entry for all roles of a person.

    `checked_at`: when they last said that the programme names them rightly.
    """

    person: Id
    status: SpeakerStatus = "invited"
    invited_at: Instant | None = None
    answer_by: Date | None = None
    reminded_at: Instant | None = None
    answered_at: Instant | None = None
    checked_at: Instant | None = None
    consent: SpeakerConsent = SpeakerConsent()
    remark: Text | None = None


class MeetingFile(Part):
    """A whole meeting."""

    spared = frozenset(["speakers", "call", "ledger"])

    format: Literal["rostrum-meeting/1"]
    meeting: Meeting
    organisations: list[Organisation] = []
    people: list[Person] = []
    sittings: list[Sitting] = []
    sessions: list[Session] = []
    registrations: list[Registration] = []
    speakers: list[Speaker] = []
    floor: list[FloorEntry] = []
    points: list[Point] = []
    call: Call | None = None
    submissions: list[Submission] = []
    report: Report | None = None
    ledger: list[LedgerEntry] = []
