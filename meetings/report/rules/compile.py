"""The compiler: from what was planned, said and sent in to a whole draft, by fixed formulas and nothing else.

Numbers of paragraphs are not made here: Word counts them, and `draft.numbered` counts them the same way for a page.
"""

from __future__ import annotations

from exports.inline import Gap
from exports.report_data import Heading
from exports.text import one_line
from meetings.report.rules.draft import Block, Draft, Source, Unheard, block
from meetings.report.rules.front import AUTHOR_LINE, introduction, masthead, meeting_noun, summary, title
from meetings.report.rules.inputs import inputs
from meetings.report.rules.material import Material, Organisation, Particulars, Point, Recommendation
from meetings.report.rules.plan import plan
from meetings.report.rules.proceedings import proceedings
from meetings.report.rules.speech import Record
from meetings.report.rules.wording import Text, stopped, text

# Addressees that are one body: "The Human Rights Council should", but "National governments should".
_BODIES = ("Human Rights Council", "Office of", "General Assembly", "Secretary-General", "United Nations High Comm")


def compiled(material: Material) -> Draft:
    """The whole draft."""
    bold = material.options.bold
    record = Record(material)
    told = {point.session for point in material.points if point.session is not None}
    sections = plan(material.sessions, told)
    body = (
        Heading(1, "Introduction"),
        introduction(material.meeting, material.particulars, sections),
        *proceedings(record, sections, meeting_noun(material.meeting)),
        *inputs(record),
        Heading(1, "Conclusions"),
        *_conclusions(material.particulars, bold=bold),
        Heading(1, "Recommendations"),
        *_recommendations(material.particulars, bold=bold),
    )
    return Draft(
        masthead=masthead(material.particulars),
        title=title(material.meeting, material.particulars),
        author_line=AUTHOR_LINE,
        summary=summary(material),
        body=body,
        unplaced=tuple(p.id for p in material.points if p.id not in record.placed and one_line(p.text)),
        unheard=_unheard(material),
    )


def _unheard(material: Material) -> tuple[Unheard, ...]:
    """Who had the floor while nothing was noted, by session."""
    noted = {(p.session, body.id) for p in material.points if (body := _body_of(p)) is not None}
    missing: dict[int, list[str]] = {}
    for heard in material.interventions:
        body = heard.organisation
        if body is not None and (heard.session, body.id) not in noted:
            missing.setdefault(heard.session, []).append(body.name)
    return tuple(Unheard(session, tuple(dict.fromkeys(names))) for session, names in missing.items())


def _body_of(point: Point) -> Organisation | None:
    return point.organisation or (point.person.organisation if point.person else None)


def _conclusions(particulars: Particulars, *, bold: bool) -> list[Block]:
    own = Source("particulars")
    blocks = [
        block(f"conclusions:{place}", text(stopped(one_line(words))), own, bold=bold)
        for place, words in enumerate(particulars.conclusions)
        if one_line(words)
    ]
    gap = Gap("conclusions", "Write the conclusions under Details of the report, one paragraph each.")
    return blocks or [block("conclusions", text(gap), own, bold=bold)]


def _recommendations(particulars: Particulars, *, bold: bool) -> list[Block]:
    own = Source("particulars")
    blocks: list[Block] = []
    for place, each in enumerate(particulars.recommendations):
        content, items = _recommendation(each)
        if content:
            blocks.append(block(f"recommendations:{place}", content, own, items=items, bold=bold))
    gap = Gap("recommendations", "Write the recommendations under Details of the report, grouped by addressee.")
    return blocks or [block("recommendations", text(gap), own, bold=bold)]


def _recommendation(each: Recommendation) -> tuple[Text, tuple[Text, ...]]:
    """Lead and items: items begin with a capital and end with a semicolon, the last one with a full stop."""
    lead = one_line(each.lead or "")
    items = [one_line(item) for item in each.items if one_line(item)]
    if not items:
        return (text(_began(stopped(lead))) if lead else ()), ()
    if not lead and len(items) == 1:
        return text(_addressed(each), " should ", _bare(items[0])), ()
    opening = text(_began(f"{lead.rstrip(' .;:,')}:")) if lead else text(_addressed(each), " should:")
    ends = [";"] * (len(items) - 1) + ["."]
    return opening, tuple(text(_began(item.rstrip(" ;,.")) + end) for item, end in zip(items, ends, strict=True))


def _addressed(each: Recommendation) -> str | Gap:
    addressee = one_line(each.addressee or "")
    if not addressee:
        return Gap("addressee", "Say under Details of the report whom this recommendation is for.")
    return f"The {addressee}" if addressee.startswith(_BODIES) else _began(addressee)


def _bare(item: str) -> str:
    """An item as it goes on behind "should": without "to", and with a small letter unless it is an abbreviation."""
    item = item.removeprefix("To ").removeprefix("to ")
    return stopped(item if item[1:2].isupper() else item[:1].lower() + item[1:])


def _began(words: str) -> str:
    return words[:1].upper() + words[1:]
