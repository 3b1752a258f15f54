"""Comments in the margin of a Word document, each anchored at the words that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.inline import Remark
from exports.text import clean

# LibreOffice 7.4 mixes up the texts of footnotes where a comment has the id of a footnote, so they are kept apart.
_FIRST_ID = 1_000_000


class Comments:
    """The comments of one document, signed by `author` and dated `made`, in UTC."""

    def __init__(self, document: Document, *, author: str, made: datetime) -> None:
        self._document = document
        self._author = author
        self._initials = "".join(word[0] for word in author.split())
        self._made = made
        self._next_id = _FIRST_ID

    def add(self, text: str) -> int:
        """A comment that stands nowhere yet; returns its id. By hand: python-docx looks through all for each."""
        number, self._next_id = self._next_id, self._next_id + 1
        element: BaseOxmlElement = parse_xml(
            f'<w:comment {nsdecls("w")} w:id="{number}" w:author="" w:date="{self._made:%Y-%m-%dT%H:%M:%SZ}">'
            '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="CommentReference"/>'
            "</w:rPr><w:annotationRef/></w:r></w:p></w:comment>"
        )
        element.set(qn("w:author"), self._author)
        element.set(qn("w:initials"), self._initials)
        comments = self._document.comments
        Paragraph(element[0], self._document.part).add_run(clean(text))
        comments._comments_elm.append(element)
        return number

    def begin(self, paragraph: Paragraph, number: int) -> None:
        """From here on the words of `paragraph` are those that the comment is about."""
        _mark(paragraph._p, "commentRangeStart", number)

    def end(self, paragraph: Paragraph, number: int) -> None:
        """Up to here."""
        _mark(paragraph._p, "commentRangeEnd", number)
        run = Run(OxmlElement("w:r"), paragraph)
        run._r.style = "CommentReference"
        _mark(run._r, "commentReference", number)
        paragraph._p.append(run._r)


class Anchors:
    """Puts the remarks on one paragraph while that is written, from its first character to its last."""

    def __init__(self, comments: Comments, paragraph: Paragraph, remarks: Iterable[Remark]) -> None:
        self._comments = comments
        self._paragraph = paragraph
        self._waiting = sorted(remarks, key=lambda remark: (remark.start, remark.end))
        self._open: list[tuple[int, int]] = []
        self._places = sorted({place for remark in self._waiting for place in (remark.start, remark.end)})

    def reach(self, at: int) -> None:
        """The text is written up to `at`: end what ends there, begin what begins there."""
        self._end(at)
        while self._waiting and self._waiting[0].start <= at:
            remark = self._waiting.pop(0)
            number = self._comments.add(remark.text)
            self._comments.begin(self._paragraph, number)
            self._open.append((remark.end, number))
        self._end(at)

    def finish(self, at: int) -> None:
        """The text ends at `at`: whatever is still to come stands here."""
        self.reach(max(at, self._places[-1]) if self._places else at)

    def cut(self, text: str, at: int) -> Iterator[str]:
        """The text, which begins at `at`, in pieces that no remark begins or ends inside of."""
        done = 0
        for place in self._places:
            if done < place - at < len(text):
                yield text[done : place - at]
                done = place - at
        yield text[done:]

    def _end(self, at: int) -> None:
        for ended in [each for each in self._open if each[0] <= at]:
            self._comments.end(self._paragraph, ended[1])
            self._open.remove(ended)


def _mark(parent: BaseOxmlElement, tag: str, number: int) -> None:
    mark = OxmlElement(f"w:{tag}")
    mark.set(qn("w:id"), str(number))
    parent.append(mark)
