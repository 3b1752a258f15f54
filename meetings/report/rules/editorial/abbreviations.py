"""Abbreviations: spelled out at first, used more than once, never in titles; the United Nations never abbreviated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage
from meetings.report.rules.editorial.vocabulary import BODIES, EMPHATIC, OF_COUNTRIES, WELL_KNOWN

_MANUAL: Final = "UN Editorial Manual, Abbreviations"
AB1: Final = Rule(
    "AB1", "warning", N_("An abbreviation is spelled out at first, used again, and not in titles and headings"), _MANUAL
)
AB2: Final = Rule(
    "AB2", "error", N_("“United Nations” and its principal organs are never abbreviated"),
    "UN Editorial Manual, Abbreviations; Correspondence Manual, para. 24",
)  # fmt: skip
AB3: Final = Rule("AB3", "error", N_("No full stops in abbreviations and no article before those of bodies"), _MANUAL)
PE1: Final = Rule("PE1", "warning", N_("Mr., Ms. and Dr. with a full stop"), "A/HRC/56/32, usage")

# Written with an article or as an adjective in front of these: “the OHCHR field presences”.
_ENDS: Final = (
    "had|has|have|is|was|will|would|should|could|can|may|might|must|to|in|on|for|with|by|at|from|that|which|who|as|also"
    "|noted|said|stressed|emphasized|highlighted|underscored|recommended|proposed|suggested|called"
)
_ROMAN = re.compile(r"[IVX]+")
# Tokens are found by one letter class, so that no text takes long: capitals, digits behind them, a plural s.
_ACRONYM = re.compile(r"(?<![\w’'/&.-])[A-Z](?:[A-Z0-9]|&(?=[A-Z]))+(?:\+|s\b)?(?![\w/&])")
_IN_BRACKETS = re.compile(r"(?<=[\w”’] )\((?:hereinafter )?[“\"]?(?P<short>[^()“”\"]{2,24})[”\"]?\)")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,8}(?!\w)")
_IN_FULL: Final = {
    "UN": "United Nations",
    "UK": "United Kingdom",
    "US": "United States",
    "USA": "United States of America",
}
_UN = re.compile(
    r"(?<![\w/.&-])UN(?:[’']s)?(?![\w/&-]|\.\w| (?:Habitat|Tourism|Women)\b)"
    r"|(?<![\w-])UN (?P<name>Habitat|Women)\b"
)
_ORGANS: Final = {
    "ECOSOC": "Economic and Social Council", "HRC": "Human Rights Council", "SG": "Secretary-General",
    "UNGA": "General Assembly", "UNHRC": "Human Rights Council", "UNOG": "United Nations Office at Geneva",
    "UNSC": "Security Council", "UNSG": "Secretary-General",
}  # fmt: skip
_NOT_TOLD: Final = WELL_KNOWN | EMPHATIC | OF_COUNTRIES | {"UN"} | (_ORGANS.keys() - {"HRC"})
_ORGAN = re.compile(
    r"(?<![\w/&-])(?:ECOSOC|UNGA|UNHRC|UNOG|UNSC|UNSG)(?![\w/&-])|(?<=\b[Tt]he )SG(?![\w/&-])"
    r"|(?<=Human Rights Council \()HRC(?=\))|(?<![\w/&-])HRC(?= (?:decision|resolution|session)s?\b)"
)
_ARTICLE = re.compile(rf"\b(?P<the>[Tt]he )(?P<body>{'|'.join(sorted(BODIES))})(?=[.;:)](?:\s|$)| (?:{_ENDS})\b|$)")
_HONORIFIC = re.compile(r"(?<![\w.-])(?:Mr|Ms|Mrs|Mx|Dr)(?= [A-Z][\w’'-])")


def united_nations(passage: Passage) -> Iterator[Finding]:
    """AB2: UN, UNGA, ECOSOC, the SG; not UN-Habitat."""
    for match in _UN.finditer(passage.own):
        right = f"UN-{match['name']}" if match["name"] else "United Nations"
        reason = N_("The name has a hyphen: %(right)s.") if match["name"] else N_("“%(right)s” is never abbreviated.")
        yield AB2.at(*match.span(), reason, fix=right, right=right)
    for match in _ORGAN.finditer(passage.own):
        right = _ORGANS[match[0]]
        introduced = passage.own[max(match.start() - 1, 0) : match.start()] == "("
        reason = N_("“%(right)s” is never abbreviated.")
        yield AB2.at(*match.span(), reason, fix=None if introduced else right, right=right)


def full_stops(passage: Passage) -> Iterator[Finding]:
    """AB3: U.N.D.P., and the OHCHR; initials of names and the District of Columbia keep their stops. PE1: Mr Yun."""
    own = passage.own
    for match in _DOTTED.finditer(own):
        letters, rest = match[0].replace(".", ""), own[match.end() : match.end() + 8]
        if letters not in _IN_FULL and letters not in BODIES and (len(letters) < 3 or re.match(r" [A-Z][a-z]", rest)):
            continue  # initials of a name, or Washington, D.C.
        right = _IN_FULL.get(letters, letters)
        ends = not rest.strip()
        unsure = bool(re.match(r"[”’\"')]*\s+[A-Z“‘]", rest)) and letters not in _IN_FULL
        if letters in OF_COUNTRIES:  # the name in full needs its article: "U.S. cities" is for the writer to turn
            unsure = not re.search(r"\b[Tt]he $", own[: match.start()])
        fix = None if unsure else f"{right}." if ends else right
        yield AB3.at(*match.span(), N_("Abbreviations have no full stops."), fix=fix)
    for match in _ARTICLE.finditer(own):
        yield AB3.at(
            match.start(), match.end(), N_("No article stands before %(body)s."), fix=match["body"], body=match["body"]
        )
    for match in _HONORIFIC.finditer(own):
        yield PE1.at(*match.span(), N_("%(right)s has a full stop."), fix=f"{match[0]}.", right=f"{match[0]}.")


@dataclass(slots=True)
class _Introduced:
    """Where an abbreviation was introduced, and how often it stands in the text besides."""

    passage: Passage
    start: int
    end: int
    surely: bool
    uses: int = 0
    again: list[tuple[Passage, int, int]] = field(default_factory=list)


def spelled_out(report: Sequence[Passage]) -> Iterator[tuple[Passage, Finding]]:
    """AB1, over the whole report in the order it is read."""
    known: dict[str, _Introduced] = {}
    unexplained: dict[str, tuple[Passage, int, int]] = {}
    for passage in report:
        if passage.kind in ("title", "heading"):
            yield from _in_title(passage)
        else:
            _read(passage, known, unexplained)
    ordinary = {word for passage in report for _, word in passage.words if word.islower()} if unexplained else set()
    for short, (passage, start, end) in unexplained.items():
        if short.lower() in ordinary and short not in BODIES:
            continue  # a word in capitals: the LOCAL project
        yield passage, AB1.at(start, end, _LATER if short in known else _NOWHERE, short=short)
    for short, place in known.items():
        for passage, start, end in place.again:
            yield passage, AB1.at(start, end, N_("%(short)s is introduced a second time."), short=short)
        if place.surely and not place.uses and not place.again:
            reason = N_("%(short)s is not used again: leave the abbreviation out.")
            yield place.passage, AB1.at(place.start, place.end, reason, short=short)


def _in_title(passage: Passage) -> Iterator[tuple[Passage, Finding]]:
    for _, start, end in _used(passage):
        if _unexplained(passage, start, end):
            yield passage, AB1.at(start, end, N_("Titles and headings have no abbreviations."))


def _read(passage: Passage, known: dict[str, _Introduced], unexplained: dict[str, tuple[Passage, int, int]]) -> None:
    places = [*_introductions(passage)]
    for short, place in places:
        if short not in known:
            known[short] = place
        elif place.surely and known[short].surely and known[short].passage.key != "summary":
            known[short].again.append((passage, place.start, place.end))
    taken = {place.start for _, place in places}
    for short, start, end in _used(passage):
        if short in known and start not in taken:
            known[short].uses += not _before(known[short], passage, start)
        if (short not in known or _before(known[short], passage, start)) and _unexplained(passage, start, end):
            unexplained.setdefault(short, (passage, start, end))


def _before(place: _Introduced, passage: Passage, start: int) -> bool:
    """Whether an abbreviation stands in the very passage that introduces it, but before."""
    return place.passage is passage and start < place.start


_LATER = N_("%(short)s is spelled out only later: write it in full here.")
_NOWHERE = N_("%(short)s is spelled out nowhere: write it in full, with the abbreviation in parentheses.")


def _introductions(passage: Passage) -> Iterator[tuple[str, _Introduced]]:
    """The abbreviations in parentheses behind a word. Those of which it is sure that they stand for what is before."""
    for match in _IN_BRACKETS.finditer(passage.open):
        short, (start, end) = match["short"].strip(), match.span("short")
        if sum(sign.isupper() for sign in short) < 2 or any(sign in short for sign in ",;:"):
            continue
        whole = bool(_ACRONYM.fullmatch(short))
        surely = whole and _stands_for(passage.open[max(match.start() - 200, 0) : match.start()], short)
        names = [short] if whole or "-" in short else [token[0] for token in _ACRONYM.finditer(short)]
        for name in names:
            if name not in _NOT_TOLD:
                yield _singular(name), _Introduced(passage, start, end, surely)


def _stands_for(before: str, short: str) -> bool:
    """Whether the words before can be what is abbreviated: one of the last begins like it."""
    words = re.findall(r"\w+", before)[-16:]
    return any(word[:1].casefold() == short[:1].casefold() for word in words)


def _used(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Every abbreviation with its place."""
    for match in _ACRONYM.finditer(passage.open):
        short = _singular(match[0])
        known = short in _NOT_TOLD or _ROMAN.fullmatch(short)
        if not known and any(sign.isalpha() for sign in short[1:]) and len(short) < 10:
            yield short, match.start(), match.end()


def _unexplained(passage: Passage, start: int, end: int) -> bool:
    """Whether the reader has to be told what an abbreviation means: it is in nobody's title and no name or shout."""
    own = passage.own
    if own[start:end] != passage.text[start:end]:
        return False
    shouted = re.match(r"\W[A-Z]{2}", own[end : end + 3]) or re.search(r"[A-Z]{2}\W$", own[max(start - 3, 0) : start])
    return not shouted and not _part_of_name(passage, start, end)


def _part_of_name(passage: Passage, start: int, end: int) -> bool:
    """Whether somebody is called so: capitals before or behind it are a name's (UNI Global Union, Ms. FLOLU)."""
    own = passage.own
    if _singular(own[start:end]) in BODIES:
        return False
    before = re.search(r"[A-Z][\w’'-]*[a-z]\.? $", own[max(start - 30, 0) : start])
    title = before is not None and before[0] in ("Mr. ", "Ms. ", "Mx. ", "Dr. ")
    named = before is not None and (title or not passage.begins(max(start - 30, 0) + before.start()))
    return named or bool(re.match(r"(?: –)? [A-Z][a-z]|-[A-Za-z]", own[end : end + 5]))


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") else short
