"""What a title says beside the title, and what stands below it: people, minutes, the description. Pure."""

from __future__ import annotations

import re

from meetings.reading.rules.blocks import Block
from meetings.reading.rules.drafts import Draft, Programme
from meetings.reading.rules.people import lone_person, people_after, person_in, title_and_people
from meetings.reading.rules.result import Person
from meetings.reading.rules.vocabulary import is_bare, kind_of, label_of, role_of

_MINUTES = re.compile(r"(?P<n>\d{1,3})\s*(?:mn|min(?:ute|uto)?s?|['’′])(?!\w)", re.IGNORECASE)
_WHAT = re.compile(
    r"\b(?:(?P<presented>presentations?|introductory remarks|introductions?|présentations?|exposés?"
    r"|presentaci(?:ón|ones)|ponencias?)"
    r"|(?P<open>discussions?|floor|interventions?|debates?|débats?|q\s?&\s?a|questions?|exchanges?|échanges?"
    r"|discusión|diálogo"
    r"|intervenciones|preguntas))\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\)?\s*(?:(?:will|is|are|shall|sera|seront|serán?|se)\b[^.;]{0,40}?)?\b(?:of|for|de|des|pour|para|d['’])",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|every|chaque|chacune?|cada)\b", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\((?P<inside>[^()]{3,60})\)\s*$")
_QUESTION = re.compile(r"^(?P<title>.{8,}?)\s*[:–—]\s+(?P<question>[^:]{20,}\?)$", re.DOTALL)
_SENTENCE = re.compile(r"\b(?:chaired|moderated|facilitated|présidée?|modérée?|animée?|facilitée?|presidida"
    r"|moderada|facilitada)\s+(?:by|par|por)\s+(?P<who>[^.;()]+)", re.I)  # fmt: skip


def take_title(draft: Draft, said: str, numbers: tuple[int, ...]) -> None:
    """Take a title apart: its label, who is named in it, the kind in brackets behind it, a question below it."""
    found = label_of(said)
    title = said
    if found is not None:
        draft.label, title = found.label, found.title or found.label
        if not found.title:
            draft.label = ""
    title = title.strip().strip('“”"«»').strip() if title[:1] in '“"«' and title[-1:] in '”"»' else title.strip()
    if match := _PARENTHESIS.search(title):
        inside = match["inside"].strip()
        if is_bare(inside):
            draft.kind, title = kind_of(inside), title[: match.start()]
        else:
            _minutes(draft, inside)
    if (match := _QUESTION.match(title)) and not draft.description:
        title = match["title"]
        draft.description.append(match["question"].strip())
    kind = kind_of(title, draft.label)
    if kind in ("opening", "keynote", "closing"):
        title, people = title_and_people(title, kind, numbers)
        draft.people += people
    draft.title = title.strip(" :;,–—-|") or said.strip() or title
    if is_bare(draft.title) and not draft.label:
        draft.bare = kind_of(draft.title)


def take_cell(draft: Draft, cell: str, column: tuple[str, ...], numbers: tuple[int, ...]) -> None:
    """A cell behind the title: speakers, the room, or more about the session."""
    head = column[0].strip(" :").casefold() if column else ""
    role = _role_by_kind(draft)
    if found := role_of(cell):
        role, cell = found[0], found[1] or cell
    if people := people_after(cell, role, numbers):
        draft.people += people
    elif head.startswith(("room", "salle", "sala")):
        draft.room = cell
    elif head.startswith(("speaker", "intervenant", "ponente", "orador", "moderat")) and (
        person := lone_person(cell, "moderator" if head.startswith("moderat") else role, numbers)
    ):
        draft.people.append(person)
    else:
        draft.description.append(cell)


def describe(programme: Programme, draft: Draft, said: str, block: Block) -> None:
    found = role_of(said)
    if found is not None:
        role, who = found
        people = people_after(who, role, block.numbers) or _lone(who, role, block) if who else ()
        if people or not who:
            draft.people += people
            draft.role = role if not people or block.begins != "bullet" else draft.role
            return
    if draft.role and not block.said.endswith(":") and (person := lone_person(said, draft.role, block.numbers)):
        draft.people.append(person)
        return
    if block.begins == "bullet" and (person := person_in(said, _role_by_kind(draft), block.numbers)):
        draft.people.append(person)
        return
    draft.role = ""
    session = programme.last
    if draft.bare and not draft.label and not draft.description and (block.first.bold or block.begins == "heading"):
        draft.kind = draft.kind or draft.bare
        draft.bare = ""
        take_title(draft, said, block.numbers)
        return
    _minutes(session if session is not None and not session.parts else draft, said)
    if match := _SENTENCE.search(said):
        role = _role_in(match[0])
        if person := person_in(match["who"], role, block.numbers):
            draft.people.append(person)
    mark = "• " if block.begins == "bullet" else ""
    if mark and draft.description and draft.description[-1].startswith("• "):
        draft.description[-1] += f"\n{mark}{said}"
    else:
        draft.description.append(mark + said)


def _lone(who: str, role: str, block: Block) -> tuple[Person, ...]:
    person = lone_person(who, role, block.numbers)
    return (person,) if person else ()


def _role_in(said: str) -> str:
    found = role_of(said)
    return found[0] if found else "moderator"


def _role_by_kind(draft: Draft) -> str:
    kind = draft.kind or draft.bare or kind_of(draft.title, draft.label)
    return kind if kind in ("opening", "keynote", "closing") else "panellist"


def _minutes(draft: Draft, said: str) -> None:
    """How long presentations and the floor take, of the session, or of each of its parts."""
    found = minutes_of(said)
    if _EACH.search(said):
        draft.each_presentations = found.get("presented", draft.each_presentations)
        draft.each_floor = found.get("open", draft.each_floor)
    else:
        draft.presentations = found.get("presented", draft.presentations)
        draft.floor = found.get("open", draft.floor)


def minutes_of(said: str) -> dict[str, int]:
    """The minutes that a text gives to presentations (`presented`) and to the floor (`open`)."""
    found: dict[str, int] = {}
    whats = [(match.start(), match.end(), match.lastgroup or "") for match in _WHAT.finditer(said)]
    for match in _MINUTES.finditer(said):
        before = [what for start, end, what in whats if 0 <= match.start() - end <= 90]
        after = [what for start, end, what in whats if 0 <= start - match.end() <= 60]
        if after and (not before or _FOR.match(said, match.end())):
            found.setdefault(after[0], int(match["n"]))
        elif before:
            found.setdefault(before[-1], int(match["n"]))
    return found
