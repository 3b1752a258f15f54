"""Cases of a rule: text in which it finds something, marked like ⟦this⟧, and text in which it must not.

A hit is the rule, the text, and what the fix puts in place of what is marked first (None: no fix, the rapporteur
decides). A case of several paragraphs has one per line; a line beginning with `# ` is a heading of level 1, `## ` of
level 2, `### ` one without number, `- ` an item of the paragraph above, `T: ` the title; `^…^` is a footnote.
"""

import re

from exports.inline import Footnote, Inline, Span
from exports.report_data import Heading, Masthead, Paragraph
from meetings.report.rules.draft import Block, Draft
from meetings.report.rules.editorial import Finding, checked, checked_text
from meetings.report.rules.front import masthead
from meetings.report.rules.material import Particulars
from meetings.report.rules.wording import plain

Hit = tuple[str, str, str | None]
Miss = tuple[str, str]

_HEADING = re.compile(r"(#{1,3}) (.*)")


def holds(hit: Hit) -> None:
    """The rule finds what is marked, each place once and nothing else; the first place gets the fix."""
    rule, marked, fix = hit
    text, places = read(marked)
    found = [f for f in checked_text(text) if f.rule == rule]
    assert [(f.start, f.end) for f in found] == places, [text[f.start : f.end] for f in found]
    assert found[0].fix == fix
    assert found[0].message


def silent(miss: Miss) -> None:
    """The rule finds nothing."""
    rule, text = miss
    assert [text[f.start : f.end] for f in checked_text(text) if f.rule == rule] == []


def holds_in_report(hit: Hit, *, limit: int = 8_500) -> None:
    """The same over a report of several paragraphs, with its headings and items."""
    rule, marked, fix = hit
    lines = marked.split("\n")
    places = [(number, *place) for number, line in enumerate(lines) for place in read(visible(line))[1]]
    draft, where = report([read(line)[0] for line in lines])
    found = [
        (where[key, f.item], f)
        for key, findings in checked(draft, limit=limit).items()
        for f in findings
        if f.rule == rule
    ]
    begun = [len(prefix(line)) for line in lines]
    assert sorted((n, f.start + begun[n], f.end + begun[n]) for n, f in found) == places, found
    assert min(found, key=lambda each: (each[0], each[1].start))[1].fix == fix


def silent_in_report(miss: Miss, *, limit: int = 8_500) -> None:
    """The same over a report of several paragraphs."""
    rule, text = miss
    draft, _ = report(text.split("\n"))
    assert [f for findings in checked(draft, limit=limit).values() for f in findings if f.rule == rule] == []


def findings_in(text: str) -> list[Finding]:
    """Everything that is found in a report of several paragraphs."""
    return [f for findings in checked(report(text.split("\n"))[0]).values() for f in findings]


def report(lines: list[str]) -> tuple[Draft, dict[tuple[str, int | None], int]]:
    """A draft of the lines, and from which line each place comes."""
    body: list[Heading | Block] = []
    where: dict[tuple[str, int | None], int] = {}
    title = "Summary of the meeting"
    for number, line in enumerate(lines):
        if heading := _HEADING.fullmatch(line):
            level = len(heading[1])
            where[f"heading:{len(body)}", None] = number
            body.append(Heading(2 if level == 3 else 1 if level == 1 else 2, heading[2], numbered=level < 3))
        elif line.startswith("T: "):
            title = line[3:]
            where["title", None] = number
        elif line.startswith("- ") and isinstance(above := body[-1], Block):
            where[above.key, len(above.paragraph.items)] = number
            items = (*above.paragraph.items, (Span(line[2:]),))
            body[-1] = Block(above.key, Paragraph(above.paragraph.content, items), ())
        else:
            where[f"p{number}", None] = number
            body.append(Block(f"p{number}", Paragraph(inline(line)), ()))
    where["report", None] = 0
    summary = Block("summary", Paragraph((Span("The present report reflects the discussions."),)), ())
    return Draft(head(), title, "Report of the Office", summary, tuple(body)), where


def head() -> Masthead:
    """A masthead of which nothing is known."""
    return masthead(Particulars())


def inline(line: str) -> tuple[Inline, ...]:
    """Text in which `^note^` is a footnote."""
    pieces = (Footnote((Span(words),)) if place % 2 else Span(words) for place, words in enumerate(line.split("^")))
    return tuple(piece for piece in pieces if piece != Span(""))


def visible(line: str) -> str:
    """A line without its footnotes."""
    return "".join(line.split("^")[::2])


def prefix(line: str) -> str:
    """What a line begins with that is none of its text."""
    match = re.match(r"#{1,3} |- |T: ", line)
    return match[0] if match else ""


def text_of(draft: Draft, key: str, item: int | None) -> str:
    """The text that a finding's positions count in."""
    blocks = {part.key: part for part in (draft.summary, *draft.body) if isinstance(part, Block)}
    if key in blocks:
        paragraph = blocks[key].paragraph
        return plain(paragraph.content if item is None else paragraph.items[item])
    place = key.partition(":")[2]
    heading = draft.body[int(place)] if place else None
    return heading.text if isinstance(heading, Heading) else draft.title if key == "title" else ""


def read(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the marks, and where they stood."""
    text, places, opened = "", [], 0
    for sign in marked:
        if sign == "⟦":
            opened = len(text)
        elif sign == "⟧":
            places.append((opened, len(text)))
        else:
            text += sign
    return text, places
