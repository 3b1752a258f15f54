"""What is safe to take out of a Word file that somebody sent: parts no larger and deeper than Word writes. Pure.

A Word file is a package of parts (ISO/IEC 29500-2), and it is made by whoever likes. Word's files unpack to many times
their size; a bomb, to a thousand times. Nothing here builds a tree; whoever does, lets `examine` see the part first.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import Final, NoReturn
from xml.parsers import expat

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
# What a damaged or hostile package makes the library raise.
DAMAGE: Final = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, NotImplementedError)

# Of a text of an hour Word writes some 50,000 elements in half a megabyte, a few dozen deep; what goes far beyond is
# no text that anybody reads out.
LARGEST_UNPACKED: Final = 200 * 1024 * 1024
MOST_PARTS: Final = 1_000
_LARGEST_PART = 2 * 1024 * 1024
_MOST_ELEMENTS = 100_000
_DEEPEST = 250
_CHUNK = 16 * 1024
_LONGEST_TAG = 4 * _CHUNK


def part(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part's content; ValueError where it is far longer than any text, or packed as no Word file is.

    The other ways of packing that a zip may use take as much memory as the file itself asks for.
    """
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("not packed as Word packs")
    with package.open(info) as file:
        content = file.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise ValueError("too long for a part of a text")
    return content


class Walk:
    """Goes through a part's elements once; what it finds there is for those who build on it.

    ValueError or ExpatError for whatever Word does not write: another encoding than UTF-8, whatever the file calls it;
    a DOCTYPE, hence entities; far too many elements, or far too deep.
    """

    def __init__(self, content: bytes) -> None:
        self._elements = self._depth = 0
        self._parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._finish
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self._doctype
        self._read(content)

    def _read(self, content: bytes) -> None:
        if b"\0" in content:
            raise ValueError("not in UTF-8")
        for start in range(0, len(content), _CHUNK):
            self._parser.Parse(content[start : start + _CHUNK], False)
            if start + _CHUNK - self._parser.CurrentByteIndex > _LONGEST_TAG:
                raise ValueError("a tag without an end")
        self._parser.Parse(b"", True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > _MOST_ELEMENTS or self._depth > _DEEPEST:
            raise ValueError("too many elements for a text")
        self.start(name, attributes)

    def _finish(self, name: str) -> None:
        self._depth -= 1
        self.end(name)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its name is namespace, blank, name."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between tags."""

    def _doctype(self, *_declared: object) -> NoReturn:
        raise ValueError("a DOCTYPE in a part")


def examine(content: bytes) -> None:
    """Refuse a part (ValueError, ExpatError) that no library may build a tree of."""
    Walk(content)
