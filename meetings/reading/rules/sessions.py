"""The programme of work: sessions and their parts, out of the paragraphs of a programme. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from meetings.reading.rules import clock
from meetings.reading.rules.blocks import Block
from meetings.reading.rules.details import describe, take_cell, take_title
from meetings.reading.rules.drafts import CAP_MINUTES, Draft, Programme
from meetings.reading.rules.result import Doubt, Remark, Session
from meetings.reading.rules.vocabulary import PAUSES, kind_of, label_of, speaks_of_panels
from meetings.reading.rules.zones import stated

_TABLE_HEAD = re.compile(
    r"(?:time|times|hour|hours|heures?|horaires?|hora|horario)\b.{0,40}|sessions?|items?|activit(?:y|ies)"
    r"|topics?|subjects?|programme|agenda"
    r"|séances?|activités?|sujets?|thèmes?|points?|sesi(?:ón|ones)|actividad(?:es)?|temas?|programa|speakers?"
    r"|intervenants?|ponentes"
    r"|oradores|responsables?|room|salle|sala|moderat(?:or|ion)|duration|durée|duración|remarks|notes?"
    r"|description|descripción|roles?",
    re.IGNORECASE,
)


def time_in(block: Block) -> tuple[clock.Stretch, str] | None:
    """The time that a paragraph or row begins with and what is left of it; None where it is no line of a programme."""
    if block.begins == "row":
        cells = block.said.split(" | ")
        for place, cell in enumerate(cells):
            found = clock.leading(cell)
            if found and (len(cells) == 1 or not cell[found.to :].strip(" .:hrs") or place == 0):
                rest = [cell[found.to :].strip(" .:–—-"), *cells[:place], *cells[place + 1 :]]
                return found, " | ".join(filter(None, rest))
        return None
    found = clock.leading(block.said)
    return None if found is None else (found, block.said[found.to :])


def is_table_head(block: Block) -> bool:
    """Whether a row only says what its columns are: “Time | Session”."""
    cells = block.said.split(" | ")
    return block.begins == "row" and all(_TABLE_HEAD.fullmatch(cell.strip(" :*")) for cell in cells)


def timed(programme: Programme, block: Block, found: clock.Stretch, rest: str, following: Sequence[Block]) -> None:
    """A line with a time: a new session, or one whose title comes below."""
    end = found.end
    if end is not None and end <= found.start:
        programme.remarks.append(Remark(block.numbers[0], Doubt.BACKWARDS, f"{found.start:%H:%M} – {end:%H:%M}"))
        end = None
    draft = Draft(day=programme.day, start=found.start, end=end, lines=list(block.numbers))
    rest = rest.strip(" \t:|–—-.,;")
    zone = re.match(r"\(?(?:[A-Z]{3,4}|UTC\S*|GMT\S*)\)?(?:\s*\((?:UTC|GMT)[^)]*\))?(?=\s|$|:)", rest)
    if zone and stated(zone[0]):
        programme.zone_text = programme.zone_text or zone[0]
        rest = rest[zone.end() :].strip(" \t:|–—-.,;")
    if not rest:
        _untitled(programme, draft, following)
        return
    cells = rest.split(" | ")
    take_title(draft, cells[0], block.numbers)
    for place, cell in enumerate(cells[1:], 1):
        take_cell(draft, cell, programme.columns[place + 1 :][:1], block.numbers)
    programme.waiting.clear()
    programme.sessions.append(draft)


def _untitled(programme: Programme, draft: Draft, following: Sequence[Block]) -> None:
    """A time alone: its title was read just before, or comes next."""
    programme.waiting.append(draft)
    next_is_time = bool(following) and time_in(following[0]) is not None
    loose = programme.loose
    if loose and not next_is_time and len(loose) == len(programme.waiting):
        nothing_below = not following or following[0].begins in ("heading", "label")
        if len(loose) == 1 or nothing_below:
            for each, block in zip(programme.waiting, loose, strict=True):
                take_title(each, block.said, block.numbers)
                each.lines = [*block.numbers, *each.lines]
                programme.sessions.append(each)
            programme.waiting.clear()
            loose.clear()


def spread(programme: Programme, following: Sequence[Block]) -> int:
    """Give titles that stand in a column of their own to the times above them; gives how many paragraphs that took.

    As many titles as times, or as many short ones with what describes them below each.
    """
    count = len(programme.waiting)
    column = list(
        takewhile(lambda block: block.begins in ("", "label", "bullet") or _is_plain_heading(block), following)
    )
    column = [block for block in column if time_in(block) is None]
    short = [block for block in column if len(block.said) <= 110 and not block.said.endswith(".")]
    titles = column if len(column) == count else short
    if len(titles) != count or column[:1] != titles[:1]:
        return 0
    sessions = iter(programme.waiting)
    draft: Draft | None = None
    for block in column:
        if block in titles:
            draft = next(sessions)
            take_title(draft, block.said, block.numbers)
            programme.sessions.append(draft)
        elif draft is not None:
            draft.description.append(block.said)
        if draft is not None:
            draft.lines += block.numbers
    programme.waiting.clear()
    return len(column)


def _is_plain_heading(block: Block) -> bool:
    return block.begins == "heading" and block.first.style == "heading"


def is_over_its_time(block: Block, following: Sequence[Block]) -> bool:
    """Whether this is the label and title of a session whose time is alone on the next line."""
    below = time_in(following[0]) if following else None
    return below is not None and not below[1].strip(" |:–-.") and label_of(block.said) is not None


def labelled(programme: Programme, block: Block, following: Sequence[Block]) -> bool:
    """A line as “Dialogue 1: Title”: the title of the session above, a part of it, or a session without a time."""
    found = label_of(block.said)
    if found is None:
        return False
    if programme.waiting:
        draft = programme.waiting.pop()
        programme.waiting.clear()
        take_title(draft, block.said, block.numbers)
        draft.lines += block.numbers
        programme.sessions.append(draft)
        return True
    if is_over_its_time(block, following):
        programme.loose.append(block)
        return True
    session = programme.last
    if (
        session is not None
        and session.bare
        and not session.label
        and not session.parts
        and not _more(found.label, following)
    ):
        kind = session.bare
        take_title(session, block.said, block.numbers)
        session.bare, session.kind = "", session.kind or kind
        session.lines += block.numbers
        return True
    draft = Draft(day=programme.day, lines=list(block.numbers))
    take_title(draft, block.said, block.numbers)
    if session is None or session.start is None or session.kind in PAUSES:
        programme.sessions.append(draft)
    else:
        draft.day = None
        session.parts.append(draft)
    return True


def _more(label: str, following: Sequence[Block]) -> bool:
    """Whether another line with such a label comes before the next time."""
    name = label.split()[0].casefold()
    for block in following:
        if time_in(block) is not None:
            return False
        other = label_of(block.said)
        if other and other.label.split()[0].casefold() == name:
            return True
    return False


def described(programme: Programme, block: Block) -> bool:
    """What stands below a session: who does what in it, minutes, its description. False where there is no session."""
    if programme.waiting:
        if block.begins == "role" or len(block.said) > 250:
            return False
        draft = programme.waiting.pop()
        for lost in programme.waiting:
            programme.remarks.append(Remark(lost.lines[0], Doubt.BAD_TIME, f"{lost.start:%H:%M}"))
        programme.waiting.clear()
        take_title(draft, block.said, block.numbers)
        draft.lines += block.numbers
        programme.sessions.append(draft)
        return True
    current = programme.current
    if current is None:
        return False
    current.lines += block.numbers
    for piece in [block.said] if block.begins != "row" else block.said.split(" | "):
        describe(programme, current, piece, block)
    return True


def finished(programme: Programme, text: str, *, opens_floor: bool) -> list[Session]:
    """The sessions with their kinds and floors, each followed by its parts. `text` is the whole note."""
    panels = speaks_of_panels(text)
    found: list[Session] = []
    drafts = programme.sessions
    if not any(each.end or each.own for each in drafts):
        _ends_taken(programme)
    for draft in drafts:
        place = len(found)
        found.append(_session(programme, draft, None, panels=panels, opens_floor=opens_floor))
        for part in draft.parts:
            part.presentations = part.presentations if part.presentations is not None else draft.each_presentations
            part.floor = part.floor if part.floor is not None else draft.each_floor
            found.append(_session(programme, part, place, panels=panels, opens_floor=opens_floor))
    return found


def _ends_taken(programme: Programme) -> None:
    """In a programme that says only when each session starts, it lasts until the next one does."""
    timed_ones = [each for each in programme.sessions if each.start]
    for draft, after in pairwise(timed_ones):
        if draft.start and after.start and draft.day == after.day and draft.start < after.start:
            draft.end = after.start
            programme.remarks.append(
                Remark(draft.lines[0], Doubt.END_TAKEN, f"{draft.start:%H:%M}", f"{draft.end:%H:%M}")
            )


def _session(programme: Programme, draft: Draft, part_of: int | None, *, panels: bool, opens_floor: bool) -> Session:
    kind = draft.kind
    if not kind or (
        kind == "dialogue" and panels and draft.label and not draft.own and "ialog" not in draft.label.lower()
    ):
        kind = kind_of(draft.title, draft.label, panels=panels)
    floor, presentations = draft.floor, draft.presentations
    if not draft.own:
        if draft.parts:
            floor = None
        elif part_of is None:
            floor = floor if floor is not None else draft.each_floor
            presentations = presentations if presentations is not None else draft.each_presentations
            if floor is None and kind in ("panel", "dialogue", "interactive_dialogue"):
                floor = programme.floor_each or (CAP_MINUTES if opens_floor else None)
                if floor is not None and programme.floor_each is None:
                    programme.remarks.append(Remark(draft.lines[0], Doubt.FLOOR_UNSTATED, "", str(CAP_MINUTES)))
    if floor is not None and floor > CAP_MINUTES:
        programme.remarks.append(Remark(draft.lines[0], Doubt.TOO_LONG, str(floor), str(CAP_MINUTES)))
        floor = CAP_MINUTES
    return Session(
        title=draft.title,
        kind=kind,
        day=draft.day,
        start=draft.start,
        end=draft.end,
        label=draft.label,
        description="\n\n".join(draft.description),
        track=draft.track,
        room=draft.room,
        part_of=part_of,
        presentations_minutes=presentations,
        replies_minutes=draft.replies,
        limit_seconds=draft.limit_seconds,
        floor_minutes=floor or None,
        people=tuple(draft.people),
        lines=tuple(dict.fromkeys(draft.lines)),
    )
