"""A Word document: an A4 file without leftovers, and the text written into it.

It starts from the one document that python-docx brings, emptied: its stale parts (stylesWithEffects,
thumbnail and more) make Word offer a repair, and its theme fonts override those of the styles.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from exports.comments import Anchors, Comments
from exports.dates import MONTHS
from exports.footnotes import CONTINUATION, SEPARATOR, Footnotes
from exports.inline import Footnote, Gap, Inline, Remark, Span
from exports.text import clean, one_line

PAGE_WIDTH, PAGE_HEIGHT = Twips(11906), Twips(16838)  # A4
SIDE_MARGIN, TOP_MARGIN = Twips(1134), Twips(1417)
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN

_KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THEME,  # no style refers to it, but a validator misses it
}
# Looked up once: a report has thousands of these, for each of which python-docx would look up its name and its place.
_P, _P_PROPERTIES, _P_STYLE = qn("w:p"), qn("w:pPr"), qn("w:pStyle")
_R, _R_PROPERTIES, _R_STYLE = qn("w:r"), qn("w:rPr"), qn("w:rStyle")
_BOLD, _ITALIC = (qn("w:b"), qn("w:bCs")), (qn("w:i"), qn("w:iCs"))
_HIGHLIGHT, _RIGHT_TO_LEFT = qn("w:highlight"), qn("w:rtl")
_T, _VAL, _SPACE = qn("w:t"), qn("w:val"), qn("xml:space")
_BREAKS = re.compile("[\t\n\r]")
_UNSAFE = re.compile(r"""[\s<>"{}|\\^`]""")
_HOST = re.compile(r"""[^\s<>"{}|\\^`%]+""")
_MAILBOX = re.compile(r"""[^\s<>"{}|\\^`@]+@[^\s<>"{}|\\^`@]+""")
# What a line must not part: Ms. | Lee, 28 | August, resolution | 51/12.
_HELD_TOGETHER = re.compile(
    rf"\b(?:(?:Mr|Ms|Mrs|Mx|Dr|Prof)\.(?= \w)|\d{{1,2}}(?= (?:{'|'.join(MONTHS)})\b)|[Rr]esolutions?(?= \d)) "
)
_RTL = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_RTL_STRETCH = re.compile(rf"{_RTL}+(?:[\W\d_]*{_RTL}+)*")
_AFTER_BIDI = [
    f"w:{tag}"
    for tag in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    )
]  # fmt: skip


class WordFile:
    """One document being written.

    `made` is the aware instant it is dated with, `language` a BCP 47 tag, `author` signs file and
    comments, `after_note_number` is what stands between a footnote's number and its text.
    """

    def __init__(
        self,
        *,
        title: str,
        language: str,
        made: datetime,
        styles: BaseOxmlElement,
        numbering: BaseOxmlElement,
        author: str = "Rostrum",
        after_note_number: str = " ",
    ) -> None:
        self.document = docx.Document()
        self._made = made.astimezone(UTC)
        self._author = author
        self._comments = Comments(self.document, author=author, made=self._made)
        for relations, kept in (
            (self.document.part.rels, _KEPT),
            (self.document.part.package.rels, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}),
        ):
            for key in [key for key, relation in relations.items() if relation.reltype not in kept]:
                relations.pop(key)
        _refill(self.document.styles.element, styles)
        # Asked for once: python-docx goes through the styles for each paragraph.
        self._style_ids = {style.name: style.style_id for style in self.document.styles}
        self.numbering: BaseOxmlElement = self.document.part.numbering_part.element
        _refill(self.numbering, numbering)
        _refill(self.document.settings.element, _settings())
        self._footnotes = Footnotes(self.document, after_number=after_note_number)
        self._set_properties(title, language)
        section = self.document.sections[0]
        section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
        section.left_margin = section.right_margin = section.bottom_margin = SIDE_MARGIN
        section.top_margin, section.header_distance, section.footer_distance = TOP_MARGIN, Twips(850), Twips(567)
        self._end = section._sectPr  # stays the last element of the body

    def _set_properties(self, title: str, language: str) -> None:
        properties = self.document.core_properties
        properties.title = one_line(title)[:255]  # the longest that python-docx takes
        properties.author = properties.last_modified_by = self._author
        properties.language = language
        properties.comments = properties.keywords = properties.subject = ""
        properties.created = properties.modified = self._made
        properties.revision = 1

    def paragraph(
        self,
        content: str | Iterable[Inline],
        style: str = "Normal",
        *,
        within: _Cell | None = None,
        bold: bool = False,
        remarks: Iterable[Remark] = (),
    ) -> Paragraph:
        """A new paragraph at the end of the document or of a table cell, running the way its text does."""
        if within is None:
            paragraph = self._next(style)
        else:
            paragraph = _next_in(within)
            paragraph._p.style = self._style_ids[style]
        self.write(paragraph, content, bold=bold, remarks=remarks)
        return paragraph

    def _next(self, style: str) -> Paragraph:
        """An empty paragraph behind what the document has."""
        element: BaseOxmlElement = self._end.makeelement(_P)
        self._end.addprevious(element)
        _add(_add(element, _P_PROPERTIES), _P_STYLE).set(_VAL, self._style_ids[style])
        return Paragraph(element, self.document.part)

    def write(
        self,
        paragraph: Paragraph,
        content: str | Iterable[Inline],
        *,
        bold: bool = False,
        remarks: Iterable[Remark] = (),
    ) -> None:
        """Append text to a paragraph, with comments at what is remarked on it; these count from where it is appended.

        `bold` sets all of it bold, its number included.
        """
        pieces = (Span(content),) if isinstance(content, str) else tuple(content)
        anchors = Anchors(self._comments, paragraph, remarks)
        at = 0
        for piece in pieces:
            anchors.reach(at)
            match piece:
                case Span():
                    self._span(paragraph, piece, bold, anchors, at)
                    at += len(piece.text)
                case Gap():
                    self._gap(paragraph, piece, bold)
                    at += len(piece.text) + 2
                case Footnote():
                    self.write(self._footnotes.call(paragraph), piece.content)
        anchors.finish(at)
        if bold:
            _bold_number(paragraph)
        if _runs_right_to_left(paragraph):
            _turn(paragraph)

    def _span(self, paragraph: Paragraph, span: Span, bold: bool, anchors: Anchors, at: int) -> None:
        target = link_target(span.url) if span.url else None
        # Held together as a whole and cleaned in pieces: the first keeps every place where it is, the second does not.
        for piece in anchors.cut(held_together(span.text), at):
            anchors.reach(at)
            at += len(piece)
            link = _link(paragraph, target) if target else None
            for text, right_to_left in _stretches(clean(piece)):
                _run_in(
                    paragraph._p if link is None else link,
                    text,
                    bold=bold or span.bold,
                    italic=span.italic,
                    right_to_left=right_to_left,
                    style_id="Hyperlink" if link is not None else self._style_ids[span.style] if span.style else "",
                )

    def _gap(self, paragraph: Paragraph, gap: Gap, bold: bool) -> None:
        # Word allows comments in the body only: in a header or a footnote the mark must do.
        number = self._comments.add(gap.comment) if paragraph.part is self.document.part else None
        if number is not None:
            self._comments.begin(paragraph, number)
        # The brackets are not coloured: LibreOffice gives the tab behind a paragraph's number its first run's colour.
        for text, coloured in (("[", False), (one_line(gap.text), True), ("]", False)):
            _run_in(paragraph._p, text, bold=bold, coloured=coloured)
        if number is not None:
            self._comments.end(paragraph, number)

    def to_bytes(self) -> bytes:
        """The finished .docx file: the same bytes for the same text, so that a server can compare.

        python-docx dates the parts inside with the moment of writing; here they have the file's own date, or the first
        that a zip archive can carry.
        """
        written, buffer = io.BytesIO(), io.BytesIO()
        self.document.save(written)
        dated = max(self._made.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts.infolist():
                archive.writestr(zipfile.ZipInfo(part.filename, dated), parts.read(part), zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def set_borders(table: Table, edges: dict[str, int], color: str = "auto") -> None:
    """Draw the edges (top, left, bottom, right, insideH, insideV) so many eighths of a point thick."""
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>' for edge, size in edges.items()
    )
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")


def set_widths(table: Table, widths: Sequence[Length]) -> None:
    """The widths of a table's columns, in the grid and in each cell: Word goes by the cells, others by the grid."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def set_caption(table: Table, caption: str) -> None:
    """What a screen reader calls the table, and that its first row says what the others are about."""
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), caption)
    table._tbl.tblPr.append(element)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def held_together(text: str) -> str:
    """The text with no-break spaces between honorific and name, day and month, "resolution" and number."""
    return _HELD_TOGETHER.sub(lambda match: f"{match.group()[:-1]}\N{NO-BREAK SPACE}", text)


def link_target(url: str) -> str | None:
    """The address as a link may carry it, or None where it must stay text.

    Web and mail addresses only, nothing that could run or open a file; and only well-formed ones, since Word
    calls a whole document damaged for one bad address.
    """
    url = clean(url).strip()
    try:
        parts = urlsplit(url)
        sound = parts.port is None or parts.port > 0
    except ValueError:  # an unclosed bracket in the host, a port that is no number
        return None
    if parts.scheme in ("http", "https"):
        sound = sound and _HOST.fullmatch(parts.netloc) is not None
    else:
        sound = parts.scheme == "mailto" and _MAILBOX.fullmatch(parts.path) is not None
    return _UNSAFE.sub(lambda match: quote(match.group()), url) if sound else None


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A value that Word fills in, such as PAGE or NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
    _run_in(field, "1")


def _next_in(cell: _Cell) -> Paragraph:
    """The empty paragraph that a new cell has, and after it further ones."""
    first: Paragraph = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()


def _settings() -> BaseOxmlElement:
    compatible = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    notes = f'<w:footnote w:id="{SEPARATOR}"/><w:footnote w:id="{CONTINUATION}"/>'
    return parse_xml(
        f"<w:settings {nsdecls('w')}>"
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:footnotePr>{notes}</w:footnotePr><w:compat>{compatible}</w:compat>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _refill(element: BaseOxmlElement, source: BaseOxmlElement) -> None:
    element[:] = source[:]


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut where its direction changes: Word takes fonts and boldness of Arabic from other settings."""
    done = 0
    for match in _RTL_STRETCH.finditer(text):
        if match.start() > done:
            yield text[done : match.start()], False
        yield match.group(), True
        done = match.end()
    if done < len(text):
        yield text[done:], False


def _link(paragraph: Paragraph, url: str) -> BaseOxmlElement:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def _add(parent: BaseOxmlElement, tag: str) -> BaseOxmlElement:
    """A new element at the end of another."""
    child: BaseOxmlElement = parent.makeelement(tag)
    parent.append(child)
    return child


def _run_in(
    parent: BaseOxmlElement,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    coloured: bool = False,
    right_to_left: bool = False,
    style_id: str = "",
) -> None:
    """A run at the end of a paragraph, a link or a field. Only what is set: False would switch a bold style off."""
    run = _add(parent, _R)
    if bold or italic or coloured or right_to_left or style_id:
        typeface = _add(run, _R_PROPERTIES)  # its elements in the order of the schema (ECMA-376, CT_RPr)
        if style_id:
            _add(typeface, _R_STYLE).set(_VAL, style_id)
        for tag in (*(_BOLD if bold else ()), *(_ITALIC if italic else ())):
            _add(typeface, tag)
        if coloured:
            _add(typeface, _HIGHLIGHT).set(_VAL, "yellow")
        if right_to_left:
            _add(typeface, _RIGHT_TO_LEFT)
    if _BREAKS.search(text):
        run.text = text  # python-docx makes tabs and breaks of them
    else:  # what it would make of it, without looking at each character
        words = _add(run, _T)
        words.text = text
        if text.strip() != text:
            words.set(_SPACE, "preserve")


def _runs_right_to_left(paragraph: Paragraph) -> bool:
    """By its first letter, as the Unicode bidirectional algorithm decides it (UAX 9, P2)."""
    for words in paragraph._p.iter(_T):
        for character in words.text or "":
            if (direction := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
                return direction != "L"
    return False


def _turn(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left, with its figures, brackets and quotation marks: Word places those by what
    their run says, and else as in a line from left to right.
    """
    layout = paragraph._p.get_or_add_pPr()
    if layout.find(qn("w:bidi")) is None:
        layout.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
    for run in paragraph._p.iter(_R):
        text = "".join(words.text or "" for words in run.iter(_T))
        if text and not any(unicodedata.bidirectional(character) == "L" for character in text):
            typeface = run.get_or_add_rPr()
            if typeface.find(_RIGHT_TO_LEFT) is None:
                _add(typeface, _RIGHT_TO_LEFT)


def _bold_number(paragraph: Paragraph) -> None:
    layout = paragraph._p.get_or_add_pPr()
    if layout.find(qn("w:rPr")) is None:
        layout.insert_element_before(
            parse_xml(f"<w:rPr {nsdecls('w')}><w:b/><w:bCs/></w:rPr>"), "w:sectPr", "w:pPrChange"
        )
