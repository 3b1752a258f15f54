"""How a note becomes what somebody said: the verb, the note as it goes on in the sentence, and its full stop.

The verbs are those of A/HRC/56/32 and their like. Where none was chosen, the usual ones for a kind of note take turns;
all of one row say the same, so that no turn changes what was said.
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

from exports.text import one_line
from meetings.report.rules.wording import quoted, small, stopped

# By kind of note and by how it goes on: with a noun, with "that", with a question word.
_VERBS: Final = {
    "point": (
        ("noted", "mentioned", "referred to"),
        ("noted", "observed", "pointed out"),
        ("noted", "described"),
    ),
    "example": (("described", "presented", "outlined"), ("reported", "noted", "explained"), ("described", "explained")),
    "challenge": (
        ("highlighted", "pointed to", "drew attention to"),
        ("highlighted", "pointed out", "noted"),
        ("highlighted", "described"),
    ),
    "recommendation": (("recommended", "proposed", "suggested"),) * 2 + (("suggested", "proposed"),),
    "question": (("asked about", "enquired about"), ("asked",), ("asked", "enquired")),
}
_QUESTION_WORDS = frozenset({"how", "what", "which", "who", "whom", "whose", "why", "where", "when"})
_OPEN = frozenset({"whether", "if"})
# Verbs that go on with a noun: before "that" they need one.
_BEFORE_NOUNS = frozenset({
    "welcomed", "commended", "discussed", "described", "referred to", "pointed to", "drew attention to", "presented",
    "outlined",
})  # fmt: skip
_TAKES_THAT = frozenset(verb for rows in _VERBS.values() for verb in rows[1]) | {
    "stressed", "emphasized", "underscored", "highlighted", "acknowledged", "added", "concluded", "reiterated", "said",
    "recalled", "replied", "mentioned", "indicated", "argued", "affirmed", "proposed", "urged", "warned", "cautioned",
}  # fmt: skip
# Verbs that ask, so that what follows needs no question mark; others that raise a question.
_ASKING = ("asked", "enquired", "inquired", "wondered")
_RAISING = frozenset({"raised", "posed", "put"})

_AUXILIARY = (
    r"(?:am|is|are|was|were|do|does|did|has|have|had|can|cannot|could|shall|should|will|would|may|might|must|need)"
)
_ASKED = re.compile(rf"(?:{_AUXILIARY}\b|(?:[\w’'-]+ ){{1,3}}{_AUXILIARY}\b).*\?$", re.IGNORECASE | re.DOTALL)
_PRONOUN = re.compile(r"that of\b|that (?:which|who)\b", re.IGNORECASE)  # no clause follows this "that"
_MARK = re.compile(r"^(?:[-–—•*·]|\(?(?:\d{1,2}|[a-z])[.)]) (?=\S)")  # of a list: a dash, (a), 1.
# A quotation that is the whole note, and a sentence by itself.
_QUOTATION = re.compile(r"(?:“[^“”]*[.!?…]”|\"[^\"]*[.!?…]\")[.]?$", re.DOTALL)
# A plural that somebody speaks of and its verb: a sentence, and not a thing, so that "that" has to come before it.
_SENTENCE = re.compile(
    r"(?:(?:(?:More than|Less than|Over|About|Nearly|Almost|At least|Only)\s)?"
    r"\d[\d.,]*(?:%|\s(?:per cent|million|billion))?\s(?:of\s)?(?:the\s|all\s|its\s)?)?"
    r"(?:(?:Many|Most|Some|All|Several|Local|Regional|National|Central|Human|Rights|Small|Smaller|And|Young|Public|Such"
    r"|Other|These|Those|Few)\s)*"
    r"(?:Cities|Towns|Municipalities|Mayors|Governments|Authorities|States|People|Persons|Women|Men|Children|Residents"
    r"|Citizens|Communities|Officials|Councils|Institutions|Networks|They|It|There|This)\s"
    r"(?:should|must|can|cannot|could|will|would|may|might|is|are|was|were|has|have|had|do|does|did|needs?|lacks?|faces?"
    r"|live|know|want|work|depend|remain|suffer|take|make|give|play|use|spend|pay|rely|struggle|cooperate)\s",
    re.IGNORECASE,
)


def reporting(kind: str, verb: str | None, words: str, *, seed: str = "", last: str = "") -> tuple[str, str]:
    """The verb, and verb and note with its full stop: the verb that was chosen, else one for this kind of note.

    `seed` decides where the usual verbs begin their turn, and is the note's lasting name; `last` is the verb of the
    sentence before, which is not used again.
    """
    words = _MARK.sub("", one_line(words))
    chosen = _chosen(verb)
    if _is_question(words) or (words.endswith("?") and chosen and not chosen.startswith(_ASKING)):
        return _as_asked(chosen, words)
    if _QUOTATION.match(words):
        chosen = chosen or {"question": "asked", "recommendation": "recommended"}.get(kind, "stated")
        return chosen, f"{chosen}: {stopped(words)}"
    words = small(words)
    if _SENTENCE.match(words) and (chosen in _TAKES_THAT or (not chosen and kind != "question")):
        words = f"that {words if words.startswith('States') else words[:1].lower() + words[1:]}"
    first = "" if _PRONOUN.match(words) else words.partition(" ")[0].rstrip(",").lower()
    if not chosen:
        chosen = _usual(kind, first, seed, last)
    elif first == "that" and chosen in _BEFORE_NOUNS:
        words = f"the fact {words}"
    elif first == "that" and chosen.endswith(" that"):
        words = words[5:]
    return chosen, f"{chosen} {stopped(words, question=chosen.startswith(_ASKING))}"


def _chosen(verb: str | None) -> str:
    verb = one_line(verb or "")
    return verb[:1].lower() + verb[1:]


def _usual(kind: str, first: str, seed: str, last: str) -> str:
    """The usual verb whose turn it is, for a note that begins with this word."""
    nouns, clauses, questions = _VERBS[kind]
    if kind == "recommendation" and first == "to":
        return "proposed"
    if first in _OPEN:
        return _turn(_VERBS["question"][2] if kind == "question" else ("discussed", "considered"), seed, last)
    return _turn(clauses if first == "that" else questions if first in _QUESTION_WORDS else nouns, seed, last)


def _turn(verbs: tuple[str, ...], seed: str, last: str) -> str:
    start = crc32(seed.encode()) % len(verbs) if seed else 0
    turned = (*verbs[start:], *verbs[:start])
    return next((verb for verb in turned if verb != last), turned[0])


def _is_question(words: str) -> bool:
    """Whether a note is a question as it was asked: "How can cities report?", and not "how cities can report"."""
    return words.partition(" ")[0].lower() not in _OPEN | {"that"} and bool(_ASKED.match(words))


def _as_asked(chosen: str, words: str) -> tuple[str, str]:
    """A colon introduces what is quoted (Editorial Manual, "Punctuation")."""
    verb, question = chosen or "asked", quoted(words[:1].upper() + words[1:])
    return verb, f"{verb} the question: {question}" if verb in _RAISING else f"{verb}: {question}"
