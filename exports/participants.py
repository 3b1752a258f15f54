"""The list of participants, by stakeholder category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from exports.categories import CATEGORY_HEADINGS, Category
from exports.inline import Span
from exports.meeting_head import MeetingHead, open_file
from exports.people import Person, alphabetical, line
from exports.text import one_line
from exports.word import WordFile


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
    for category, heading in CATEGORY_HEADINGS.items():
        members = [participant for participant in listed.participants if participant.category == category]
        if members:
            file.paragraph(heading, "Heading 1")
            _write_category(file, members, by_state=category == "states")
    if not listed.participants:
        file.paragraph("No participants are listed yet.")
    return file.to_bytes()


def _write_category(file: WordFile, members: Iterable[Participant], *, by_state: bool) -> None:
    def group(participant: Participant) -> str:
        return one_line((by_state and participant.state) or participant.person.organisation)

    def order(participant: Participant) -> tuple[str, ...]:
        person = participant.person
        return tuple(map(alphabetical, (group(participant), person.family, person.given)))

    for name, people in groupby(sorted(members, key=order), key=group):
        if by_state and name:
            file.paragraph(name, "Heading 2")
        for participant in people:
            file.paragraph(line(participant.person, capitals=True), "_ Person")
