"""The list of participants, by stakeholder category, as a document and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from exports.categories import CATEGORY_HEADINGS, Category
from exports.inline import Span
from exports.meeting_head import MeetingHead, open_file
from exports.people import Person, alphabetical, line
from exports.text import one_line
from exports.workbook import Cell, Column, Sheet, Table, xlsx_bytes

_COLUMNS = (
    Column("Category", 34),
    Column("State", 24),
    Column("Form of address", 12),
    Column("Given name", 22),
    Column("Family name", 24),
    Column("Function", 34),
    Column("Unit", 28),
    Column("Organization", 40),
    Column("Country", 20),
)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person to be listed, and where. `state` is the English short name of the State represented.

    Only `states` need it, for their order; where it is empty there, the organization stands for it.
    Who is protected or does not want to be listed must not come here.
    """

    person: Person
    category: Category
    state: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantList:
    """All who are listed, in any order. `corrections_to` is an address, printed while the list is provisional."""

    head: MeetingHead
    participants: tuple[Participant, ...]
    provisional: bool = False
    corrections_to: str = ""

    @property
    def name(self) -> str:
        """What the document calls itself."""
        return "Provisional list of participants" if self.provisional else "List of participants"


def participants_docx(listed: ParticipantList, *, made: datetime) -> bytes:
    """participants.docx: States in English alphabetical order, others by organization, then surname."""
    file = open_file(listed.head, listed.name, made=made)
    file.paragraph(listed.name, "Subtitle")
    if listed.provisional and (address := one_line(listed.corrections_to)):
        link = Span(address, url=f"mailto:{address}" if "@" in address else None)
        file.paragraph([Span("Corrections may be sent to "), link, Span(".")])
    for heading, groups in arranged(listed.participants):
        file.paragraph(heading, "Heading 1")
        for state, people in groups:
            if state:
                file.paragraph(state, "Heading 2")
            for participant in people:
                file.paragraph(line(participant.person, capitals=True), "_ Person")
    if not listed.participants:
        file.paragraph("No participants are listed yet.")
    return file.to_bytes()


def participants_xlsx(listed: ParticipantList, *, made: datetime) -> bytes:
    """participants.xlsx: the same people in the same order, a row each. No address is in it."""
    rows = [
        _row(heading, state, participant.person)
        for heading, groups in arranged(listed.participants)
        for state, people in groups
        for participant in people
    ]
    title = f"{listed.name}: {one_line(listed.head.title)}"
    sheet = Sheet("Participants", (title,), (Table(_COLUMNS, rows),))
    return xlsx_bytes([sheet], title=title, zone=listed.head.zone, made=made)


def arranged(participants: Iterable[Participant]) -> Iterator[tuple[str, list[tuple[str, list[Participant]]]]]:
    """The categories that have members, in their order, each with its members in theirs.

    States stand in English alphabetical order, each with its people; elsewhere the one group has no name.
    """
    everybody = list(participants)
    for category, heading in CATEGORY_HEADINGS.items():
        by_state = category == "states"
        members = [
            (_group(participant, by_state=by_state), participant)
            for participant in everybody
            if participant.category == category
        ]
        members.sort(key=_order)
        if by_state and members:
            grouped = groupby(members, key=lambda member: member[0])
            yield heading, [(name, [each for _, each in people]) for name, people in grouped]
        elif members:
            yield heading, [("", [each for _, each in members])]


def _group(participant: Participant, *, by_state: bool) -> str:
    return one_line((by_state and participant.state) or participant.person.organisation)


def _order(member: tuple[str, Participant]) -> tuple[str, ...]:
    group, participant = member
    return tuple(map(alphabetical, (group, participant.person.family, participant.person.given)))


def _row(heading: str, state: str, person: Person) -> list[Cell]:
    return [
        heading, state, person.honorific, person.given, person.family, person.function, person.unit,
        person.organisation, person.country,
    ]  # fmt: skip
