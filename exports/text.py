"""Text as the file formats can carry it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# XML 1.0, section 2.2: everything but tab, line ends and the characters from the space up,
# without surrogates and the two non-characters. Bidi marks, joiners and emoji are all inside.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS = "\N{NO-BREAK SPACE} .;,؛،；。，"
_SENTENCE_END = re.compile(r"[.!?؟] +[^\W\d_]|[。！？].")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]$")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text without the characters that XML cannot carry, with `\\n` as the only line end."""
    if text.isprintable():  # neither line ends nor what XML cannot carry: nearly every text, and quickly known
        return text
    return _NOT_XML.sub(
        "", _LINE_ENDS.sub("\n", text)
    )  # in this order: taking out what stands between CR and LF joins them


def one_line(text: str) -> str:
    """Clean text for a place that has one line, such as a heading or a name: any white space becomes one space."""
    return " ".join(clean(text).split())


def begun(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def as_clauses(texts: Iterable[str], semicolon: str = ";") -> list[str]:
    """The lines of one list as the clauses of a sentence: each ends in a semicolon, the last in a full stop.

    A line that asks or exclaims keeps its mark. Where one has several sentences, all end in full stops. Marks are those
    of the line's script.
    """
    lines = [line for line in map(one_line, texts) if line]
    several = any(_SENTENCE_END.search(line) for line in lines)
    return [_ended(line, semicolon, stop=several or number == len(lines)) for number, line in enumerate(lines, 1)]


def _ended(line: str, semicolon: str, *, stop: bool) -> str:
    if line.endswith(("?", "!", "؟", "？", "！", "…", ":")):
        return line
    bare = line.rstrip(_ENDS)
    if _WIDE.search(bare):
        return bare + ("。" if stop else "；")
    arabic = unicodedata.bidirectional(next(filter(str.isalpha, reversed(bare)), "a")) == "AL"
    return bare + ("." if stop else "؛" if arabic else semicolon)
