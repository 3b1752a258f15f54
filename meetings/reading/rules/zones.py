"""Which time zone a note means: by its name, by the place, or by an abbreviation alone. Pure.

The zones of countries are those of the tz database (its zone.tab, as the package tzdata has it).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

# Zones by the abbreviation that a note writes, where no place tells. Several places share most of them: OHCHR sits in
# Geneva and New York, so that theirs come first. What is as well several zones far apart (IST, CST) is not here.
_BY_ABBREVIATION = {
    "CET": "Europe/Zurich", "CEST": "Europe/Zurich", "MEZ": "Europe/Zurich", "HNEC": "Europe/Zurich",
    "HEEC": "Europe/Zurich", "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "GMT": "Etc/GMT", "UTC": "Etc/UTC", "TU": "Etc/UTC",
    "BST": "Europe/London", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "MSK": "Europe/Moscow", "KST": "Asia/Seoul", "JST": "Asia/Tokyo", "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong", "WIB": "Asia/Jakarta", "PKT": "Asia/Karachi", "NPT": "Asia/Kathmandu",
    "WAT": "Africa/Lagos", "CAT": "Africa/Maputo", "EAT": "Africa/Nairobi", "SAST": "Africa/Johannesburg",
    "BRT": "America/Sao_Paulo", "ART": "America/Argentina/Buenos_Aires", "COT": "America/Bogota",
    "PET": "America/Lima", "CLT": "America/Santiago", "CLST": "America/Santiago", "UYT": "America/Montevideo",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
_SHARED = {"IST", "CST", "CDT", "MST", "MDT", "AST", "ADT"}
_ABBREVIATION = re.compile(rf"\b({'|'.join(sorted([*_BY_ABBREVIATION, *_SHARED], key=len, reverse=True))})\b")
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?(?P<sign>[+\-−–])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\b")
_LOCAL = re.compile(
    r"(?P<before>[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+)?)\s+(?:local\s+)?time\b"
    r"|(?:heure|hora)\s+(?:locale?\s+)?(?:d[eu]\s+|d['’])(?P<after>[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+)?)"
)
# Cities of meetings that have no zone of their own name, also as French and Spanish call them.
_CITIES = {
    "geneva": "Europe/Zurich", "genève": "Europe/Zurich", "geneve": "Europe/Zurich", "ginebra": "Europe/Zurich",
    "genf": "Europe/Zurich", "bern": "Europe/Zurich", "berne": "Europe/Zurich", "lausanne": "Europe/Zurich",
    "barcelona": "Europe/Madrid", "barcelone": "Europe/Madrid", "gwangju": "Asia/Seoul", "bilbao": "Europe/Madrid",
    "vienne": "Europe/Vienna", "viena": "Europe/Vienna", "utrecht": "Europe/Amsterdam",
    "the hague": "Europe/Amsterdam", "la haye": "Europe/Amsterdam", "la haya": "Europe/Amsterdam",
    "grigny": "Europe/Paris", "strasbourg": "Europe/Paris", "lyon": "Europe/Paris", "parís": "Europe/Paris",
    "londres": "Europe/London", "bruxelles": "Europe/Brussels", "bruselas": "Europe/Brussels",
    "nueva york": "America/New_York", "washington": "America/New_York", "mexico": "America/Mexico_City",
    "ciudad de méxico": "America/Mexico_City", "bogotá": "America/Bogota", "são paulo": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo", "brasília": "America/Sao_Paulo", "quito": "America/Guayaquil",
    "buenos aires": "America/Argentina/Buenos_Aires", "rosario": "America/Argentina/Cordoba",
    "cape town": "Africa/Johannesburg", "pretoria": "Africa/Johannesburg", "durban": "Africa/Johannesburg",
    "rabat": "Africa/Casablanca", "marrakech": "Africa/Casablanca", "yaoundé": "Africa/Douala",
    "new delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "beijing": "Asia/Shanghai", "wellington": "Pacific/Auckland",
    "canberra": "Australia/Sydney", "ottawa": "America/Toronto", "montréal": "America/Toronto",
    "montreal": "America/Toronto", "le caire": "Africa/Cairo", "el cairo": "Africa/Cairo", "milan": "Europe/Rome",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of the zone: a zone's own name, an abbreviation as CEST, a city's time, an offset in minutes."""

    name: str = ""
    abbreviation: str = ""
    city: str = ""
    offset_minutes: int | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.abbreviation or self.city) or self.offset_minutes is not None


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone that is meant. `certain`: by its name or by the place. `fits`: what was stated holds there that day."""

    name: str
    certain: bool
    fits: bool = True


def stated(text: str) -> Stated:
    """What a text says of the zone."""
    name = next((each for each in re.findall(r"[A-Z]\w+/[A-Z][\w/+-]+", text) if each in _zones()), "")
    offset = _OFFSET.search(text)
    rest = _OFFSET.sub(" ", text)
    abbreviation = _ABBREVIATION.search(rest)
    local = _LOCAL.search(text)
    city = (local["before"] or local["after"]) if local else ""
    if city and not of_city(city):
        city = city.split()[-1] if of_city(city.split()[-1]) else ""
    minutes = None
    if offset:
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        minutes = minutes if offset["sign"] == "+" else -minutes
    return Stated(name, abbreviation[1] if abbreviation else "", city, minutes)


def zone_for(said: Stated, *, city: str, country: str, day: dt.date | None) -> Zone | None:
    """The zone that a note means; None where nothing tells. `country` is its ISO code."""
    if said.name:
        return Zone(said.name, certain=True)
    of_place = of_city(said.city) or of_city(city) or _of_country(country)
    if of_place:
        return Zone(of_place, certain=True, fits=_fits(of_place, said, day))
    if said.abbreviation in _BY_ABBREVIATION:
        name = _BY_ABBREVIATION[said.abbreviation]
        return Zone(name, certain=name.startswith("Etc/"), fits=_fits(name, said, day))
    if said.offset_minutes is not None and said.offset_minutes % 60 == 0:
        name = f"Etc/GMT{-said.offset_minutes // 60:+d}" if said.offset_minutes else "Etc/UTC"
        return Zone(name, certain=False) if name in _zones() else None
    return None


def of_city(city: str) -> str:
    """The zone of a city, "" where it is not known."""
    folded = " ".join(city.split()).casefold()
    return _CITIES.get(folded) or _by_city().get(folded, "")


def _of_country(code: str) -> str:
    zones = _by_country().get(code, ())
    return zones[0] if len(zones) == 1 else ""


def _fits(name: str, said: Stated, day: dt.date | None) -> bool:
    """Whether what was stated is what clocks in the zone show on the day."""
    if day is None:
        return True
    moment = dt.datetime.combine(day, dt.time(12), ZoneInfo(name))
    offset = moment.utcoffset() or dt.timedelta()
    if said.offset_minutes is not None and offset != dt.timedelta(minutes=said.offset_minutes):
        return False
    if said.abbreviation in ("", "GMT", "UTC", "TU"):
        return not said.abbreviation or said.offset_minutes is not None or not offset
    shown = moment.tzname() or ""
    same = _BY_ABBREVIATION.get(said.abbreviation)
    return said.abbreviation == shown or (
        same is not None
        and said.abbreviation not in ("CET", "CEST", "EST", "EDT", "PST", "PDT", "BST", "WET", "WEST", "EET", "EEST")
        and dt.datetime.combine(day, dt.time(12), ZoneInfo(same)).utcoffset() == offset
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _by_city() -> dict[str, str]:
    """Zones by the city that they are called after, for the areas that are continents and oceans."""
    areas = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    names = sorted(name for name in _zones() if name.startswith(areas))
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in names}


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for row in table.splitlines():
        if row and not row.startswith("#"):
            code, _place, name = row.split("\t")[:3]
            found[code] = (*found.get(code, ()), name)
    return found
