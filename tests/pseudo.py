"""A language that nobody speaks: every text accented, longer, in brackets, and written from right to left.

Made from the texts that extraction finds in the program, as a translator would get them, and compiled as theirs are.
So a text that extraction misses, or that is not marked at all, stays plain on the page: a test looks for those.
It borrows the locale code of a right-to-left language that is not one of the United Nations' six.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo

from meetings.settings import ROOT

CODE = "he"
OPEN, CLOSE = "⟦", "⟧"
_LETTERS = str.maketrans("aceiounsyzACEIOUNSYZ", "àçéîöûñšÿžÀÇÉÎÖÛÑŠŸŽ")
# What must stay as it is in a text: %(name)s, %s, {name}, HTML tags and entities.
_KEEP = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")


def pseudo(text: str) -> str:
    """The text as it reads in that language."""
    parts = _KEEP.split(text)
    changed = "".join(part if _KEEP.fullmatch(part) else part.translate(_LETTERS) for part in parts)
    return f"{OPEN}{changed}{'~' * (len(text) // 3)}{CLOSE}"


def compile_into(folder: Path) -> None:
    """Write the compiled translation where the program looks for it, below the folder."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel leaves it untyped
    catalog = Catalog(locale=CODE, fuzzy=False)
    for name in ("meetings", "templates"):
        found = extract_from_dir(ROOT / name, methods, options, keywords=KEYWORDS, comment_tags=())
        for _file, _line, message, _comments, _context in found:
            catalog.add(message, translation(message, catalog.num_plurals))
    target = folder / CODE / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "messages.mo").open("wb") as file:
        write_mo(file, catalog)


KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "N_": None}


def translation(message: str | tuple[str, ...], plurals: int) -> str | tuple[str, ...]:
    """The translation of a text, in as many plural forms as the language has."""
    if isinstance(message, str):
        return pseudo(message)
    return (pseudo(message[0]), *(pseudo(message[1]) for _ in range(plurals - 1)))
