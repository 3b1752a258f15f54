"""The styles of the Word documents, written from nothing so that no leftover of a template is in them.

Two sets: `plain_styles` for concept note, programme and lists; `report_styles` for the report, with the
style family of United Nations documents in Geneva (`_ H _Ch_G`, `_ Single Txt_G` …). Its sizes and
indents were measured in an official masthead document: text column 1,134 twips inside the margins,
numbers in the gutter. Lengths are in twips (1/20 pt; 567 are one centimetre), sizes in points.
"""

from __future__ import annotations

import re

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from exports.word_numbering import BULLETS, HEADINGS, LETTERED_LEVEL, PARAGRAPHS

FONT = "Times New Roman"
# Word knows languages with their region; these are the official ones of the United Nations, English in its spelling.
_FULL_TAGS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
_LANGUAGE_TAG = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def _font(size: float | None = None, *, bold: bool = False, italic: bool = False, more: str = "") -> str:
    """Run properties; each doubled for complex scripts, or Arabic would stay thin and small."""
    xml = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    if size is not None:
        xml += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    return xml + more


def _spacing(before: int = 0, after: int = 0, line: int = 240, rule: str = "auto") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def _number(number_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'


def _style(
    style_id: str,
    name: str,
    *,
    kind: str = "paragraph",
    based_on: str | None = "Normal",
    following: str | None = None,
    paragraph: str = "",
    run: str = "",
    table: str = "",
    hidden: bool = False,
) -> str:
    custom = ' w:customStyle="1"' if name.startswith("_") else ""
    default = ' w:default="1"' if based_on is None else ""
    xml = f'<w:style w:type="{kind}"{default}{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
    if based_on:
        xml += f'<w:basedOn w:val="{based_on}"/>'
    if following:
        xml += f'<w:next w:val="{following}"/>'
    xml += "<w:semiHidden/><w:unhideWhenUsed/>" if hidden else "<w:qFormat/>" if kind == "paragraph" else ""
    if paragraph:
        xml += f"<w:pPr>{paragraph}</w:pPr>"
    if run:
        xml += f"<w:rPr>{run}</w:rPr>"
    return f"{xml}{table}</w:style>"


def _defaults(language: str, size: float) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="SimSun" w:cs="{FONT}"/>'
    script = language.partition("-")[0]
    east_asian = language if script in ("zh", "ja", "ko") else "zh-CN"
    right_to_left = language if script in ("ar", "he", "fa", "ur") else "ar-SA"
    languages = f'<w:lang w:val="{language}" w:eastAsia="{east_asian}" w:bidi="{right_to_left}"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_font(size)}{languages}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>"
    )


def _common(normal: str, footnote: str) -> list[str]:
    """Styles that both sets have, and the ones Word looks for by name: notes, comments, links, tables."""
    cell = '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    cell += '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    raised = '<w:vertAlign w:val="superscript"/>'
    link = '<w:color w:val="0563C1"/><w:u w:val="single"/>'
    return [
        _style("Normal", "Normal", based_on=None, paragraph=normal),
        _style("DefaultParagraphFont", "Default Paragraph Font", kind="character", based_on=None, hidden=True),
        _style(
            "TableNormal",
            "Normal Table",
            kind="table",
            based_on=None,
            hidden=True,
            table=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{cell}</w:tblPr>',
        ),
        _style("Hyperlink", "Hyperlink", kind="character", based_on="DefaultParagraphFont", run=link),
        _style("FootnoteText", "footnote text", paragraph=footnote, run=_font(9)),
        _style(
            "FootnoteReference",
            "footnote reference",
            kind="character",
            based_on="DefaultParagraphFont",
            run=raised,
        ),
        _style("CommentText", "annotation text", run=_font(10), hidden=True),
        _style(
            "CommentReference",
            "annotation reference",
            kind="character",
            based_on="DefaultParagraphFont",
            run=_font(8),
            hidden=True,
        ),
    ]


def _heading(level: int, *, look: str, run: str) -> str:
    """A built-in heading: by its name and outline level Word, LibreOffice and screen readers find it."""
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    layout = f"<w:keepNext/><w:keepLines/>{look}{outline}"
    return _style(f"Heading{level}", f"heading {level}", following="Normal", paragraph=layout, run=run)


def _geneva_heading(style_id: str, name: str, based_on: str, level: int, *, numbered: bool = True) -> str:
    """A heading of the Geneva family: the built-in one of its level, with the number that Word counts."""
    # The number ends at 851 and the text begins at 1134, as the right tab of the measured styles has it.
    hung = _number(HEADINGS, level - 1) + '<w:ind w:left="1134" w:right="1134" w:hanging="283"/>'
    return _style(style_id, name, based_on=based_on, following="SingleTxtG", paragraph=hung if numbered else "")


def plain_styles(language: str) -> BaseOxmlElement:
    """Styles of concept note, programme and lists: 11 pt, headings bold, no numbers."""
    centred = '<w:jc w:val="center"/>'
    title = _spacing(before=120, after=120) + centred
    footer = '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>'
    styles = [
        *_common(_spacing(after=120), _spacing(after=40)),
        _style("Title", "Title", paragraph=title, run=_font(16, bold=True)),
        _style("RepeatedTitle", "_ Repeated title", paragraph=title, run=_font(16, bold=True)),
        _style("Subtitle", "Subtitle", paragraph=_spacing(before=120, after=120) + centred, run=_font(13, bold=True)),
        _style("MeetingLine", "_ Meeting line", paragraph=_spacing(after=40) + centred),
        _heading(1, look=_spacing(before=360, after=120), run=_font(14, bold=True)),
        _heading(2, look=_spacing(before=240, after=80), run=_font(12, bold=True)),
        _heading(3, look=_spacing(before=160, after=60), run=_font(11, bold=True)),
        _heading(4, look=_spacing(before=120, after=40), run=_font(11, bold=True)),
        _style("ListBullet", "List Bullet", paragraph=_number(BULLETS) + _spacing(after=60)),
        _style("ListNumber", "List Number", paragraph=_spacing(after=60)),
        _style("Quote", "Quote", paragraph=_spacing(before=120, after=120) + '<w:ind w:left="567" w:right="567"/>'),
        _style("Person", "_ Person", paragraph=_spacing(after=60) + '<w:ind w:left="284" w:hanging="284"/>'),
        _style("Header", "header", run=_font(9)),
        _style("Footer", "footer", paragraph=footer, run=_font(9)),
        *_programme_styles(),
    ]
    return _document(styles, language, 11)


def _programme_styles() -> list[str]:
    """A style for each thing that a programme tells, so that a program finds it again: those of the cells' paragraphs,
    and those of the words in a person's line. Sessions and their parts are headings.
    """
    tight = _spacing(before=40, after=40)
    # A heading in a cell would keep its row with the next one, and so the whole table together.
    alone = '<w:keepNext w:val="0"/><w:keepLines/>'
    return [
        _style("Version", "_ Version", paragraph="<w:keepNext/>" + _spacing(after=120), run=_font(italic=True)),
        _style("Format", "_ Format", paragraph=_spacing(after=120)),
        _style("CellText", "_ Cell text", paragraph=tight),
        _style("Time", "_ Time", based_on="CellText", run=_font(bold=True)),
        _style("Kind", "_ Kind", based_on="CellText", run=_font(10)),
        _style("Session", "_ Session", based_on="Heading3", following="CellText", paragraph=alone + tight),
        _style("Part", "_ Part", based_on="Heading4", following="CellText", paragraph=alone + _spacing(80, 40)),
        _style("Pause", "_ Pause", based_on="CellText", run=_font(italic=True)),
        _style("Track", "_ Track", based_on="CellText", run=_font(italic=True)),
        _style("Room", "_ Room", based_on="CellText", run=_font(italic=True)),
        _style("Role", "_ Role", based_on="CellText"),
        _style("Speaker", "_ Speaker", based_on="ListBullet"),
        _style("Timing", "_ Timing", based_on="CellText", run=_font(10)),
        *(
            _style(name.replace(" ", ""), f"_ {name}", kind="character", based_on="DefaultParagraphFont", run=run)
            for name, run in (
                ("Label", ""),
                ("Hours", ""),
                ("Role name", _font(italic=True)),
                ("Name", _font(bold=True)),
                ("Function", ""),
                ("Unit", ""),
                ("Organization", ""),
                ("Country", ""),
                ("Unconfirmed", _font(italic=True)),
            )
        ),
    ]


def report_styles(language: str) -> BaseOxmlElement:
    """Styles of the report: 10 pt, the Geneva family, headings and paragraphs numbered by their styles."""
    column = '<w:ind w:left="1134" w:right="1134"/>'
    boxed = '<w:ind w:left="1026" w:right="1026"/>'  # the same column, less the margin of the box
    ruled = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>'
    # The measured style has a right tab before the number; LibreOffice puts it behind, so the number is hung instead.
    note = _spacing(line=220, rule="exact") + '<w:ind w:left="1134" w:right="1134" w:hanging="283"/>'
    text = '<w:tabs><w:tab w:val="left" w:pos="{tab}"/></w:tabs>' + _spacing(after=120, line=240, rule="atLeast")
    text += '<w:ind w:left="1134" w:right="1134" w:firstLine="{first}"/><w:jc w:val="both"/>'
    chapter, section, part = (360, 240, 300), (360, 240, 270), (240, 120, 240)
    looks = [_spacing(before, after, line, "exact") + column for before, after, line in (chapter, section, part)]
    fonts = [_font(14, bold=True), _font(12, bold=True), _font(10, bold=True)]
    styles = [
        *_common("<w:suppressAutoHyphens/>" + _spacing(line=240, rule="atLeast"), note),
        *(_heading(level, look=looks[level - 1], run=fonts[level - 1]) for level in (1, 2, 3)),
        _geneva_heading("HChG", "_ H _Ch_G", "Heading1", 1),
        _geneva_heading("H1G", "_ H_1_G", "Heading2", 2),
        _geneva_heading("H23G", "_ H_2/3_G", "Heading3", 3, numbered=False),
        _style(
            "H23GUnderFirst",
            "_ H_2/3_G under I.",
            based_on="Heading2",
            following="SingleTxtG",
            paragraph=looks[2],
            run=fonts[2],
        ),
        _geneva_heading("H23GNumbered", "_ H_2/3_G 1.", "H23G", 3),
        _style(
            "Title",
            "Title",
            following="Subtitle",
            paragraph="<w:keepNext/><w:keepLines/>" + looks[0],
            run=fonts[0],
        ),
        _style(
            "Subtitle",
            "Subtitle",
            paragraph="<w:keepNext/><w:keepLines/>" + looks[1],
            run=fonts[1],
        ),
        _style("SingleTxtG", "_ Single Txt_G", paragraph=_number(PARAGRAPHS) + text.format(tab=1701, first=0)),
        _style("SingleTxtGUnnumbered", "_ Single Txt_G unnumbered", paragraph=text.format(tab=1701, first=0)),
        _style(
            "SingleTxtGLettered",
            "_ Single Txt_G (a)",
            based_on="SingleTxtG",
            paragraph=_number(PARAGRAPHS, LETTERED_LEVEL) + text.format(tab=2268, first=567),
        ),
        _style(
            "Speaker",
            "_ Speaker",
            paragraph=_spacing(after=60) + '<w:ind w:left="1418" w:right="1134" w:hanging="284"/>',
        ),
        _style("Summary", "_ Summary", paragraph=_spacing(after=120) + boxed + '<w:jc w:val="both"/>'),
        _style("Header", "header", paragraph=ruled, run=_font(9, bold=True)),
        _style("Footer", "footer", run=_font(9, bold=True)),
    ]
    return _document(styles, language, 10)


def _document(styles: list[str], language: str, size: float) -> BaseOxmlElement:
    language = _FULL_TAGS.get(language, language)
    if not _LANGUAGE_TAG.fullmatch(language):
        raise ValueError(f"not a language tag: {language!r}")
    return parse_xml(f"<w:styles {nsdecls('w')}>{_defaults(language, size)}{''.join(styles)}</w:styles>")
