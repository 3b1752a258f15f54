"""One thing is called one way throughout."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from meetings.report.rules.editorial.country_names import named
from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage

CO1: Final = Rule(
    "CO1", "info", N_("“Good practices” or “best practices”, one throughout"), "A/HRC/56/32, paras. 1 and 4"
)
CO2: Final = Rule(
    "CO2", "info", N_("Who has the floor is “the speaker from” or “the representative of” a body, one throughout"),
    "A/HRC/56/32, paras. 12 and 24",
)  # fmt: skip
CO3: Final = Rule("CO3", "error", N_("A person is called one way"), "A/HRC/56/32, para. 17")
CO4: Final = Rule("CO4", "warning", N_("A name keeps its accents"), "A/HRC/56/32, para. 7")
PO2: Final = Rule("PO2", "info", N_("No possessive of a place"), "A/HRC/56/32, usage")

Place = tuple[Passage, int, int]
Found = Iterator[tuple[Passage, Finding]]

_PRACTICES = re.compile(r"\b(?P<kind>[Gg]ood|[Bb]est) practices?\b")


def practices(report: Sequence[Passage]) -> Found:
    """CO1: at every place of the rarer form."""
    places: dict[str, list[Place]] = defaultdict(list)
    for passage in report:
        for match in _PRACTICES.finditer(passage.own):
            places[match["kind"].lower()].append((passage, *match.span("kind")))
    if len(places) == 2:
        rare, usual = sorted(places, key=lambda kind: (len(places[kind]), kind))
        for passage, start, end in places[rare]:
            reason = N_("Elsewhere the report says “%(usual)s practices”.")
            yield passage, CO1.at(start, end, reason, usual=usual)


_FLOOR = re.compile(r"\b[Tt]he (?P<form>(?:speaker|representative) (?:from|of)) (?:the )?")
_BODY = re.compile(r"(?:[A-Z][\w’'-]*|of|the|for|and|on)(?: (?:[A-Z][\w’'-]*|of|the|for|and|on)){0,15}")
_SHORT = re.compile(r" \((?P<short>[A-Z][\w-]{1,20})\)")


def speakers(report: Sequence[Passage]) -> Found:
    """CO2: where one body's speaker is called in two ways, at every place but those of the first way."""
    ways: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for passage in report:
        for match in _FLOOR.finditer(passage.own):
            if body := _BODY.match(passage.own, match.end()):
                short = _SHORT.match(passage.own, body.end())
                name = short["short"] if short else re.sub(r"(?: (?:of|the|for|and|on))+$", "", body[0])
                ways[name][match["form"].lower()].append((passage, *match.span("form")))
    for name, forms in ways.items():
        first, *others = forms
        for form in others:
            for passage, start, end in forms[form]:
                reason = N_("Elsewhere it is “the %(first)s” %(name)s.")
                yield passage, CO2.at(start, end, reason, first=first, name=name)


_PARTICLE: Final = "(?:al|bin|da|de|del|der|di|dos|du|la|van|von) "
_PERSON = re.compile(
    rf"\b(?:Mr|Ms|Mrs|Mx|Dr)\. (?:{_PARTICLE}){{0,2}}[A-Z][\w’'-]*(?: (?:{_PARTICLE})?[A-Z][\w’'-]*){{0,4}}"
)


def people(report: Sequence[Passage]) -> Found:
    """CO3: Ms. Ward and Ms. Kamuf Ward, Ms. Saiz and Ms. Sáiz. Two bearers of one surname are told apart by more."""
    called: dict[str, list[Place]] = defaultdict(list)
    for passage in report:
        for match in _PERSON.finditer(passage.own):
            called[match[0].replace("'", "’")].append((passage, *match.span()))
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in called:
        alike[name.partition(" ")[0], _folded(name.rpartition(" ")[2])].append(name)
    for forms in alike.values():
        if len(forms) != 2 or not _one_person(*forms):
            continue
        usual, rare = sorted(forms, key=lambda name: -len(called[name]))
        for passage, start, end in called[rare]:
            reason = N_("Elsewhere this person is called “%(usual)s”.")
            yield passage, CO3.at(start, end, reason, usual=usual)


def _one_person(one: str, other: str) -> bool:
    """Whether two forms with the same last name are one name with and without a part, or with and without accents."""
    shorter, longer = sorted((_folded(one), _folded(other)), key=len)
    return shorter == longer or len(shorter.split()) == 2


_CAPITALIZED = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][^\W\d_]{3,}(?![\w-])")


def accents(report: Sequence[Passage]) -> Found:
    """CO4: Bogotá and Bogota."""
    places: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for passage in report:
        for match in _CAPITALIZED.finditer(passage.own):
            places[_folded(match[0])][match[0].casefold()].append((passage, *match.span()))
    for forms in places.values():
        if len(forms) < 2:
            continue
        usual = max(forms, key=lambda form: (not form.isascii(), len(forms[form])))
        sample, start, end = forms[usual][0]
        right = sample.own[start:end]
        for form in forms.keys() - {usual}:
            for passage, start, end in forms[form]:
                reason = N_("Elsewhere it is written “%(right)s”.")
                yield passage, CO4.at(start, end, reason, fix=right, right=right)


_PLACE = re.compile(
    r"\b(?:[Cc]anton|[Cc]ity|[Cc]ouncil|[Dd]istrict|[Gg]overnment|[Mm]ayor|[Mm]unicipality|[Oo]ffice|[Pp]rovince|[Rr]egion"
    r"|[Tt]own) of (?P<place>[A-Z][\w-]*(?: [A-Z][\w-]*){0,4})"
)
_OWNED = re.compile(r"(?<![\w’'-])(?P<last>[A-Z][\w-]*)[’']s\b")
_CAPITALS_BEFORE = re.compile(r"(?<!\w)(?:[A-Z][\w-]* ){0,4}$")


def places_possessive(report: Sequence[Passage]) -> Found:
    """PO2: Gwangju’s Charter, where the report speaks of the city of Gwangju."""
    places = {_folded(match["place"]) for passage in report for match in _PLACE.finditer(passage.open)}
    for passage in report:
        countries = {place.start for place in named(passage.own)} if places else set()
        for match in _OWNED.finditer(passage.own):
            before = _CAPITALS_BEFORE.search(passage.own, max(match.start() - 60, 0), match.start())
            words = [*(before[0].split() if before else ()), match["last"]]
            owners = (" ".join(words[first:]) for first in range(len(words)))
            owner = next((name for name in owners if _folded(name) in places), None)
            start = match.end("last") - len(owner or "")
            if owner and start not in countries:
                yield passage, PO2.at(start, match.end(), N_("Places have no possessive: write “of …”."))


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
