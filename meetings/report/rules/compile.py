"""The compiler: from what was planned, said and sent in to a whole draft, by fixed formulas and nothing else.

Numbers of paragraphs are not made here: Word counts them, and `draft.numbered` counts them the same way for a page.
"""

from __future__ import annotations

import re
from itertools import islice

from exports.inline import Gap
from exports.report_data import Heading
from exports.text import one_line
from meetings.report.rules.draft import Block, Draft, Source, Unheard, block
from meetings.report.rules.front import AUTHOR_LINE, introduction, masthead, meeting_noun, summary, title
from meetings.report.rules.inputs import inputs
from meetings.report.rules.material import Material, Point, Recommendation
from meetings.report.rules.plan import plan
from meetings.report.rules.proceedings import proceedings
from meetings.report.rules.speech import Record, body_of
from meetings.report.rules.wording import Text, plain, stopped, text

# Addressees that are one body: "The Human Rights Council should", but "National governments should".
_BODIES = ("Human Rights Council", "Office of", "General Assembly", "Secretary-General", "United Nations High Comm")


def compiled(material: Material) -> Draft:
    """The whole draft. An acronym that no other place uses is not introduced (Editorial Manual, "Abbreviations")."""
    draft = _compiled(material, frozenset())
    seldom = _used_once(draft)
    return _compiled(material, seldom) if seldom else draft


def _compiled(material: Material, spelled_out: frozenset[str]) -> Draft:
    record = Record(material, spelled_out)
    told = {each.session for point in material.points for each in (point, *point.merged) if each.session is not None}
    sections = plan(material.sessions, told, material.options.floors)
    body = (
        Heading(1, "Introduction"),
        introduction(material.meeting, material.particulars, sections),
        *proceedings(record, sections, meeting_noun(material.meeting)),
        *inputs(record),
        Heading(1, "Conclusions"),
        *_conclusions(material),
        Heading(1, "Recommendations"),
        *_recommendations(material),
    )
    noted = [each for point in material.points for each in (point, *point.merged) if _to_be_told(each, record)]
    return Draft(
        masthead=masthead(material.particulars),
        title=title(material.meeting, material.particulars),
        author_line=AUTHOR_LINE,
        summary=summary(material),
        body=body,
        unplaced=tuple(point.id for point in noted if point.id not in record.placed),
        unheard=_unheard(material),
    )


def _to_be_told(point: Point, record: Record) -> bool:
    """Whether a place is missed for a point: not if it has no words, or if its submission was withdrawn since."""
    return bool(one_line(point.text)) and (point.submission is None or point.submission in record.submissions)


def _used_once(draft: Draft) -> frozenset[str]:
    """The acronyms that stand in the draft where they are introduced and nowhere else."""
    blocks = (draft.summary, *(part for part in draft.body if isinstance(part, Block)))
    whole = "\n".join(plain(c) for each in blocks for c in (each.paragraph.content, *each.paragraph.items))
    introduced = set(re.findall(r"(?<=\()[^()\n]+(?=\))", whole))
    return frozenset(acronym for acronym in introduced if _stands_once(acronym, whole))


def _stands_once(acronym: str, whole: str) -> bool:
    """Whether it is in the text once, not counting where it is a part of a word."""
    if whole.count(acronym) == 1:
        return True
    places = re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", whole)
    return len(list(islice(places, 2))) == 1


def _unheard(material: Material) -> tuple[Unheard, ...]:
    """Who had the floor while nothing was noted, by session."""
    every = [each for point in material.points for each in (point, *point.merged)]
    noted = {(point.session, body.id) for point in every if (body := body_of(point)) is not None}
    missing: dict[int, list[str]] = {}
    for heard in material.interventions:
        body = heard.organisation
        if body is not None and (heard.session, body.id) not in noted:
            missing.setdefault(heard.session, []).append(body.name)
    return tuple(Unheard(session, tuple(dict.fromkeys(names))) for session, names in missing.items())


def _conclusions(material: Material) -> list[Block]:
    own, bold = Source("particulars"), material.options.bold
    blocks = [
        block(f"conclusions:{place}", text(stopped(one_line(words))), own, bold=bold)
        for place, words in enumerate(material.particulars.conclusions)
        if one_line(words)
    ]
    gap = Gap("conclusions", "Write the conclusions under Details of the report, one paragraph each.")
    return blocks or [block("conclusions", text(gap), own, bold=bold)]


def _recommendations(material: Material) -> list[Block]:
    """The recommendations, each resting on the points that the rapporteur named."""
    points = {each.uid: each.id for point in material.points for each in (point, *point.merged)}
    own, bold = Source("particulars"), material.options.bold
    blocks: list[Block] = []
    for place, each in enumerate(material.particulars.recommendations):
        content, items = _recommendation(each)
        if content:
            resting = [Source("point", points[uid]) for uid in each.points if uid in points]
            blocks.append(block(f"recommendations:{place}", content, own, *resting, items=items, bold=bold))
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
