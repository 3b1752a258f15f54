"""Where a meeting is held, out of one line: room, venue, city, country, and whether it is online. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from exports.countries import countries
from meetings.reading.rules.zones import of_city

_ROOM = re.compile(
    r"\b(?:room|salle|sala|sal[oó]n|hall|auditorium|auditorio|conference\s+room|meeting\s+room|\d+\w\w\s+floor"
    r"|étage|piso|aula)\b"
    r"|^(?:XX?[IVX]*|[A-Z]-?\d{1,3})$",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"\b(?:on-?line|virtual(?:ly|mente)?|virtuel(?:le)?(?:ment)?|en\s+ligne|en\s+l[ií]nea|(?:ms|microsoft)\s+teams|zoom"
    r"|webex|visioconférence|videoconferencia|remote(?:ly)?|à\s+distance|a\s+distancia)\b",
    re.IGNORECASE,
)
_HYBRID = re.compile(
    r"\b(?:hybrid[eo]?|h[ií]brid[oa]|(?:and|et|y|or|ou|o|\+|&)\s+on-?line|(?:and|et|y|or|ou|o)\s+en\s+l(?:igne|[ií]nea)"
    r"|on-?line\s+(?:and|or|&)\s+in[- ]person|in[- ]person\s+(?:and|or|&)\s+on-?line)\b",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(r"\b(?:in[- ]person|en\s+présentiel|présentiel|presencial)\b", re.IGNORECASE)
_FILLER = re.compile(
    r"[\s,;:–—\-()&+]+|\b(?:and|et|y|or|ou|o|via|on|in|format|meeting|réunion|reunión|en|only|por)\b", re.I
)
_VENUE = re.compile(
    r"\b(?:palais|palace|palacio|building|headquarters|siège|sede|centre|center|centro|hotel|hôtel|city\s+hall"
    r"|town\s+hall|mairie|ayuntamiento|university|université|universidad|house|maison|casa|campus|library|museum)\b",
    re.IGNORECASE,
)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Place:
    """Where. `mode` is "" where nothing tells it; `country` is the ISO code."""

    venue: str = ""
    room: str = ""
    city: str = ""
    country: str = ""
    mode: str = ""


def place_in(text: str) -> Place | None:
    """The place that a short line names; None where it names none."""
    text = text.strip().rstrip(".")
    if not text or len(text) > _LONGEST or re.search(r"[?!]|[a-z]{3}\.\s", text):
        return None
    hybrid, online = bool(_HYBRID.search(text)), bool(_ONLINE.search(text))
    rest = text
    if hybrid or online:
        rest = _IN_PERSON.sub(" ", _ONLINE.sub(" ", _HYBRID.sub(" ", text)))
        if not _FILLER.sub("", re.sub(r"\([^)]*\)", " ", rest)):
            return Place(mode="hybrid" if hybrid or _IN_PERSON.search(text) else "online")
        rest = re.sub(r"\(\s*\)", "", rest).strip(" ,;–-")
    elif re.fullmatch(r"(?:in[- ]person|en présentiel|presencial)", text, re.IGNORECASE):
        return Place(mode="in_person")
    found = _in_parts(rest)
    if found is None:
        return None
    mode = "hybrid" if hybrid or (online and found.city) else "in_person"
    return Place(found.venue, found.room, found.city, found.country, mode)


def _in_parts(text: str) -> Place | None:
    parts = [part.strip(" .") for part in re.split(r"[,;]|\s[–—-]\s|\((?=[^)]*\))|\)", text) if part.strip(" .")]
    country = country_of(parts[-1]) if parts else ""
    if (country and len(parts) > 1) or (country and not of_city(parts[-1])):
        parts = parts[:-1]
    city = ""
    for place in range(len(parts) - 1, -1, -1):
        if of_city(parts[place]):
            city = parts.pop(place)
            break
    rooms = [part for part in parts if _ROOM.search(part)]
    others = [part for part in parts if part not in rooms]
    if not city and country and others and not _VENUE.search(others[-1]):
        city = others.pop()
    unknown = [part for part in others if not _VENUE.search(part)]
    known = bool(city) + bool(country) + bool(rooms) + (len(unknown) < len(others))
    if not known or any(len(part.split()) > 8 or part[0].islower() for part in others):
        return None
    if unknown and known < 2 and (len(unknown) > 1 or not (rooms or city)):
        return None  # a single word that may as well be a city's name is not enough to make a place of the others
    return Place(", ".join(others), ", ".join(rooms), city, country)


def country_of(name: str) -> str:
    """The code of a country by its name in English, French or Spanish; "" where there is none of this name."""
    return _by_name().get(" ".join(name.split()).casefold(), "")


@cache
def _by_name() -> dict[str, str]:
    found = {}
    for code, each in countries().items():
        for language in ("es", "fr", "en"):
            if name := each.names.get(language):
                found[re.sub(r"\s*\([^)]*\)", "", name).casefold()] = code
                found[name.casefold()] = code
    return found | {"usa": "US", "uk": "GB", "united states": "US", "états-unis": "US", "estados unidos": "US"}
