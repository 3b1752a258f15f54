import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from exports.inline import Footnote, Gap, Span
from exports.report import report_docx
from exports.report_data import AgendaItem, Annex, AnnexSession, Heading, Masthead, Paragraph, Report
from tests.exports.reading import headings, labels, opened, part, texts
from tests.exports.samples import MADE, REPORT

SYMBOL_GAP = Gap("symbol", "Assigned by document management.")


def of_body(*body: Heading | Paragraph) -> bytes:
    return report_docx(replace(REPORT, body=body), made=MADE)


def said(text: str, *items: str, bold: bool = False, numbered: bool = True) -> Paragraph:
    return Paragraph((Span(text),), tuple((Span(item),) for item in items), bold=bold, numbered=numbered)


def numbers(content: bytes) -> list[str]:
    """What Word counts for the body: all between the author line and the closing rule."""
    counted = labels(content)
    start = [text for _, text in counted].index(REPORT.author_line) + 1
    return [label for label, _ in counted[start:-1]]


def test_headings_and_paragraphs_are_counted_by_word_through_the_whole_document() -> None:
    assert labels(report_docx(REPORT, made=MADE))[-24:-1] == [
        ("I.", "Introduction"),
        ("1.", "The expert meeting was held in Geneva, on 28 August 2023."),
        ("II.", "Summary of proceedings"),
        ("A.", "Opening session"),
        ("2.", "The President of the Human Rights Council, Václav Bálek, welcomed local actors."),
        ("3.", "The Permanent Representative, Seong Deok Yun, stressed coherence at every level."),
        ("B.", "Thematic sessions"),
        ("4.", "The first session featured five panellists and was moderated by Ms. Lee. " * 8),
        ("5.", "[notes of the second session]."),
        ("III.", "Inputs received from States and other stakeholders"),
        ("", "Challenges"),
        ("6.", "One submission spoke of scarce means."),
        ("IV.", "Conclusions"),
        ("7.", "Local governments are close to those they serve."),
        ("V.", "Recommendations"),
        ("8.", "National governments should:"),
        ("(a)", "Strengthen local capacity;"),
        ("(b)", "Involve local governments in reporting."),
        ("9.", "Within their competencies, local governments should:"),
        ("(a)", "Train their staff;"),
        ("(b)", "Hear their inhabitants;"),
        ("(c)", "Plan by rights."),
        ("10.", "The Human Rights Council should consider a regular discussion."),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ((said("x"),), ["1."]),
        (
            (Heading(1, "x"), Heading(2, "x"), Heading(2, "x"), Heading(1, "x"), Heading(2, "x")),
            ["I.", "A.", "B.", "II.", "A."],
        ),
        (
            (Heading(2, "x"), Heading(3, "x"), Heading(3, "x"), Heading(2, "x"), Heading(3, "x")),
            ["A.", "1.", "2.", "B.", "1."],
        ),
        ((said("x"), Heading(1, "x"), said("x"), Heading(3, "x"), said("x")), ["1.", "I.", "2.", "1.", "3."]),
        ((Heading(1, "x"), Heading(1, "x", numbered=False), Heading(1, "x")), ["I.", "", "II."]),
        ((Heading(2, "x"), Heading(2, "x", numbered=False), Heading(2, "x")), ["A.", "", "B."]),
        ((said("x", "i"), said("x", "i", "i"), said("x", "i")), ["1.", "(a)", "2.", "(a)", "(b)", "3.", "(a)"]),
        ((said("x"), said("x", numbered=False), said("x")), ["1.", "", "2."]),
        (
            (said("x", "i", "i"), said("x", "i", "i", numbered=False), said("x", "i")),
            ["1.", "(a)", "(b)", "", "(a)", "(b)", "2.", "(a)"],
        ),
    ],
)
def test_what_has_no_number_does_not_disturb_the_others(
    body: tuple[Heading | Paragraph, ...], expected: list[str]
) -> None:
    assert numbers(of_body(*body)) == expected


def test_a_screen_reader_finds_every_heading_at_its_level() -> None:
    content = of_body(*(Heading(level, f"{level}", numbered=sure) for level in (1, 2, 3) for sure in (True, False)))
    assert headings(content) == [(1, "1"), (1, "1"), (2, "2"), (2, "2"), (3, "3"), (3, "3")]
    assert [text for _, text in headings(report_docx(REPORT, made=MADE))] == [
        block.text for block in REPORT.body if isinstance(block, Heading)
    ]


def test_no_level_is_skipped_by_who_walks_the_headings() -> None:
    under_first, under_second = Heading(3, "Theme", numbered=False), Heading(3, "Part", numbered=False)
    content = of_body(Heading(1, "I"), under_first, said("x"), under_first, Heading(2, "A"), under_second)
    assert headings(content) == [(1, "I"), (2, "Theme"), (2, "Theme"), (2, "A"), (3, "Part")]
    styles = {style.name: style for style in opened(content).styles}
    one, other = styles["_ H_2/3_G under I."], styles["Heading 3"]
    assert one.font.size == other.font.size == Pt(10)


def test_tables_are_called_what_they_are() -> None:
    masthead, box = (table._tbl.xml for table in opened(report_docx(REPORT, made=MADE)).tables)
    assert 'w:tblCaption w:val="Masthead"' in masthead
    assert 'w:tblCaption w:val="Summary"' in box
    assert masthead.count("<w:tblHeader/>") == box.count("<w:tblHeader/>") == 1


def test_the_closing_rule_is_never_alone_on_a_page() -> None:
    for body in ((said("x"),), (said("x", "i"),)):
        *_, last, rule = opened(of_body(*body)).paragraphs
        assert last.paragraph_format.keep_with_next
        assert not rule.text.strip()


def test_what_introduces_items_stands_on_their_page() -> None:
    lead, item, other, _ = opened(of_body(said("should:", "i"), said("x"))).paragraphs[-4:]
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in (lead, item, other)]
    assert kept == [True, None, True]  # the last one holds the closing rule


def test_the_annex_lists_the_speakers_of_each_session_on_a_page_of_its_own() -> None:
    annex = Annex(
        "List of speakers",
        (
            AnnexSession("Opening session", (("Moderator", "Ms. Lee, Chief, OHCHR"),)),
            AnnexSession("Dialogue", (), ("City of Fez, Morocco", "Global Cities Hub")),
        ),
    )
    content = report_docx(replace(REPORT, body=(Heading(1, "x"), said("y")), annex=annex), made=MADE)
    assert texts(content)[-8:-1] == [
        "Annex\nList of speakers",
        "Opening session",
        "Moderator: Ms. Lee, Chief, OHCHR",
        "Dialogue",
        "From the floor",
        "City of Fez, Morocco",
        "Global Cities Hub",
    ]
    assert headings(content)[-4:] == [
        (1, "Annex\nList of speakers"),
        (2, "Opening session"),
        (2, "Dialogue"),
        (3, "From the floor"),
    ]
    breaks = [each.text for each in opened(content).paragraphs if each.paragraph_format.page_break_before]
    assert breaks == ["x", "Annex\nList of speakers"]
    nobody = report_docx(replace(REPORT, annex=Annex("List of speakers", ())), made=MADE)
    assert texts(nobody)[-2] == "No speakers are listed yet."


def test_the_styles_are_those_of_geneva_documents() -> None:
    names = {str(style.name): style.style_id for style in opened(report_docx(REPORT, made=MADE)).styles}
    wanted = {"_ H _Ch_G": "HChG", "_ H_1_G": "H1G", "_ H_2/3_G": "H23G", "_ Single Txt_G": "SingleTxtG"}
    assert wanted.items() <= names.items()


def test_the_masthead_has_everything_in_order_and_no_picture() -> None:
    content = report_docx(REPORT, made=MADE)
    assert texts(content)[:18] == [
        "",
        "United Nations",
        "A/HRC/56/32",
        "",
        "General Assembly",
        "Distr.: General",
        "20 March 2024",
        "",
        "Original: English",
        "Human Rights Council",
        "Fifty-sixth session",
        "18 June–12 July 2024",
        "Agenda items 2 and 3",
        *(item.title for item in REPORT.masthead.agenda_items),
        REPORT.title,
        REPORT.author_line,
        "Summary",
    ]
    assert "<w:drawing" not in part(content, "document.xml")
    assert "<w:pict" not in part(content, "document.xml")


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ((), None),
        ((AgendaItem(3, "t"),), "Agenda item 3"),
        ((AgendaItem(2, "t"), AgendaItem(3, "t"), AgendaItem(10, "t")), "Agenda items 2, 3 and 10"),
    ],
)
def test_agenda_items_are_listed_as_many_as_they_are(items: tuple[AgendaItem, ...], line: str | None) -> None:
    content = report_docx(replace(REPORT, masthead=replace(REPORT.masthead, agenda_items=items)), made=MADE)
    assert [text for text in texts(content) if text.startswith("Agenda item")] == ([line] if line else [])


def test_symbol_and_page_number_stand_at_the_outer_edge_but_not_on_the_first_page() -> None:
    document = opened(report_docx(REPORT, made=MADE))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert document.settings.odd_and_even_pages_header_footer
    for header, footer, side in (
        (section.header, section.footer, "right"),
        (section.even_page_header, section.even_page_footer, "left"),
    ):
        assert header.paragraphs[0].text == "A/HRC/56/32"
        assert f'w:jc w:val="{side}"' in header.paragraphs[0]._p.xml
        assert 'w:instr="PAGE"' in footer.paragraphs[0]._p.xml
    assert section.first_page_header.is_linked_to_previous


def test_each_gap_is_marked_in_the_text_and_carries_its_comment() -> None:
    masthead = Masthead(SYMBOL_GAP, Gap("date", "c2"), Gap("session", "c3"), Gap("dates", "c4"), agenda_items=())
    paragraph = Paragraph((Gap("who spoke", "c5"), Footnote((Gap("source", "not possible in a note"),))))
    report = Report(masthead, "Title", "Author", (Gap("summary", "c6"),), (paragraph,), comment_author="Ana Mora")
    content = report_docx(report, made=MADE)
    document = opened(content)
    comments = [(comment.text, comment.author, comment.initials, comment.timestamp) for comment in document.comments]
    assert sorted(comments) == sorted(
        (text, "Ana Mora", "AM", MADE) for text in (SYMBOL_GAP.comment, "c2", "c3", "c4", "c5", "c6")
    )
    text = texts(content)
    for gap in ("[symbol]", "[date]", "[session]", "[dates]", "[who spoke]", "[summary]"):
        assert any(gap in line for line in text)
    body = part(content, "document.xml")
    assert body.count('w:highlight w:val="yellow"') == 6
    assert "[source]" in re.sub("<[^>]+>", "", part(content, "footnotes.xml"))
    assert "[symbol]" in document.sections[0].header.paragraphs[0].text


def test_no_comment_has_the_id_of_a_footnote() -> None:
    """LibreOffice 7.4 shows the text of another footnote where one has."""
    content = of_body(*(Paragraph((Gap("g", "c"), Footnote((Span(f"note {n}"),)))) for n in range(5)))
    comments = {comment.comment_id for comment in opened(content).comments}
    notes = set(map(int, re.findall(r'<w:footnoteReference w:id="(\d+)"', part(content, "document.xml"))))
    assert len(comments) == 6  # one is in the summary
    assert len(notes) == 5
    assert not comments & notes


def test_file_and_comment_are_dated_in_utc() -> None:
    made = datetime(2026, 1, 15, 12, 30, tzinfo=timezone(timedelta(hours=3)))
    document = opened(report_docx(replace(REPORT, body=()), made=made))
    (comment,) = document.comments
    assert comment.timestamp == document.core_properties.created == made


def test_the_text_begins_on_the_page_after_the_summary() -> None:
    document = opened(of_body(said("first"), said("second")))
    breaks = [paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.page_break_before]
    assert breaks == ["first"]


def test_a_report_without_gaps_has_no_comments() -> None:
    report = replace(REPORT, summary=(Span("s"),), body=(said("x"),))
    assert list(opened(report_docx(report, made=MADE)).comments) == []


def test_bold_is_for_the_paragraphs_that_say_so_with_their_numbers_and_items() -> None:
    for paragraph in opened(of_body(said("x", "i", bold=True))).paragraphs[-3:-1]:
        assert all(run.bold for run in paragraph.runs)
        assert paragraph._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:b')}") is not None
    for paragraph in opened(of_body(said("x", "i"))).paragraphs[-3:-1]:
        assert not any(run.bold for run in paragraph.runs)


def test_footnotes_are_numbered_through_the_document_and_keep_their_links() -> None:
    notes = [Footnote((Span(f"note {number} "), Span("link", url=f"https://e.org/{number}"))) for number in (1, 2)]
    content = of_body(Paragraph((Span("x"), notes[0])), Heading(1, "x"), Paragraph((Span("y"), notes[1])))
    body, foot = part(content, "document.xml"), part(content, "footnotes.xml")
    assert body.index('<w:footnoteReference w:id="1"/>') < body.index('<w:footnoteReference w:id="2"/>')
    assert foot.index("note 1 ") < foot.index("note 2 ")
    assert part(content, "_rels/footnotes.xml.rels").count("https://e.org/") == 2


def test_the_summary_is_boxed_with_its_word_in_italics() -> None:
    box = opened(report_docx(REPORT, made=MADE)).tables[1]
    head, text = (cell.paragraphs[0] for cell in box.column_cells(0))
    assert (head.text, head.runs[0].italic) == ("Summary", True)
    assert "[number of submissions]" in text.text
    assert all(f"<w:{edge} " in box._tbl.tblPr.xml for edge in ("top", "left", "bottom", "right"))


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [
        (date(2024, 6, 18), date(2024, 7, 12), "18 June–12 July 2024"),
        (date(2026, 9, 14), date(2026, 10, 9), "14 September–9 October 2026"),
        (date(2026, 3, 2), date(2026, 3, 27), "2–27 March 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "28 December 2026–8 January 2027"),
        (date(2026, 3, 2), date(2026, 3, 2), "2 March 2026"),
    ],
)
def test_session_dates_name_month_and_year_once(first: date, last: date, line: str) -> None:
    masthead = replace(REPORT.masthead, session_dates=(first, last))
    assert line in texts(report_docx(replace(REPORT, masthead=masthead), made=MADE))


def test_a_title_goes_into_the_properties_however_long_it_is() -> None:
    report = replace(REPORT, title="Summary of the meeting\non " + "rights " * 100)
    title = opened(report_docx(report, made=MADE)).core_properties.title
    assert title.startswith("Summary of the meeting on rights")
    assert len(title) == 255
