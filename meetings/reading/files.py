"""A file or a pasted text as a source; what cannot be read is refused with what to do instead."""

from flask_babel import gettext as _

from meetings.floor.rules.statements import LARGEST_FILE, Examined, Problem, decoded, examine
from meetings.reading.rules import Source, from_text
from meetings.reading.word import Damaged, word_source
from meetings.refusals import Refused

LONGEST_TEXT = 500_000

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
        raise Refused(_pdf())
    return _read(found, content)


def _read(found: Examined, content: bytes) -> Source:
    if found.file_type == "txt":
        return text_source(decoded(content) or "")
    try:
        source = word_source(content)
    except Damaged:
        raise Refused(_why(Problem.DAMAGED, content)) from None
    if not any(line.said for line in source.lines):
        raise Refused(_why(Problem.EMPTY, content))
    return source


def text_source(text: str) -> Source:
    """The lines of a text. Refuses one that is empty, or far longer than any note."""
    if not text.strip():
        raise Refused(_why(Problem.EMPTY, b""))
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("The text has %(count)d characters; %(most)d can be read.", count=len(text), most=LONGEST_TEXT)
        )
    return from_text(text)


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


def _pdf() -> str:
    return _(
        "This is a PDF, in which lines and columns have lost their order. Send the Word file that it was made of; or "
        "copy its text and paste it: what is not understood will be shown."
    )


def _why(problem: Problem, content: bytes) -> str:
    if problem is Problem.EMPTY:
        return _("There is nothing in it. Choose a file with a text, or paste one.")
    if problem is Problem.TOO_LARGE:
        return _("The file is larger than 5 MB. Take pictures out of it, or copy its text and paste it.")
    if problem is Problem.LOCKED and content.startswith(b"%PDF"):
        return _pdf()
    if problem is Problem.LOCKED:
        return _("The file needs a password. Save it without one, or copy its text and paste it.")
    if problem is Problem.OLD_WORD:
        return _("This is a file of an old Word (.doc). Open it in Word, save it as .docx, and send that.")
    if problem is Problem.MACROS:
        return _("The file has macros, which are not taken. Save it as .docx, which has none.")
    if problem is Problem.DAMAGED and content.startswith(b"%PDF"):
        return _pdf()
    if problem is Problem.DAMAGED:
        return _("The file is damaged or not made by Word. Open it in Word, save it again, or paste its text.")
    if _ODT in content[:200]:
        return _("This is a file of LibreOffice or OpenOffice (.odt). Save it there as Word file (.docx), and send that.")
    if content.startswith(_RTF):
        return _("This is a Rich Text file (.rtf). Open it in Word, save it as .docx, and send that.")
    return _("Only Word files (.docx) and texts (.txt) can be read. Of anything else, copy the text and paste it.")
