"""Addresses that lead nowhere, and hosts that are mistyped: by their form alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.proof.addresses import KNOWN_HOSTS, addresses, fault, misspelt, much_alike
from tests.programme.rules.proof.cases import JULY, Hit, Miss, listing, meeting, saying, sitting

HITS: list[Hit] = [
    *(
        ("dead-link", listing((None, url)), None)
        for url in (
            "http://localhost:5000/note",
            "https://example.org/report",
            "https://www.example.com",
            "https://cities.example/report",
            "https://server.local/",
            "https://files.corp/note.docx",
            "https://192.0.2.7/note",
            "https://[2001:db8::7]/note",
            "https://intranet/note",
            "https://ohchr..org/en",
            "https://-ohchr.org/en",
            "https://www.ohchr.org,/en",
            "https:///en",
            "https://un.7/en",
        )
    ),
    ("dead-link", listing((None, "https://https://www.un.org/en")), "https://www.un.org/en"),
    ("dead-link", listing((None, "https://http//www.un.org/en")), "http://www.un.org/en"),
    ("dead-link", saying("See [the note](https://www.ohchr.org/en/a note.pdf)."), None),
    ("dead-link", meeting(sittings=(sitting("10:00-13:00", join_url="https://example.org/join"),)), None),
    ("misspelt-host", saying("See <https://www.uclg-cisdg.org/en>."), "See <https://www.uclg-cisdp.org/en>."),
    ("misspelt-host", listing((None, "https://doc.un.org/A/HRC/51/10")), "https://docs.un.org/A/HRC/51/10"),
    ("misspelt-host", listing((None, "https://WWW.OHCRH.org/en/x")), "https://www.ohchr.org/en/x"),
    (
        "misspelt-host",
        listing((None, "https://digitalibrary.un.org/record/1")),
        "https://digitallibrary.un.org/record/1",
    ),
    ("misspelt-host", listing((None, "https://unhabitat.orq/x")), "https://unhabitat.org/x"),
    ("similar-hosts", saying("https://human-rights-cities.net and https://humam-rights-cities.net"), None),
    ("similar-hosts", listing((None, "https://www.citynet.kr/a"), (None, "https://citynets.kr/b")), None),
    ("http", listing((None, "http://www.ohchr.org/en")), "https://www.ohchr.org/en"),
    ("http", saying("[UCLG](http://www.uclg.org/en)"), "[UCLG](https://www.uclg.org/en)"),
    ("http", listing((None, "http://city.gov.kr/en")), None),
    ("http", meeting(sittings=(sitting("10:00-13:00", join_url="http://indico.un.org/join"),)), None),
]
_SOUND = (
    "https://www.ohchr.org/en/documents/tools-and-resources/guidance-framework-creating-human-rights-city",
    "https://uclg-cisdp.org/en/cities-territories-human-rights-2030",
    "https://www.gwangju.go.kr/",
    "https://учёба.рф/страница",
    "https://xn--80a7af0c.xn--p1ai/",
    "https://en.wikipedia.org/wiki/City_(disambiguation)",
    "https://ville-de-grigny.fr",
    "https://a.b.example.co.uk/local",
    "https://www.un.org:443/en",
)
MISSES: list[Miss] = [
    *(
        (check, listing((None, url)))
        for url in _SOUND
        for check in ("dead-link", "misspelt-host", "similar-hosts", "http")
    ),
    *(("misspelt-host", listing((None, f"https://{host}/x"))) for host in sorted(KNOWN_HOSTS)),
    ("dead-link", saying("See (https://www.un.org/en), “https://www.ohchr.org”, and https://uclg.org/en.")),
    ("dead-link", saying("Write to localhost@example.org")),
    ("misspelt-host", listing((None, "https://www.un.net/en"))),
    ("misspelt-host", listing((None, "https://doc.uclg.org/en"))),
    (
        "similar-hosts",
        saying("https://en.cities.org, https://es.cities.org, https://www1.cities.org, https://www2.cities.org"),
    ),
    ("similar-hosts", saying("https://uclg.org and https://www.uclg.org")),
    ("similar-hosts", saying("https://sommet2024.org and https://sommet2025.org")),
    ("similar-hosts", saying("https://www.ville-paris.fr and https://www.ville-lyon.fr")),
    ("http", saying("https://www.un.org/en?back=http://www.un.org")),
    ("http", listing((None, "http://localhost/"))),  # dead anyhow
]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See https://a.org/b, https://c.org/d.", ["https://a.org/b", "https://c.org/d"]),
        ("(https://a.org/b)", ["https://a.org/b"]),
        ("[one](https://a.org/b_(c)) and https://d.org", ["https://a.org/b_(c)", "https://d.org"]),
        ("<https://a.org/b>", ["https://a.org/b"]),
        ("*https://a.org/b*", ["https://a.org/b"]),
        ("« https://a.org/b »; no address: www.un.org, a.org", ["https://a.org/b"]),
        ("[^1]: The page: https://a.org/b.", ["https://a.org/b"]),
    ],
)
def test_addresses_end_where_a_reader_would_end_them(text: str, urls: list[str]) -> None:
    assert [each.url for each in addresses(saying(text))] == urls


@pytest.mark.parametrize("host", ["www.uclg-cisdg.org", "uclg-cisdp.ogr", "docs.un.og", "dosc.un.org", "ap.ohcr.org"])
def test_one_letter_away_from_a_known_host_is_mistyped(host: str) -> None:
    assert misspelt(host) in KNOWN_HOSTS


@given(st.sampled_from(sorted(KNOWN_HOSTS)), st.sampled_from(sorted(KNOWN_HOSTS)))
def test_no_known_host_is_taken_for_another(one: str, other: str) -> None:
    assert misspelt(one) is None
    assert much_alike(one, other) == much_alike(other, one)


@given(st.text(max_size=40))
def test_any_address_can_be_judged(rest: str) -> None:
    for each in addresses(meeting(JULY, documents=listing((None, f"https://{rest}")).documents)):
        fault(each)
        misspelt(each.host)
