"""Text as the file formats can carry it."""

from __future__ import annotations

import re

# XML 1.0, section 2.2: everything but tab, line ends and the characters from the space up,
# without surrogates and the two non-characters. Bidi marks, joiners and emoji are all inside.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
