"""The paragraphs of a source: lines that were broken by hand or by a page are joined, notes and links apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from meetings.reading.rules import clock, days
from meetings.reading.rules.places import place_in
from meetings.reading.rules.source import Line, Source, squeezed
from meetings.reading.rules.vocabulary import heading_of, is_title_alone, label_of, role_of

Begins = Literal["", "bullet", "heading", "time", "row", "label", "role", "date", "place", "question"]

_RULE = re.compile(r"[-–—=_*~.\s|:+]+$")
_PAGE = re.compile(
    r"(?:page|página|p\.)\s*\d+(?:\s*(?:/|of|de|sur)\s*\d+)?|[-–]\s*\d{1,3}\s*[-–]|\d{1,3}\s*/\s*\d{1,3}", re.I
)
_NOTE = re.compile(
    r"(?P<mark>[¹²³⁴-⁹⁰]+|\[\^?\w{1,12}\]:?|[!†‡](?=\s+[A-ZÀ-Þ])|\d{1,2}(?=\s+(?:See|Voir|Véase)\b))\s*(?P<said>.+)$"
)
_URL = re.compile(r"<?https?://[^\s<>]+>?[.,;]?$", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", "»")
_LETTER_SPLIT = re.compile(r"(?<=[a-zà-ÿ])-$")
_HALF = re.compile(r"(?P<first>.*\d\s*(?:[ap]\.?m\.?|h)?)\s*[-–—]\s*(?P<rest>\D.*)?$", re.IGNORECASE)
_LINKING = re.compile(
    r"\s(?:of|the|and|in|for|with|on|to|by|at|from|as|an?|or|de|la|le|les|du|des|et|en|y|del|los|las|el|por"
    r"|para|con|pour|par|sur|au|aux)$",
    re.IGNORECASE,
)
# What the styles of Rostrum's own programme say that a line is.
PARTS = ("time", "kind", "session", "part", "pause", "track", "room", "role", "speaker", "timing", "cell text")
_LONGEST = 8_000  # characters of a paragraph; the next line begins another one
_SHORT = 48
_PARTED = 60  # a paragraph that a page parts is longer than a title


@dataclass(frozen=True, slots=True)
class Piece:
    """A line as it is read; of two lines that a table's narrow column parted, both."""

    line: Line
    said: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item of a list or row of a table. `begins` is how it begins; `said` has single blanks."""

    said: str
    begins: Begins
    pieces: tuple[Piece, ...]

    @property
    def first(self) -> Line:
        """The line that it begins with, for its style."""
        return self.pieces[0].line

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its lines."""
        return tuple(number for piece in self.pieces for number in piece.numbers)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """The links in it."""
        return tuple(link for piece in self.pieces for link in piece.line.links)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with its mark as it stands before it."""

    mark: str
    said: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A web address on a line of its own."""

    url: str
    numbers: tuple[int, ...]


@dataclass(slots=True)
class Parted:
    """A source in its paragraphs; `aside` are the numbers of lines that say nothing."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)


def parted(source: Source) -> Parted:
    """The source in its paragraphs. Every line with anything on it is in a block, a note, a link, or aside."""
    found = Parted()
    pieces = _pieces(source, found)
    width = _widths(pieces)
    current: list[Piece] = []
    gap = False
    for place, piece in enumerate(pieces):
        if piece is None:
            gap = True
            continue
        if current and _goes_on(current, piece, gap=gap, width=width.get(place, 0), source=source):
            current.append(piece)
        else:
            if current:
                found.blocks.append(_block(current))
            current = [piece]
        gap = False
    if current:
        found.blocks.append(_block(current))
    return found


def how_it_begins(piece: Piece) -> Begins:
    """What a line begins with, if anything that never stands inside a paragraph."""
    return _begins(piece.said, piece.line.style, piece.line.own)


@lru_cache(maxsize=256)  # asked of a line again and again while its neighbours are read
def _begins(said: str, style: str, own: str) -> Begins:
    if style == "row" or own in PARTS:
        return "row" if style == "row" else ""
    if clock.leading(said) and _is_programme_time(said):
        return "time"
    if style in ("title", "subtitle", "heading") or heading_of(said):
        return "heading"
    if style == "bullet":
        return "bullet"
    if label_of(said):
        return "label"
    if role_of(said):
        return "role"
    if _is_date(said):
        return "date"
    if len(said) < 100 and not said[:1].islower() and place_in(said):
        return "place"
    return ""


def _is_programme_time(said: str) -> bool:
    """Whether a line that begins with a time is one of a programme, and no sentence that begins with an hour."""
    found = clock.leading(said)
    if found is None:
        return False
    rest = said[found.to :]
    return found.end is not None or not rest or rest[0] in " :|-–—.,)"


def _is_date(said: str) -> bool:
    found = days.days(said)
    return (
        bool(found)
        and found[0].at <= 25
        and len(said) < 140
        and not re.search(r"\b(?:resolution|of|in|en|du|de)\s*$", said[: found[0].at])
    )


def _pieces(source: Source, found: Parted) -> list[Piece | None]:
    """The lines that are read, None for blank ones; notes and links are put apart, what says nothing aside."""
    pieces: list[Piece | None] = []
    note: list[Piece] = []
    lines = source.lines
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if not line.said:
            if line.text.strip():
                found.aside.add(line.number)
            _end_note(note, found, blank=True)
            pieces.append(None)
            continue
        piece = Piece(line, line.said, (line.number,))
        if line.style != "cell" and not line.own and (_RULE.fullmatch(line.said) or _PAGE.fullmatch(line.said)):
            found.aside.add(line.number)
            continue
        if line.style != "cell" and _URL.fullmatch(line.said):
            _end_note(note, found)
            place = _take_link(lines, place, piece, found)
            continue
        if line.style == "note" or (line.style == "" and _NOTE.match(line.said)):
            _end_note(note, found)
            note.append(piece)
            continue
        if note and not source.paragraphs and not how_it_begins(piece):
            note.append(piece)
            continue
        _end_note(note, found)
        pieces.append(piece)
    _end_note(note, found)
    return _halves_joined(pieces)


def _take_link(lines: Sequence[Line], place: int, piece: Piece, found: Parted) -> int:
    """Put a link apart, with the rest of it on the next line; gives where to go on."""
    url = piece.said.strip("<>.,;")
    numbers = piece.numbers
    following = place
    while following < len(lines) and not lines[following].said:
        following += 1
    if url.endswith(("-", "/", "_", "=", "?")) and following < len(lines):
        rest = lines[following].said
        if " " not in rest and not rest.lower().startswith("http") and len(rest) < 80:
            url += rest
            numbers = (*numbers, lines[following].number)
            place = following + 1
    found.links.append(Link(url, numbers))
    return place


def _end_note(note: list[Piece], found: Parted, *, blank: bool = False) -> None:
    if not note:
        return
    if blank and re.search(r"https?://\S*[-/_=]$", note[-1].said):
        return  # an address that goes on below
    said = note[0].said
    for piece in note[1:]:
        said += ("" if re.search(r"https?://\S*[-/_=]$", said) else " ") + piece.said
    mark = ""
    if match := _NOTE.match(said):
        mark, said = match["mark"], match["said"]
    found.notes.append(Note(mark, squeezed(said), tuple(number for piece in note for number in piece.numbers)))
    note.clear()


def _halves_joined(pieces: list[Piece | None]) -> list[Piece | None]:
    """“10:00 –  Welcome and” over “10:30     opening remarks”: a narrow column parted the times and the title."""
    found: list[Piece | None] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        below = next((each for each in pieces[place + 1 : place + 3] if each is not None), None)
        joined = _halves(piece, below) if piece is not None and below is not None else None
        if joined is not None:
            found.append(joined)
            place = pieces.index(below, place) + 1
        else:
            found.append(piece)
            place += 1
    return found


def _halves(above: Piece, below: Piece) -> Piece | None:
    match = _HALF.fullmatch(above.said)
    first, second = clock.leading(above.said), clock.leading(below.said)
    if match is None or first is None or second is None or first.end or second.end:
        return None
    rest = below.said[second.to :]
    if rest and not re.match(r"\s{2,}\S|\s+[a-zà-ÿ]", rest):
        return None
    if first.to > len(match["first"].rstrip()):
        return None
    said = f"{above.said[: first.to]} – {below.said[: second.to]} {match['rest'] or ''} {rest.strip()}"
    return Piece(above.line, squeezed(said), (*above.numbers, *below.numbers))


def _widths(pieces: list[Piece | None]) -> dict[int, int]:
    """The longest line among those around each, in the run of lines without a blank one that it stands in."""
    found: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        if piece is None:
            continue
        around = [len(piece.said)]
        for step in (-1, 1):
            for at in range(place + step, place + 4 * step, step):
                each = pieces[at] if 0 <= at < len(pieces) else None
                if each is None:
                    break
                around.append(len(each.said))
        found[place] = max(around)
    return found


def _goes_on(current: list[Piece], piece: Piece, *, gap: bool, width: int, source: Source) -> bool:
    """Whether a line goes on with the paragraph above it."""
    above = current[-1]
    if piece.line.own or above.line.own or sum(len(each.said) for each in current) > _LONGEST:
        return False
    if not gap and _one_heading(current, piece):
        return True
    begins = how_it_begins(piece)
    if begins and not (begins in ("date", "place") and _is_inside(current, piece, gap=gap, width=width)):
        return False
    if piece.line.style != "" or piece.line.bold != above.line.bold:
        return False
    if current[0].line.style in ("title", "subtitle", "heading", "row"):
        return False
    begun = how_it_begins(current[0])
    if begun in ("heading", "date", "place"):
        return False
    if above.said.endswith(_SENTENCE_END) and is_title_alone(piece.said):
        return False
    small = piece.said[:1].islower() or piece.said[:1] in "(,;)"
    if gap or source.paragraphs:
        long = sum(len(each.said) for each in current) >= _PARTED
        return small and long and not above.said.endswith(_SENTENCE_END)
    if small or above.said.endswith((",", "-", "–", "(")) or _LINKING.search(above.said):
        return True
    room = len(above.said) + 1 + len(piece.said.split()[0])
    return width >= _SHORT and room > width * 0.92


def _is_inside(current: list[Piece], piece: Piece, *, gap: bool, width: int) -> bool:
    """Whether a date or place is in the middle of a long sentence that was broken by hand."""
    above = current[-1].said
    if gap or above.endswith(_SENTENCE_END) or (len(current) == 1 and len(above) < _PARTED):
        return False
    return len(above) + 1 + len(piece.said.split()[0]) > width * 0.92


def _one_heading(current: list[Piece], piece: Piece) -> bool:
    """“Background” over “documents:” is one heading."""
    if len(current) != 1 or piece.line.style or current[0].line.style not in ("", "heading"):
        return False
    if len(current[0].said.split()) > 3 or not piece.said[:1].islower():
        return False
    return (found := heading_of(f"{current[0].said} {piece.said}")) is not None and not found[1]


def _block(pieces: list[Piece]) -> Block:
    said = pieces[0].said
    for piece in pieces[1:]:
        if _LETTER_SPLIT.search(said) and piece.said[:1].islower() and not piece.line.soft:
            said = said[:-1] + piece.said if _is_split_word(said, piece.said) else said + piece.said
        else:
            said += " " + piece.said
    begins = how_it_begins(replace(pieces[0], said=squeezed(said)) if len(pieces) > 1 else pieces[0])
    return Block(squeezed(said), begins, tuple(pieces))


_PREFIXES = ("self", "non", "co", "multi", "inter", "socio", "long", "short", "well", "anti", "sub", "rights", "age")


def _is_split_word(above: str, below: str) -> bool:
    """Whether a hyphen at a line's end was put there to break a word: not after what is often joined by one."""
    head = re.split(r"[\s-]", above[:-1])[-1].lower()
    return head not in _PREFIXES and not re.match(
        r"(?:based|related|level|led|friendly|making|wide|responsive|sensitive)\b", below
    )
