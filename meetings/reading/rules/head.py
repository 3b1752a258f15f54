"""What identifies a meeting, found in a note: title, days, hours, zone, place, whom to ask. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from meetings.reading.rules import clock
from meetings.reading.rules.blocks import Block, Parted
from meetings.reading.rules.days import Day, days
from meetings.reading.rules.drafts import Programme
from meetings.reading.rules.places import Place, place_in
from meetings.reading.rules.result import Doubt, Head, Numbers, Remark, Sitting
from meetings.reading.rules.vocabulary import Section
from meetings.reading.rules.zones import Stated, stated, zone_for

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
QUOTES = '“”"«»„ '
_PREPOSITIONS = re.compile(r"^(?:(?:le|la|les|el|los|on|in|at|à|au|en|a|du|del?|from|held)\b[\s,]*)+", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"(?:day|jour|día|jornada|journée)\s*(?:n[o°º]\s*)?(?P<number>[1-9])\b", re.IGNORECASE)
LONG = 220  # characters: a longer paragraph is no title


@dataclass(slots=True)
class HeadReader:
    """The head of a note while it is read; `section` is the part of the note that the reader is in."""

    found: Parted
    language: str = "en"
    section: Section | str = "head"
    in_programme: bool = False
    programme: Programme = field(default_factory=Programme)
    title: str = ""
    subtitle: str = ""
    place: Place = field(default_factory=Place)
    days: list[tuple[Day, int]] = field(default_factory=list)  # of the head, with their lines
    day_heads: list[dt.date] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    stated: Stated = field(default_factory=Stated)
    zone_text: str = ""
    contact: str = ""
    remarks: list[Remark] = field(default_factory=list)
    where: dict[str, Numbers] = field(default_factory=dict)

    def _repeated(self, block: Block) -> bool:
        """The head of a second page says again what the meeting is."""
        if not self.title or block.begins in ("bullet", "row", "time") or not _same(block.said, self.title):
            return bool(self.subtitle) and _same(block.said, self.subtitle) and self._put_aside(block)
        self.section = "head"
        return self._put_aside(block)

    def _put_aside(self, block: Block) -> bool:
        self.found.aside.update(block.numbers)
        return True

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
        rest = _PREPOSITIONS.sub("", _without_zone(rest)).strip(" ,")
        if rest and not self._place_line(replace(block, said=rest)) and len(rest) > 3:
            if self.in_programme or not (rest[:1].isupper() and len(rest) > 12):
                return True
            self._rest_of_date_line(rest, block)
        return True

    def _rest_of_date_line(self, rest: str, block: Block) -> None:
        """“Local rights, 22 July 2025”: the title with the date behind it."""
        if not self.title:
            self.title = rest.strip(QUOTES + ",–—-")
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

    def _numbered_day(self, block: Block) -> bool:
        """“Day 2” over the sessions of the meeting's second day."""
        match = _DAY_NUMBER.match(block.said)
        span = self._span()
        if match is None or span is None or len(block.said) > 60 or block.begins in ("bullet", "row", "time"):
            return False
        day = span[0] + dt.timedelta(int(match["number"]) - 1)
        written = day_in(block.said, self._year())
        self._new_day(written or Day(day, day, 0, 0), block)
        return True

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
        if found is None or (self.section not in ("contact", "head", "where", "when") and len(block.said) > LONG):
            return False
        self.contact = self.contact or found[0]
        self._note("contact", block.numbers)
        return True

    def _note(self, name: str, numbers: Numbers) -> None:
        self.where[name] = tuple(dict.fromkeys((*self.where.get(name, ()), *numbers)))

    def _year(self) -> int | None:
        return self.days[0][0].first.year if self.days else None

    def _span(self) -> tuple[dt.date, dt.date] | None:
        return (self.days[0][0].first, self.days[0][0].last) if self.days else None

    def _day(self) -> dt.date | None:
        return self.programme.day or (self.days[0][0].first if self.days else None)

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


def day_in(text: str, year: int | None) -> Day | None:
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
    return one.strip(QUOTES).casefold() == other.strip(QUOTES).casefold()
