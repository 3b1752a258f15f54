"""Symbols of documents, resolutions and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from exports.inline import Footnote
from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage, footnotes
from meetings.report.rules.wording import plain

SY1: Final = Rule("SY1", "error", N_("Symbols in full: A/HRC/56/32, A/HRC/56/32/Add.1"), "A/HRC/56/32")
RS1: Final = Rule("RS1", "warning", N_("In text: Human Rights Council resolution 51/12"), "A/HRC/56/32, summary")
FN1: Final = Rule(
    "FN1", "error", N_("A footnote is called behind the sign that ends the words it belongs to"),
    "UN Editorial Manual, Footnotes, chaps. 2 and 9",
)  # fmt: skip
FN2: Final = Rule(
    "FN2", "warning", N_("Documents are cited in the text or in footnotes, one way throughout"),
    "UN Editorial Manual, Footnotes, chap. 2",
)  # fmt: skip

# What begins like a symbol of the Council, and the forms such a symbol has.
_LIKE_SYMBOL = re.compile(
    r"(?<![\w/])(?:[Aa]/(?:HRC|hrc|Hrc)(?:/[A-Za-z0-9]|[ .-]\d)|[Aa][.-](?:HRC|hrc)[./-]\d)[\w/.()-]{0,40}"
)
_PART: Final = r"(?:Add|Corr|Rev|L|Amend)\.\d+"
_SYMBOL = re.compile(
    rf"A/HRC/(?:(?:RES|DEC|PRST|NGO|G|SFM|AC|WG\.\d+|EMRIP|EMRTD|FBHR|BC|FMI|Sub\.\d|OM|IGWG|WGEID|WGAD)/)?"
    rf"(?:S-)?[A-Z0-9.]+(?:/[A-Z]{{2,5}})?(?:/\d+)*(?:/(?:\d+|[A-Z.]*\d+|CRP\.\d+|{_PART}))*"
)
_ADDITION = re.compile(r"/(?P<kind>[Aa]dd|[Cc]orr|[Rr]ev|ADD|CORR|REV)(?P<dot>\.?)(?P<number>\d+)")


def symbols(passage: Passage) -> Iterator[Finding]:
    """SY1: A/HRC 56/32, a/hrc/56/32, A/HRC/56/32/Add1."""
    for match in _LIKE_SYMBOL.finditer(passage.text):
        typed = match[0].rstrip(".-/(")
        typed = typed.removesuffix(")") if "(" not in typed else typed
        right = re.sub(r"^A[/. -]{1,2}HRC[/. -]{0,2}", "A/HRC/", typed[:5].upper() + typed[5:])
        right = _ADDITION.sub(lambda part: f"/{part['kind'].capitalize()}.{part['number']}", right)
        if right == typed and _SYMBOL.fullmatch(typed):
            continue
        fix = right if _SYMBOL.fullmatch(right) and right != typed else None
        reason = N_("A symbol is written like A/HRC/56/32 or A/HRC/56/32/Add.1.")
        yield SY1.at(match.start(), match.start() + len(typed), reason, fix=fix)


_RESOLUTION = re.compile(
    r"(?<![\w/.])(?P<short>[Rr]es\.) (?=(?:[AESs][/-])?\d)"
    r"|(?:(?<=[a-z,] )|(?<=Council )|(?<=Assembly ))(?P<word>Resolution|Decision)(?=s? (?:S-)?\d)"
    r"|(?<=[Rr]esolution )(?P<hyphen>\d{1,2}-\d{1,3})(?![\w-])"
    r"|(?<=[Rr]esolution )(?P<symbol>A/(?:HRC/)?RES/(?P<number>(?:S-)?\d+/\d+[A-Z]?))(?![\w/])"
)


def resolutions(passage: Passage) -> Iterator[Finding]:
    """RS1: res. 51/12, Resolution 51/12, resolution 51-12, resolution A/HRC/RES/51/12."""
    for match in _RESOLUTION.finditer(passage.text):
        if match["short"]:
            group, fix = "short", "Resolution" if passage.begins(match.start()) else "resolution"
        elif match["word"]:
            group, fix = "word", match["word"].lower()
        elif match["hyphen"]:
            group, fix = "hyphen", match["hyphen"].replace("-", "/")
        else:
            group, fix = "symbol", match["number"]
        if passage.own[match.start(group)] == passage.text[match.start(group)] or group == "symbol":
            yield RS1.at(*match.span(group), N_("In running text: resolution 51/12."), fix=fix)


_PAGES = re.compile(r"\bpp?\. ?\d|\bpages? \d")
_MASTHEAD_SYMBOL = re.compile(r"\b[A-Z]{1,4}/[A-Z0-9.]+/\d")


def footnote_places(passage: Passage) -> Iterator[Finding]:
    """FN1: the indicator before a comma, behind a space, two side by side; an empty note; pages of a document cited."""
    text = passage.text
    previous: int | None = None
    for at, note in footnotes(passage):
        words = plain(note.content).strip()
        if text[at : at + 1] in tuple(",.;:!?"):
            yield FN1.at(at, at + 1, N_("The footnote is called before this sign, and belongs behind it."))
        if text[at - 1 : at].isspace():
            yield FN1.at(at - 1, at, N_("No space stands before the call of a footnote."))
        if previous == at:
            yield FN1.at(at, at, N_("Two footnotes are called side by side: make them one."))
        if not words:
            yield FN1.at(at, at, N_("The footnote is empty."))
        elif _MASTHEAD_SYMBOL.search(words) and _PAGES.search(words):
            yield FN1.at(at, at, N_("Documents of the United Nations are cited by paragraph, not by page."))
        previous = at


_CITED = re.compile(r"\((?:see (?:also )?)?A/[A-Z0-9]+/[\w/.-]{1,40}(?:, paras?\. [\d–, and]{1,40})?\)")


def citations(report: Sequence[Passage]) -> Iterator[tuple[Passage, Finding]]:
    """FN2: symbols in parentheses in the text, and others in footnotes."""
    in_text = [(passage, match) for passage in report for match in _CITED.finditer(passage.text)]
    in_notes = [(passage, at) for passage in report for at, note in footnotes(passage) if _cites(note)]
    if not in_text or not in_notes:
        return
    reason = N_("Documents are cited in the text at one place and in footnotes at another: choose one way.")
    if len(in_text) <= len(in_notes):
        for passage, match in in_text:
            yield passage, FN2.at(*match.span(), reason)
    else:
        for passage, at in in_notes:
            yield passage, FN2.at(at, at, reason)


def _cites(note: Footnote) -> bool:
    return bool(_MASTHEAD_SYMBOL.search(plain(note.content)))
