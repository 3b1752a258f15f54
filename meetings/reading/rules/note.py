"""Recognises a concept note or a programme: the meeting, what it is for, its documents, its programme. Pure.

It goes through the paragraphs in order and knows in which part of the note it is. Nothing is dropped: what no part
takes is listed as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import overload

from exports.phrases import LANGUAGES
from meetings.reading.rules import clock, own, sessions
from meetings.reading.rules.blocks import Block, parted
from meetings.reading.rules.days import days
from meetings.reading.rules.details import minutes_of
from meetings.reading.rules.documents import documents_in, matched
from meetings.reading.rules.head import LONG, QUOTES, day_in
from meetings.reading.rules.parts import PartsReader
from meetings.reading.rules.places import Place
from meetings.reading.rules.result import Doubt, Questions, Reading, Remark
from meetings.reading.rules.source import Source
from meetings.reading.rules.vocabulary import Section, heading_of, leads_to_objectives, tells_the_format

_EMPTY = {words.empty for words in LANGUAGES.values()}
_LONGEST_TITLE = 300
_EVERY = re.compile(
    r"\b(?:each|every|per|chaque|par|cada|por)\s+(?:session|panel|dialogue|segment|séance|sesión|diálogo)", re.I
)
_OPENS = re.compile(
    r"\bthe floor (?:will|shall|is)\b[^.]*\bopen|\bopen (?:the )?floor\b|\binterventions? from the floor\b"
    r"|\bopen to (?:all )?participants"
    r"|\bla parole sera (?:donnée|ouverte)|\binterventions? (?:de la salle|des participants)"
    r"|\b(?:se abrirá|se dará) (?:el turno de|la) palabra|\bintervenciones? (?:del público|de los? participantes)",
    re.IGNORECASE,
)


def read(source: Source) -> Reading:
    """What a source says. Any source is read; what is not understood is listed by line."""
    return _Reader(parted(source), source.language).read()


class _Following(Sequence[Block]):
    """The paragraphs from one on, without a copy of them."""

    def __init__(self, blocks: Sequence[Block], start: int) -> None:
        self._blocks, self._start = blocks, start

    def __len__(self) -> int:
        return max(0, len(self._blocks) - self._start)

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Block]: ...
    def __getitem__(self, place: int | slice) -> Block | Sequence[Block]:
        """One of them, counted from the first."""
        if isinstance(place, slice) or place < 0:
            raise TypeError("only one after the other")
        return self._blocks[self._start + place]


@dataclass(slots=True)
class _Reader(PartsReader):
    """Gives each paragraph to the part of the note that it belongs to."""

    last_time: int = -1  # the place of the last paragraph that begins with a time
    place_read: int = 0

    def read(self) -> Reading:
        blocks = self.found.blocks
        place = 0
        self.last_time = max((at for at, block in enumerate(blocks) if sessions.time_in(block)), default=-1)
        while place < len(blocks):
            self.place_read = place
            place += self._take(blocks[place], _Following(blocks, place + 1))
        return self._reading()

    def _take(self, block: Block, following: Sequence[Block]) -> int:
        """Give a paragraph to the part of the note that it belongs to; gives how many were taken."""
        if own.is_row(block):
            self.in_programme, self.section = True, "programme"
            return own.take(self.programme, block, following, self._day(), self.language)
        if self._own_line(block):
            return 1
        if sessions.is_table_head(block):
            self.programme.columns = tuple(block.said.split(" | "))
            self._zone(block.said, block.numbers)
            self.found.aside.update(block.numbers)
            return 1
        if (found := sessions.time_in(block)) is not None and not self._hours_line(block, found):
            return self._timed(block, *found, following)
        if found is not None:
            self._hours(block)
            return 1
        if self._repeated(block) or self._heading(block, following):
            return 1
        if (block.begins == "date" or _is_day_heading(block)) and self._date_line(block):
            return 1
        if self._numbered_day(block) or self._row_of_note(block, following):
            return 1
        if block.begins == "place" and not self.in_programme and self._place_line(block):
            return 1
        self._by_section(block, following)
        return 1

    def _times_follow(self) -> bool:
        return self.place_read < self.last_time

    def _own_line(self, block: Block) -> bool:
        """What a document that Rostrum wrote says of itself, and its place, whatever it is called."""
        if block.said in _EMPTY:
            return self._put_aside(block)
        match block.first.own:
            case "version":
                return self._put_aside(block)
            case "format":
                self._format(replace(block, said=_after_heading(block.said), begins=""))
                return True
            case "meeting line" if not days(block.said) and not clock.stretches(block.said):
                return self._place_line(block) or self._set_place(
                    Place(venue=block.said, mode="in_person"), block.numbers
                )
        return False

    def _timed(self, block: Block, found: clock.Stretch, rest: str, following: Sequence[Block]) -> int:
        self.in_programme = True
        self.section = "programme"
        if (day := day_in(rest, self._year())) is not None and day.at < 3:
            self._new_day(day, block)
            rest = rest[day.to :]
        self.programme.day = self.programme.day or self._day()
        if self.programme.waiting and rest.strip(" |:–-."):
            self.programme.waiting.clear()
        sessions.timed(self.programme, block, found, rest, following)
        waiting = self.programme.waiting
        if len(waiting) > 1 and not (following and sessions.time_in(following[0])):
            return 1 + sessions.spread(self.programme, following)
        return 1

    def _by_section(self, block: Block, following: Sequence[Block]) -> None:
        if self._contact(block):
            return
        if sessions.is_over_its_time(block, following):
            self.in_programme, self.section = True, "programme"
        match self.section:
            case "head" | "when" | "where" | "name":
                self._head(block, following)
            case "objectives":
                self._objective(block)
            case "questions":
                self._question(block)
            case "documents":
                self._document(block)
            case "format":
                self._format(block)
            case "programme":
                self._programme(block, following)
            case "background":
                self._background(block)

    def _row_of_note(self, block: Block, following: Sequence[Block]) -> bool:
        """A row of a table that holds the note itself: “Format | The meeting will …”."""
        head, bar, rest = block.said.partition(" | ")
        if block.begins != "row" or not bar or (found := heading_of(head)) is None or found[1]:
            return False
        whole = replace(block, said=f"{head.rstrip(' :')}: {rest}", begins="heading")
        return self._heading(whole, following)

    def _heading(self, block: Block, following: Sequence[Block]) -> bool:
        found = heading_of(block.said)
        if found is None:
            return False
        name, rest = found
        within = self.in_programme and self.programme.current is not None and self._times_follow()
        if name in ("when", "where"):
            return self._labelled(block, name, rest)
        if name == "contact" and rest:
            return self._contact(block)
        if within and name in ("objectives", "background", "documents") and block.first.style != "title":
            return sessions.described(self.programme, block)
        if within and name == "questions":
            theme = self.programme.last.heading if self.programme.last else ""
            self.questions.append(Questions(theme, (), block.numbers))
            self.section = "questions"
            return True
        if within and name == "format" and rest:
            self.format.append(rest)
            self._note("format", block.numbers)
            return True
        self._begin(name, block)
        if rest:
            self._by_section(replace(block, said=rest, begins=""), following)
        return True

    def _begin(self, name: Section, block: Block) -> None:
        """A part of the note begins."""
        self.found.aside.update(block.numbers)
        if name == "name":
            self.section = "head"
            return
        self.section = name
        if name == "programme":
            self.in_programme = True
        elif name == "questions":
            self.questions.append(Questions("", (), ()))

    def _labelled(self, block: Block, name: Section, rest: str) -> bool:
        """“Date: 22 July 2025”, “Venue: Room XXIV, Geneva”; the heading alone leads to lines below."""
        if not rest:
            self._begin(name, block)
            return True
        short = replace(block, said=rest, begins="")
        if name == "when":
            return self._date_line(short) or self._hours_alone(short)
        if self._place_line(short):
            return True
        if not (self.place.venue or self.place.city):
            return self._set_place(Place(venue=rest, mode="in_person"), block.numbers)
        return False

    def _head(self, block: Block, following: Sequence[Block]) -> None:
        said = block.said
        if self.section == "when" and (self._date_line(block) or self._hours_alone(block)):
            return
        if self.section in ("when", "where") and self._place_line(block):
            return
        if documents_in(said, block.numbers):
            self._document(block)
        elif len(said) > LONG or leads_to_objectives(said) or block.begins == "bullet":
            self._background(block)
        elif not self.title and len(said) < _LONGEST_TITLE:
            self.title = said.strip(QUOTES) or said
            self._note("title", block.numbers)
        elif not self.subtitle and self._is_subtitle(block, following):
            self.subtitle = said.strip(QUOTES) or said
            self._note("subtitle", block.numbers)
        elif (self.days or self.place.mode) and len(said) > 90:
            self._background(block)

    def _programme(self, block: Block, following: Sequence[Block]) -> None:
        if block.begins in ("label", "bullet", "heading", "row") and sessions.labelled(
            self.programme, block, following
        ):
            return
        if sessions.described(self.programme, block):
            return
        if self._times_follow() and len(block.said) <= LONG:
            self.programme.loose.append(block)
        elif tells_the_format(block.said):
            self.format.append(block.said)
            self._note("format", block.numbers)

    def _reading(self) -> Reading:
        text = " ".join(block.said for block in self.found.blocks)
        result = matched(self.documents, self.found.links, text)
        for document in result.by_order:
            self.remarks.append(Remark(document.lines[-1], Doubt.LINK_BY_ORDER, document.url, document.symbol))
        format_text = " ".join(self.format)
        if _EVERY.search(format_text):
            self.programme.floor_each = minutes_of(format_text).get("open")
        all_sessions = sessions.finished(self.programme, text, opens_floor=bool(_OPENS.search(format_text)))
        head = self._meeting_head()
        background = self._with_notes()
        kept = [each for each in self.questions if each.questions or each.theme]
        used = {
            *(number for numbers in self.where.values() for number in numbers),
            *(number for each in self.sittings for number in each.lines),
            *(number for _, numbers in self.objectives for number in numbers),
            *(number for each in self.questions for number in each.lines),
            *(number for each in result.documents for number in each.lines),
            *(number for each in all_sessions for number in each.lines),
            *self.found.aside,
        }
        return Reading(
            head=head,
            head_lines=self.where,
            sittings=tuple(self.sittings),
            background=background,
            format="\n\n".join(self.format),
            objectives=tuple(self.objectives),
            questions=tuple(kept),
            documents=result.documents,
            sessions=tuple(all_sessions),
            remarks=tuple(sorted([*self.remarks, *self.programme.remarks], key=lambda each: each.line)),
            aside=frozenset(self.found.aside),
            used=frozenset(used),
            not_understood=tuple(sorted(self._every_line() - used)),
        )

    def _every_line(self) -> set[int]:
        found = {number for block in self.found.blocks for number in block.numbers}
        found |= {number for note in self.found.notes for number in note.numbers}
        return found | {number for link in self.found.links for number in link.numbers} | self.found.aside


def _after_heading(said: str) -> str:
    found = heading_of(said)
    return found[1] if found and found[1] else said


def _is_day_heading(block: Block) -> bool:
    """Whether a heading is a day and nothing else."""
    if block.begins != "heading" or block.first.style != "heading":
        return False
    found = days(block.said)
    return bool(found) and len(block.said) - (found[0].to - found[0].at) < 8
