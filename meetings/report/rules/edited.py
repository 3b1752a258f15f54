"""What the rapporteur made of the draft, put into what is compiled today.

Compiling again adds what is new and never touches what was edited: where the compiler says something else than it did
then, the paragraph is marked. One whose subject is no longer in the programme or the notes stays, marked, at the end
of its section, and a rapporteur's own paragraph stays behind (or before) the one it was written for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Literal

from exports.inline import Gap
from exports.report_data import Heading, Paragraph
from meetings.report.rules.draft import Block, Draft, gaps_of
from meetings.report.rules.notation import from_notation, gaps_in, paragraph_to_lines
from meetings.report.rules.wording import Text

State = Literal["edited", "left_out", "own"]
# An own paragraph's `after` with this before it: it stands in front of that paragraph, which begins a section.
BEFORE = "before:"
_SECTIONS = {"introduction": 0, "proceedings": 1, "session": 1, "inputs": 2, "conclusions": 3, "recommendations": 4}
_LONGEST_TARGET = 60
_STALE_GAP = "This was missing when the paragraph was edited. Fill it in, or take the brackets out."


@dataclass(frozen=True, slots=True)
class Edit:
    """What is stored of a paragraph (meetings/models/report.py, DraftParagraph)."""

    key: str
    state: State
    text: str = ""
    items: tuple[str, ...] = ()
    base: str = ""
    after: str | None = None
    position: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """How a paragraph differs from a compiled one that nobody touched.

    `compiled` is what the compiler says in its place today; None for an own paragraph and an `orphaned` one.
    `changed_beneath`: that is not what it said when the paragraph was last edited or looked at, which was `base`.
    `after` is where an own paragraph stands.
    """

    state: State
    version: int
    compiled: Block | None = None
    base: str = ""
    changed_beneath: bool = False
    orphaned: bool = False
    after: str | None = None


@dataclass(frozen=True, slots=True)
class EditedDraft(Draft):
    """A draft as it goes out: `body` and `summary` hold what the rapporteur made of them.

    `whole` is the body with the paragraphs that are left out, without number, in their places; `marks` are by key.
    """

    whole: tuple[Heading | Block, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)


def target(key: str) -> str:
    """How the log names a paragraph: by its key; one longer than its column by the beginning and a checksum."""
    name = f"paragraph:{key}"
    return name if len(name) <= _LONGEST_TARGET else f"{name[:43]}~{sha256(key.encode()).hexdigest()[:16]}"


def merged(draft: Draft, edits: Iterable[Edit]) -> EditedDraft:
    """The compiled draft with everything that was made of it."""
    rows = {edit.key: edit for edit in sorted(edits, key=lambda edit: (edit.position, edit.key))}
    marks: dict[str, Mark] = {}
    summary = _with_edit(draft.summary, rows.pop(draft.summary.key, None), marks)
    parts: list[Heading | Block] = []
    for part in draft.body:
        parts.append(part if isinstance(part, Heading) else _with_edit(part, rows.pop(part.key, None), marks))
    for edit in rows.values():
        if edit.state != "own":
            _insert(parts, _end_of(parts, edit.key), _orphan(edit, marks))
    own: dict[str, list[Edit]] = {}
    for edit in rows.values():
        if edit.state == "own":
            own.setdefault(edit.after or "", []).append(edit)
    for after, several in own.items():
        place = _anchored(parts, after)
        for offset, edit in enumerate(several):
            _insert(parts, place + offset, _own(edit, marks))
    left_out = {key for key, mark in marks.items() if mark.state == "left_out"}
    return EditedDraft(
        masthead=draft.masthead,
        title=draft.title,
        author_line=draft.author_line,
        summary=summary,
        body=tuple(part for part in parts if isinstance(part, Heading) or part.key not in left_out),
        unplaced=draft.unplaced,
        unheard=draft.unheard,
        whole=tuple(parts),
        marks=marks,
    )


def written(text: str, items: Iterable[str], gaps: Iterable[Gap], base: str = "") -> tuple[Text, tuple[Text, ...]]:
    """Typed text and items as the report carries them. A gap of `base` that is one no more stays in sight."""
    known = [*gaps]
    names = {gap.text for gap in known}
    known += [Gap(name, _STALE_GAP) for name in dict.fromkeys(gaps_in(base)) if name not in names]
    return from_notation(text, known), tuple(from_notation(item, known) for item in items)


def _with_edit(block: Block, edit: Edit | None, marks: dict[str, Mark]) -> Block:
    if edit is None:
        return block
    changed = paragraph_to_lines(block.paragraph) != edit.base
    marks[block.key] = Mark(edit.state, edit.version, block, edit.base, changed)
    content, items = block.paragraph.content, block.paragraph.items
    if edit.text:
        content, items = written(edit.text, edit.items, gaps_of(block), edit.base)
    shown = replace(block.paragraph, content=content, items=items)
    return replace(block, paragraph=replace(shown, numbered=False) if edit.state == "left_out" else shown)


def _orphan(edit: Edit, marks: dict[str, Mark]) -> Block:
    marks[edit.key] = Mark(edit.state, edit.version, base=edit.base, orphaned=True)
    first, *rest = edit.base.split("\n")
    text, items = (edit.text, edit.items) if edit.text else (first, tuple(rest))
    return Block(edit.key, Paragraph(*written(text, items, (), edit.base), numbered=edit.state != "left_out"), ())


def _own(edit: Edit, marks: dict[str, Mark]) -> Block:
    marks[edit.key] = Mark("own", edit.version, after=edit.after)
    return Block(edit.key, Paragraph(*written(edit.text, edit.items, ())), ())


def _insert(parts: list[Heading | Block], place: int, block: Block) -> None:
    """Put a paragraph in, bold where its neighbours are."""
    beside = [part for part in parts[max(place - 1, 0) : place + 1] if isinstance(part, Block)]
    bold = bool(beside) and all(part.paragraph.bold for part in beside)
    parts.insert(place, replace(block, paragraph=replace(block.paragraph, bold=bold)))


def _anchored(parts: list[Heading | Block], after: str) -> int:
    """Where own paragraphs stand: behind their anchor or before it; at the end of the section that the anchor had."""
    anchor = after.removeprefix(BEFORE)
    for place, part in enumerate(parts):
        if isinstance(part, Block) and part.key == anchor:
            return place if after.startswith(BEFORE) else place + 1
    return _end_of(parts, anchor)


def _end_of(parts: list[Heading | Block], key: str) -> int:
    """Behind the last paragraph that shares most of the key, else at the end of the section it belongs to."""
    names = key.split(":")
    keys = [part.key.split(":") if isinstance(part, Block) else [] for part in parts]
    for length in range(len(names) - 1, 0, -1):
        alike = [place for place, other in enumerate(keys) if other[:length] == names[:length]]
        if alike:
            place = alike[-1] + 1
            while place < len(parts) and keys[place][:1] == ["own"]:
                place += 1
            return place
    section = _SECTIONS.get(names[0], 1)
    later = [place for place, other in enumerate(keys) if other and _SECTIONS.get(other[0], 1) > section]
    place = later[0] if later else len(parts)
    while place and later and isinstance(parts[place - 1], Heading):
        place -= 1
    return place
