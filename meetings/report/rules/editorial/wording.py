"""Words: capitals, people of every gender, articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage

CA1: Final = Rule(
    "CA1", "info", N_("Capitals as the United Nations set them: Member States, local governments"), "A/HRC/56/32, usage"
)
GE1: Final = Rule(
    "GE1", "warning", N_("Words for people of every gender: Chair, spokesperson, they"),
    "UN Guidelines for gender-inclusive language in English",
)  # fmt: skip
IN1: Final = Rule(
    "IN1", "warning", N_("The person first: persons with disabilities"),
    "UN Geneva, Disability-inclusive language guidelines",
)  # fmt: skip
AR1: Final = Rule(
    "AR1", "error", N_("A function has its article: moderated by the Director of …"), "A/HRC/56/32, para. 15"
)

_CAPITALS: Final = {
    "member states": "Member States", "Member states": "Member States", "member States": "Member States",
    "united nations": "United Nations", "United nations": "United Nations",
    "sustainable development goals": "Sustainable Development Goals",
    "Sustainable development goals": "Sustainable Development Goals",
    "Sustainable Development goals": "Sustainable Development Goals",
}  # fmt: skip
_SMALL: Final = {
    "Local Governments": "local governments", "National Governments": "national governments",
    "Local Authorities": "local authorities", "Civil Society": "civil society", "Human Rights": "human rights",
    "Treaty Bodies": "treaty bodies", "Universal Periodic Review": "universal periodic review",
    "Agenda Item": "agenda item", "Agenda Items": "agenda items",
}  # fmt: skip
_CAPITAL = re.compile(rf"(?<![\w-])(?:{'|'.join(_CAPITALS)})(?![\w-])")
# Only between small words: next to a capital it is part of a name.
_NOT_CAPITAL = re.compile(
    rf"(?<=[a-z] )(?<!\bof )(?<!\band )(?<!\bfor )(?<!\bon )(?<!\bthe )(?<!\bin )(?:{'|'.join(_SMALL)})"
    r"(?= (?:(?!and |of |for |in |on |to )[a-z]|\d)|[.,;:)]|$)"
)


def capitals(passage: Passage) -> Iterator[Finding]:
    """CA1: member states, Local Governments."""
    for match in _CAPITAL.finditer(passage.own):
        right = _CAPITALS[match[0]]
        yield CA1.at(*match.span(), N_("The capitals are these: “%(right)s”."), fix=right, right=right)
    if passage.kind in ("paragraph", "item"):
        for match in _NOT_CAPITAL.finditer(passage.own):
            right = _SMALL[match[0]]
            yield CA1.at(*match.span(), N_("In small letters, unless it is part of a name: “%(right)s”."), right=right)


_INCLUSIVE: Final = {
    "chairman": "chair", "chairmen": "chairs", "chairwoman": "chair", "Chairman": "Chair", "Chairmen": "Chairs",
    "spokesman": "spokesperson", "spokesmen": "spokespersons", "spokeswoman": "spokesperson",
    "mankind": "humankind", "manpower": "workforce", "man-made": "human-made", "policeman": "police officer",
    "policemen": "police officers", "fireman": "firefighter", "firemen": "firefighters", "ombudsman": "ombudsperson",
    "ombudsmen": "ombudspersons", "businessman": "business person", "businessmen": "business people",
    "congressman": "member of Congress", "layman": "layperson", "laymen": "laypersons", "councilman": "councillor",
    "councilmen": "councillors", "he/she": "they", "she/he": "they", "s/he": "they", "his/her": "their",
    "her/his": "their", "him/her": "them",
}  # fmt: skip
_GENDERED = re.compile(
    rf"(?<![\w/-])(?:{'|'.join(_INCLUSIVE)})(?![\w/-])"
    r"|\b(?:[Ee]ach|[Ee]very|[Aa]ny) (?:child|citizen|councillor|expert|mayor|official|participant|person|resident"
    r"|speaker|student|worker)\b(?:[ ,]+[a-z]+){0,8}? (?P<pronoun>he|his|him)\b"
)


def gender(passage: Passage) -> Iterator[Finding]:
    """GE1: chairman, mankind, “every mayor … his”."""
    for match in _GENDERED.finditer(passage.own):
        if match["pronoun"]:
            reason = N_("Say “they” or turn the sentence, for people of every gender.")
            yield GE1.at(*match.span("pronoun"), reason)
        else:
            right = _INCLUSIVE[match[0]]
            reason = N_("Say “%(right)s”, unless it is somebody’s official title.")
            yield GE1.at(*match.span(), reason, right=right)


_DISABLED: Final = {
    "the disabled": "persons with disabilities", "the handicapped": "persons with disabilities",
    "disabled people": "persons with disabilities", "disabled persons": "persons with disabilities",
    "handicapped people": "persons with disabilities", "handicapped persons": "persons with disabilities",
    "the blind": "blind persons", "the deaf": "deaf persons", "the elderly": "older persons",
    "wheelchair-bound": "wheelchair user", "mentally ill": "with psychosocial disabilities",
}  # fmt: skip
_DISABILITY = re.compile(rf"(?<![\w-])(?:{'|'.join(_DISABLED)})(?=[.,;:)]|$| (?:and|in|is|are|or|to|who|with)\b)")


def disability(passage: Passage) -> Iterator[Finding]:
    """IN1: the disabled, the elderly."""
    for match in _DISABILITY.finditer(passage.own):
        right = _DISABLED[match[0]]
        yield IN1.at(*match.span(), N_("Say “%(right)s”."), right=right)


_FUNCTION = re.compile(
    r"\b(?:moderated|chaired|facilitated|opened|closed|introduced|delivered|presented|led) by "
    r"(?P<function>(?:(?:Acting|Assistant|Deputy|Executive|Senior|Under-|Vice-)[ -]?)?"
    r"(?:Chair|Chief|Commissioner|Coordinator|Director|Governor|Head|High Commissioner|Mayor|President|Rapporteur"
    r"|Representative|Secretary-General))(?= (?:of|for|at)\b)"
)


def articles(passage: Passage) -> Iterator[Finding]:
    """AR1: “was moderated by Executive Director of …”."""
    for match in _FUNCTION.finditer(passage.own):
        start, end = match.span("function")
        reason = N_("An article is missing before “%(function)s”.")
        yield AR1.at(start, end, reason, fix=f"the {match['function']}", function=match["function"])
