"""Where a rapporteur's own paragraphs stand between the compiled ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exports.report_data import Heading
from meetings.report.rules.draft import Block
from meetings.report.rules.edited import BEFORE, EditedDraft, Mark

Parts = Sequence[Heading | Block]


@dataclass(frozen=True, slots=True)
class Place:
    """The compiled paragraph that own ones hang on, and the keys of all that hang there, in order."""

    after: str
    keys: tuple[str, ...]


def beside(draft: EditedDraft, key: str, other: str, *, before: bool) -> Place | None:
    """The place of paragraph `key` right behind or before another; None where that one is not in the draft."""
    parts = [part for part in draft.whole if not _is(part, key)]
    index = _index(parts, other)
    return None if index is None else _place(parts, key, index if before else index + 1, draft.marks)


def moved(draft: EditedDraft, key: str, *, up: bool) -> Place | None:
    """The place of an own paragraph one further up or down, over headings; None at the end, where it stays."""
    index = _index(draft.whole, key)
    if index is None:
        return None
    parts = [part for part in draft.whole if not _is(part, key)]
    step = -1 if up else 1
    place = index + step
    if up:
        while place > 0 and isinstance(parts[place], Heading):  # the end of the section above
            place -= 1
        if isinstance(parts[index - 1] if index else None, Heading):
            place += 1
    elif index < len(parts) and isinstance(parts[index], Heading):  # the beginning of the section below
        while place < len(parts) and isinstance(parts[place], Heading):
            place += 1
    if not 0 < place <= len(parts):
        return None
    return _place(parts, key, place, draft.marks)


def _place(parts: Parts, key: str, index: int, marks: Mapping[str, Mark]) -> Place | None:
    """The place between two parts: behind the paragraph there, else before the one that begins the section."""
    after = _after(parts[index - 1], marks) if index else None
    if after is None:
        following = next((part for part in parts[index:] if isinstance(part, Block)), None)
        if following is None:
            return None
        after = _own_after(following, marks) or BEFORE + following.key
    together = [part.key for part in parts if isinstance(part, Block) and _own_after(part, marks) == after]
    ahead = sum(1 for part in parts[:index] if isinstance(part, Block) and _own_after(part, marks) == after)
    return Place(after, (*together[:ahead], key, *together[ahead:]))


def _after(part: Heading | Block, marks: Mapping[str, Mark]) -> str | None:
    return None if isinstance(part, Heading) else _own_after(part, marks) or part.key


def _own_after(part: Block, marks: Mapping[str, Mark]) -> str | None:
    mark = marks.get(part.key)
    return mark.after if mark is not None else None


def _is(part: Heading | Block, key: str) -> bool:
    return isinstance(part, Block) and part.key == key


def _index(parts: Parts, key: str) -> int | None:
    return next((place for place, part in enumerate(parts) if _is(part, key)), None)
