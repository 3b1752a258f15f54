"""Reads the Word files back, the way Word does: text, and the numbers that it would count."""

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from openxml_audit import FileFormat, OpenXmlValidator, predict


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(f"word/{name}").decode()


def texts(content: bytes) -> list[str]:
    """All paragraphs in reading order, those in tables too."""
    document = opened(content)
    elements = document.element.body.iter(qn("w:p"))
    return [_read(Paragraph(element, document._body)) for element in elements]


def _read(paragraph: Paragraph) -> str:
    """The text as it is read aloud: a space that holds two words together is a space."""
    return paragraph.text.replace("\N{NO-BREAK SPACE}", " ")


def headings(content: bytes) -> list[tuple[int, str]]:
    """What a navigation pane or a screen reader lists: paragraphs of a built-in heading style or one based on it."""
    found = []
    for paragraph in opened(content).paragraphs:
        style = paragraph.style
        while style is not None and not str(style.name).startswith("Heading "):
            style = style.base_style
        if style is not None:
            found.append((int(str(style.name)[-1]), _read(paragraph)))
    return found


def findings(content: bytes, folder: Path) -> list[str]:
    """What openxml-audit holds against the file, warnings and guesses about Word included."""
    path = folder / "document.docx"
    path.write_bytes(content)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path)
    return [str(error.description) for error in result.errors] + list(predict(result).basis)


def labels(content: bytes) -> list[tuple[str, str]]:
    """Each paragraph with the number that Word counts for it, "" where it has none."""
    document = opened(content)
    counter = _Counter(document)
    return [(counter.label(paragraph), _read(paragraph)) for paragraph in document.paragraphs]


class _Counter:
    """Counts lists as ECMA-376, 17.9 has it: one run of numbers per abstract list, deeper levels start anew."""

    def __init__(self, document: Document) -> None:
        numbering = document.part.numbering_part.element
        self._abstract = {
            number.get(qn("w:numId")): number.find(qn("w:abstractNumId")).get(qn("w:val"))
            for number in numbering.findall(qn("w:num"))
        }
        self._levels = {
            (abstract.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): level
            for abstract in numbering.findall(qn("w:abstractNum"))
            for level in abstract.findall(qn("w:lvl"))
        }
        self._restarts = {
            (number.get(qn("w:numId")), override.get(qn("w:ilvl"))): override.find(qn("w:startOverride"))
            for number in numbering.findall(qn("w:num"))
            for override in number.findall(qn("w:lvlOverride"))
        }
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph: Paragraph) -> str:
        number = self._number(paragraph)
        if number is None:
            return ""
        number_id, level = number
        abstract = self._abstract[number_id]
        counts = self._counts.setdefault(abstract, [0] * 9)
        restart = self._restarts.pop((number_id, level), None)
        depth = int(level)
        counts[depth] = int(restart.get(qn("w:val"))) if restart is not None else counts[depth] + 1
        counts[depth + 1 :] = [0] * (8 - depth)
        definition = self._levels[abstract, level]
        form = definition.find(qn("w:numFmt")).get(qn("w:val"))
        text = str(definition.find(qn("w:lvlText")).get(qn("w:val")))
        return text.replace(f"%{depth + 1}", _in_form(counts[depth], form))

    def _number(self, paragraph: Paragraph) -> tuple[str, str] | None:
        element: BaseOxmlElement | None = paragraph._p
        style = paragraph.style
        while True:
            number = None if element is None else element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if number is not None:
                return number.find(qn("w:numId")).get(qn("w:val")), number.find(qn("w:ilvl")).get(qn("w:val"))
            if style is None:
                return None
            element, style = style.element, style.base_style


def _in_form(number: int, form: str) -> str:
    match form:
        case "upperRoman":
            return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number - 1]
        case "upperLetter":
            return chr(ord("A") + number - 1)
        case "lowerLetter":
            return chr(ord("a") + number - 1)
        case "lowerRoman":
            return ("i", "ii", "iii", "iv", "v")[number - 1]
        case "bullet":
            return ""
    return str(number)
