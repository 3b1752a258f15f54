"""What a statement is: its words against the speaking limit, and what a file really is. Pure.

The words are counted in the same way by static/ask.js, so that the meter on the page and the server agree.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.etree import ElementTree as ET

from exports.text import clean, one_line

# Interpreters follow 100 to 120 words a minute (AIIC); the dialogues reckon with 120.
WORDS_PER_MINUTE: Final = 120
LARGEST_FILE: Final = 5 * 1024 * 1024
LONGEST_TYPED: Final = 30_000
LONGEST_NAME: Final = 120
FILE_TYPES: Final = ("docx", "pdf", "txt")

# What parts words: white space of every script, and the long dash. The same ranges stand in static/ask.js.
_BLANKS = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2014\u2028\u2029\u202f\u205f\u3000\ufeff"
# Chinese and Japanese are written without blanks: two characters are reckoned as a word. So are Thai, Lao, Burmese
# and Khmer, where five letters and signs are about a word.
_PAIRS = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_FIVES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_PAIRED = re.compile(f"[{_PAIRS}]")
_FIVED = re.compile(f"[{_FIVES}]")
_RUN = re.compile(f"[^{_BLANKS}{_PAIRS}{_FIVES}]+")

_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word's files unpack to many times their size; a bomb, to a thousand times.
_LARGEST_UNPACKED = 200 * 1024 * 1024
_LARGEST_PART = 20 * 1024 * 1024
_MOST_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word's old format, and what Word wraps around a file with a password
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PDF_ENCRYPTION = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_MARKUP = ("{\\rtf", "<!doctype", "<html", "<?xml")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Marks that turn the direction of what follows: in a file's name they hide what it ends with.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Problem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"  # none of the three types, whatever its name says
    OLD_WORD = "old_word"
    LOCKED = "locked"  # a password is needed to read it
    MACROS = "macros"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is: its type by its content, and its words where they can be counted (None for a PDF)."""

    file_type: str
    words: int | None


def count_words(text: str) -> int:
    """How many words are spoken: runs of characters with a letter or digit in them, between blanks.

    Where a script has no blanks, its characters are counted instead.
    """
    runs = sum(any(character.isalnum() for character in run) for run in _RUN.findall(text))
    return runs + -(-len(_PAIRED.findall(text)) // 2) + -(-len(_FIVED.findall(text)) // 5)


def reading_ms(words: int) -> int:
    """How long so many words take to speak, in milliseconds, at WORDS_PER_MINUTE."""
    return words * 60_000 // WORDS_PER_MINUTE


def shown_name(name: str | None) -> str:
    """A file's name as it may be shown: on one line, without folders and marks that turn its direction; not too long.

    It is never used for anything else.
    """
    last = re.split(r"[/\\]", one_line(name or ""))[-1]
    plain = _DIRECTIONS.sub("", last).strip()
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 10] + "…" + plain[-9:]


def examine(content: bytes) -> Examined | Problem:
    """What a file really is, by its content alone, or why it is not taken."""
    if not content:
        return Problem.EMPTY
    if len(content) > LARGEST_FILE:
        return Problem.TOO_LARGE
    if content.startswith(b"PK\x03\x04"):
        return _word_file(content)
    if content.startswith(_OLE):
        return Problem.LOCKED if _ENCRYPTED_PACKAGE in content else Problem.OLD_WORD
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return _text_file(content)


def _pdf(content: bytes) -> Examined | Problem:
    if b"%%EOF" not in content[-2048:]:
        return Problem.DAMAGED  # what comes last is missing: it was cut off on the way
    return Problem.LOCKED if _PDF_ENCRYPTION.search(content) else Examined("pdf", None)


def _text_file(content: bytes) -> Examined | Problem:
    text = decoded(content)
    if text is None or _CONTROLS.search(text) or text.lstrip().lower().startswith(_MARKUP):
        return Problem.UNKNOWN
    return Examined("txt", count_words(text)) if text.strip() else Problem.EMPTY


def decoded(content: bytes) -> str | None:
    """The text of a text file (UTF-8, or UTF-16 with its mark), None where it is none."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _word_file(content: bytes) -> Examined | Problem:
    """A Word file: a package of parts whose table of contents says that it is one (ISO/IEC 29500-2)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _examine_package(package)
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, EOFError, OSError, ValueError, NotImplementedError):
        return Problem.DAMAGED


def _examine_package(package: zipfile.ZipFile) -> Examined | Problem:
    parts = {part.filename: part for part in package.infolist()}
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        return Problem.UNKNOWN
    if any(part.flag_bits & 0x1 for part in parts.values()):
        return Problem.LOCKED
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts.values()) > _LARGEST_UNPACKED:
        return Problem.DAMAGED
    types = _part(package, parts["[Content_Types].xml"])
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in parts):
        return Problem.MACROS
    if _WORD_MAIN.encode() not in types:
        return Problem.UNKNOWN
    return Examined("docx", _words_of(_part(package, parts["word/document.xml"])))


def _part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's content; ValueError where it is far longer than any statement, or could be made so by entities."""
    with package.open(part) as file:
        content = file.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART or b"<!DOCTYPE" in content:
        raise ValueError("not a part that Word writes")
    return content


def _words_of(document: bytes) -> int:
    """The words of a Word file's body, paragraph by paragraph; deleted text that is still in it does not count."""
    words = 0
    paragraph: list[str] = []
    for _event, element in ET.iterparse(io.BytesIO(document)):  # noqa: S314  # without a DOCTYPE: see _part
        if element.tag == _W + "t":
            paragraph.append(element.text or "")
        elif element.tag in (_W + "tab", _W + "br", _W + "cr"):
            paragraph.append(" ")
        elif element.tag == _W + "p":
            words += count_words("".join(paragraph))
            paragraph.clear()
            element.clear()
    return words


def typed(text: str | None) -> str | None:
    """A typed statement as it is kept: what no document can show taken out; None where nothing is left."""
    return clean(text or "").strip() or None
