"""What the rapporteur makes of the draft's paragraphs. Each change is one line of the log, which is their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from exports.text import one_line
from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.report import DraftParagraph
from meetings.refusals import Refused, Stale
from meetings.report.commands.shared import begin, check_version, log
from meetings.report.queries import changes_so_far, edited_draft
from meetings.report.rules.draft import Block
from meetings.report.rules.edited import EditedDraft, Mark, target, written
from meetings.report.rules.notation import paragraph_to_lines, to_notation
from meetings.report.rules.placing import Place, beside, moved
from meetings.report.rules.wording import Text


def edit_paragraph(
    *,
    meeting_id: int,
    key: str,
    version: int,
    text: str,
    items: Sequence[str],
    base: str,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Put other words in a paragraph's place; the compiler's own words make it a compiled one again.

    `version` 0 is a paragraph that nobody touched. `base` is what was compiled when the page was shown (in lines, as
    `paragraph_to_lines` gives them), so that what has changed since is marked. Refuses where somebody else has
    changed the paragraph since, and text without a word.
    """
    typed = _typed(text, items)
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.row is not None and known.row.state == "left_out":
            raise Refused(_("This paragraph is left out. Put it back first."))
        if _reads_as(known.block, typed):
            return
        before = _state(known.row, known.block)
        row = known.row
        if known.compiled is not None and _reads_as(known.compiled, typed):
            if row is not None:
                _forget(row, "paragraph.compiled", known, actor, now)
            return
        if row is None:
            row = _touched(known, "edited", now)
        row.text, *row.items = _as_read(typed, known.compiled or known.block)
        if known.compiled is not None:
            row.base = base
        _note(row, "paragraph.edited", before, known, actor, now)


def leave_out(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> None:
    """Keep a compiled paragraph out of the report; it can be put back. Refuses the summary, which has its box."""
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.draft.summary.key == key:
            raise Refused(_("The summary cannot be left out: edit it instead."))
        if known.mark is not None and known.mark.state == "own":
            raise Refused(_("This paragraph is the rapporteurs’ own: it can be removed."))
        if known.row is not None and known.row.state == "left_out":
            return
        before = _state(known.row, known.block)
        row = known.row or _touched(known, "left_out", now)
        row.state = "left_out"
        _note(row, "paragraph.left_out", before, known, actor, now)


def put_back(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> None:
    """Take a paragraph that was left out into the report again, with the words it had."""
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.row is None or known.row.state != "left_out":
            return
        if not known.row.text and known.compiled is not None:
            _forget(known.row, "paragraph.put_back", known, actor, now)
            return
        before = _state(known.row, known.block)
        if not known.row.text:  # it is compiled no more: what it said then is what there is of it
            known.row.text, *rest = known.row.base.split("\n")
            known.row.items = rest
        known.row.state = "edited"
        _note(known.row, "paragraph.put_back", before, known, actor, now)


def back_to_compiled(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> None:
    """Take the compiler's words of today in place of the edited ones, which stay in the history."""
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.row is None:
            return
        if known.compiled is None:
            raise Refused(_("Nothing is compiled in this paragraph’s place: it can be removed."))
        _forget(known.row, "paragraph.compiled", known, actor, now)


def accept_beneath(*, meeting_id: int, key: str, version: int, base: str, actor: Actor, now: dt.datetime) -> None:
    """Keep the edited words: what changed underneath, `base` now, was looked at. Refuses where it changed once more."""
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.row is None or known.compiled is None:
            return
        lines = paragraph_to_lines(known.compiled.paragraph)
        if lines == known.row.base:
            return
        if lines != base:
            raise Stale(_("What is compiled has changed once more: look at it again."))
        before, known.row.base = known.row.base, lines
        _rise(known.row, now)
        log(
            "paragraph.looked_at",
            meeting_id,
            target(key),
            actor,
            now,
            before={"compiled": before},
            after={"compiled": lines},
        )


def add_paragraph(
    *,
    meeting_id: int,
    beside_key: str,
    before: bool,
    text: str,
    items: Sequence[str],
    actor: Actor,
    now: dt.datetime,
) -> str:
    """Add a paragraph of the rapporteur's own behind (or before) another one; gives its key."""
    first, *lettered = map(to_notation, _read(_typed(text, items), ""))
    with transaction():
        meeting = begin(meeting_id, now)
        meeting.last_key += 1
        key = f"own:{meeting.last_key}"
        place = beside(edited_draft(meeting_id), key, beside_key, before=before)
        if place is None:
            raise Refused(_("The paragraph beside which this one was to stand is no longer in the draft."))
        row = DraftParagraph(
            meeting_id=meeting_id, key=key, state="own", text=first, items=lettered, after=place.after, edited_at=now
        )
        row.version = 1
        db.session.add(row)
        db.session.flush()
        _put(meeting_id, place)
        log("paragraph.added", meeting_id, target(key), actor, now, after=_state(row, None))
        return key


def move_paragraph(*, meeting_id: int, key: str, version: int, up: bool, actor: Actor, now: dt.datetime) -> None:
    """Move an own paragraph over the one above or below it; at the end it stays."""
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.row is None or known.row.state != "own":
            raise Refused(_("Only a paragraph of one’s own can be moved."))
        place = moved(known.draft, key, up=up)
        if place is None:
            return
        before = {"after": known.row.after}
        _put(meeting_id, place)
        _rise(known.row, now)
        log("paragraph.moved", meeting_id, target(key), actor, now, before=before, after={"after": known.row.after})


def remove_own(*, meeting_id: int, key: str, version: int, actor: Actor, now: dt.datetime) -> None:
    """Remove an own paragraph, or an edited one that is compiled no more. Its words stay in its history."""
    with transaction():
        known = _known(meeting_id, key, version, now)
        if known.row is None:
            return
        if known.compiled is not None:
            raise Refused(_("This paragraph is compiled: it can be left out."))
        _forget(known.row, "paragraph.removed", known, actor, now)


@dataclass(frozen=True, slots=True)
class _Known:
    """A paragraph as a command finds it: its row (None where nobody touched it), and what stands in the draft."""

    meeting_id: int
    key: str
    row: DraftParagraph | None
    block: Block
    compiled: Block | None
    draft: EditedDraft
    mark: Mark | None


def _known(meeting_id: int, key: str, version: int, now: dt.datetime) -> _Known:
    """Lock the meeting, refuse what is stale or gone, and find the paragraph."""
    begin(meeting_id, now)
    row = locked(DraftParagraph, DraftParagraph.meeting_id == meeting_id, DraftParagraph.key == key)
    check_version(row.version if row else 0, version)
    draft = edited_draft(meeting_id)
    blocks = (draft.summary, *(part for part in draft.whole if isinstance(part, Block)))
    block = next((each for each in blocks if each.key == key), None)
    if block is None:
        raise Refused(_("This paragraph is no longer in the draft: what it rested on is gone."))
    mark = draft.marks.get(key)
    return _Known(meeting_id, key, row, block, mark.compiled if mark else block, draft, mark)


def _typed(text: str, items: Sequence[str]) -> list[str]:
    """Typed text and items, a line each."""
    typed = one_line(text)
    if not typed:
        raise Refused(_("A paragraph needs words. To keep it out of the report, leave it out."))
    return [typed, *filter(None, map(one_line, items))]


def _read(typed: list[str], known: str) -> list[Text]:
    """Typed lines as the report carries them, with the gaps that lines of the paragraph have."""
    content, items = written(typed[0], typed[1:], (), known)
    return [content, *items]


def _as_read(typed: list[str], block: Block) -> list[str]:
    """Typed lines in the notation that the form will show."""
    return list(map(to_notation, _read(typed, paragraph_to_lines(block.paragraph))))


def _reads_as(block: Block, typed: list[str]) -> bool:
    """Whether typed lines read like a paragraph, however their signs are set."""
    return _as_read(typed, block) == [one_line(line) for line in paragraph_to_lines(block.paragraph).split("\n")]


def _touched(known: _Known, state: str, now: dt.datetime) -> DraftParagraph:
    """A new row; its version goes on from the changes so far, so that no page of before fits it."""
    row = DraftParagraph(
        meeting_id=known.meeting_id,
        key=known.key,
        state=state,
        base=paragraph_to_lines(known.block.paragraph),
        items=[],
        edited_at=now,
        version=changes_so_far(known.meeting_id, known.key),
    )
    db.session.add(row)
    return row


def _rise(row: DraftParagraph, now: dt.datetime) -> None:
    row.version += 1
    row.edited_at = now


def _note(
    row: DraftParagraph, kind: str, before: dict[str, Any], known: _Known, actor: Actor, now: dt.datetime
) -> None:
    _rise(row, now)
    log(kind, known.meeting_id, target(known.key), actor, now, before=before, after=_state(row, known.compiled))


def _forget(row: DraftParagraph, kind: str, known: _Known, actor: Actor, now: dt.datetime) -> None:
    """Nobody has touched the paragraph any more, or it is gone; the log keeps what it said."""
    before = _state(row, known.block)
    db.session.delete(row)
    after = _state(None, known.compiled) if known.compiled else None
    log(kind, known.meeting_id, target(known.key), actor, now, before=before, after=after)


def _state(row: DraftParagraph | None, block: Block | None) -> dict[str, Any]:
    """A paragraph as its history shows it: its state, and its words in lines."""
    words = "\n".join((row.text, *row.items)) if row is not None and row.text else None
    if words is None and block is not None:
        words = paragraph_to_lines(block.paragraph)
    return {"state": row.state if row is not None else "compiled", "text": words or ""}


def _put(meeting_id: int, place: Place) -> None:
    """Write where own paragraphs stand."""
    query = sa.select(DraftParagraph).where(DraftParagraph.meeting_id == meeting_id, DraftParagraph.key.in_(place.keys))
    for row in db.session.scalars(query):
        row.after, row.position = place.after, place.keys.index(row.key)
