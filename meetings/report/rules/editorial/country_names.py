"""Where a text names a country: by its United Nations short name, or otherwise.

The right names are those of `exports/countries.csv`; the others are listed here with their country, and taken from the
same file in the other languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from exports.countries import countries
from meetings.report.rules.wording import country_after

Naming = Literal["right", "short", "former", "other", "foreign", "unaccented", "unsure"]

# Names that the United Nations do not use, by the country's code. Those that may mean something else are left out:
# Congo, Georgia, Guinea, Jordan, Micronesia, America and the names of provinces and islands.
_NOT_USED: Final[dict[str, tuple[Naming, tuple[str, ...]]]] = {
    # renamed: the State has told the United Nations so
    "CV": ("former", ("Cape Verde",)),
    "CZ": ("former", ("Czech Republic",)),
    "LY": ("former", ("Libyan Arab Jamahiriya",)),
    "MK": ("former", ("Macedonia", "former Yugoslav Republic of Macedonia", "FYROM")),
    "MM": ("former", ("Burma",)),
    "SZ": ("former", ("Swaziland",)),
    "TL": ("former", ("East Timor",)),
    "TR": ("former", ("Turkey",)),
    "BY": ("former", ("Byelorussia", "Belorussia")),
    "WS": ("former", ("Western Samoa",)),
    # in everyday use, but not the name in UNTERM
    "AE": ("other", ("UAE", "Emirates")),
    "BA": ("other", ("Bosnia", "Bosnia-Herzegovina", "Bosnia & Herzegovina")),
    "BN": ("other", ("Brunei",)),
    "BO": ("other", ("Bolivia",)),
    "CD": ("other", ("DRC", "DR Congo", "Congo-Kinshasa", "Democratic Republic of Congo", "Zaire")),
    "CG": ("other", ("Congo-Brazzaville", "Republic of the Congo", "Republic of Congo")),
    "CI": ("other", ("Ivory Coast",)),
    "CN": ("other", ("People's Republic of China",)),
    "GB": ("other", ("UK", "Great Britain", "Britain")),
    "GW": ("other", ("Guinea Bissau",)),
    "IE": ("other", ("Republic of Ireland",)),
    "IR": ("other", ("Iran",)),
    "KG": ("other", ("Kyrgyz Republic",)),
    "KN": ("other", ("St. Kitts and Nevis", "St Kitts and Nevis")),
    "KP": ("other", ("North Korea",)),
    "KR": ("other", ("South Korea",)),
    "LA": ("other", ("Laos", "Lao PDR")),
    "MD": ("other", ("Moldova",)),
    "NL": ("other", ("Netherlands", "Holland")),
    "PS": ("other", ("Palestine",)),
    "RU": ("other", ("Russia",)),
    "SK": ("other", ("Slovak Republic",)),
    "SR": ("other", ("Surinam",)),
    "SY": ("other", ("Syria",)),
    "TZ": ("other", ("Tanzania",)),
    "US": ("other", ("USA", "US")),
    "VA": ("other", ("Vatican",)),
    "VC": ("other", ("St. Vincent and the Grenadines", "St Vincent and the Grenadines")),
    "VE": ("other", ("Venezuela",)),
    "VN": ("other", ("Vietnam",)),
}
# The short form of these may follow once the full name was given.
_SHORT: Final = {"US": "United States", "GB": "United Kingdom"}
# Names in another language, or without accents, that are words, given names or cities too.
_AMBIGUOUS: Final = frozenset({"Chili", "Dominique", "Granada", "Grenade", "Maurice", "Panamá", "Reunion"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a country is named. The code of “Korea”, which may be either, is empty."""

    start: int
    end: int
    code: str
    naming: Naming


def named(text: str) -> Iterator[Named]:
    """The countries in a text in order; of two names at one place the longer one counts."""
    plain = text.replace("’", "'")
    index, behind = _index(), 0
    for word in _WORD.finditer(plain):
        if word.start() < behind:
            continue
        for name, code, naming in index.get(word[0], ()):
            end = word.start() + len(name)
            if plain.startswith(name, word.start()) and not (plain[end : end + 1].isalnum() and name[-1:].isalnum()):
                behind = end
                yield Named(word.start(), end, code, naming)
                break


@cache
def _index() -> dict[str, list[tuple[str, str, Naming]]]:
    """Every name by its first word, the longest first. What is right is never taken for something else."""
    names = _right()
    for code, name in _SHORT.items():
        names[name] = (code, "short")
    for name, (code, _) in _right().items():
        names.setdefault(_unaccented(name), (code, "unaccented"))
    for code, (naming, others) in _NOT_USED.items():
        names |= {other: (code, naming) for other in others}
    names["Korea"] = ("", "unsure")
    for name, code in _foreign():
        names.setdefault(name, (code, "foreign"))
    index: dict[str, list[tuple[str, str, Naming]]] = {}
    for name, (code, naming) in sorted(names.items(), key=lambda item: -len(item[0])):
        if (first := _WORD.match(name)) and name not in _AMBIGUOUS:
            index.setdefault(first[0], []).append((name, code, naming))
    return index


def _right() -> dict[str, tuple[str, Naming]]:
    """The names of UNTERM, as in a list and as in a sentence."""
    both = ((code, name) for code, country in countries().items() for name in (country.name(), country_after(code)))
    return {name.replace("’", "'"): (code, "right") for code, name in both}


def _foreign() -> Iterator[tuple[str, str]]:
    for code, country in countries().items():
        for language, name in country.names.items():
            if language != "en":
                yield name.replace("’", "'"), code


def _unaccented(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
