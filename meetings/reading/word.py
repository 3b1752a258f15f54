"""The lines of a Word file in the order of the document: paragraphs, rows of tables, footnotes where they are called.

Only what was examined (meetings/word_package.py) reaches python-docx: a new package is put together of the body and the
styles, with links to the web as the only relations. Nothing is read of pictures, headers, comments and deleted text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from meetings.reading.rules.source import LONGEST_LINE, Line, Source, Style, cut, from_paragraphs, normal
from meetings.word_package import DAMAGE, Walk, examine, part

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What holds paragraphs or runs and says nothing itself.
_TRANSPARENT = {
    _W + name for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "body")
}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS = re.compile(r'HYPERLINK\s+"(?P<url>https?://[^"\s]+)"')
_SHORT_CELL = 30
_TITLES = ("session", "part", "pause")


class Damaged(ValueError):
    """The file cannot be read, or is made to keep a reader busy."""


@dataclass(slots=True)
class _Text:
    """A paragraph while it is read: stretches of text with how they look."""

    pieces: list[tuple[str, bool, str, str]] = field(default_factory=list)  # text, bold, own style, link
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # text boxes anchored here
    field_code: str = ""
    field_url: str = ""

    def add(self, text: str, *, bold: bool = False, own: str = "", url: str = "") -> None:
        if text:
            self.pieces.append((text, bold, own, url or self.field_url))

    @property
    def text(self) -> str:
        return "".join(piece[0] for piece in self.pieces)


def word_source(content: bytes) -> Source:
    """The lines of a Word file that examine() of meetings/floor/rules/statements.py has taken; Damaged for others."""
    # Megabytes that only those pay for who read a Word file.
    import docx  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            clean, links, notes = _careful(package)
        document = docx.Document(io.BytesIO(clean))
        styles = document.styles.element
        language = next(styles.iter(_W + "lang"), None)
        reader = _Reader(
            styles=_styles(styles),
            own=_own_styles(styles),
            links=links,
            notes={name: _notes(parse_xml(body)) for name, body in notes.items()},
        )
        lines = [*reader.lines(document.element.body)]
    except (*DAMAGE, KeyError, RecursionError, AttributeError) as error:
        raise Damaged(str(error)) from error
    return from_paragraphs(lines, _value(language) or "en")


class _Links(Walk):
    """The web addresses that a body's links lead to, by their id."""

    def __init__(self, content: bytes) -> None:
        self.found: dict[str, str] = {}
        super().__init__(content)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A relation."""
        target = attributes.get("Target", "")
        if (
            name == _RELATION
            and attributes.get("TargetMode") == "External"
            and target.startswith(("http://", "https://"))
        ):
            self.found[attributes.get("Id", "")] = target


def _careful(package: zipfile.ZipFile) -> tuple[bytes, dict[str, str], dict[str, bytes]]:
    """A package of the body and the styles alone, the links of the body, and the notes."""
    infos = {info.filename: info for info in package.infolist()}
    body = part(package, infos["word/document.xml"])
    examine(body)
    styles = b""
    if "word/styles.xml" in infos:
        styles = part(package, infos["word/styles.xml"])
        examine(styles)
    relations = "word/_rels/document.xml.rels"
    links = _Links(part(package, infos[relations])).found if relations in infos else {}
    notes = {}
    for name in ("footnotes", "endnotes"):
        if f"word/{name}.xml" in infos:
            notes[name] = part(package, infos[f"word/{name}.xml"])
            examine(notes[name])
    return _package(body, styles), links, notes


def _package(body: bytes, styles: bytes) -> bytes:
    """The smallest package that python-docx opens."""
    file = io.BytesIO()
    kinds = {"document": f"{_TYPES}.document.main+xml"} | ({"styles": f"{_TYPES}.styles+xml"} if styles else {})
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
    relation = '<Relationship Id="rId1" Type="{}/{}" Target="{}"/>'
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{overrides}</Types>",
        )
        package.writestr(
            "_rels/.rels", relations.format(relation.format(_RELATIONS, "officeDocument", "word/document.xml"))
        )
        package.writestr("word/document.xml", body)
        if styles:
            package.writestr("word/styles.xml", styles)
            package.writestr(
                "word/_rels/document.xml.rels", relations.format(relation.format(_RELATIONS, "styles", "styles.xml"))
            )
    return file.getvalue()


def _styles(element: Element) -> dict[str, Style]:
    """What each paragraph style is for, by its id; the names of built-in ones are English in every language's Word."""
    found: dict[str, Style] = {}
    based: dict[str, str] = {}
    for style in element.iter(_W + "style"):
        key = style.get(_W + "styleId") or ""
        name = _value(style.find(_W + "name")).lower()
        base = style.find(_W + "basedOn")
        based[key] = _value(base)
        if name.startswith("heading") or style.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            found[key] = "heading"
        elif name in ("title", "subtitle"):
            found[key] = "title" if name == "title" else "subtitle"
        elif style.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith(("list bullet", "list number")):
            found[key] = "bullet"
    for key in based:
        seen = [key]
        while based.get(seen[-1]) and based[seen[-1]] not in seen and seen[-1] not in found:
            seen.append(based[seen[-1]])
        if seen[-1] in found:
            found[key] = found[seen[-1]]
    return found


def _own_styles(element: Element) -> dict[str, str]:
    """The styles by which Rostrum's own programme tells what is what (exports/word_styles.py), by their id."""
    names = {style.get(_W + "styleId") or "": _value(style.find(_W + "name")) for style in element.iter(_W + "style")}
    return {key: name[2:].lower() for key, name in names.items() if name.startswith("_ ")}


def _notes(element: Element) -> dict[str, Element]:
    return {note.get(_W + "id") or "": note for note in element if note.get(_W + "type") in (None, "normal")}


@dataclass(slots=True)
class _Reader:
    styles: dict[str, Style]
    own: dict[str, str]
    links: dict[str, str]
    notes: dict[str, dict[str, Any]]
    count: int = 0  # of notes called so far

    def lines(self, container: Element) -> Iterator[Line]:
        """The lines of a body, a cell or a text box; their numbers are given later."""
        for child in container:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag in _TRANSPARENT:
                yield from self.lines(child)

    def _paragraph(self, element: Element, style: Style | None = None) -> Iterator[Line]:
        text = _Text()
        self._into(text, element)
        kind = style or self._style(element)
        if kind == "cell" and self._style(element) == "bullet":
            kind = "bullet"
        yield from _lines(text, kind, self._own(element, "pPr", "pStyle"))
        for note in text.notes:
            yield from (Line(0, part, normal(part), style="note") for part in cut(note))
        for box in text.boxes:
            yield from self.lines(box)

    def _style(self, element: Element) -> Style:
        properties = element.find(_W + "pPr")
        if properties is None:
            return ""
        kind = self.styles.get(_value(properties.find(_W + "pStyle")), "")
        if kind in ("", "bullet"):
            number = properties.find(f"{_W}numPr/{_W}numId")
            if number is not None:
                return "bullet" if _value(number) != "0" else ""
            if properties.find(_W + "outlineLvl") is not None and _value(properties.find(_W + "outlineLvl")) != "9":
                return "heading"
        return kind

    def _own(self, element: Element, properties: str, name: str) -> str:
        return self.own.get(_value(element.find(f"{_W}{properties}/{_W}{name}")), "")

    def _into(self, text: _Text, element: Element, url: str = "") -> None:
        """Read what a paragraph, a link or an insertion holds."""
        for child in element:
            if child.tag == _W + "r":
                self._run(text, child, url)
            elif child.tag == _W + "hyperlink":
                self._into(text, child, self.links.get(child.get(_R + "id") or "", ""))
            elif child.tag in _TRANSPARENT:
                self._into(text, child, url)

    def _run(self, text: _Text, run: Element, url: str) -> None:
        bold, own = _is_on(run, "b"), self._own(run, "rPr", "rStyle")
        for child in run:
            match child.tag.removeprefix(_W):
                case "t":
                    text.add(child.text or "", bold=bold, own=own, url=url)
                case "tab":
                    text.add("\t", bold=bold, own=own)
                case "br" | "cr":
                    text.add("\n" if child.get(_W + "type") is None else " ", bold=bold, own=own)
                case "noBreakHyphen":
                    text.add("-", bold=bold, own=own)
                case "footnoteReference" | "endnoteReference" as name:
                    self._note(text, name.removesuffix("Reference") + "s", child.get(_W + "id") or "")
                case "fldChar":
                    _field(text, child.get(_W + "fldCharType") or "")
                case "instrText":
                    text.field_code += child.text or ""
                case _:
                    text.boxes += [
                        box
                        for box in child.iter(_W + "txbxContent")
                        if not any(above.tag == _MC + "Fallback" for above in box.iterancestors())
                    ]

    def _note(self, text: _Text, kind: str, key: str) -> None:
        note = self.notes.get(kind, {}).get(key)
        if note is None:
            return
        self.count += 1
        mark = str(self.count).translate(_SUPERSCRIPT)
        text.add(mark)
        said = _Text()
        for paragraph in note.iter(_W + "p"):
            self._into(said, paragraph)
            said.add(" ")
        text.notes.append(f"{mark} {' '.join(said.text.split())}")

    def _table(self, table: Element) -> Iterator[Line]:
        for row in _children(table, "tr"):
            cells = [*_children(row, "tc")]
            read = [[line for line in self._cell(cell) if line.said] for cell in cells]
            if any(line.own in _TITLES for lines in read for line in lines):
                yield from _own_row(read)
            elif len(cells) == 1 and not self.own:
                yield from self.lines(cells[0])
            else:
                yield from _row(read)

    def _cell(self, cell: Element) -> Iterator[Line]:
        for child in cell:
            if child.tag == _W + "p":
                yield from self._paragraph(child, "cell")
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag in _TRANSPARENT:
                yield from self._cell(child)


def _row(cells: list[list[Line]]) -> Iterator[Line]:
    """A row as one line of what its cells begin with; what else is in them follows."""
    firsts: list[Line] = []
    rest: list[Line] = []
    for place, lines in enumerate(cells):
        whole = " ".join(line.said for line in lines)
        if len(lines) > 1 and place < len(cells) - 1 and len(whole) <= _SHORT_CELL:
            firsts.append(replace(lines[0], text=" ".join(line.text for line in lines), said=whole))
        elif lines:
            firsts.append(lines[0])
            rest += lines[1:]
    if firsts:
        yield Line(
            0,
            " | ".join(line.text for line in firsts),
            " | ".join(line.said for line in firsts),
            style="row",
            links=tuple(link for line in firsts for link in line.links),
        )
    yield from rest


def _own_row(cells: list[list[Line]]) -> Iterator[Line]:
    """A session of a programme that Rostrum wrote: a line for each thing that it tells, the first begins the row."""
    lines = [line for cell in cells for line in cell]
    yield replace(lines[0], style="row")
    yield from (replace(line, style="cell") for line in lines[1:])


def _lines(text: _Text, style: Style, own: str) -> Iterator[Line]:
    """A paragraph's lines: parted where it has line breaks."""
    rows: list[list[tuple[str, bool, str, str]]] = [[]]
    for said, bold, named, url in text.pieces:
        for place, stretch in enumerate(said.split("\n")):
            if place:
                rows.append([])
            if stretch:
                rows[-1].append((stretch, bold, named, url))
    for place, row in enumerate(rows):
        whole = "".join(piece[0] for piece in row)
        said = normal(whole)
        if len(whole) > LONGEST_LINE:
            yield from (Line(0, part, normal(part), style, soft=place > 0, own=own) for part in cut(whole))
            continue
        yield Line(
            0,
            whole.strip(),
            said,
            style=style if not place or style == "cell" else "",
            bold=bool(said) and all(bold for stretch, bold, _, _ in row if stretch.strip()),
            soft=place > 0,
            links=_links_of(row),
            own=own,
            spans=_spans_of(row) if own else (),
        )


def _spans_of(row: list[tuple[str, bool, str, str]]) -> tuple[tuple[str, str], ...]:
    """The stretches of a line by their style: text in several scripts is cut into runs, which belong together."""
    found: list[tuple[str, str]] = []
    for stretch, _bold, named, _url in row:
        if found and found[-1][0] == named:
            found[-1] = (named, found[-1][1] + stretch)
        else:
            found.append((named, stretch))
    return tuple(found)


def _links_of(row: list[tuple[str, bool, str, str]]) -> tuple[tuple[str, str], ...]:
    """The links of a line, each as one even where Word has cut its text into runs."""
    found: list[tuple[str, str]] = []
    last = ""
    for stretch, _bold, _named, url in row:
        if url and url == last:
            found[-1] = (found[-1][0] + stretch, url)
        elif url:
            found.append((stretch, url))
        last = url
    return tuple((normal(shown), url) for shown, url in found)


def _field(text: _Text, step: str) -> None:
    if step == "begin":
        text.field_code = text.field_url = ""
    elif step == "separate" and (match := _ADDRESS.search(text.field_code)):
        text.field_url = match["url"]
    elif step == "end":
        text.field_url = ""


def _children(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in element:
        if child.tag == _W + name:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, name)


def _is_on(run: Element, name: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(_W + "val", "1") not in ("0", "false", "off")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(_W + "val") or ""
