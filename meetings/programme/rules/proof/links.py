"""Links that nobody can open, by their form alone, and hosts that are mistyped. Nothing is fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from meetings.programme.rules.proof.addresses import KNOWN_HOSTS, Address, addresses, fault, misspelt, much_alike
from meetings.programme.rules.proof.facts import Facts
from meetings.programme.rules.proof.finding import N_, Check, Finding, Fix, Quoted, Replace, Severity

DEAD_LINK = Check(
    "dead-link", Severity.FIRST,
    N_("A link that nobody can open"),
    N_("Open the page in your browser, and copy its address from there."),
    N_("The form of the address: it is not looked up."),
    fixes=True,
)  # fmt: skip
MISSPELT_HOST = Check(
    "misspelt-host", Severity.FIRST,
    N_("A link whose host is a known one but for a letter"),
    N_("Correct the host, or leave it if there is one of that name."),
    N_("A list of hosts that the dialogues link to. It is not looked up."),
    fixes=True,
)  # fmt: skip
SIMILAR_HOSTS = Check(
    "similar-hosts", Severity.FIRST,
    N_("Two hosts in one meeting that differ by a letter"),
    N_("Open both, and correct the one that is mistyped."),
    N_("The concept notes of 2025: uclg-cisdg.org in one, uclg-cisdp.org in the other"),
)  # fmt: skip
NOT_ENCRYPTED = Check(
    "http", Severity.LOOK,
    N_("A link that starts with http://"),
    N_("Try it with https://; browsers warn of pages without."),
    N_("Hosts of the United Nations and UCLG answer by https: for these the fix is certain."),
    fixes=True,
)  # fmt: skip

_FAULTS: Final = {
    "space": N_("The link %(url)s has a space in it."),
    "doubled": N_("The link %(url)s starts twice."),
    "machine": N_("The link %(url)s leads to a machine that only its own network knows."),
    "example": N_("The link %(url)s leads to a name that is reserved for examples."),
    "number": N_("The link %(url)s leads to a number instead of a name."),
    "host": N_("The link %(url)s has no host that could exist."),
}
_SECURE_DOMAINS: Final = ("un.org", "ohchr.org", "ungeneva.org", "uclg.org", "uclg-cisdp.org")


def dead(facts: Facts) -> Iterator[Finding]:
    """Addresses that show by their form that they lead nowhere."""
    for address in addresses(facts):
        if found := fault(address):
            fix = _once(address) if found == "doubled" else None
            yield DEAD_LINK.at(
                address.place, _FAULTS[found], about=address.url, fix=fix, url=Quoted(address.url)
            )  # fmt: skip


def _once(address: Address) -> Fix | None:
    right = re.sub(r"^https?:/*(?=https?(?::|/))", "", address.url, flags=re.IGNORECASE)
    right = re.sub(r"^(https?)(?::/*|/+)", r"\1://", right, flags=re.IGNORECASE)
    if fault(Address(address.place, right)):
        return None
    return _becomes(address, right)


def _becomes(address: Address, right: str) -> Fix | None:
    """The address put right; a join link is left to whoever made it."""
    if address.place.on == "sitting":
        return None
    return Fix(N_("Make it %(right)s"), (Replace(address.place, address.url, right),), {"right": right})


def misspelt_hosts(facts: Facts) -> Iterator[Finding]:
    """Hosts that are one letter away from a known one."""
    for address in addresses(facts):
        known = misspelt(address.host) if not fault(address) else None
        if known:
            right = re.sub(re.escape(address.host), known, address.url, count=1, flags=re.IGNORECASE)
            yield MISSPELT_HOST.at(
                address.place, N_("The host %(host)s looks like %(known)s, mistyped."), about=address.url,
                fix=_becomes(address, right), host=address.host, known=known,
            )  # fmt: skip


def similar_hosts(facts: Facts) -> Iterator[Finding]:
    """Two hosts of which one is probably the other, mistyped; said at the one that stands more seldom."""
    sound = [each for each in addresses(facts) if not fault(each) and not misspelt(each.host)]
    counts = Counter(each.host for each in sound)
    places = {each.host: each.place for each in reversed(sound)}
    for one, other in combinations(counts, 2):
        if one in KNOWN_HOSTS and other in KNOWN_HOSTS:
            continue
        if much_alike(one, other):
            rare, often = (other, one) if counts[other] <= counts[one] else (one, other)
            yield SIMILAR_HOSTS.at(
                places[rare], N_("The hosts %(rare)s and %(often)s differ by one letter."), about=f"{rare} {often}",
                rare=rare, often=often,
            )  # fmt: skip


def unencrypted(facts: Facts) -> Iterator[Finding]:
    """Addresses by http that could be reached by https."""
    for address in addresses(facts):
        if address.url[:7].lower() == "http://" and not fault(address):
            host = address.host
            certain = any(host == domain or host.endswith(f".{domain}") for domain in _SECURE_DOMAINS)
            fix = _becomes(address, f"https://{address.url[7:]}") if certain else None
            yield NOT_ENCRYPTED.at(
                address.place, N_("The link %(url)s is not encrypted."), about=address.url, fix=fix,
                url=Quoted(address.url),
            )  # fmt: skip
