"""A file or a pasted text as a source; what cannot be read is refused with what to do instead."""

from flask_babel import gettext as _

from meetings.floor.rules.statements import Examined, Problem, decoded, examine
from meetings.reading.rules import Source, from_text
from meetings.reading.rules.source import MOST_LINES
from meetings.reading.word import Damaged, word_source
from meetings.refusals import Refused

# What a note may have at most; it travels in a form, whose fields take two megabytes.
LONGEST_TEXT = 300_000

_ODT = b"application/vnd.oasis.opendocument"
_RTF = b"{\\rtf"


def source_of(content: bytes) -> Source:
    """The lines of a Word file (.docx) or a text (UTF-8, UTF-16 with its mark, Windows-1252), by its content alone."""
    found = examine(content)
    if isinstance(found, Problem):
        text = _windows_text(content) if found is Problem.UNKNOWN else None
        if text is None:
            raise Refused(_why(found, content))
        return text_source(text)
    if found.file_type == "pdf":
        raise Refused(_why(Problem.UNKNOWN, content))
    return _read(found, content)


def _read(found: Examined, content: bytes) -> Source:
    if found.file_type == "txt":
        return text_source(decoded(content) or "")
    try:
        source = word_source(content)
    except Damaged:
        raise Refused(_why(Problem.DAMAGED, content)) from None
    length = sum(len(line.text) + 1 for line in source.lines)
    if not any(line.said for line in source.lines):
        raise Refused(_why(Problem.EMPTY, content))
    if length > LONGEST_TEXT or len(source.lines) > MOST_LINES:
        raise Refused(_too_long(length))
    return source


def text_source(text: str) -> Source:
    """The lines of a text. Refuses one that is empty, or far longer than any note."""
    if not text.strip():
        raise Refused(_why(Problem.EMPTY, b""))
    if len(text) > LONGEST_TEXT or text.count("\n") >= MOST_LINES:
        raise Refused(_too_long(len(text)))
    return from_text(text)


def _too_long(length: int) -> str:
    said: str = _(
        "The text has %(count)d characters; %(most)d in %(lines)d lines can be read.",
        count=length,
        most=LONGEST_TEXT,
        lines=MOST_LINES,
    )
    return said


def _windows_text(content: bytes) -> str | None:
    """A text as older Windows programs write it."""
    if content.startswith((b"PK", _RTF)) or content.lstrip()[:20].lower().startswith((b"<", b"%pdf")):
        return None
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    strange = sum(character < " " and character not in "\t\n\r\f" for character in text)
    return None if strange else text


def _why(problem: Problem, content: bytes) -> str:
    """Why a file is not read, and what to do."""
    kind = "pdf" if content.startswith(b"%PDF") else "odt" if _ODT in content[:200] else str(problem)
    if content.startswith(_RTF):
        kind = "rtf"
    reasons: dict[str, str] = {
        "pdf": _(
            "This is a PDF, in which lines and columns have lost their order. Send the Word file that it was made of; "
            "or copy its text and paste it: what is not understood will be shown."
        ),
        "odt": _("This is a file of LibreOffice or OpenOffice. Save it there as a Word file (.docx), and send that."),
        "rtf": _("This is a Rich Text file (.rtf). Open it in Word, save it as .docx, and send that."),
        Problem.EMPTY: _("There is nothing in it. Choose a file with a text, or paste one."),
        Problem.TOO_LARGE: _("The file is larger than 5 MB. Take pictures out of it, or copy its text and paste it."),
        Problem.LOCKED: _("The file needs a password. Save it without one, or copy its text and paste it."),
        Problem.OLD_WORD: _("This is a file of an old Word (.doc). Open it in Word, save it as .docx, and send that."),
        Problem.MACROS: _("The file has macros, which are not taken. Save it as .docx, which has none."),
        Problem.DAMAGED: _(
            "The file is damaged, was not made by Word, or is far longer than any programme. Open it in Word, save the "
            "programme there as a file of its own, or paste its text."
        ),
        Problem.UNKNOWN: _(
            "Only Word files (.docx) and texts (.txt) can be read. Of anything else, copy the text and paste it."
        ),
    }
    return reasons[kind]
