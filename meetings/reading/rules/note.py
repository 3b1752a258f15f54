"""Recognises a concept note or a programme: the meeting, what it is for, its documents, its programme. Pure.

It goes through the paragraphs in order and knows in which part of the note it is. Nothing is dropped: what no part
takes is listed as not understood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from exports.phrases import LANGUAGES
from meetings.reading.rules import clock, own, sessions
from meetings.reading.rules.blocks import Block, Note, Parted, parted
from meetings.reading.rules.days import Day, days
from meetings.reading.rules.documents import documents_in, matched, plain_document
from meetings.reading.rules.places import Place, place_in
from meetings.reading.rules.result import Document, Doubt, Head, Numbers, Questions, Reading, Remark, Sitting
from meetings.reading.rules.source import Source
from meetings.reading.rules.vocabulary import Section, heading_of, leads_to_objectives, tells_the_format
from meetings.reading.rules.zones import Stated, stated, zone_for

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_EMPTY = {words.empty for words in LANGUAGES.values()}
_QUOTES = '“”"«»„ '
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DAY_NUMBER = re.compile(r"(?:day|jour|día|jornada|journée)\s*(?:n[o°º]\s*)?(?P<number>[1-9])\b", re.IGNORECASE)
_LONG = 220  # characters: a longer paragraph is no title
_LONGEST_TITLE = 300
_ITEM_END = re.compile(r"(?:\s*[;,.]\s*(?:and|et|y)?|\s(?:and|et|y))$", re.IGNORECASE)
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


@dataclass(slots=True)
class _Reader:
    found: Parted
    language: str = "en"
    section: Section | str = "head"
    explicit: set[str] = field(default_factory=set)  # parts that have a heading of their own with something below it
    programme: sessions.Programme = field(default_factory=sessions.Programme)
    title: str = ""
    subtitle: str = ""
    place: Place = field(default_factory=Place)
    days: list[tuple[Day, int]] = field(default_factory=list)  # of the head, with their lines
    day_heads: list[dt.date] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    stated: Stated = field(default_factory=Stated)
    zone_text: str = ""
    contact: str = ""
    background: list[str] = field(default_factory=list)
    format: list[str] = field(default_factory=list)
    objectives: list[tuple[str, Numbers]] = field(default_factory=list)
    questions: list[Questions] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    where: dict[str, Numbers] = field(default_factory=dict)
    in_programme: bool = False

    def read(self) -> Reading:
        blocks = self.found.blocks
        place = 0
        while place < len(blocks):
            place += self._take(blocks[place], blocks[place + 1 :])
        return self._reading()

    # -- one paragraph after the other ---------------------------------------------------------------------------

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
        if (day := _day_in(rest, self._year())) is not None and day.at < 3:
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

    def _numbered_day(self, block: Block) -> bool:
        """“Day 2” over the sessions of the meeting's second day."""
        match = _DAY_NUMBER.match(block.said)
        span = self._span()
        if match is None or span is None or len(block.said) > 60 or block.begins in ("bullet", "row", "time"):
            return False
        day = span[0] + dt.timedelta(int(match["number"]) - 1)
        written = _day_in(block.said, self._year())
        self._new_day(written or Day(day, day, 0, 0), block)
        return True

    def _row_of_note(self, block: Block, following: Sequence[Block]) -> bool:
        """A row of a table that holds the note itself: “Format | The meeting will …”."""
        head, bar, rest = block.said.partition(" | ")
        if block.begins != "row" or not bar or (found := heading_of(head)) is None or found[1]:
            return False
        whole = replace(block, said=f"{head.rstrip(' :')}: {rest}", begins="heading")
        return self._heading(whole, following)

    # -- headings --------------------------------------------------------------------------------------------------

    def _heading(self, block: Block, following: Sequence[Block]) -> bool:
        found = heading_of(block.said)
        if found is None:
            return False
        name, rest = found
        times_follow = any(sessions.time_in(each) for each in following)
        within = self.in_programme and self.programme.current is not None and times_follow
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

    # -- the head --------------------------------------------------------------------------------------------------

    def _repeated(self, block: Block) -> bool:
        """The head of a second page says again what the meeting is."""
        if not self.title or block.begins in ("bullet", "row", "time") or not _same(block.said, self.title):
            return bool(self.subtitle) and _same(block.said, self.subtitle) and self._put_aside(block)
        self.section = "head"
        return self._put_aside(block)

    def _put_aside(self, block: Block) -> bool:
        self.found.aside.update(block.numbers)
        return True

    def _head(self, block: Block, following: Sequence[Block]) -> None:
        said = block.said
        if self.section == "when" and (self._date_line(block) or self._hours_alone(block)):
            return
        if self.section in ("when", "where") and self._place_line(block):
            return
        if documents_in(said, block.numbers):
            self._document(block)
        elif len(said) > _LONG or leads_to_objectives(said) or block.begins == "bullet":
            self._background(block)
        elif not self.title and len(said) < _LONGEST_TITLE:
            self.title = said.strip(_QUOTES) or said
            self._note("title", block.numbers)
        elif not self.subtitle and self._is_subtitle(block, following):
            self.subtitle = said.strip(_QUOTES) or said
            self._note("subtitle", block.numbers)
        elif (self.days or self.place.mode) and len(said) > 90:
            self._background(block)

    def _is_subtitle(self, block: Block, following: Sequence[Block]) -> bool:
        """What stands between the title and the date."""
        if block.first.style == "subtitle":
            return True
        title = self.where["title"][-1]
        near = block.numbers[0] - title <= 3 and not self.days
        return near and len(block.said) <= 200 and not block.said.endswith((".", ":")) and bool(following)

    def _date_line(self, block: Block) -> bool:
        """A line with the meeting's days, or with the day whose sessions follow."""
        found = days(block.said, self._year())
        if not found or (self.section in ("background", "documents", "objectives", "questions") and self.days):
            return bool(found) and len(block.said) < 60 and self._known(found[0], block)
        day = found[0]
        hours = not self.in_programme and bool(clock.stretches(block.said))
        if self.in_programme or (self.days and (day.first, day.last) != self._span() and not hours):
            self._new_day(day, block)
        elif hours and self.days:
            self._weekday(day, block)
            self._note("dates", block.numbers)
        else:
            self._day_of_meeting(day, block)
        rest = block.said
        for each in reversed(found):
            rest = rest[: each.at] + " " + rest[each.to :]
        self._hours_in(rest, block, day)
        self._zone(rest, block.numbers)
        for stretch in reversed(clock.stretches(rest)):
            rest = rest[: stretch.at] + " " + rest[stretch.to :]
        rest = _without_zone(rest)
        if rest and not self._place_line(replace(block, said=rest)) and len(rest) > 3:
            if self.in_programme or not (rest[:1].isupper() and len(rest) > 12):
                return True
            self._rest_of_date_line(rest, block)
        return True

    def _rest_of_date_line(self, rest: str, block: Block) -> None:
        """“Local rights, 22 July 2025”: the title with the date behind it."""
        if not self.title:
            self.title = rest.strip(_QUOTES + ",–—-")
            self._note("title", block.numbers)

    def _known(self, day: Day, block: Block) -> bool:
        """A date between other parts, on a line of its own: the head again, or nothing that is understood."""
        if self._span() != (day.first, day.last):
            return False
        self._day_of_meeting(day, block)
        self.section = "head"
        return True

    def _day_of_meeting(self, day: Day, block: Block) -> None:
        self.days.append((day, block.numbers[0]))
        self._weekday(day, block)
        self._note("dates", block.numbers)

    def _new_day(self, day: Day, block: Block) -> None:
        self.in_programme = True
        self.section = "programme"
        self.programme.day = day.first
        self.day_heads.append(day.first)
        self._weekday(day, block)
        self._note("dates", block.numbers)

    def _weekday(self, day: Day, block: Block) -> None:
        if day.weekday is not None and day.weekday != day.first.weekday():
            self.remarks.append(
                Remark(block.numbers[0], Doubt.WEEKDAY, block.said[day.at : day.to], day.first.isoformat())
            )
        if day.doubtful:
            self.remarks.append(
                Remark(block.numbers[0], Doubt.DAY_OR_MONTH, block.said[day.at : day.to], day.first.isoformat())
            )

    def _hours_line(self, block: Block, found: tuple[clock.Stretch, str]) -> bool:
        """Whether a line with times says when the meeting sits, and is no session."""
        if block.begins == "row":
            return False
        stretches = clock.stretches(block.said)
        rest = block.said
        for each in reversed(stretches):
            rest = rest[: each.at] + " " + rest[each.to :]
        rest = re.sub(r"\b(?:and|et|y|from|de|du|hrs?|hs|h)\b|[,;&()/+]", " ", _without_zone(rest), flags=re.IGNORECASE)
        if re.search(r"\w", rest) or found[0].end is None:
            return False
        if len(stretches) > 1:
            return True
        return not self.in_programme and (bool(stated(block.said)) or self.section in ("head", "when"))

    def _hours(self, block: Block) -> None:
        self._hours_in(block.said, block, self.days[-1][0] if self.days else None)
        self._zone(block.said, block.numbers)

    def _hours_alone(self, block: Block) -> bool:
        if not clock.stretches(block.said):
            return False
        self._hours(block)
        return True

    def _hours_in(self, text: str, block: Block, day: Day | None) -> None:
        for each in clock.stretches(text):
            if each.end is None:
                continue
            if each.end <= each.start:
                self.remarks.append(Remark(block.numbers[0], Doubt.BACKWARDS, text[each.at : each.to]))
                continue
            of_day = day.first if day and day.first == day.last else None
            self._sitting(Sitting(of_day, each.start, each.end, block.numbers))

    def _sitting(self, new: Sitting) -> None:
        """Hours that are stated once more are the same."""
        for place, old in enumerate(self.sittings):
            if (old.start, old.end) == (new.start, new.end) and (old.day == new.day or None in (old.day, new.day)):
                self.sittings[place] = replace(old, lines=(*old.lines, *new.lines))
                return
        self.sittings.append(new)

    def _zone(self, text: str, numbers: Numbers) -> None:
        found = stated(text)
        if found and not self.stated:
            self.stated = found
            self.zone_text = found.abbreviation or found.name or found.city or text
        if found:
            self._note("zone", numbers)

    def _place_line(self, block: Block) -> bool:
        found = place_in(block.said.strip(" ,;–—-()"))
        if found is None:
            return False
        return self._set_place(found, block.numbers)

    def _set_place(self, found: Place, numbers: Numbers) -> bool:
        old = self.place
        mode = found.mode or old.mode
        if {old.mode, found.mode} == {"online", "in_person"}:
            mode = "hybrid"
        self.place = Place(
            old.venue or found.venue, old.room or found.room, old.city or found.city, old.country or found.country, mode
        )
        self._note("place", numbers)
        return True

    def _contact(self, block: Block) -> bool:
        found = _EMAIL.search(block.said)
        if found is None or (self.section not in ("contact", "head", "where", "when") and len(block.said) > _LONG):
            return False
        self.contact = self.contact or found[0]
        self._note("contact", block.numbers)
        return True

    # -- the other parts -------------------------------------------------------------------------------------------

    def _background(self, block: Block) -> None:
        said = block.said
        if block.begins == "bullet" and (found := documents_in(said, block.numbers, block.links)):
            self.documents += found
            return
        if leads_to_objectives(said):
            self.section = "objectives"
            self.found.aside.update(block.numbers)
            return
        if "format" not in self.explicit and tells_the_format(said):
            self.format.append(said)
            self._note("format", block.numbers)
            return
        if self.section in ("head", "when", "where"):
            self.section = "background"
        text = _markdown(block)
        if block.begins == "bullet" and self.background and self.background[-1].startswith("- "):
            self.background[-1] += f"\n{text}"
        else:
            self.background.append(text)
        self._note("background", block.numbers)

    def _objective(self, block: Block) -> None:
        said = block.said
        listed = block.begins in ("bullet", "label")
        if listed or (len(said) < 400 and not said.endswith(":") and "objectives" in self.explicit):
            self.objectives.append((_ITEM_END.sub("", said), block.numbers))
        elif said.endswith(":"):
            self.found.aside.update(block.numbers)
            self.explicit.add("objectives")
        elif self.objectives:
            self.section = "background"
            self._background(block)
        else:
            self.objectives.append((said, block.numbers))
            self.explicit.add("objectives")

    def _question(self, block: Block) -> None:
        said, last = block.said, self.questions[-1]
        if block.begins == "bullet" or said.endswith("?"):
            self.questions[-1] = replace(last, questions=(*last.questions, said), lines=(*last.lines, *block.numbers))
        elif said.endswith(":") and not last.questions and not last.theme and len(said) > 60:
            self.found.aside.update(block.numbers)
        elif len(said) <= _LONG:
            if last.questions or last.theme:
                self.questions.append(Questions(said.rstrip(":"), (), block.numbers))
            else:
                self.questions[-1] = Questions(said.rstrip(":"), (), (*last.lines, *block.numbers))

    def _document(self, block: Block) -> None:
        if found := documents_in(block.said, block.numbers, block.links):
            self.documents += found
            self.explicit.add("documents")
        elif (block.begins == "bullet" or block.links or "http" in block.said) and (
            one := plain_document(block.said, block.numbers, block.links)
        ):
            self.documents.append(one)
        elif len(block.said) > 120:
            self._background(block)
        elif block.said.endswith(":"):
            self.found.aside.update(block.numbers)
        elif one := plain_document(block.said, block.numbers):
            self.documents.append(one)

    def _format(self, block: Block) -> None:
        text = f"- {block.said}" if block.begins == "bullet" else block.said
        if block.begins == "bullet" and self.format and self.format[-1].startswith("- "):
            self.format[-1] += f"\n{text}"
        else:
            self.format.append(text)
        self.explicit.add("format")
        self._note("format", block.numbers)

    def _programme(self, block: Block, following: Sequence[Block]) -> None:
        if block.begins in ("label", "bullet", "heading", "row") and sessions.labelled(
            self.programme, block, following
        ):
            return
        if sessions.described(self.programme, block):
            return
        times_follow = any(sessions.time_in(each) for each in following)
        if times_follow and len(block.said) <= _LONG:
            self.programme.loose.append(block)
        elif tells_the_format(block.said):
            self.format.append(block.said)
            self._note("format", block.numbers)

    # -- what it comes to ------------------------------------------------------------------------------------------

    def _note(self, name: str, numbers: Numbers) -> None:
        self.where[name] = tuple(dict.fromkeys((*self.where.get(name, ()), *numbers)))

    def _year(self) -> int | None:
        return self.days[0][0].first.year if self.days else None

    def _span(self) -> tuple[dt.date, dt.date] | None:
        return (self.days[0][0].first, self.days[0][0].last) if self.days else None

    def _day(self) -> dt.date | None:
        return self.programme.day or (self.days[0][0].first if self.days else None)

    def _reading(self) -> Reading:
        text = " ".join(block.said for block in self.found.blocks)
        result = matched(self.documents, self.found.links, text)
        for document in result.by_order:
            self.remarks.append(Remark(document.lines[-1], Doubt.LINK_BY_ORDER, document.url, document.symbol))
        format_text = " ".join(self.format)
        if _EVERY.search(format_text):
            self.programme.floor_each = sessions.minutes_of(format_text).get("open")
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

    def _meeting_head(self) -> Head:
        first, last = self._dates()
        if not self.stated and self.programme.zone_text:
            self.stated, self.zone_text = stated(self.programme.zone_text), self.programme.zone_text
        place = self.place
        zone = zone_for(self.stated, city=place.city, country=place.country, day=first)
        line = (self.where.get("zone") or self.where.get("dates") or (0,))[0]
        if zone is None:
            self.remarks.append(Remark(line, Doubt.ZONE_GUESSED, self.zone_text, "UTC"))
        elif not zone.fits:
            self.remarks.append(Remark(line, Doubt.ZONE_CONTRADICTS, self.zone_text, zone.name))
        elif not self.stated:
            self.remarks.append(Remark(line, Doubt.NO_ZONE, "", zone.name))
        elif not zone.certain:
            self.remarks.append(Remark(line, Doubt.ZONE_BY_ABBREVIATION, self.zone_text, zone.name))
        if first is None:
            self.remarks.append(Remark(0, Doubt.NO_DATE))
        if not self.title:
            self.remarks.append(Remark(0, Doubt.NO_TITLE))
        return Head(
            title=self.title,
            subtitle=self.subtitle,
            first_day=first,
            last_day=last,
            zone=zone.name if zone else "UTC",
            zone_stated=self.zone_text,
            mode=place.mode or "in_person",
            mode_stated=bool(place.mode),
            venue=place.venue,
            room=place.room,
            city=place.city,
            country=place.country,
            contact=self.contact,
        )

    def _dates(self) -> tuple[dt.date | None, dt.date | None]:
        """The meeting's days, the days of its programme included."""
        span = self._span()
        for day in self.day_heads:
            if span and not span[0] <= day <= span[1]:
                self.remarks.append(Remark(self.where["dates"][-1], Doubt.OTHER_DAY, day.isoformat()))
        every = [*(span or ()), *self.day_heads]
        return (min(every), max(every)) if every else (None, None)

    def _with_notes(self) -> str:
        """The background in Markdown with its footnotes; a note whose mark is nowhere stands at its end."""
        background = "\n\n".join(self.background)
        bodies = []
        for place, note in enumerate(self.found.notes, 1):
            name = _name_of(note) or str(place)
            if note.mark and note.mark[0] in "¹²³⁴⁵⁶⁷⁸⁹":
                background = background.replace(note.mark, f"[^{name}]", 1)
            bodies.append(f"[^{name}]: {note.said}")
            self._note("background", note.numbers)
        return "\n\n".join(filter(None, (background, *bodies)))


def _name_of(note: Note) -> str:
    return re.sub(r"\W", "", note.mark.translate(_SUPERSCRIPTS))


def _after_heading(said: str) -> str:
    found = heading_of(said)
    return found[1] if found and found[1] else said


def _is_day_heading(block: Block) -> bool:
    """Whether a heading is a day and nothing else."""
    if block.begins != "heading" or block.first.style != "heading":
        return False
    found = days(block.said)
    return bool(found) and len(block.said) - (found[0].to - found[0].at) < 8


def _day_in(text: str, year: int | None) -> Day | None:
    found = days(text[:60], year)
    return found[0] if found else None


def _without_zone(text: str) -> str:
    """What is left of a line beside the words for the zone."""
    text = re.sub(r"\(?\b(?:UTC|GMT)\s?(?:[+\-−–]\s?\d{1,2}(?::?\d{2})?)?\)?", " ", text)
    text = re.sub(r"\(?\b[A-Z]{2,5}T\b\)?|\bHEEC\b|\bMEZ\b|\bTU\b", " ", text)
    text = re.sub(
        r"\(?\b(?:heure|hora)\s+(?:locale?\s+)?d[eu']\s?[’']?\s?\w+\)?|\(?\b(?:\w+ )?\w+ (?:local )?time\b\)?",
        " ",
        text,
        flags=re.I,
    )
    return " ".join(text.split()).strip(" ,;:–—-|()./")


def _same(one: str, other: str) -> bool:
    return one.strip(_QUOTES).casefold() == other.strip(_QUOTES).casefold()


def _markdown(block: Block) -> str:
    """A paragraph as Markdown, its links kept."""
    said = block.said
    for shown, url in block.links:
        if shown in said and f"({url})" not in said and shown != url:
            said = said.replace(shown, f"[{shown}]({url})", 1)
    if block.begins == "bullet":
        return f"- {said}"
    if block.begins == "heading" and block.first.style == "heading":
        return f"### {said}"
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([#>+-])", r"\\\1", said))
