"""How paragraphs, lists and headings are built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exports.inline import Footnote, Gap, Span
from exports.report_data import Heading
from meetings.report.rules.draft import Block, Draft
from meetings.report.rules.editorial.finding import HEADING, N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage
from meetings.report.rules.editorial.vocabulary import words
from meetings.report.rules.wording import plain

_PARAGRAPHS: Final = "UN Editorial Manual, Paragraphs and subparagraphs"
PA1: Final = Rule("PA1", "error", N_("Numbers and letters are Word’s; where there is (a) there is (b)"), _PARAGRAPHS)
LI1: Final = Rule(
    "LI1", "warning", N_("Items end with a semicolon, the last with a full stop, and begin alike"), _PARAGRAPHS
)
ST1: Final = Rule(
    "ST1", "error", N_("A paragraph begins with a capital and ends with a full stop, or with a colon before items"),
    _PARAGRAPHS,
)  # fmt: skip
HE1: Final = Rule(
    "HE1", "error", N_("Where there is A there is B; no level is left out"), "UN Editorial Manual, Headings"
)
HE2: Final = Rule("HE2", "warning", N_("Headings in sentence case, without full stop"), "UN Editorial Manual, Headings")
RE1: Final = Rule("RE1", "warning", N_("A recommendation says who should do it"), "A/HRC/56/32, section V")
EM1: Final = Rule(
    "EM1", "warning", N_("No bold, italics or capitals for emphasis"), "UN Editorial Manual, Instructions"
)

_TYPED = re.compile(r"\s*(?:\d{1,3}\.|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]\)|[•◦▪‣*–-])[ \t]+(?=\S)")
_TYPED_HEADING = re.compile(r"(?:#{1,6}|[IVX]{1,5}\.|[A-Z]\.|\d{1,2}\.|\([a-z]\))[ \t]+(?=\S)")
_ENDED = re.compile(r"[.!?…][”’\"')\]]*$")


def typed_numbers(passage: Passage) -> Iterator[Finding]:
    """PA1: a number, letter or bullet typed before the text."""
    titled = passage.kind in ("title", "heading")
    if match := (_TYPED_HEADING if titled else _TYPED).match(passage.open):
        reason = N_("Numbers, letters and bullets are set by the document: take this one out.")
        yield PA1.at(0, match.end(), reason, fix="")


def ends(passage: Passage) -> Iterator[Finding]:
    """ST1 and LI1: how a paragraph or an item begins and ends."""
    text = passage.text
    if passage.kind not in ("paragraph", "item") or not text.strip():
        return
    if re.match(r"[a-z]{2,}(?![\w’'-])", passage.own):
        rule = ST1 if passage.kind == "paragraph" else LI1
        yield rule.at(0, 1, N_("It begins with a capital."), fix=text[0].upper())
    last = next((piece for piece in reversed(passage.content) if not isinstance(piece, Footnote)), None)
    if isinstance(last, Gap):
        return
    if passage.kind == "item":
        yield from _end_of_item(passage)
    elif passage.items:
        if not text.rstrip().endswith(":"):
            yield _end(passage, ST1, N_("A colon stands before lettered items."), ":")
    elif not _ENDED.search(text.rstrip()[-8:]):
        yield _end(passage, ST1, N_("A paragraph ends with a full stop."), ".")


def _end_of_item(passage: Passage) -> Iterator[Finding]:
    text = passage.text.rstrip()
    if passage.item == passage.items - 1:
        if not _ENDED.search(text[-8:]):
            yield _end(passage, LI1, N_("The last item ends with a full stop."), ".")
    elif not re.search(r"(?:;|; and|; or|[!?])$", text[-8:]) and len(passage.starts) < 2:
        yield _end(passage, LI1, N_("An item ends with a semicolon."), ";")


def _end(passage: Passage, rule: Rule, reason: str, sign: str) -> Finding:
    """What stands at the end instead of the sign goes; behind a word the sign is added."""
    text = passage.text
    bare = len(text.rstrip().rstrip(" .,;:"))
    quoted = sign == ":" and text[:bare].endswith("”")
    sure = bare > 0 and (text[bare - 1].isalnum() or text[bare - 1] in "”’)") and not quoted
    return rule.at(min(bare, len(text)), len(text), reason, fix=sign if sure else None)


def emphasis(passage: Passage) -> Iterator[Finding]:
    """EM1: bold in a paragraph that is not bold, a small word in italics, MUST."""
    at = 0
    for piece in passage.content:
        end = at + len(plain((piece,)))
        if isinstance(piece, Span) and piece.text.strip():
            if piece.bold and not passage.bold:
                yield EM1.at(at, end, N_("Bold is for conclusions and recommendations."))
            elif piece.italic and set(piece.text.lower().split()) <= _SMALL_WORDS:
                yield EM1.at(at, end, N_("Italics are not for emphasis."))
        at = end
    for match in _SHOUTED.finditer(passage.own):
        low = match[0].capitalize() if passage.begins(match.start()) else match[0].lower()
        yield EM1.at(*match.span(), N_("Capitals are not for emphasis."), fix=low)


_SMALL_WORDS: Final = words(
    "all also always and any both can cannot do every must need never no not now only should very will"
)
_SHOUTED = re.compile(r"(?<![\w/&-])(?<![A-Z]{2} )(?:ALL|ALWAYS|MUST|NEVER|NOT|ONLY|SHOULD|VERY)(?![\w/&-]| [A-Z])")
# Words that a heading writes with a capital only where it writes all its words so.
_HEADING_WORDS: Final = words(
    """And Approach Building Capacity Challenges Closing Conclusions Dialogue Engagement Examples For From Governments
    Inputs Introduction Issues Lessons Local Mechanisms Of On Opening Other Overview Participation Practices
    Proceedings Received Recommendations Remarks Session Sessions Stakeholders Strengthening Submissions Summary The
    Thematic Through Towards With"""
)


def headings(passage: Passage) -> Iterator[Finding]:
    """HE2: “Summary Of Proceedings.”"""
    if passage.kind != "heading":
        return
    text = passage.own.rstrip()
    if text.endswith((".", ":", ";")) and not re.search(r"\b[A-Za-z]\.$", text):
        yield HE2.at(len(text) - 1, len(text), N_("Headings have no full stop."), fix="")
    later = [word for start, word in passage.words if not passage.begins(start)]
    raised = [word for word in later if word in _HEADING_WORDS]
    if raised and not any(word.islower() and len(word) > 3 for word in later):
        yield HE2.at(
            0, len(passage.text), N_("Headings are in sentence case: only the first word and names have a capital.")
        )


def sections(draft: Draft) -> Iterator[tuple[str, Finding]]:
    """HE1: a level with one heading, a level left out, a heading over nothing."""
    places = [(place, part) for place, part in enumerate(draft.body) if isinstance(part, Heading)]
    for number, (place, heading) in enumerate(places):
        key = f"{HEADING}{place}"
        whole = (0, len(heading.text))
        above = places[number - 1][1].level if number else 0
        following = draft.body[place + 1] if place + 1 < len(draft.body) else None
        if heading.level > above + 1 and heading.numbered:
            yield key, HE1.at(*whole, N_("A level of headings is left out above this one."))
        if following is None or (isinstance(following, Heading) and following.level <= heading.level):
            yield key, HE1.at(*whole, N_("Nothing stands under this heading."))
        if heading.numbered and heading.level > 1 and _only(places, number):
            yield key, HE1.at(*whole, N_("This is the only heading of its level here: where there is A there is B."))


def _only(places: list[tuple[int, Heading]], number: int) -> bool:
    """Whether no other numbered heading of the same level stands under the same one."""
    level = places[number][1].level
    for beside in (reversed(places[:number]), places[number + 1 :]):
        for _, other in beside:
            if other.level < level:
                break
            if other.level == level and other.numbered:
                return False
    return True


_MODAL = re.compile(
    r"\b(?:should|shall|must|recommend(?:s|ed|ing)?|encourag(?:es|ed)?|urg(?:es|ed)?|invit(?:es|ed)?"
    r"|call(?:s|ed)? (?:up)?on|request(?:s|ed)?|need(?:s)? to)\b"
)


def recommendations(draft: Draft) -> Iterator[tuple[str, Finding]]:
    """RE1, and the lists of all sections: PA1 where an item is alone, LI1 where only some items begin with “To”."""
    section = ""
    for part in draft.body:
        if isinstance(part, Heading):
            section = part.text if part.level == 1 else section
        else:
            yield from _list(part)
            text = plain(part.paragraph.content)
            told = _MODAL.search(text) or any(isinstance(piece, Gap) for piece in part.paragraph.content)
            if section.lower().endswith("recommendations") and text.strip() and not told:
                reason = N_("Say who should do it: “… should”, “… is invited to”.")
                yield part.key, RE1.at(0, len(text), reason)


def _list(block: Block) -> Iterator[tuple[str, Finding]]:
    items = [plain(item) for item in block.paragraph.items]
    if len(items) == 1:
        yield block.key, PA1.at(0, len(items[0]), N_("A single item has no letter: make it a sentence."), item=0)
    to = [item.startswith("To ") for item in items]
    for place, item in enumerate(items):
        if any(to) and not all(to) and to[place] == (sum(to) * 2 <= len(to)):
            first = len(item.partition(" ")[0])
            yield block.key, LI1.at(0, first, N_("Items of one list begin alike, all with “To” or none."), item=place)
