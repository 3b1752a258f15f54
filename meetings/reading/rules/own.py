"""A programme that Rostrum wrote itself, read back to the same sessions: nothing in it is guessed. Pure.

exports/programme.py gives each thing that it tells a style of its own, which Word and LibreOffice keep; the fixed words
are those of exports/phrases.py in the language of the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from exports.phrases import Phrases, kind_told, phrases
from meetings.reading.rules import clock
from meetings.reading.rules.blocks import PARTS, Block
from meetings.reading.rules.drafts import Draft, Programme
from meetings.reading.rules.people import name_in
from meetings.reading.rules.result import Person
from meetings.reading.rules.source import Line, normal

_TITLES = ("session", "part", "pause")


def is_row(block: Block) -> bool:
    """Whether a session of such a programme begins here."""
    return block.first.style == "row" and block.first.own in PARTS


def take(programme: Programme, block: Block, following: Sequence[Block], day: dt.date | None, language: str) -> int:
    """Read the session that begins at `block`, with all that is told of it; gives how many paragraphs that were."""
    row = [block]
    for below in following:
        if below.first.style != "cell" or below.first.own not in PARTS:
            break
        row.append(below)
    reader = _Row(phrases(language), language)
    for each in row:
        reader.take(each)
    draft = reader.finished()
    draft.day = day
    programme.sessions.append(draft)
    return len(row)


class _Row:
    """One session while its lines are read: first its own, then those of its parts."""

    def __init__(self, words: Phrases, language: str) -> None:
        self._words, self._language = words, language
        self._drafts: list[Draft] = []
        self._pending: list[int] = []  # lines above the title
        self._time = self._kind = self._role = ""

    def take(self, block: Block) -> None:
        """The next paragraph."""
        line = block.first
        if self._drafts and line.own not in ("time", "kind", *_TITLES):
            self._drafts[-1].lines += block.numbers
        match line.own:
            case "time":
                self._time = line.said
                self._pending += block.numbers
            case "kind":
                self._kind = line.said
                self._pending += block.numbers
            case "session" | "part" | "pause":
                self._title(line, block)
            case _:
                self._detail(line)

    def finished(self) -> Draft:
        """The session with its parts."""
        session, *parts = self._drafts or [Draft(own=True, kind="other", lines=self._pending)]
        session.parts = parts
        return session

    def _title(self, line: Line, block: Block) -> None:
        draft = Draft(own=True, lines=[*self._pending, *block.numbers])
        hours, label, title = "", "", ""
        for style, text in line.spans:
            if style == "hours":
                hours += text
            elif style == "label":
                label += text
            else:
                title += text
        title = normal(title)
        draft.label = normal(label)
        draft.title = title.removeprefix(":").strip() if draft.label else title
        found = clock.leading(normal(hours) if self._drafts else self._time)
        if found:
            draft.start, draft.end = found.start, found.end
        usual = self._drafts[0].kind if self._drafts else "other"
        named = {name: kind for kind, name in self._words.kinds.items()}
        draft.kind = named.get(self._kind) or kind_told(f"{draft.label} {draft.title}", self._language, usual)
        self._drafts.append(draft)
        self._pending, self._time, self._kind, self._role = [], "", "", ""

    def _detail(self, line: Line) -> None:
        if not self._drafts:
            return
        draft = self._drafts[-1]
        match line.own:
            case "track":
                draft.track = line.said.removeprefix(f"{self._words.in_parallel}: ")
            case "room":
                draft.room = line.said
            case "role":
                self._role = self._named(line)
                self._person(draft, line)
            case "speaker":
                self._person(draft, line)
            case "timing":
                self._timing(draft, line.said)
            case _ if line.soft and draft.description:
                draft.description[-1] += f"\n{line.said}"
            case _:
                draft.description.append(line.said)

    def _named(self, line: Line) -> str:
        name = normal("".join(text for style, text in line.spans if style == "role name"))
        return next((role for role, names in self._words.roles.items() if name in map(normal, names)), "")

    def _person(self, draft: Draft, line: Line) -> None:
        """Each thing that is said of somebody has a style; of the name, what it is made of is told by its words."""
        said: dict[str, str] = {}
        for style, text in line.spans:
            said[style] = said.get(style, "") + text
        who = {part: normal(said.get(style, "")) for part, style in _STYLES.items()}
        if not self._role or not any(who.values()):
            return
        honorific, given, family = name_in(who.pop("name"))
        found = Person(self._role, honorific, given, family, **who, lines=(line.number,))
        draft.people.append(found)

    def _timing(self, draft: Draft, said: str) -> None:
        """How the time is shared out: the templates of phrases.py, read backwards."""
        draft.presentations = self._minutes(self._words.presentations, said)
        draft.floor = self._minutes(self._words.floor, said)
        draft.replies = self._minutes(self._words.replies, said)
        limit = self._counted(self._words.limit, said, self._words.seconds)
        minutes = self._minutes(self._words.limit, said)
        draft.limit_seconds = limit if limit is not None else minutes and minutes * 60

    def _minutes(self, template: str, said: str) -> int | None:
        return self._counted(template, said, self._words.minutes)

    def _counted(self, template: str, said: str, unit: tuple[str, str]) -> int | None:
        one, several = (re.escape(normal(text)) for text in unit)
        number = several.replace(re.escape("{}"), r"(?P<n>\d+)")
        pattern = re.escape(normal(template)).replace(re.escape("{time}"), f"(?:{one}|{number})")
        match = re.search(pattern, said, re.IGNORECASE)
        return None if match is None else int(match["n"] or 1)


_STYLES: dict[str, str] = {
    "name": "name",
    "function": "function",
    "unit": "unit",
    "organisation": "organization",
    "country": "country",
}
