"""The summary report as a Word file, in the form of reports to the Human Rights Council (A/HRC/56/32).

The emblem of the United Nations is not ours to print: its place in the masthead stays empty, and so do
the job number and bar code, which document management adds.
"""

from __future__ import annotations

from datetime import datetime

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Pt, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from exports.dates import day_text, joined, range_text
from exports.inline import Gap, Inline, Span
from exports.report_data import Annex, Heading, Masthead, Paragraph, Remark, Report
from exports.text import one_line
from exports.word import TEXT_WIDTH, WordFile, add_field, set_borders, set_caption, set_widths
from exports.word_numbering import LETTERED_LEVEL, PARAGRAPHS, new_list, report_numbering, set_number
from exports.word_styles import report_styles

# By level and whether it has a number. The bold head without one is `_ H_2/3_G`, as in the model.
_HEADING_STYLES = {
    (1, True): "_ H _Ch_G",
    (1, False): "Heading 1",
    (2, True): "_ H_1_G",
    (2, False): "Heading 2",
    (3, True): "_ H_2/3_G 1.",
    (3, False): "_ H_2/3_G",
}
# The bold head right under I.: it looks the same and is of level 2, so that who walks the headings misses none.
_HEAD_UNDER_FIRST = "_ H_2/3_G under I."
# Measured in a Geneva masthead: columns for emblem, organ, and symbol and dates; where it floats on the page.
_MASTHEAD_COLUMNS = tuple(map(Twips, (1242, 5562, 2834)))
_MASTHEAD_HEIGHTS = tuple(map(Twips, (851, 2835)))
_MASTHEAD_PLACE = (
    '<w:tblpPr {} w:leftFromText="142" w:rightFromText="142" w:vertAnchor="page" w:horzAnchor="page" '
    'w:tblpX="1135" w:tblpY="285"/>'
)


def report_docx(report: Report, *, made: datetime) -> bytes:
    """report.docx: real heading styles, numbers counted by Word, a comment at each gap and at what is remarked.

    `made` is an aware instant.
    """
    file = WordFile(
        title=report.title,
        language=report.language,
        made=made,
        styles=report_styles(report.language),
        numbering=report_numbering(),
        author=report.comment_author,
        after_note_number="\t",
    )
    _write_running_heads(file, report.masthead.symbol)
    _write_masthead(file, report.masthead)
    _write_session(file, report.masthead)
    file.paragraph(one_line(report.title), "Title", remarks=report.title_remarks)
    file.paragraph(one_line(report.author_line), "Subtitle")
    _write_summary(file, report.summary, report.summary_remarks)
    _write_body(file, report.body)
    if report.annex is not None:
        _write_annex(file, report.annex)
    _write_end_rule(file)
    return file.to_bytes()


def _either(value: str | Gap) -> Span | Gap:
    return value if isinstance(value, Gap) else Span(one_line(value))


def _write_running_heads(file: WordFile, symbol: str | Gap) -> None:
    """Symbol above and page number below, both at the outer edge; the first page has the masthead instead."""
    file.document.settings.odd_and_even_pages_header_footer = True
    section = file.document.sections[0]
    section.different_first_page_header_footer = True
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for header, footer, side in (
        (section.header, section.footer, right),
        (section.even_page_header, section.even_page_footer, left),
    ):
        head, foot = header.paragraphs[0], footer.paragraphs[0]
        head.style, foot.style = "Header", "Footer"
        head.alignment = foot.alignment = side
        file.write(head, [_either(symbol)])
        add_field(foot, "PAGE")


def _write_masthead(file: WordFile, masthead: Masthead) -> None:
    """The floating table at the head of the first page: organization and symbol above, organ and dates below."""
    table = file.document.add_table(rows=2, cols=3)
    _lay_out_masthead(table)
    (_, nations, number), (_, organ, dates) = (row.cells for row in table.rows)
    for cell in (nations, number):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    _resize(file.paragraph("United Nations", within=nations), Pt(14))
    body = file.paragraph([Span(one_line(masthead.organ), bold=True)], within=organ)
    _resize(body, Pt(20))
    _write_symbol(file, number, masthead.symbol)
    submitted = masthead.submission_date
    for content in (
        Span(f"Distr.: {one_line(masthead.distribution)}"),
        submitted if isinstance(submitted, Gap) else Span(day_text(submitted)),
        Span(""),
        Span(f"Original: {one_line(masthead.original_language)}"),
    ):
        file.paragraph([content], within=dates)
    body.paragraph_format.space_before = dates.paragraphs[0].paragraph_format.space_before = Pt(12)


def _lay_out_masthead(table: Table) -> None:
    table.autofit = False
    set_caption(table, "Masthead")
    table._tbl.tblPr.insert(0, parse_xml(_MASTHEAD_PLACE.format(nsdecls("w"))))
    set_borders(table, {"bottom": 12, "insideH": 4})
    set_widths(table, _MASTHEAD_COLUMNS)
    for row, height in zip(table.rows, _MASTHEAD_HEIGHTS, strict=True):
        row.height = height


def _write_symbol(file: WordFile, cell: _Cell, symbol: str | Gap) -> None:
    """The symbol with its first part large, as on every masthead: A large, /HRC/56/32 small."""
    if isinstance(symbol, Gap):
        line = file.paragraph([symbol], within=cell)
    else:
        organ, slash, rest = one_line(symbol).partition("/")
        line = file.paragraph(organ, within=cell)
        _resize(line, Pt(20))
        file.write(line, slash + rest)
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write_session(file: WordFile, masthead: Masthead) -> None:
    """Which body and session the report goes to, and under which agenda items."""
    body = file.paragraph([Span(one_line(masthead.body), bold=True)])
    _resize(body, Pt(12))
    body.paragraph_format.space_before = Pt(6)
    session = masthead.session
    file.paragraph([session if isinstance(session, Gap) else Span(one_line(session), bold=True)])
    dates = masthead.session_dates
    file.paragraph([dates if isinstance(dates, Gap) else Span(range_text(*dates))])
    if numbers := [str(item.number) for item in masthead.agenda_items]:
        file.paragraph(f"Agenda item{'s' if len(numbers) > 1 else ''} {joined(numbers)}")
    if masthead.agenda_gap is not None:
        file.paragraph([masthead.agenda_gap])
    for item in masthead.agenda_items:
        title = file.paragraph([Span(one_line(item.title), bold=True)])
        title.paragraph_format.space_before = Pt(4)
        title.paragraph_format.right_indent = Twips(5103)  # a narrow block at the left, as in the model


def _write_summary(file: WordFile, summary: tuple[Inline, ...], remarks: tuple[Remark, ...]) -> None:
    """The box with the italic word and the unnumbered text."""
    table = file.document.add_table(rows=2, cols=1)
    table.autofit = False
    set_widths(table, [Length(TEXT_WIDTH)])
    set_borders(table, {"top": 4, "left": 4, "bottom": 4, "right": 4})
    set_caption(table, "Summary")
    head = file.paragraph([Span("Summary", italic=True)], "_ Summary", within=table.cell(0, 0))
    head.paragraph_format.space_before = Pt(6)
    head.paragraph_format.keep_with_next = True
    _resize(head, Pt(12))
    file.paragraph(summary, "_ Summary", within=table.cell(1, 0), remarks=remarks)


def _write_body(file: WordFile, body: tuple[Heading | Paragraph, ...]) -> None:
    depth = 0
    for position, block in enumerate(body):
        if isinstance(block, Heading):
            first = _write_heading(file, block, depth)
            depth = block.level if block.level < 3 else depth
        else:
            first = _write_paragraph(file, block)
        if position == 0:
            first.paragraph_format.page_break_before = True


def _write_heading(file: WordFile, heading: Heading, depth: int) -> WordParagraph:
    """A heading; `depth` is the level of the last one that is not of level 3."""
    style = _HEADING_STYLES[heading.level, heading.numbered]
    if depth == 1 and (heading.level, heading.numbered) == (3, False):
        style = _HEAD_UNDER_FIRST
    return file.paragraph(one_line(heading.text), style, remarks=heading.remarks)


def _write_annex(file: WordFile, annex: Annex) -> None:
    """The list of speakers, on a page of its own."""
    head = file.paragraph("Annex", "Heading 1")
    head.add_run().add_break()
    file.write(head, one_line(annex.title))
    head.paragraph_format.page_break_before = True
    for session in annex.sessions:
        file.paragraph(one_line(session.title), "Heading 2")
        for role, person in session.named:
            file.paragraph([Span(f"{one_line(role)}: ", italic=True), Span(one_line(person))], "_ Speaker")
        if session.floor:
            file.paragraph("From the floor", "_ H_2/3_G")
        for body in session.floor:
            file.paragraph(one_line(body), "_ Speaker")
    if not annex.sessions:
        file.paragraph("No speakers are listed yet.", "_ Speaker")


def _write_paragraph(file: WordFile, paragraph: Paragraph) -> WordParagraph:
    def of(item: int | None) -> list[Remark]:
        return [remark for remark in paragraph.remarks if remark.item == item]

    style = "_ Single Txt_G" if paragraph.numbered else "_ Single Txt_G unnumbered"
    written = file.paragraph(paragraph.content, style, bold=paragraph.bold, remarks=of(None))
    lines = [
        file.paragraph(item, "_ Single Txt_G (a)", bold=paragraph.bold, remarks=of(number))
        for number, item in enumerate(paragraph.items)
    ]
    if lines:
        written.paragraph_format.keep_with_next = True  # "… should:" does not end a page
    if lines and not paragraph.numbered:  # no number above that would make Word begin at (a) again
        letters = new_list(file.numbering, PARAGRAPHS, LETTERED_LEVEL)
        for line in lines:
            set_number(line, letters, LETTERED_LEVEL)
    return written


def _write_end_rule(file: WordFile) -> None:
    """The short centred line that closes a document, never alone on a page."""
    file.document.paragraphs[-1].paragraph_format.keep_with_next = True
    rule = file.document.add_paragraph()
    rule.alignment = WD_ALIGN_PARAGRAPH.CENTER
    rule.paragraph_format.space_before = Pt(12)
    rule.add_run("\t\t\t").font.underline = True


def _resize(paragraph: WordParagraph, size: Pt) -> None:
    for run in paragraph.runs:
        run.font.size = size
