"""Names for addresses: the slug of a meeting, out of its title in whatever script, and keys made on screen."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

_SUGGESTED_LENGTH = 60

# What normalization does not take apart. Cyrillic after the simple English practice (BGN/PCGN without its signs),
# Arabic consonants and long vowels after the United Nations system of 2017 without its marks.
_LATIN = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_CYRILLIC = dict(
    zip("абвгдезийклмнопрстуфыэіґ", "abvgdeziyklmnoprstufyeig", strict=True),
    ё="yo", ж="zh", х="kh", ц="ts", ч="ch", ш="sh", щ="shch", ъ="", ь="", ю="yu", я="ya", є="ye", ї="yi",
)  # fmt: skip
_ARABIC = dict(
    zip("ابتجحدرزسصضطظعفقكلمنهوي", "abtjhdrzssdtz\0fqklmnhwy", strict=True),
    ث="th", خ="kh", ذ="dh", ش="sh", غ="gh", ة="h", ى="a", ء="", ئ="y", ؤ="w", آ="a", أ="a", إ="i",
)  # fmt: skip
_LETTERS = str.maketrans({**_LATIN, **_CYRILLIC, **_ARABIC, "\0": None})


def slug_for(title: str, year: int, is_taken: Callable[[str], bool]) -> str:
    """A free slug that reads like the title; a script without letters of ours gives `meeting-` and the year."""
    composed = unicodedata.normalize("NFC", title.casefold()).translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(base) > _SUGGESTED_LENGTH:
        base = base[: _SUGGESTED_LENGTH + 1].rpartition("-")[0] or base[:_SUGGESTED_LENGTH]
    base = base or f"meeting-{year}"
    slug, number = base, 1
    while is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def labels(names: dict[str, str]) -> dict[str, str]:
    """What to call each of several things in a list to choose from, by key: the name, with the key where it is shared.

    No two labels are the same, however names and keys look.
    """
    shared = Counter(_folded(name) for name in names.values())
    taken = {name for name, count in shared.items() if count == 1}
    found: dict[str, str] = {}
    for key, name in names.items():
        label = name
        if not _folded(name) or shared[_folded(name)] > 1:
            label = f"{name} ({key})".strip()
            while _folded(label) in taken:
                label += f" ({key})"
            taken.add(_folded(label))
        found[key] = label
    return found


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def chosen(text: str, choices: dict[str, str]) -> str | None:
    """The key of the one whose label was typed, in whatever case; None where there is no such label."""
    return next((key for key, label in choices.items() if _folded(label) == _folded(text)), None)
