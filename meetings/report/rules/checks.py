"""The right of check: whose own paragraph a paragraph of the draft is, and what stands between asking and settling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from exports.report_data import Heading
from meetings.report.rules.draft import Block
from meetings.report.rules.edited import EditedDraft
from meetings.report.rules.material import Material, Person, Session
from meetings.report.rules.notation import paragraph_to_lines

_OFFICERS = ("chair", "moderator", "facilitator")


class Standing(StrEnum):
    """What became of asking a speaker."""

    ASKED = "asked"
    AGREED = "agreed"
    COMMENTED = "commented"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class OwnParagraph:
    """A paragraph that tells what a named speaker said: its key, the speaker, and its words as they would be sent."""

    key: str
    person: Person
    text: str


def standing(answer: str | None, settled_at: dt.datetime | None) -> Standing:
    """What stands between asking and settling. A comment waits for the rapporteur; agreement needs nothing more."""
    if settled_at is not None:
        return Standing.SETTLED
    return {None: Standing.ASKED, "agreed": Standing.AGREED}.get(answer, Standing.COMMENTED)


def own_paragraphs(material: Material, draft: EditedDraft) -> list[OwnParagraph]:
    """The paragraphs of named speakers, in the order of the report.

    One who only opened or chaired a session has its frame. Speakers from the floor are named by organisation alone,
    and protected people not at all: neither has a paragraph of their own.
    """
    sessions = {session.key: session for session in material.sessions}
    blocks = [part for part in draft.body if not isinstance(part, Heading)]
    spoken = {part.key for part in blocks}
    return [
        OwnParagraph(part.key, person, paragraph_to_lines(part.paragraph))
        for part in blocks
        for person in _speakers(part, sessions, spoken)
        if not person.protected and person.name
    ]


def _speakers(part: Block, sessions: dict[str, Session], spoken: set[str]) -> Iterable[Person]:
    session = next((each for key, each in sessions.items() if part.key.startswith(f"session:{key}:")), None)
    if session is None:
        return []
    rest = part.key.removeprefix(f"session:{session.key}:")
    if rest == "frame":
        officers = session.holding(*_OFFICERS)
        return [person for person in officers if f"session:{session.key}:speaker:{person.key}" not in spoken]
    return [role.person for role in session.roles if rest == f"speaker:{role.person.key}"][:1]
