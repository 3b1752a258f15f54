"""Words and sentences as reports of the United Nations write them: counts, lists, places, days, what was said.

The rules are those of the United Nations Editorial Manual (numbers, dates, countries' names by UNTERM) and the usage
of A/HRC/56/32.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from exports.countries import countries
from exports.dates import MONTHS, day_text, joined
from exports.inline import Footnote, Gap, Inline, Span
from exports.people import alphabetical
from exports.text import one_line

Text = tuple[Inline, ...]

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip

# Countries that take an article in running text; those of the form "Iran (Islamic Republic of)" do too.
_WITH_ARTICLE = frozenset({
    "BS", "CF", "KM", "CG", "CK", "KP", "CD", "DO", "GM", "VA", "LA", "MH", "NE", "PH", "KR", "MD", "RU", "PS", "SD",
    "SY", "AE", "GB", "TZ", "US", "KY", "VG", "FO", "FK", "MP", "TC", "VI", "UM",
})  # fmt: skip
# The headquarters of the United Nations are known without their country.
_HEADQUARTERS = {"geneva", "new york", "vienna", "nairobi"}

# A note begun with a capital goes on in small letters in mid-sentence, but only where that cannot hurt a name:
# small words always, these others unless the next word has a capital too ("Human Rights Council").
_SMALL_WORDS = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "they", "their", "there", "in", "on", "at", "by",
    "for", "from", "of", "to", "with", "within", "without", "and", "or", "but", "if", "when", "where", "while", "how",
    "what", "which", "who", "whose", "why", "whether", "as", "since", "because", "although", "despite", "both",
    "each", "every", "all", "many", "most", "some", "several", "more", "few", "no", "not", "only",
})  # fmt: skip
_PLAIN_WORDS = frozenset({
    "need", "needs", "importance", "role", "lack", "use", "value", "challenge", "challenges", "example", "examples",
    "effort", "efforts", "experience", "experiences", "progress", "work", "support", "capacity", "training", "cities",
    "city", "local", "regional", "national", "human", "people", "women", "men", "children", "young", "better",
    "stronger", "greater", "new", "good", "strengthening", "promoting", "protecting", "ensuring", "including",
    "making", "building", "providing", "creating", "working", "involving", "cooperation", "coordination", "data",
    "education", "funding", "resources", "access", "activities", "annual", "by-laws", "budgets", "climate",
    "communities", "concern", "concerns", "dialogue", "difficulties", "equality", "exchange", "exchanges", "existing",
    "financial", "gaps", "gender", "governments", "growing", "guidance", "guidelines", "health", "housing",
    "inclusive", "increased", "indicators", "insufficient", "institutions", "laws", "limited", "mayors", "mechanisms",
    "meaningful", "municipalities", "networks", "obstacles", "offices", "officials", "ordinances", "persons", "plans",
    "policies", "poor", "practices", "programmes", "projects", "public", "regular", "rents", "reporting", "research",
    "rights", "rules", "safe", "small", "social", "standards", "strong", "sustainable", "taxes", "technical", "tools",
    "towns", "urban", "water", "weak", "workshops",
})  # fmt: skip
_PLAIN_ENDINGS = re.compile(r"\w{3}(?:tion|sion|ment|ship)s?$")  # no city and no surname ends so
_NAMES_WITH_ARTICLE = ("The Hague",)

_ENDED = re.compile(r"[.!?…][”’\"')\]]*$")


def text(*parts: str | Gap | Text) -> Text:
    """The parts as one stretch of text; neighbouring words become one span."""
    whole: list[Inline] = []
    words = ""  # not yet in the whole
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        for piece in (part,) if isinstance(part, Gap) else part:
            if isinstance(piece, Span):
                words += piece.text
                continue
            if words:
                whole.append(Span(words))
                words = ""
            whole.append(piece)
    if words:
        whole.append(Span(words))
    return tuple(whole)


def plain(content: Iterable[Inline]) -> str:
    """The text as it reads, with what is missing in square brackets."""
    return "".join(_plain(piece) for piece in content)


def _plain(piece: Inline) -> str:
    match piece:
        case Gap():
            return f"[{piece.text}]"
        case Footnote():
            return ""
        case _:
            return piece.text


def capital(content: Text) -> Text:
    """The text with a capital at its beginning."""
    first, *rest = content
    return (Span(first.text[:1].upper() + first.text[1:]), *rest) if isinstance(first, Span) else content


def number(value: int) -> str:
    """In words below ten, in figures from ten (Editorial Manual, "Numbers")."""
    return _UNITS[value] if value < 10 else f"{value:,}"


def figures(values: list[int]) -> list[str]:
    """Numbers of one series: all of them in figures where one is (Editorial Manual, "Numbers")."""
    return [f"{value:,}" for value in values] if max(values, default=0) >= 10 else [number(value) for value in values]


def count(value: int, singular: str, plural: str | None = None) -> str:
    """one panellist, five panellists, 28 submissions"""
    return f"{number(value)} {singular if value == 1 else plural or singular + 's'}"


def in_words(value: int) -> str:
    """A number as a sentence begins with it: eleven, twenty-one; from 100 on in figures."""
    if value >= 100:
        return f"{value:,}"
    tens, unit = divmod(value, 10)
    return _UNITS[value] if value < 20 else f"{_TENS[tens]}-{_UNITS[unit]}" if unit else _TENS[tens]


def ordinal(value: int) -> str:
    """first, twenty-first, one hundred and second: in words, from 1 to 999."""
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        return f"{_UNITS[hundreds]} hundred and {ordinal(rest)}" if rest else f"{_UNITS[hundreds]} hundredth"
    if value >= 20:
        tens, unit = divmod(value, 10)
        return f"{_TENS[tens]}-{ordinal(unit)}" if unit else f"{_TENS[tens][:-1]}ieth"
    word = _UNITS[value]
    return _ORDINALS.get(word) or f"{word}th"


# Words that begin the name of a body which running text calls "the": the City of Vienna, the Ministry of Housing.
_BODIES = re.compile(
    r"(Association|Centre|City|Commission|Committee|Council|Department|Federation|Government|government|House|Institute"
    r"|Ministry|Municipality|Network|Office|Ombudsman|Ombudsperson|Province|Region|Secretariat|State|Town|Union"
    r"|University)\s(of|for)\s"
)


def implied_article(name: str) -> str | None:
    """The article of a body that nobody gave one, where its name leaves no doubt."""
    return "the" if _BODIES.match(name) else None


def with_article(noun: str) -> str:
    """a member, an expert, an OHCHR consultant, a university teacher: by the sound of the first word."""
    word = re.split(r"[\s\-]", noun, maxsplit=1)[0]
    if word.isupper():
        vowel = word[0] in "AEFHILMNORSX"
    else:
        vowel = bool(re.match(r"(?!uni(?!n)|eu|use|one)[aeiou]|hon|hour|heir", word.lower()))
    return f"{'an' if vowel else 'a'} {noun}"


@cache
def country_after(code: str) -> str:
    """A country's name as it stands behind a place: Canelones, Uruguay. Empty where the code is unknown."""
    country = countries().get(code)
    turned = re.fullmatch(r"(.+) \((.+ of(?: the)?)\)", country.name()) if country else None
    if turned:
        return f"{turned[2]} {turned[1]}"
    return country.name() if country else ""


def country_in_text(code: str) -> str:
    """A country's name in a sentence: Ghana; the Republic of Korea; the Islamic Republic of Iran."""
    name = country_after(code)
    inverted = name and name != countries()[code].name()
    return f"the {name}" if inverted or code in _WITH_ARTICLE else name


def countries_in_order(codes: Iterable[str]) -> str:
    """Countries in English alphabetical order of their short names, each once: Chile, the Niger and Uruguay."""
    known = {code for code in codes if code in countries()}
    ordered = sorted(known, key=lambda code: alphabetical(countries()[code].name()))
    return joined(country_in_text(code) for code in ordered)


def place(city: str, country: str | None) -> str:
    """A city, with its country unless it is a headquarters of the United Nations."""
    name = country_after(country) if country else ""
    return f"{city}, {name}" if name and city.casefold() not in _HEADQUARTERS else city


def days(start: dt.date, end: dt.date) -> str:
    """on 28 August 2023; from 21 to 23 July 2025; on 30 and 31 May 2025"""
    if start == end:
        return f"on {day_text(start)}"
    if (end - start).days == 1 and start.month == end.month:
        return f"on {start.day} and {day_text(end)}"
    if start.year != end.year:
        return f"from {day_text(start)} to {day_text(end)}"
    first = str(start.day) if start.month == end.month else f"{start.day} {MONTHS[start.month - 1]}"
    return f"from {first} to {day_text(end)}"


def enumerated(items: list[Text]) -> Text:
    """a, b and c; where a part before the last has commas of its own, a comma stands before the "and" too."""
    commas = any("," in plain(item) for item in items[:-1])
    whole = items[0]
    for item in items[1:-1]:
        whole = text(whole, ", ", item)
    return text(whole, ", and " if commas else " and ", items[-1]) if len(items) > 1 else whole


def small(words: str) -> str:
    """A note as it goes on in mid-sentence: without its first capital, unless that may belong to a name."""
    first, _, rest = words.partition(" ")
    word = first.rstrip(",:;").lower()
    if words.startswith(_NAMES_WITH_ARTICLE) or (first[1:] and not first[1:].islower()):
        return words
    ordinary = word in _PLAIN_WORDS or _PLAIN_ENDINGS.search(word)
    if word in _SMALL_WORDS or (ordinary and not rest[:1].isupper()):
        return first[:1].lower() + words[1:]
    return words


def stopped(words: str, *, question: bool = False) -> str:
    """The words with a full stop, unless they end in one; the mark of a reported question gives way to it."""
    words = words.rstrip(" ,;:")
    if question and words.endswith("?"):
        words = words.rstrip("? ")
    return words if _ENDED.search(words) else f"{words}."


def quoted(words: str) -> str:
    """A title in double quotation marks, with single ones inside it."""
    inner = re.sub(r'"([^"]*)"', "‘\\1’", one_line(words)).replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def key_part(words: str) -> str:
    """A theme as part of a paragraph's key: without colons, however it is written, and never too long for a key."""
    part = one_line(words).casefold().replace("%", "%25").replace(":", "%3A")
    return part if len(part) <= 80 else f"{part[:60]}~{sha256(part.encode()).hexdigest()[:16]}"


def theme_heading(theme: str) -> str:
    """A theme as a heading: with a capital at its beginning."""
    theme = one_line(theme)
    return theme[:1].upper() + theme[1:]
