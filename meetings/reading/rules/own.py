"""A programme that Rostrum wrote itself, read back to the same sessions: nothing in it is guessed. Pure.

exports/programme.py marks each title with a bookmark that says the kind; the rest is told by its form: what is in
italics, and what is listed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from exports import people as printed
from meetings.reading.rules import clock
from meetings.reading.rules.blocks import Block
from meetings.reading.rules.people import lone_person
from meetings.reading.rules.result import Person
from meetings.reading.rules.sessions import Draft, Programme
from meetings.reading.rules.vocabulary import role_of

_PARALLEL = "In parallel: "
_ROOM = re.compile(r"\b(?:room|salle|sala|hall|auditorium)\b", re.IGNORECASE)


def take(programme: Programme, block: Block, following: Sequence[Block], day: dt.date | None) -> int:
    """Read the title at `block` with all that stands below it; gives how many paragraphs that were."""
    line = block.first
    before, title = line.said[: line.title_at], line.said[line.title_at :]
    draft = Draft(title=title.strip(), kind=line.kind, own=True, lines=list(block.numbers))
    before = before.replace(" | ", " ")
    if found := clock.leading(before):
        draft.start, draft.end = found.start, found.end
        before = before[found.to :]
    draft.label = before.strip().removesuffix(":").strip()
    if line.level == 2 and programme.sessions:
        programme.sessions[-1].parts.append(draft)
    else:
        draft.day = day
        programme.sessions.append(draft)
    taken = 1
    role = ""
    for below in following:
        if below.first.style not in ("cell", "bullet") or below.first.kind or below.begins == "row":
            break
        role = _detail(draft, below, role)
        taken += 1
    return taken


def _detail(draft: Draft, block: Block, role: str) -> str:
    """One paragraph below a title; gives the role of those who are listed next."""
    draft.lines += block.numbers
    first = block.first
    said = "\n".join(piece.said for piece in block.pieces)
    lead, rest = first.said[: first.italic].strip(), first.said[first.italic :].strip()
    if lead.endswith(":") and (found := role_of(lead)):
        if rest:
            draft.people.append(_somebody(rest, found[0], block.numbers))
        return found[0]
    if first.style == "bullet" and role:
        draft.people.append(_somebody(first.said, role, block.numbers))
        return role
    if first.italic >= len(first.said) and not draft.description and not draft.people:
        _where(draft, first.said)
        return ""
    if first.soft and draft.description:
        draft.description[-1] += f"\n{said}"
    else:
        draft.description.append(said)
    return ""


def _somebody(said: str, role: str, numbers: tuple[int, ...]) -> Person:
    """Whoever is printed so. Taken apart only where they would be printed so again."""
    said = " ".join(said.split())
    found = lone_person(said, role, numbers)
    if found is not None and _line(found) == said:
        return found
    name, _, function = said.partition(", ")
    return Person(role, family=name, function=function, lines=numbers)


def _line(person: Person) -> str:
    return printed.line(
        printed.Person(
            given=person.given,
            family=person.family,
            honorific=person.honorific,
            function=person.function,
            unit=person.unit,
            organisation=person.organisation,
            country=person.country,
        )
    )


def _where(draft: Draft, said: str) -> None:
    """“In parallel: Track A, Room 5”: track and room, as far as they can be told apart."""
    parallel = said.startswith(_PARALLEL)
    track, comma, room = said.removeprefix(_PARALLEL).partition(", ")
    if comma:
        draft.track, draft.room = track, room
    elif parallel or not _ROOM.search(track):
        draft.track = track
    else:
        draft.room = track
