"""Background documents: United Nations symbols, lists of resolutions, and the links that belong to them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from meetings.reading.rules.blocks import Link
from meetings.reading.rules.result import Document

_SYMBOL = re.compile(
    r"\b(?:A|E|S|ST|CCPR|CEDAW|CERD|CRC|CRPD|CAT|CED|CMW|HRI|HSP|UNEP)(?:/[A-Z0-9][\w.\-]*(?:\(\w+\))?){1,5}"
    r"(?:\s+and\s+(?:Corr|Add)\.\d+)?"
)
_BRACKETED = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]")
_RESOLUTIONS = re.compile(
    r"(?P<body>Human Rights Council|General Assembly|Conseil des droits de l['’]homme|Assemblée générale"
    r"|Consejo de Derechos Humanos|Asamblea General)?\s*(?P<word>resolutions?|résolutions?|resoluci(?:ón|ones))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?P<number>\d{1,2}/\d{1,3})\b(?P<of>(?:\s*,)?\s+(?:of|du|de"
    r"|del)\s+\d{1,2}(?:er)?\s+(?:de\s+)?\w+\s+(?:de\s+)?\d{4})?"
)
_PREFIX = {
    "human rights council": "A/HRC/RES/", "conseil des droits de l'homme": "A/HRC/RES/",
    "consejo de derechos humanos": "A/HRC/RES/", "general assembly": "A/RES/", "assemblée générale": "A/RES/",
    "asamblea general": "A/RES/",
}  # fmt: skip
_SINGULAR = {"resolutions": "resolution", "résolutions": "résolution", "resoluciones": "resolución"}
_JOINED = re.compile(r"^(?:\W+|(?:and|et|y|e|as well as|ainsi que|así como)\s+)+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|une?|le|la|el|un|una)\s+", re.IGNORECASE)
_URL = re.compile(r"<?(https?://[^\s<>]+?)[>.,;)]*(?=\s|$)", re.IGNORECASE)
_EMPTY = re.compile(
    r"\b(?:https?|www|org|en|html?|pdf|docs?|documents?|sites|default|files|tools|and|resources|reports?|index)\b"
)
# Words in which an address and a title must agree before the one is taken for the other's.
_ENOUGH = 4
# No note has more links or documents; more are not matched, so that nobody keeps the reader busy with them.
_MOST = 200
_MOST_TEXT = 100_000
_MOST_HERE = 20  # addresses in one item of a list


@dataclass(frozen=True, slots=True)
class Matched:
    """Documents with their links; `by_order` are those that got theirs by its place only; `left` fit nothing."""

    documents: tuple[Document, ...]
    by_order: tuple[Document, ...]
    left: tuple[Link, ...]


def symbols(text: str) -> list[str]:
    """The United Nations symbols of a text, in order."""
    return [match[0].rstrip(".-") for match in _SYMBOL.finditer(text) if any(map(str.isdigit, match[0]))]


def documents_in(text: str, numbers: tuple[int, ...], links: Iterable[tuple[str, str]] = ()) -> list[Document]:
    """The documents that a paragraph or an item of a list names by symbol or as resolutions."""
    found = _by_symbol(text, numbers) or _resolutions(text, numbers)
    by_text = dict(links)
    addresses = list(dict.fromkeys([*(match[1] for match in _URL.finditer(text)), *by_text.values()]))[:_MOST_HERE]
    result = []
    for document in found:
        number = document.symbol.rpartition("RES/")[2]
        shown = (url for shown, url in by_text.items() if document.symbol in shown or (number and number in shown))
        url = next(shown, "") or next((each for each in addresses if _names(each, document.symbol)), "")
        if not url and len(found) == len(addresses) == 1:
            url = addresses[0]
        result.append(replace(document, url=url))
    return result


def plain_document(text: str, numbers: tuple[int, ...], links: Iterable[tuple[str, str]] = ()) -> Document | None:
    """An item below “Background documents” without a symbol: its title, with its link if it has one."""
    urls = [*(match[1] for match in _URL.finditer(text)), *(url for _, url in links)]
    title = _tidy(_URL.sub(" ", text).strip(" :,–-"))
    if not title or len(title) > 400:
        return None
    return Document(title, "", urls[0] if urls else "", numbers)


def _by_symbol(text: str, numbers: tuple[int, ...]) -> list[Document]:
    """Titles end with their symbols in brackets; several symbols of one pair of brackets share the title."""
    text = _URL.sub(" ", text)
    found: list[Document] = []
    done = 0
    groups = [match for match in _BRACKETED.finditer(text) if symbols(match["inside"])]
    if groups and groups[-1].end() < len(text) and len(groups) == 1:
        # A title that goes on behind its symbols: a line was broken in between.
        tail = text[groups[0].end() :]
        if re.match(r"\s*[a-zà-ÿ]", tail) and not _JOINED.match(tail.strip()):
            title = _tidy(f"{text[: groups[0].start()]} {tail}")
            return [Document(title, symbol, lines=numbers) for symbol in symbols(groups[0]["inside"])]
    for match in groups:
        title = _tidy(text[done : match.start()])
        done = match.end()
        found += [Document(title or symbol, symbol, lines=numbers) for symbol in symbols(match["inside"])]
    if groups:
        return found
    plain = symbols(text)
    if not plain:
        return []
    first = text.find(plain[0])
    before, after = _tidy(text[:first]), _tidy(_SYMBOL.sub("", text[first:]))
    title = before if len(before) > 3 else after
    return [Document(title or symbol, symbol, lines=numbers) for symbol in plain]


def _resolutions(text: str, numbers: tuple[int, ...]) -> list[Document]:
    named = _RESOLUTIONS.search(text)
    if named is None:
        return []
    body = (named["body"] or "").strip()
    prefix = _PREFIX.get(body.lower().replace("’", "'"), "A/HRC/RES/")
    word = _SINGULAR.get(named["word"].lower(), named["word"].lower())
    found = []
    for match in _NUMBER.finditer(text, named.end()):
        title = " ".join(f"{body} {word} {match['number']}{match['of'] or ''}".split())
        found.append(Document(title[:1].upper() + title[1:], prefix + match["number"], lines=numbers))
    return found


def _tidy(title: str) -> str:
    title = re.sub(r"\s+([,;.])", r"\1", " ".join(title.split()))
    shorter = _JOINED.sub("", title)
    if shorter != title:
        shorter = _ARTICLE.sub("", shorter)
    shorter = shorter.rstrip(" ,;:.–-([")
    shorter = re.sub(r"\s+(?:and|et|y)$", "", shorter)
    return shorter[:1].upper() + shorter[1:]


def _names(url: str, symbol: str) -> bool:
    """Whether an address has a symbol in it, written in full or as one word: ahrc5632."""
    if re.search(rf"{re.escape(symbol)}(?![\w/])", url, re.IGNORECASE):
        return True
    together = re.sub(r"[^a-z0-9]", "", symbol.lower())
    return bool(re.search(rf"(?<![a-z0-9]){together}(?![0-9])", url.lower()))


def matched(documents: Sequence[Document], links: Sequence[Link], text: str) -> Matched:
    """Give the links of a note's margins and feet to the documents: by symbol, else by their order between such.

    `text` is the whole note: a link that has a document's title in its address makes a document of it.
    """
    found = list(documents)
    links, many = links[:_MOST], links[_MOST:]
    text = text[:_MOST_TEXT]
    owner: dict[int, int] = {}
    for at, link in enumerate(links):
        named = (place for place, each in enumerate(found[:_MOST]) if each.symbol and _names(link.url, each.symbol))
        place = next(named, None)
        if place is not None:
            owner[at] = place
            found[place] = _with(found[place], link)
    spoken = frozenset(re.findall(r"[a-z0-9]+", text.lower()))
    titles = {url: _titled(url, text, spoken) for url in {link.url for link in links}}
    by_order = _by_order(found, links, owner, titles)
    left = []
    extra: dict[str, Document] = {}
    for at, link in enumerate(links):
        if at in owner:
            continue
        if link.url in extra:
            extra[link.url] = replace(extra[link.url], lines=(*extra[link.url].lines, *link.numbers))
        elif titles[link.url]:
            extra[link.url] = Document(titles[link.url], "", link.url, link.numbers)
        else:
            left.append(link)
    return Matched((*extra.values(), *found), tuple(found[place] for place in by_order), (*left, *many))


def _with(document: Document, link: Link) -> Document:
    return replace(document, url=document.url or link.url, lines=(*document.lines, *link.numbers))


def _by_order(
    found: list[Document], links: Sequence[Link], owner: dict[int, int], titles: Mapping[str, str]
) -> list[int]:
    """Between two links whose documents are known, as many links as documents without one belong to each other."""
    given: list[int] = []
    known = [(-1, -1), *sorted(owner.items()), (len(links), len(found))]
    for (before, first), (after, last) in pairwise(known):
        places = [place for place in range(first + 1, last) if not found[place].url and found[place].symbol]
        between = [at for at in range(before + 1, after) if at not in owner and not titles[links[at].url]]
        if places and len(places) == len(between):
            for at, place in zip(between, places, strict=True):
                owner[at] = place
                found[place] = _with(found[place], links[at])
                given.append(place)
    return given


def _titled(url: str, text: str, spoken: frozenset[str]) -> str:
    """The words of the note that an address is made of: a title that it stands for; "" where there is none."""
    last = re.split(r"[/?#]", url.rstrip("/"))[-1].lower()
    words = [word for word in re.split(r"[^a-z0-9]+", last) if word and not _EMPTY.fullmatch(word)]
    if len(words) < _ENOUGH or not set(words) <= spoken:
        return ""
    between = r"\W+(?:\w+\W+){0,2}?"
    match = re.search(rf"\b{between.join(map(re.escape, words))}\b", text, re.IGNORECASE)
    if match is None:
        return ""
    before = re.search(r"(?:[A-ZÀ-Þ][\w-]*\s+)*$", text[: match.start()])
    return " ".join(f"{before[0] if before else ''}{match[0]}".split())
