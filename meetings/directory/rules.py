"""Names of organizations as people write them, and when two of them mean one organization. Pure."""

import re
import unicodedata
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[\W_]+")


def name_and_acronym(written: str) -> tuple[str, str | None]:
    """An organisation as people write it, "United Cities and Local Governments (UCLG)", as its name and acronym."""
    found = re.fullmatch(r"(.*\S)\s+\((?=[^)]*[A-Z])([A-Z][\w-]{1,14})\)", written)
    if found is None or sum(letter.isupper() for letter in found[2]) < 2:
        return written, None
    return found[1], found[2]


def bare_name(name: str) -> str:
    """What two wordings of one name have in common: letters and digits, without case, accents and article.

    "The City of São Paulo" and "city of Sao Paulo" are one; so are full-width and ordinary letters.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _NOT_WORD.sub(" ", letters).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def is_same_organisation(name: str, country: str | None, known: Iterable[str | None], of_country: str | None) -> bool:
    """Whether a name that somebody typed means an organisation with these `known` names: its name and acronym.

    Where both countries are known and differ it does not: there is a Santa Fe in more than one of them.
    """
    if country and of_country and country != of_country:
        return False
    wanted = bare_name(name)
    return bool(wanted) and wanted in {bare_name(each) for each in known if each}
