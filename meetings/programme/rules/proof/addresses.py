"""Web addresses in the texts of a meeting, and what their form alone says about them: nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from meetings.programme.rules.proof.facts import Facts
from meetings.programme.rules.proof.finding import Place

# Hosts that the dialogues link to, against which one that is mistyped is known. All of them answer by https.
KNOWN_HOSTS: Final = frozenset((
    "docs.un.org", "undocs.org", "documents.un.org", "digitallibrary.un.org", "www.un.org", "sdgs.un.org",
    "news.un.org", "indico.un.org", "webtv.un.org", "media.un.org", "treaties.un.org", "unstats.un.org",
    "www.ungeneva.org", "www.ohchr.org", "ap.ohchr.org", "tbinternet.ohchr.org", "uhri.ohchr.org",
    "spcommreports.ohchr.org", "events.ohchr.org", "upr-info.org", "www.upr-info.org", "uclg.org", "www.uclg.org",
    "uclg-cisdp.org", "www.uclg-cisdp.org", "gold.uclg.org", "unhabitat.org", "www.undp.org", "www.unesco.org",
    "www.unicef.org", "www.unwomen.org", "www.ilo.org", "www.who.int", "www.metropolis.org", "fra.europa.eu",
    "www.coe.int", "ganhri.org", "genderchampions.com", "humanrightscities.net", "teams.microsoft.com",
))  # fmt: skip
_RUNS_ON: Final = r"[^\s<>\[\]\"”’“]+"
# In a Markdown link all up to the bracket is the address, spaces too; else it ends where a word does.
_IN_BRACKETS: Final = re.compile(r"\]\((?P<url>(?:https?:|www\.)[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?<![\w/.@])(?P<url>https?:/{_RUNS_ON})", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.IGNORECASE)
_NOWHERE: Final = frozenset({"local", "localhost", "localdomain", "internal", "lan", "home", "corp", "test", "invalid"})
_EXAMPLES: Final = frozenset({"example", "example.com", "example.org", "example.net", "example.edu"})


@dataclass(frozen=True, slots=True)
class Address:
    """A web address as typed, and where it stands; `symbol` is that of the document beside it."""

    place: Place
    url: str
    symbol: str | None = None

    @property
    def host(self) -> str:
        """The host in small letters; empty where none can be made out."""
        try:
            return (urlsplit(self.url).hostname or "").rstrip(".")
        except ValueError:
            return ""


def addresses(facts: Facts) -> Iterator[Address]:
    """Every address that participants are given: of documents, of join links, and those in texts."""
    for document in facts.documents:
        if document.url:
            yield Address(document.at("url"), document.url, document.symbol)
    for sitting in facts.sittings:
        if sitting.join_url:
            yield Address(Place("sitting", "join_url", sitting.key), sitting.join_url)
    for text in facts.texts:
        rest = text.text
        for match in _IN_BRACKETS.finditer(text.text):
            yield Address(text.place, match["url"].strip())
            rest = rest[: match.start("url")] + " " * len(match["url"]) + rest[match.end("url") :]
        for match in _BARE.finditer(rest):
            yield Address(text.place, _ended(match["url"]))


def _ended(url: str) -> str:
    """An address in running text without the punctuation that ends the sentence or the brackets around it."""
    while url and (url[-1] in ".,;:!?*_'" or (url[-1] == ")" and url.count("(") < url.count(")"))):
        url = url[:-1]
    return url


def fault(address: Address) -> str | None:
    """By what an address shows that it leads nowhere: `space`, `doubled`, `machine`, `example`, `number` or `host`."""
    url, host = address.url, address.host
    if re.search(r"\s", url.strip()):
        return "space"
    if re.match(r"https?:/*https?(?::|/)", url, re.IGNORECASE):
        return "doubled"
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return "number"
    labels = host.split(".")
    if labels[-1] in _NOWHERE:
        return "machine"
    if not _EXAMPLES.isdisjoint({labels[-1], ".".join(labels[-2:])}):
        return "example"
    if len(labels) < 2 or not all(_LABEL.fullmatch(_ascii(label)) for label in labels) or labels[-1].isdigit():
        return "host"
    return None


def _ascii(label: str) -> str:
    """A label as it is looked up; one in another script is as good as its code."""
    try:
        return label.encode("idna").decode()
    except UnicodeError:
        return ""


def misspelt(host: str) -> str | None:
    """The known host that this one differs from by one letter, or by two that changed places."""
    if host in KNOWN_HOSTS or host.removeprefix("www.") in KNOWN_HOSTS or f"www.{host}" in KNOWN_HOSTS:
        return None
    near = sorted(known for known in KNOWN_HOSTS if _by_one_letter(host, known))
    return near[0] if near else None


def much_alike(one: str, other: str) -> bool:
    """Whether two hosts differ by one letter in a name of some length: languages and numbers are told apart so."""
    return _by_one_letter(one.removeprefix("www."), other.removeprefix("www."), shortest=6, of_domain=6)


def _by_one_letter(one: str, other: str, shortest: int = 4, of_domain: int = 3) -> bool:
    """`shortest`: how many letters that has at least which differs; `of_domain`: where that is the last, as org."""
    ours, theirs = one.split("."), other.split(".")
    if len(ours) != len(theirs):
        return False
    differing = [(mine, its) for mine, its in zip(ours, theirs, strict=True) if mine != its]
    if len(differing) != 1:
        return False
    mine, its = differing[0]
    if max(len(mine), len(its)) < (of_domain if mine == ours[-1] else shortest):
        return False
    return _letters(mine) == _letters(its) and _is_one_step(mine, its)


def _letters(label: str) -> str:
    """The figures of a name: two that differ by these are meant so (www1, www2)."""
    return re.sub(r"\D", "", label)


def _is_one_step(one: str, other: str) -> bool:
    """One letter more, one less, another one, or two that changed places."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    first = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(one) < len(other):
        return one[first:] == other[first + 1 :]
    swapped = one[:first] + one[first : first + 2][::-1] + one[first + 2 :]
    return one[first + 1 :] == other[first + 1 :] or swapped == other
