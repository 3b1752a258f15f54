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


@dataclass(frozen=True, slots=True)
class Person:
    """A person with function and organization as of this meeting.

    Any field may be empty: a speaker of whom only the function is known yet is one too. `country` is
    the English short name and is given only where it shall be printed after the organization.
    """

    given: str = ""
    family: str = ""
    honorific: str = ""
    name_order: NameOrder = "given_family"
    function: str = ""
    unit: str = ""
    organisation: str = ""
    country: str = ""


def name(person: Person, *, capitals: bool = False) -> str:
    """Ms. Wan-Hea Lee; with `capitals` Ms. Wan-Hea LEE, which tells the surname in lists of participants."""
    family = person.family.upper() if capitals else person.family
    names = (family, person.given) if person.name_order == "family_given" else (person.given, family)
    return one_line(" ".join((person.honorific, *names)))


def line(person: Person, *, capitals: bool = False) -> str:
    """Name, function, unit, organization, country, separated by commas.

    As far as they are known, and without what stands there already: the Mayor of Vienna needs no City of Vienna.
    """
    organisation = "" if names_body(person.function, person.organisation) else person.organisation
    told = f"{person.function} {organisation}"
    country = "" if re.search(rf"\b{re.escape(person.country)}\b", told) else person.country
    parts = (name(person, capitals=capitals), person.function, person.unit, organisation, country)
    return ", ".join(filter(None, map(one_line, parts)))


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
