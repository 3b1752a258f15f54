"""Reads the text of one PDF: from the standard input, onto the standard output in UTF-8. A program of its own.

meetings/floor/file_text.py runs it in a process apart, by its path, so that nothing of Rostrum is loaded. A file made
to take for ever, or all of the memory, ends this process and no other. What was read until then stands in the output.
"""

import contextlib
import io
import resource
import sys

from pypdf import PdfReader

MOST_PAGES = 100
MOST_CHARACTERS = 300_000  # hours of speaking
MOST_SECONDS = 10
MOST_BYTES = 768 * 1024 * 1024


def main() -> None:
    """Write the pages' texts, each as soon as it is read."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    with contextlib.suppress(OSError, ValueError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    left = MOST_CHARACTERS
    for page in PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages[:MOST_PAGES]:
        text = page.extract_text()[:left]
        left -= len(text)
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n\n")
        sys.stdout.buffer.flush()
        if left <= 0:
            return


if __name__ == "__main__":
    main()
