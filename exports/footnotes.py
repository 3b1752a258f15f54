"""Footnotes, which python-docx does not write: a part of their own, and the calls in the text."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# Word wants these two rules in the part, and their ids named in the settings (see word.py).
SEPARATOR, CONTINUATION = -1, 0


def _rule(kind: str, number: int, element: str) -> str:
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{element}/></w:r></w:p></w:footnote>'
    )


class Footnotes:
    """The footnotes of one document, numbered from 1 in the order in which they are called."""

    def __init__(self, document: Document, *, after_number: str) -> None:
        self._after_number = after_number
        self._root: BaseOxmlElement = parse_xml(
            f"<w:footnotes {nsdecls('w', 'r')}>"
            + _rule("separator", SEPARATOR, "separator")
            + _rule("continuationSeparator", CONTINUATION, "continuationSeparator")
            + "</w:footnotes>"
        )
        package = document.part.package
        name = PackURI("/word/footnotes.xml")
        self._part = StoryPart(name, CONTENT_TYPE.WML_FOOTNOTES, self._root, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count = 0

    def call(self, paragraph: Paragraph) -> Paragraph:
        """Put the next number at the end of `paragraph` and return the note's own paragraph to be filled."""
        self._count += 1
        _marked(paragraph.add_run(), "footnoteReference").set(qn("w:id"), str(self._count))
        element = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self._count}">'
            '<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr></w:p></w:footnote>'
        )
        self._root.append(element)
        note = Paragraph(element[0], self._part)
        _marked(note.add_run(), "footnoteRef")
        note.add_run(self._after_number)
        return note


def _marked(run: Run, tag: str) -> BaseOxmlElement:
    """Make the run a footnote mark: the style by its id, since only the document part knows styles by name."""
    run._r.style = "FootnoteReference"
    mark = OxmlElement(f"w:{tag}")
    run._r.append(mark)
    return mark
