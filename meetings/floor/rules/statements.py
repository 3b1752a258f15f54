"""What a statement is: its words against the speaking limit, and what a file really is. Pure.

The words are counted in the same way by static/ask.js, so that the meter on the page and the server agree.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from exports.text import clean, one_line
from meetings.word_package import DAMAGE, LARGEST_UNPACKED, MOST_PARTS, W, Walk, part

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
_PAIRED = re.compile(f"[{_PAIRS}]+")
_FIVED = re.compile(f"[{_FIVES}]+")
_RUN = re.compile(f"[^{_BLANKS}{_PAIRS}{_FIVES}]+")

_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BLANK_ELEMENTS = {W + "tab", W + "br", W + "cr"}
_MOST_COUNTED = 300_000  # characters in which words are counted: hours of speaking
_PART_ENTRY = b"PK\x01\x02"  # before each line of a package's table of contents
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
    runs = sum(any(map(str.isalnum, run[0])) for run in _RUN.finditer(text))
    return runs + -(-_length(_PAIRED, text) // 2) + -(-_length(_FIVED, text) // 5)


def _length(script: re.Pattern[str], text: str) -> int:
    return sum(run.end() - run.start() for run in script.finditer(text))


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
    if text is None or _CONTROLS.search(text) or text.lstrip()[:20].lower().startswith(_MARKUP):
        return Problem.UNKNOWN
    return Examined("txt", count_words(text[:_MOST_COUNTED])) if not text.isspace() else Problem.EMPTY


def decoded(content: bytes) -> str | None:
    """The text of a text file (UTF-8, or UTF-16 with its mark), None where it is none."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _word_file(content: bytes) -> Examined | Problem:
    """A Word file: a package of parts whose table of contents says that it is one (ISO/IEC 29500-2)."""
    if content.count(_PART_ENTRY) > MOST_PARTS:
        return Problem.DAMAGED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _examine_package(package)
    except DAMAGE:
        return Problem.DAMAGED


def _examine_package(package: zipfile.ZipFile) -> Examined | Problem:
    parts = {info.filename: info for info in package.infolist()}
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        return Problem.UNKNOWN
    if any(info.flag_bits & 0x1 for info in parts.values()):
        return Problem.LOCKED
    if sum(info.file_size for info in parts.values()) > LARGEST_UNPACKED:
        return Problem.DAMAGED
    types = part(package, parts["[Content_Types].xml"])
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in parts):
        return Problem.MACROS
    if _WORD_MAIN.encode() not in types:
        return Problem.UNKNOWN
    body = _Body(part(package, parts["word/document.xml"]))
    return Examined("docx", sum(map(count_words, body.paragraphs)))


def text_in(file_type: str, content: bytes) -> str:
    """The text of a Word file or text file that examine() has taken, a line for each paragraph; "" of a PDF.

    Cut where it is longer than hours of speaking.
    """
    if file_type == "txt":
        return (decoded(content) or "")[:_MOST_COUNTED]
    if file_type != "docx":
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(_Body(part(package, package.getinfo("word/document.xml"))).paragraphs)


class _Body(Walk):
    """Reads the `paragraphs` of a Word file's body (`word/document.xml`).

    Deleted text that is still in the file is left out.
    """

    def __init__(self, document: bytes) -> None:
        self.paragraphs: list[str] = []
        self._paragraph: list[str] = []
        self._length = 0
        self._in_text = False
        super().__init__(document)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A run's text begins, or a blank in it."""
        del attributes
        self._in_text = name == W + "t"
        if name in _BLANK_ELEMENTS:
            self._paragraph.append(" ")

    def end(self, name: str) -> None:
        """A paragraph may end."""
        self._in_text = False
        if name == W + "p" and self._paragraph:
            self.paragraphs.append("".join(self._paragraph))
            self._paragraph.clear()

    def text(self, text: str) -> None:
        """What a run says."""
        if self._in_text and self._length < _MOST_COUNTED:
            self._length += len(text)
            self._paragraph.append(text)


def typed(text: str | None) -> str | None:
    """A typed statement as it is kept: what no document can show taken out; None where nothing is left."""
    return clean(text or "").strip() or None
