"""Documents of the United Nations: their symbols and the links beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from meetings.programme.rules.proof.addresses import Address, addresses, fault
from meetings.programme.rules.proof.facts import Facts, PlannedDocument
from meetings.programme.rules.proof.finding import N_, Check, Drop, Finding, Fix, Quoted, Replace, Severity

SYMBOL_HOSTS = Check(
    "symbol-hosts", Severity.LOOK,
    N_("Documents of the United Nations linked through several hosts"),
    N_("Link all of them through docs.un.org, which has one address for each symbol."),
    N_("The concept note of November 2025 links its documents through four hosts."),
    fixes=True,
)  # fmt: skip
SYMBOL_LINK = Check(
    "symbol-link", Severity.FIRST,
    N_("A link that leads to another symbol than the one beside it"),
    N_("Correct the symbol or the link."),
    N_("The symbol as it stands in the address"),
)  # fmt: skip
SYMBOL_TWICE = Check(
    "symbol-twice", Severity.LOOK,
    N_("A symbol that is listed twice"),
    N_("Take one of them away, or correct its symbol."),
    N_("The list of background documents. The fix takes away a row that says nothing new."),
    fixes=True,
)  # fmt: skip

# Hosts that show documents by symbol or by a number of their own. A page of OHCHR about a report is no such link.
_HOSTS: Final = frozenset((
    "docs.un.org", "undocs.org", "www.undocs.org", "documents.un.org", "documents-dds-ny.un.org",
    "daccess-ods.un.org", "ap.ohchr.org", "digitallibrary.un.org",
))  # fmt: skip
_BY_PATH: Final = frozenset({"docs.un.org", "undocs.org", "www.undocs.org"})
_SYMBOL: Final = re.compile(r"[A-Z]{1,8}(?:/[A-Z0-9][A-Z0-9.()\[\]-]*)+", re.IGNORECASE)
_RIGHT_HOST: Final = "docs.un.org"


def symbol_in(url: str) -> str | None:
    """The symbol that an address of one of these hosts names, or None: docs.un.org/en/A/HRC/51/10, …?si=A/HRC/42/22."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if host not in _HOSTS:
        return None
    found = None
    if host in _BY_PATH:
        found = re.sub(r"^/(?:(?:ar|zh|en|fr|ru|es)/)?", "", unquote(parts.path)).strip("/")
    for name, values in parse_qs(parts.query).items():
        if name.lower() in ("s", "si", "symbol", "symbolno", "finalsymbol"):
            found = values[0]
    return found.strip() if found and _SYMBOL.fullmatch(found.strip()) else None


def same_symbol(one: str, other: str) -> bool:
    """Whether two are the same symbol, however they are spaced and capitalized."""
    return _folded(one) == _folded(other)


def _folded(symbol: str) -> str:
    return re.sub(r"\s", "", symbol).casefold().strip("/")


def hosts(facts: Facts) -> Iterator[Finding]:
    """Several hosts for documents of the United Nations in one meeting: one finding for all."""
    linked = [each for each in addresses(facts) if each.host in _HOSTS and not fault(each)]
    names = sorted({each.host for each in linked})
    if len(names) < 2:
        return
    changes = dict.fromkeys(change for each in linked if (change := _through_one_host(each)))
    others = [each for each in linked if each.host != _RIGHT_HOST]
    says = N_("Link them all through docs.un.org")
    some = N_("Link those with a symbol through docs.un.org")
    fix = Fix(says if len(changes) == len(dict.fromkeys(others)) else some, tuple(changes)) if changes else None
    yield SYMBOL_HOSTS.at(
        others[0].place, N_("Documents of the United Nations are linked through %(count)s hosts: %(hosts)s."),
        fix=fix, count=len(names), hosts=", ".join(names),
    )  # fmt: skip


def _through_one_host(address: Address) -> Replace | None:
    """The one address of the document, where its symbol is known and the link does not name another."""
    named = symbol_in(address.url)
    symbol = address.symbol or named
    if address.host == _RIGHT_HOST or not symbol or not _SYMBOL.fullmatch(symbol):
        return None
    if named and not same_symbol(named, symbol):
        return None
    return Replace(address.place, address.url, f"https://{_RIGHT_HOST}/{quote(symbol, safe='/()')}")


def mismatches(facts: Facts) -> Iterator[Finding]:
    """A symbol, and beside it a link that names another one."""
    for document in facts.documents:
        if not document.symbol or not document.url:
            continue
        named = symbol_in(document.url)
        if (named and not same_symbol(named, document.symbol)) or _page_of_another(document):
            yield SYMBOL_LINK.at(
                document.at("url"), N_("The link beside %(symbol)s leads to %(named)s."), about=document.url,
                symbol=document.symbol, named=named or Quoted(document.url),
            )  # fmt: skip


_OHCHR_PAGE: Final = re.compile(r"/(?P<symbol>ahrc[a-z0-9]*\d[a-z0-9]*)-", re.IGNORECASE)


def _page_of_another(document: PlannedDocument) -> bool:
    """Whether it is a page of OHCHR about another report: …/reports/ahrc5632-summary… is about A/HRC/56/32."""
    address = Address(document.at("url"), document.url or "")
    page = _OHCHR_PAGE.search(address.url) if address.host == "www.ohchr.org" else None
    return page is not None and re.sub(r"[\W_]", "", document.symbol or "").casefold() != page["symbol"].casefold()


def twice(facts: Facts) -> Iterator[Finding]:
    """The same symbol in two rows of the list."""
    first: dict[str, PlannedDocument] = {}
    for document in facts.documents:
        if not document.symbol:
            continue
        before = first.setdefault(_folded(document.symbol), document)
        if before is not document:
            same = before.title.casefold() == document.title.casefold() and document.url in (None, before.url)
            fix = Fix(N_("Take the second one away"), (Drop(document.at("symbol")),)) if same else None
            yield SYMBOL_TWICE.at(
                document.at("symbol"), N_("%(symbol)s is listed twice."), about=document.symbol, fix=fix,
                symbol=document.symbol,
            )  # fmt: skip
