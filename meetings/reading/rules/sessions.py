"""The programme of work: sessions and their parts, out of the paragraphs of a programme. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from meetings.reading.rules import clock
from meetings.reading.rules.blocks import Block
from meetings.reading.rules.people import lone_person, people_after, person_in, title_and_people
from meetings.reading.rules.result import Doubt, Person, Remark, Session
from meetings.reading.rules.vocabulary import (
    PAUSES,
    is_bare,
    kind_of,
    label_of,
    role_of,
    speaks_of_panels,
)
from meetings.reading.rules.zones import stated

CAP_MINUTES = 45  # the rule of the floor (meetings/floor/rules), held equal by a test

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
_TABLE_HEAD = re.compile(
    r"(?:time|times|hour|hours|heures?|horaires?|hora|horario)\b.{0,40}|sessions?|items?|activit(?:y|ies)"
    r"|topics?|subjects?|programme|agenda"
    r"|séances?|activités?|sujets?|thèmes?|points?|sesi(?:ón|ones)|actividad(?:es)?|temas?|programa|speakers?"
    r"|intervenants?|ponentes"
    r"|oradores|responsables?|room|salle|sala|moderat(?:or|ion)|duration|durée|duración|remarks|notes?"
    r"|description|descripción|roles?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Draft:
    """A session while it is read. `bare` is its kind where the row that has its time says nothing else."""

    title: str = ""
    label: str = ""
    day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    kind: str = ""
    bare: str = ""
    room: str = ""
    track: str = ""
    description: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    parts: list[Draft] = field(default_factory=list)
    presentations: int | None = None
    floor: int | None = None
    each_presentations: int | None = None
    each_floor: int | None = None
    role: str = ""  # of those who are listed next
    replies: int | None = None
    limit_seconds: int | None = None
    own: bool = False  # written by Rostrum: nothing in it is guessed
    lines: list[int] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Its label and title."""
        return ": ".join(filter(None, (self.label, self.title)))


@dataclass(slots=True)
class Programme:
    """The programme while it is read, from the paragraphs that `note` hands over one by one."""

    sessions: list[Draft] = field(default_factory=list)
    waiting: list[Draft] = field(default_factory=list)  # with a time, without a title
    loose: list[Block] = field(default_factory=list)  # with neither, before the first session
    remarks: list[Remark] = field(default_factory=list)
    day: dt.date | None = None
    floor_each: int | None = None  # what the note says of every session
    zone_text: str = ""
    columns: tuple[str, ...] = ()

    @property
    def current(self) -> Draft | None:
        """The session or part that is being described."""
        if not self.sessions:
            return None
        session = self.sessions[-1]
        return session.parts[-1] if session.parts else session

    @property
    def last(self) -> Draft | None:
        """The last session."""
        return self.sessions[-1] if self.sessions else None


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
    _title(draft, cells[0], block.numbers)
    for place, cell in enumerate(cells[1:], 1):
        _further_cell(draft, cell, programme.columns[place + 1 :][:1], block.numbers)
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
                _title(each, block.said, block.numbers)
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
            _title(draft, block.said, block.numbers)
            programme.sessions.append(draft)
        elif draft is not None:
            draft.description.append(block.said)
        if draft is not None:
            draft.lines += block.numbers
    programme.waiting.clear()
    return len(column)


def _is_plain_heading(block: Block) -> bool:
    return block.begins == "heading" and block.first.style == "heading"


def labelled(programme: Programme, block: Block, following: Sequence[Block]) -> bool:
    """A line as “Dialogue 1: Title”: the title of the session above, a part of it, or a session without a time."""
    found = label_of(block.said)
    if found is None:
        return False
    if programme.waiting:
        draft = programme.waiting.pop()
        programme.waiting.clear()
        _title(draft, block.said, block.numbers)
        draft.lines += block.numbers
        programme.sessions.append(draft)
        return True
    below = time_in(following[0]) if following else None
    if below is not None and not below[1].strip(" |:–-."):
        programme.loose.append(block)  # its time is on the next line
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
        _title(session, block.said, block.numbers)
        session.bare, session.kind = "", session.kind or kind
        session.lines += block.numbers
        return True
    draft = Draft(day=programme.day, lines=list(block.numbers))
    _title(draft, block.said, block.numbers)
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
        _title(draft, block.said, block.numbers)
        draft.lines += block.numbers
        programme.sessions.append(draft)
        return True
    current = programme.current
    if current is None:
        return False
    current.lines += block.numbers
    for piece in [block.said] if block.begins != "row" else block.said.split(" | "):
        _describe(programme, current, piece, block)
    return True


def _describe(programme: Programme, draft: Draft, said: str, block: Block) -> None:
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
        _title(draft, said, block.numbers)
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


def _title(draft: Draft, said: str, numbers: tuple[int, ...]) -> None:
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


def _further_cell(draft: Draft, cell: str, column: tuple[str, ...], numbers: tuple[int, ...]) -> None:
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
