"""Spelling: the first form of the Concise Oxford Dictionary, with -ize.

Only words in small letters are held to it, and a capital at the beginning of a sentence: a name is spelled as its
bearer does. Quotations and italics are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from meetings.report.rules.editorial.finding import N_, Finding, Rule
from meetings.report.rules.editorial.passage import Passage
from meetings.report.rules.editorial.spelling_words import HYPHENS, ISE_ROOTS, IZE_ENDINGS, ONE_FORM, OXFORD

SP1: Final = Rule(
    "SP1", "error", N_("Verbs and nouns in -ize, -ization; but analyse, catalyse"), "UN Editorial Manual, Spelling"
)
SP2: Final = Rule(
    "SP2", "error", N_("The first form of the Concise Oxford Dictionary: programme, centre, judgement"),
    "UN Editorial Manual, Spelling",
)  # fmt: skip
SP3: Final = Rule(
    "SP3", "warning", N_("One form for compounds: cooperation, policymaking, capacity-building, decision-making"),
    "A/HRC/56/32, usage",
)  # fmt: skip
HY1: Final = Rule("HY1", "warning", N_("No hyphen is lost: pre-review, well-being"), "A/HRC/56/32, para. 17")

_ISE = re.compile(r"([a-z]{4,})is(e|es|ed|ing|er|ers|able|ation|ations|ational)")
_YZE = re.compile(r"(anal|breathal|catal|dial|electrol|hydrol|paral)yz(e|ed|es|ing|er|ers)")
_IZED = N_("The United Nations write “%(right)s”, with -ize.")
_YSED = N_("The United Nations write “%(right)s”, with -yse.")
_OXFORD = N_("The first form in the Concise Oxford Dictionary is “%(right)s”.")
_COMPOUND = N_("The United Nations write “%(right)s”.")
_HYPHEN = N_("A hyphen is missing: “%(right)s”.")
_PROGRAM_OF_A_MACHINE = ("computer ", "software ")

_HYPHENATED = re.compile(r"(?<![\w’'-])[a-z]+-[a-z]+(?:-[a-z]+)*(?![\w-])")
# Two words that make one: not where the second is a verb with an object ("decision making it …").
_APART = re.compile(
    r"(?<![\w-])(?:(?P<hyphen>capacity building|decision making)(?! (?:an?|her|him|his|it|its|the|their|them)\b)"
    r"|(?P<one>policy mak(?:er|ers|ing)|peace build(?:er|ers|ing))"
    r"|(?P<based>human[ -]rights[ -]based|rights based)(?= approach))(?![\w-])"
)


def spelling(passage: Passage) -> Iterator[Finding]:
    """SP1 and SP2, HY1: word by word."""
    for place, (start, word) in enumerate(passage.words):
        low = word.lower()
        if not word.islower() and not _only_begins(passage, place):
            continue
        if low in OXFORD:
            if not (low.startswith("program") and passage.own[:start].endswith(_PROGRAM_OF_A_MACHINE)):
                yield _word(SP2, start, word, OXFORD[low], _OXFORD)
        elif low in HYPHENS:
            yield _word(HY1, start, word, HYPHENS[low], _HYPHEN)
        elif (match := _ISE.fullmatch(low)) and _takes_ize(match[1]):
            yield _word(SP1, start, word, f"{match[1]}iz{match[2]}", _IZED)
        elif match := _YZE.fullmatch(low):
            yield _word(SP1, start, word, f"{match[1]}ys{match[2]}", _YSED)


def compounds(passage: Passage) -> Iterator[Finding]:
    """SP3: hyphens that are too many or missing between two words."""
    for match in _HYPHENATED.finditer(passage.own):
        if right := ONE_FORM.get(match[0]):
            yield _word(SP3, match.start(), match[0], right, _COMPOUND)
    for match in _APART.finditer(passage.own):
        if match["hyphen"]:
            right = match[0].replace(" ", "-")
        elif match["one"]:
            right = match[0].replace(" ", "")
        else:
            right = "human rights-based" if match[0].startswith("human") else "rights-based"
        if right != match[0]:
            yield _word(SP3, match.start(), match[0], right, _COMPOUND)


def _takes_ize(root: str) -> bool:
    return root.endswith(IZE_ENDINGS) and f"{root}ise" not in ISE_ROOTS


def _only_begins(passage: Passage, place: int) -> bool:
    """Whether a word has its capital from the beginning of the sentence alone, and no name begins with it."""
    start, word = passage.words[place]
    following = passage.words[place + 1 : place + 4]
    return passage.begins(start) and word[1:].islower() and bool(following) and all(w.islower() for _, w in following)


def _word(rule: Rule, start: int, word: str, right: str, reason: str) -> Finding:
    right = right[:1].upper() + right[1:] if word[:1].isupper() else right
    return rule.at(start, start + len(word), reason, fix=right, right=right)
