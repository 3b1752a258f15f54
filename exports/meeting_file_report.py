"""The report in a meeting file: points, the call for inputs, submissions, what was made of the draft, the ledger."""
# ruff: noqa: RUF012  -- pydantic copies a default before anybody gets it

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from pydantic import BeforeValidator

from exports import meeting_file_values as values
from exports.categories import Category
from exports.meeting_file_floor import WallClock
from exports.meeting_file_part import (
    AgendaNumber,
    CouncilNumber,
    Country,
    Date,
    Email,
    Id,
    Instant,
    Language,
    Line,
    Part,
    Short,
    Symbol,
    Text,
    WebAddress,
    Zone,
)

PointKind = Literal["point", "example", "challenge", "recommendation", "question"]
Consent = Literal["named", "anonymous", "confidential"]
FileType = Literal["docx", "pdf", "txt"]
FloorPlace = Literal["folded", "section"]
PlanPart = Literal["opening", "thematic", "dialogue", "closing"]
ParagraphState = Literal["edited", "left_out", "own"]
LedgerStatus = Literal["open", "under_way", "done", "not_pursued"]
Words = Annotated[int, BeforeValidator(partial(values.whole_number, 1, 1_000_000))]
Sources = Annotated[int, BeforeValidator(partial(values.whole_number, 1, 1000))]
Percent = Annotated[int, BeforeValidator(partial(values.whole_number, 1, 100))]


class Point(Part):
    """One of the rapporteur's notes, resting on a session or on a submission.

    Without an id it is p1, p2, …, by its place in the list. `merged_into` is the point that speaks for this one too.
    """

    spared = frozenset(["id", "merged_into"])

    id: Id | None = None
    session: Id | None = None
    submission: Id | None = None
    person: Id | None = None
    organisation: Id | None = None
    collective: bool = False
    verb: Short | None = None
    kind: PointKind = "point"
    themes: list[Line] = []
    text: Text | None = None
    merged_into: Id | None = None


class Contact(Part):
    """Who sent a submission in, for the secretariat alone."""

    name: Line | None = None
    email: Email | None = None


class Submission(Part):
    """A written input. Without an organisation it is not named. Files are not carried.

    `consent` says more than `publish`: who may not be named may be published `anonymous`, or is `confidential`.
    """

    spared = frozenset(
        ["consent", "country", "language", "organisation_name", "contact", "answers", "sent_at", "withdrawn_at"]
    )

    id: Id
    organisation: Id | None = None
    category: Category | None = None
    received: Date | None = None
    themes: list[Line] = []
    publish: bool = False
    title: Line | None = None
    consent: Literal["anonymous"] | None = None
    country: Country | None = None
    language: Language | None = None
    organisation_name: Line | None = None
    contact: Contact = Contact()
    answers: list[Text | None] = []
    sent_at: Instant | None = None
    withdrawn_at: Instant | None = None

    @property
    def real_consent(self) -> Consent:
        """What the sender agreed to."""
        return "named" if self.publish else self.consent or "confidential"


class Question(Part):
    """A question of the call, with its lettered sub-questions."""

    text: Text
    items: list[Text] = []


class Deadline(Part):
    """Until when a partner takes submissions: a time on the clock in its own zone."""

    partner: Line
    at: WallClock
    timezone: Zone


class Call(Part):
    """The call for inputs. It takes submissions from `opened_at` until `closed_at` or its last deadline."""

    introduction: Text | None = None
    addressees: Line | None = None
    questions: list[Question] = []
    deadlines: list[Deadline] = []
    max_words: Words | None = None
    file_types: list[FileType] = []
    languages: list[Language] = []
    opened_at: Instant | None = None
    closed_at: Instant | None = None


class CouncilSession(Part):
    """The session of the Human Rights Council that the report goes to."""

    number: CouncilNumber | None = None
    start: Date | None = None
    end: Date | None = None


class Recommendation(Part):
    """What one addressee is recommended: a lead with lettered items, or a sentence of its own.

    `points` are the ids of the points that it rests on.
    """

    spared = frozenset(["points"])

    addressee: Line | None = None
    lead: Text | None = None
    items: list[Text] = []
    points: list[Id] = []


class Theme(Part):
    """A heading of the section on inputs, and the themes that stand under it."""

    heading: Line
    themes: list[Line] = []


class Plan(Part):
    """What was decided about the draft as a whole; what is not said holds as usual."""

    spared = frozenset(
        [
            "floors",
            "headings",
            "themes",
            "several",
            "number",
            "many_percent",
            "bold",
            "annex",
            "inputs_published",
            "word_limit",
        ]
    )

    floors: dict[Id, FloorPlace] = {}
    headings: dict[PlanPart, Line] = {}
    themes: list[Theme] = []
    several: Sources = 2
    number: Sources = 5
    many_percent: Percent = 50
    bold: bool = True
    annex: bool = False
    inputs_published: bool = False
    word_limit: Words = 8_500


class Paragraph(Part):
    """What was made of one paragraph of the draft: its words, and those that were compiled when it was edited.

    `key` names what the paragraph is about (session:s1:frame); one that was added has a key of its own (own:1) and
    stands behind `after`. The notation is that of the editing page: *italic*, ^[footnote], [gap].
    """

    spared = frozenset(["items", "after"])

    key: Annotated[str, BeforeValidator(partial(values.short, 300))]
    state: ParagraphState
    text: Text | None = None
    items: list[Text] = []
    base: Text | None = None
    after: Annotated[str, BeforeValidator(partial(values.short, 300))] | None = None


class Report(Part):
    """The summary report's masthead facts, conclusions and recommendations, and what was made of its draft.

    `outcome` is the note for the web where it was edited, `outcome_base` what was compiled then.
    """

    spared = frozenset(["focus", "plan", "paragraphs", "outcome", "outcome_base"])

    symbol: Symbol | None = None
    council_session: CouncilSession = CouncilSession()
    agenda_items: list[AgendaNumber] = []
    date: Date | None = None
    original_language: Language = "en"
    title: Line | None = None
    focus: Text | None = None
    conclusions: list[Text] = []
    recommendations: list[Recommendation] = []
    plan: Plan = Plan()
    paragraphs: list[Paragraph] = []
    outcome: Text | None = None
    outcome_base: Text | None = None


class FollowUp(Part):
    """What was done about a recommendation, and where that can be read."""

    date: Date | None = None
    text: Text
    url: WebAddress | None = None


class LedgerEntry(Part):
    """A recommendation in the ledger of the series: where it stands, what it rests on, what became of it."""

    id: Id
    addressee: Line | None = None
    text: Text
    source: Line | None = None
    points: list[Id] = []
    status: LedgerStatus = "open"
    follow_up: list[FollowUp] = []
