"""Where each gap of the draft is filled: the masthead in the details, a name at the person, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exports.inline import Gap

Page = Literal[
    "details", "submissions", "notes", "particulars", "concept_note", "programme", "person", "people", "paragraph"
]
_DETAILS = {
    "symbol": "symbol",
    "date of submission": "date",
    "session of the Council": "council_number",
    "dates of the session": "council_start",
    "agenda items": "agenda_items",
    "focus of the meeting": "focus",
    "conclusions": "conclusions",
    "recommendations": "recommendations-0-addressee",
    "addressee": "recommendations-0-addressee",
}
_PAGES: dict[str, Page] = {
    "categories of those who sent them": "submissions",
    "date of the meeting": "particulars",
    "place of the meeting": "particulars",
    "number of the resolution": "concept_note",
    "mandate": "concept_note",
    "summary of proceedings": "programme",
}
_OF_THE_ORGANISERS = {"particulars", "concept_note", "programme", "person", "people"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A page, and what on it: a field of the details, the key of a session or of a person."""

    page: Page
    name: str | None = None

    @property
    def needs_organiser(self) -> bool:
        """Whether only organisers may open it."""
        return self.page in _OF_THE_ORGANISERS


def filled_at(gap: Gap, key: str | None) -> Filled:
    """Where a gap of the paragraph `key` (None: of the masthead) is filled; the paragraph itself where nowhere else."""
    if gap.text in _DETAILS:
        return Filled("details", _DETAILS[gap.text])
    if gap.text in _PAGES:
        return Filled(_PAGES[gap.text])
    names = (key or "").split(":")
    if gap.text.startswith(("what was said", "account of the")) and names[0] == "session":
        return Filled("notes", names[1])
    if "must be recorded" in gap.comment or gap.text == "name":
        person = next((names[place + 1] for place in range(2, len(names) - 1) if names[place] in _PEOPLE), None)
        return Filled("person", person) if person else Filled("people")
    return Filled("paragraph")


_PEOPLE = {"speaker", "person"}
