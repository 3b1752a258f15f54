"""Automatic numbering: what Word counts, so that an inserted paragraph renumbers the rest.

Report: headings I. / A. / 1. in one list; paragraphs 1. to the last in another, never restarted, with
the lettered items (a), (b) as its second level, which starts anew under each paragraph.
Other documents: bullets, and one number list for each ordered list of a text.
"""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

# numId of the lists that a document has from the start. Each has an abstract list of the same number.
HEADINGS, PARAGRAPHS = 1, 2
BULLETS, ORDERED = 1, 2
LETTERED_LEVEL = 1
_DEPTH = 9  # Word knows nine levels


def report_numbering() -> BaseOxmlElement:
    """Headings and paragraphs of the report."""
    return _numbering({HEADINGS: _heading_levels(), PARAGRAPHS: _paragraph_levels()})


def plain_numbering() -> BaseOxmlElement:
    """Bullets and ordered lists, nine levels each."""
    return _numbering(
        {
            BULLETS: [_bullet_level(level) for level in range(_DEPTH)],
            ORDERED: [_ordered_level(level) for level in range(_DEPTH)],
        }
    )


def new_list(numbering: BaseOxmlElement, kind: int, level: int, start: int = 1) -> int:
    """Add a list that looks like list `kind` but counts from `start` at `level`; returns its numId."""
    number_id = max(int(number.get(qn("w:numId"))) for number in numbering.findall(qn("w:num"))) + 1
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{kind}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    )
    return number_id


def set_number(paragraph: Paragraph, number_id: int, level: int) -> None:
    """Put the paragraph into a list, whatever its style says."""
    number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = level
    number.get_or_add_numId().val = number_id


def deepest(level: int) -> int:
    """The level itself or, for a list nested deeper than Word can, the deepest one."""
    return min(level, _DEPTH - 1)


def _numbering(lists: dict[int, list[str]]) -> BaseOxmlElement:
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
        for number, levels in lists.items()
    )
    used = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in lists
    )  # the schema wants every abstract list before the first of these
    return parse_xml(f"<w:numbering {nsdecls('w')}>{abstract}{used}</w:numbering>")


def _level(level: int, form: str, text: str, layout: str, *, style: str = "", align: str = "left") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="{align}"/><w:pPr>{layout}</w:pPr></w:lvl>'
    )


def _heading_levels() -> list[str]:
    hung = '<w:ind w:left="1134" w:hanging="283"/>'
    forms = (("upperRoman", "%1.", "HChG"), ("upperLetter", "%2.", "H1G"), ("decimal", "%3.", "H23GNumbered"))
    return [
        _level(level, form, text, hung, style=style, align="right") for level, (form, text, style) in enumerate(forms)
    ]


def _paragraph_levels() -> list[str]:
    def first_line(tab: int, indent: int) -> str:
        return f'<w:tabs><w:tab w:val="left" w:pos="{tab}"/></w:tabs><w:ind w:left="1134" w:firstLine="{indent}"/>'

    return [
        _level(0, "decimal", "%1.", first_line(1701, 0), style="SingleTxtG"),
        _level(LETTERED_LEVEL, "lowerLetter", "(%2)", first_line(2268, 567), style="SingleTxtGLettered"),
    ]


def _bullet_level(level: int) -> str:
    style = "ListBullet" if level == 0 else ""
    return _level(level, "bullet", "•" if level % 2 == 0 else "–", _indented(level), style=style)


def _ordered_level(level: int) -> str:
    form = ("decimal", "lowerLetter", "lowerRoman")[level % 3]
    return _level(level, form, f"%{level + 1}.", _indented(level))


def _indented(level: int) -> str:
    return f'<w:ind w:left="{397 * (level + 1)}" w:hanging="397"/>'
