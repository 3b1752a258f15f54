"""How a person is written on a line of a programme or a list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from exports.text import one_line

# Words of an organization's name that do not tell it from others: a function may leave them out.
_COMMON = frozenset({
    "office", "permanent", "mission", "ministry", "government", "city", "municipality", "town", "region", "district",
    "of",
})  # fmt: skip

NameOrder = Literal["given_family", "family_given"]
Part = Literal["name", "function", "unit", "organisation", "country"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person with function and organization as of this meeting.

    Any field may be empty: a speaker of whom only the function is known yet is one too. `country` is
    the short name and is given only where it shall be printed after the organization. `unconfirmed` is
    for a speaker who has been asked and has not said yes yet.
    """

    given: str = ""
    family: str = ""
    honorific: str = ""
    name_order: NameOrder = "given_family"
    function: str = ""
    unit: str = ""
    organisation: str = ""
    country: str = ""
    unconfirmed: bool = False


def name(person: Person, *, capitals: bool = False) -> str:
    """Ms. Wan-Hea Lee; with `capitals` Ms. Wan-Hea LEE, which tells the surname in lists of participants."""
    family = person.family.upper() if capitals else person.family
    names = (family, person.given) if person.name_order == "family_given" else (person.given, family)
    return one_line(" ".join((person.honorific, *names)))


def line(person: Person, *, capitals: bool = False) -> str:
    """Name, function, unit, organization, country, separated by commas, as far as they are known."""
    return ", ".join(parts(person, capitals=capitals).values())


def parts(person: Person, *, capitals: bool = False) -> dict[Part, str]:
    """What a line says of a person, in its order.

    As far as it is known, and without what stands there already: the Mayor of Vienna needs no City of Vienna.
    """
    organisation = "" if names_body(person.function, person.organisation) else person.organisation
    told = f"{person.function} {organisation}"
    country = "" if re.search(rf"\b{re.escape(person.country)}\b", told) else person.country
    found: dict[Part, str] = {
        "name": name(person, capitals=capitals),
        "function": one_line(person.function),
        "unit": one_line(person.unit),
        "organisation": one_line(organisation),
        "country": one_line(country),
    }
    return {part: text for part, text in found.items() if text}


def names_body(function: str, body: str, *, acronym: str = "", local: bool = False) -> bool:
    """Whether a function tells its body already: the Mayor of Vienna, of the City of Vienna.

    With `local`, for a local government, the place alone tells it: the Mayor of Vienna, of the City Council of Vienna.
    """
    words = set(re.findall(r"\w+", function.casefold()))
    if acronym and acronym.casefold() in words:
        return True
    if local and function.endswith(f" of {body.rpartition(' of ')[2]}"):
        return True
    telling = {word for word in re.findall(r"\w+", body) if word[:1].isupper() or not word.isascii()}
    telling = {word.casefold() for word in telling} - _COMMON
    return bool(telling) and telling <= words


def alphabetical(text: str) -> str:
    """A key that sorts as an English reader expects: Côte d'Ivoire between Costa Rica and Croatia."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
