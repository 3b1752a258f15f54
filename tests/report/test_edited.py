"""What the rapporteur made of the draft, put into what is compiled today."""

from dataclasses import replace

import pytest

from exports.inline import Gap, Span
from exports.report_data import Heading, Masthead, Paragraph
from meetings.report.rules.draft import Block, Draft, block, document, numbered
from meetings.report.rules.edited import Edit, EditedDraft, merged
from meetings.report.rules.notation import paragraph_to_lines
from meetings.report.rules.wording import plain, text

NAME = Gap("name", "Whose?")
GAP = Gap("x", "")
HEAD = Masthead(GAP, GAP, GAP, GAP, ())


def draft(*paragraphs: Block) -> Draft:
    """A report with a paragraph in each section, and these in the sections of their keys."""
    body: list[Heading | Block] = []
    for title, name, bold in (
        ("Introduction", "introduction", False),
        ("Summary of proceedings", "session", False),
        ("Inputs", "inputs", False),
        ("Conclusions", "conclusions", True),
        ("Recommendations", "recommendations", True),
    ):
        inside = [each for each in paragraphs if each.key.split(":")[0] == name]
        if inside or name != "inputs":
            body.append(Heading(1, title))
            body += [replace(each, paragraph=replace(each.paragraph, bold=bold)) for each in inside]
    return Draft(HEAD, "Title", "Author", block("summary", text("Summary.")), tuple(body))


def said(key: str, *words: str | Gap, items: tuple[str, ...] = ()) -> Block:
    return block(key, text(*words), items=tuple(text(item) for item in items))


def edit(of: Block, words: str, *items: str) -> Edit:
    return Edit(of.key, "edited", words, items, paragraph_to_lines(of.paragraph))


def order(result: EditedDraft) -> list[str]:
    return [part.key if isinstance(part, Block) else part.text for part in result.body]


def reading(result: EditedDraft, key: str) -> str:
    blocks = [result.summary, *(part for part in result.whole if isinstance(part, Block))]
    found = next(each for each in blocks if each.key == key)
    return "\n".join(map(plain, (found.paragraph.content, *found.paragraph.items)))


INTRO = said("introduction", "It was held.")
FRAME = said("session:s1:frame", "The session featured five panellists.")
ADA = said("session:s1:speaker:ada", "The Mayor, ", NAME, ", spoke.")
FEZ = said("session:s1:floor:organisation:fez", "The speaker from Fez spoke.")
LAST = said("session:s2:frame", "The closing session.")
END = said("conclusions:0", "We conclude.")
ADVICE = said("recommendations:0", "Cities should:", items=("Act;", "Pay."))
ALL = draft(INTRO, FRAME, ADA, FEZ, LAST, END, ADVICE)


def test_a_draft_that_nobody_touched_is_the_compiled_one() -> None:
    result = merged(ALL, [])
    assert (result.body, result.whole, result.summary) == (ALL.body, ALL.body, ALL.summary)
    assert result.marks == {}
    assert document(result) == document(ALL)


def test_edited_words_stay_and_carry_no_mark_while_the_compiler_says_the_same() -> None:
    result = merged(ALL, [edit(FRAME, "It featured *five* panellists."), edit(ALL.summary, "My summary.")])
    assert reading(result, FRAME.key) == "It featured five panellists."
    assert reading(result, "summary") == "My summary."
    mark = result.marks[FRAME.key]
    assert (mark.state, mark.changed_beneath, mark.orphaned, mark.compiled) == ("edited", False, False, FRAME)


def test_what_changed_underneath_is_marked_and_the_words_stay() -> None:
    changed = said(FRAME.key, "The session featured six panellists.")
    result = merged(draft(INTRO, changed, LAST), [edit(FRAME, "My words.")])
    assert reading(result, FRAME.key) == "My words."
    assert result.marks[FRAME.key].changed_beneath
    assert result.marks[FRAME.key].compiled == changed


def test_a_changed_item_is_a_change_underneath_too() -> None:
    now = said(ADVICE.key, "Cities should:", items=("Act;", "Pay more."))
    result = merged(draft(INTRO, now), [edit(ADVICE, "Cities should:", "Act.")])
    assert reading(result, ADVICE.key) == "Cities should:\nAct."
    assert result.marks[ADVICE.key].changed_beneath


def test_a_gap_in_edited_words_is_a_gap_also_once_it_is_filled_underneath() -> None:
    result = merged(ALL, [edit(ADA, "Mayor [name] spoke [sic].")])
    content = next(p.paragraph.content for p in result.body if isinstance(p, Block) and p.key == ADA.key)
    assert content == (Span("Mayor "), NAME, Span(" spoke [sic]."))
    filled = merged(draft(INTRO, said(ADA.key, "The Mayor, Ada, spoke.")), [edit(ADA, "Mayor [name] spoke.")])
    gap = next(p.paragraph.content[1] for p in filled.body if isinstance(p, Block) and p.key == ADA.key)
    assert isinstance(gap, Gap)
    assert gap.text == "name"
    assert "edited" in gap.comment


def test_a_paragraph_left_out_has_no_number_and_goes_into_no_file() -> None:
    result = merged(ALL, [Edit(ADA.key, "left_out", base=paragraph_to_lines(ADA.paragraph))])
    assert ADA.key not in order(result)
    labels = {
        part.key: label
        for label, part in ((line.label, line.part) for line in numbered(result.whole))
        if isinstance(part, Block)
    }
    assert (labels[FRAME.key], labels[ADA.key], labels[FEZ.key]) == ("2.", "", "3.")
    assert reading(result, ADA.key) == "The Mayor, [name], spoke."
    assert len(document(result).body) == len(document(ALL).body) - 1


def test_an_edited_paragraph_left_out_keeps_its_words() -> None:
    row = replace(edit(ADA, "My words."), state="left_out")
    assert reading(merged(ALL, [row]), ADA.key) == "My words."


@pytest.mark.parametrize(
    ("gone", "behind"),
    [
        (said("session:s1:speaker:bob", "Bob spoke."), ADA.key),
        (said("session:s1:floor:person:eve", "Eve spoke."), FEZ.key),
        (said("session:s9:frame", "The ninth."), LAST.key),
        (said("inputs:housing:city", "One wrote."), LAST.key),
        (said("conclusions:7", "Seven."), END.key),
        (said("recommendations:7", "Seven."), ADVICE.key),
    ],
)
def test_what_is_compiled_no_more_stays_at_the_end_of_its_section(gone: Block, behind: str) -> None:
    result = merged(ALL, [edit(gone, "Mine.")])
    keys = order(result)
    assert keys[keys.index(gone.key) - 1] == behind
    mark = result.marks[gone.key]
    assert (mark.orphaned, mark.compiled) == (True, None)
    kept = next(part for part in result.body if isinstance(part, Block) and part.key == gone.key)
    neighbour = next(part for part in result.body if isinstance(part, Block) and part.key == behind)
    assert kept.paragraph.bold == neighbour.paragraph.bold


def test_what_was_left_out_and_is_compiled_no_more_can_still_be_read() -> None:
    gone = said("session:s1:speaker:bob", "Bob spoke.", items=("And more.",))
    result = merged(ALL, [Edit(gone.key, "left_out", base=paragraph_to_lines(gone.paragraph))])
    assert gone.key not in order(result)
    assert reading(result, gone.key) == "Bob spoke.\nAnd more."


def test_own_paragraphs_stand_behind_or_before_theirs_in_their_order() -> None:
    rows = [
        Edit("own:1", "own", "A", after=ADA.key, position=1),
        Edit("own:2", "own", "B", after=ADA.key, position=0),
        Edit("own:3", "own", "C", after="before:session:s1:frame", position=0),
        Edit("own:4", "own", "D", after="before:session:s1:frame", position=1),
        Edit("own:5", "own", "E", ("one;", "two."), after=END.key),
        Edit("own:6", "own", "F", after="session:s1:speaker:gone"),
    ]
    result = merged(ALL, rows)
    keys = order(result)
    assert keys[2:9] == ["Summary of proceedings", "own:3", "own:4", FRAME.key, ADA.key, "own:2", "own:1"]
    assert keys[keys.index(END.key) + 1] == "own:5"
    assert "own:6" in keys[keys.index(FRAME.key) : keys.index(FEZ.key)]
    assert reading(result, "own:5") == "E\none;\ntwo."
    bold = {part.key: part.paragraph.bold for part in result.body if isinstance(part, Block)}
    assert (bold["own:5"], bold["own:1"]) == (True, False)
    assert result.marks["own:1"].state == "own"


def test_paragraphs_are_numbered_through_with_what_was_added() -> None:
    result = merged(ALL, [Edit("own:1", "own", "A", after=INTRO.key)])
    assert [line.label for line in numbered(result.body) if isinstance(line.part, Block)] == [
        f"{number}." for number in range(1, 9)
    ]


def test_a_whole_report_of_rows_without_a_compiled_paragraph_is_read() -> None:
    empty = Draft(HEAD, "T", "A", Block("summary", Paragraph(()), ()), ())
    result = merged(empty, [edit(FRAME, "Mine."), Edit("own:1", "own", "A", after="gone")])
    assert set(order(result)) == {FRAME.key, "own:1"}
