"""How a person is written on a line of a programme or a list."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from exports.text import one_line

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
    """Name, function, unit, organization, country: as far as they are known, separated by commas."""
    parts = (name(person, capitals=capitals), person.function, person.unit, person.organisation, person.country)
    return ", ".join(filter(None, map(one_line, parts)))


def alphabetical(text: str) -> str:
    """A key that sorts as an English reader expects: Côte d'Ivoire between Costa Rica and Croatia."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
