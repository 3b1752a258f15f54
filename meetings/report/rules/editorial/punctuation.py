"""Signs: commas in series, quotation marks, dashes, spaces, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage, quotations
from meetings.report.rules.editorial.vocabulary import words

_MANUAL: Final = "UN Editorial Manual, Punctuation"
SC1: Final = Rule("SC1", "warning", N_("No comma before the last “and” or “or” of a simple series"), _MANUAL)
QU1: Final = Rule("QU1", "warning", N_("Curly quotation marks, double outside and single inside"), "A/HRC/56/32, usage")
QU2: Final = Rule("QU2", "info", N_("A colon introduces a quotation"), _MANUAL)
DH1: Final = Rule("DH1", "info", N_("A dash is no hyphen: “Go Local – What Works”"), "A/HRC/56/32, usage")
TY1: Final = Rule("TY1", "warning", N_("One space between words, none before a sign; no sign twice"), "typing")
TY2: Final = Rule("TY2", "warning", N_("No word twice"), "typing")
BR1: Final = Rule("BR1", "error", N_("Each bracket and quotation mark has its other half"), "typing")

# Single words, and no more: what may be a clause of its own is left alone.
_SERIES = re.compile(
    r"(?<![\w’'-])(?P<one>[a-z][\w-]+)(?P<more>(?:, [a-z][\w-]+){1,8})(?P<comma>,) (?:and|or) "
    r"(?P<last>[a-z][\w-]+)(?=[.;:)]|$)"
)
_NO_ITEM: Final = words(
    """a also although an and as because but each finally first firstly for further furthermore hence her his however
    including instead its later likewise meanwhile moreover namely nevertheless one or other particularly regardless
    second secondly similarly so some that the their then thereby therefore these they this those though thus too
    where which while who whose yet"""
)


def serial_comma(passage: Passage) -> Iterator[Finding]:
    """SC1: water, housing, and education."""
    for match in _SERIES.finditer(passage.own):
        items = [match["one"], *match["more"][2:].split(", "), match["last"]]
        if not any(item in _NO_ITEM or item.endswith("ly") for item in items) and not passage.begins(match.start()):
            reason = N_("No comma stands before the last “and” or “or” of a simple series.")
            yield SC1.at(match.start("comma"), match.end("comma"), reason, fix="")


_STRAIGHT = re.compile("[\"']")
_DOUBLE = N_("Quotations stand in “double curly” marks.")
_INWARDS: Final = str.maketrans("“”", "‘’")
_OPENS_AFTER: Final = " \t\n([‘“–—/"
_FOREIGN_MARK = re.compile("[«»„‟]")
_SAYING = re.compile(
    r"\b(?:said|says|stated|states|declared|declares|concluded|added|wrote|provides)(?P<comma>,)(?= “[A-Z])"
)


def quotation_marks(passage: Passage) -> Iterator[Finding]:
    """QU1 and QU2: straight, foreign and single outer marks. All straight ones are one finding: one press mends."""
    text = passage.open
    if marks := [match.start() for match in _STRAIGHT.finditer(text)]:
        start, end = marks[0], marks[-1] + 1
        curly = _curled(text)
        reason = N_("Quotation marks and apostrophes are curly.")
        yield QU1.at(start, end, reason, fix=_kept(passage.text, curly, start, end) if curly else None)
    for match in _FOREIGN_MARK.finditer(passage.own):
        yield QU1.at(*match.span(), _DOUBLE)
    yield from _single(passage)
    for match in _SAYING.finditer(text):
        yield QU2.at(*match.span("comma"), N_("A colon introduces a quotation."), fix=":")


def _single(passage: Passage) -> Iterator[Finding]:
    """Single marks that are not inside double ones."""
    text = passage.open
    ranges = [*quotations(text)]
    double = [place for place in ranges if text[place[0]] in '“"']
    for start, end in ranges:
        if text[start] == "‘" and not any(first < start < last for first, last in double):
            sure = not re.search(r"’(?!\w)", text[end:]) and '"' not in text[start:end]
            inner = passage.text[start + 1 : end - 1].translate(_INWARDS)
            yield QU1.at(start, end, _DOUBLE, fix=f"“{inner}”" if sure else None)


def _kept(text: str, curly: str, start: int, end: int) -> str:
    """The stretch with its marks turned, everything blanked out as it was."""
    return "".join(
        turned if sign in "\"'" else sign for sign, turned in zip(text[start:end], curly[start:end], strict=True)
    )


def _curled(text: str) -> str | None:
    """The text with its straight marks turned; None where one of them could be either."""
    made, opened = [*text], False
    singles = 0
    for at, sign in enumerate(text):
        if sign not in "\"'":
            continue
        opening = at == 0 or text[at - 1] in _OPENS_AFTER or made[at - 1] in "“‘"
        closing = at + 1 == len(text) or not text[at + 1].isalnum()
        if sign == '"':
            if opening == opened or (opening and closing):
                return None
            opened = opening
            made[at] = "“" if opening else "”"
        elif not opening:
            singles -= singles > 0 and closing
            made[at] = "’"
        elif text[at + 1 : at + 3].isdigit():
            made[at] = "’"
        elif closing:
            return None
        else:
            singles += 1
            made[at] = "‘"
    return None if opened or singles else "".join(made)


_DASH = re.compile(r"(?<=[\w”’)\],])(?: - | ?-{2,3} ?)(?=[\w“‘(\[])")
_SPACES = re.compile(r"(?<=[\w”’)\]])(?P<sign>[ \u00a0]+)(?=[,;.!?](?:[\s”’)]|$))|(?<=\S)[ \u00a0]{2,}(?=\S)")
_NO_SPACE = re.compile(r"(?<=[a-z]{2}),(?=[A-Za-z]{2})|(?<=[a-z]{3})\.(?=[A-Z][a-z]+ )|(?<=[a-z]{2});(?=[A-Za-z]{2})")
_TWICE = re.compile(r"(?<=[\w”’)\]])(?:,,|;;|::|\.\.|,\.|;\.)(?=[\s”’)]|$)")
_WORD_TWICE = re.compile(r"(?<![\w’'-])(?P<word>[A-Za-z]+)(?P<again> (?P<second>[a-z]+))(?![\w’'-])")
_MEANT_TWICE: Final = words("bye had in is on out that very")


def typing(passage: Passage) -> Iterator[Finding]:
    """DH1 and TY1: hyphens for dashes, spaces too many and missing, signs twice."""
    own = passage.own
    for match in _DASH.finditer(own):
        if not (own[match.start() - 1].isdigit() and own[match.end()].isdigit()):  # a range: DA1, TI1
            yield DH1.at(*match.span(), N_("A dash stands here, no hyphen."), fix=" – ")
    for match in _SPACES.finditer(own):
        yield TY1.at(*match.span(), N_("There is a space too many."), fix="" if match["sign"] else " ")
    for match in _NO_SPACE.finditer(own):
        yield TY1.at(*match.span(), N_("A space is missing."), fix=f"{match[0]} ")
    for match in _TWICE.finditer(own):
        yield TY1.at(*match.span(), N_("There is a sign too many."), fix=match[0][-1])


def double_words(passage: Passage) -> Iterator[Finding]:
    """TY2: the the."""
    own, at = passage.own, 0
    while match := _WORD_TWICE.search(own, at):
        word, second = match["word"].lower(), match["second"]
        if word == second and word not in _MEANT_TWICE:
            yield TY2.at(*match.span("again"), N_("“%(word)s” stands twice."), fix="", word=second)
        at = match.start("second")


_HALVES = re.compile(r"(?P<letter>(?<!\w)\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\))|[()\[\]“”]")
_OTHER: Final = {")": "(", "]": "[", "”": "“"}


def halves(passage: Passage) -> Iterator[Finding]:
    """BR1: a bracket or quotation mark without its other half; “a)” and “1)” letter an enumeration."""
    opened: list[tuple[str, int]] = []
    alone: list[int] = []
    for match in _HALVES.finditer(passage.open):
        sign, at = match[0], match.start()
        if match["letter"]:
            if not sign.startswith("(") and opened and opened[-1][0] == "(":
                opened.pop()
        elif sign not in _OTHER:
            opened.append((sign, at))
        elif opened and opened[-1][0] == _OTHER[sign]:
            opened.pop()
        else:
            alone.append(at)
    for at in sorted(alone + [at for _, at in opened]):
        sign = passage.open[at]
        yield BR1.at(at, at + 1, N_("“%(sign)s” has no other half."), sign=sign)
