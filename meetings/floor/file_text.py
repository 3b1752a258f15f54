"""The text of a file that somebody sent, for others to lift words from: statements, and submissions.

`text_of` is the one way to it. Word files and text files are read here, by the careful reader that has taken them
(rules/statements.py). A PDF is read by pypdf in a process apart (pdf_text.py), since what is in it may keep a reader
busy for ever: pypdf is written in Python alone, so that nothing of it has to be built or trusted with memory, and is
loaded by that process only.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

from exports.text import clean
from meetings.floor.rules.statements import text_in

_PDF_TEXT = Path(__file__).with_name("pdf_text.py")
# A little more than the reader gives itself (pdf_text.MOST_SECONDS, of computing): it may have to wait for a processor.
_SECONDS = 20.0
# Few at a time, so that many files at once take neither all memory nor all processors.
_readers = threading.BoundedSemaphore(2)

_log = logging.getLogger(__name__)


def text_of(file_type: str, content: bytes) -> str | None:
    """The text of a file (`docx`, `pdf` or `txt`, as rules/statements.examine() has found it to be).

    A line for each paragraph; cut after 100 pages of a PDF, or hours of speaking. None where no text can be read: of a
    scanned PDF, say, or a damaged one. Takes up to some twenty seconds for a PDF, in which other requests go on: not to
    be called inside a transaction.
    """
    try:
        text = _pdf_text(content) if file_type == "pdf" else text_in(file_type, content)
    except Exception:  # whatever a file is: it is somebody else's, and its text is only a help
        _log.warning("the text of a %s file could not be read", file_type, exc_info=True)
        return None
    return clean(text).strip() or None


def _pdf_text(content: bytes) -> str:
    """What the reader brought until it was done, or stopped."""
    with _readers:
        try:
            done = subprocess.run(
                [sys.executable, "-I", _PDF_TEXT],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return (late.output or b"").decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace")
