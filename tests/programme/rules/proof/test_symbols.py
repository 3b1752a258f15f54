"""Symbols of documents of the United Nations, and the links beside them."""

import pytest

from meetings.programme.rules.proof.symbols import symbol_in
from tests.programme.rules.proof.cases import Hit, Miss, listing, meeting, saying

DOCS, OLD = "https://docs.un.org/A/HRC/51/10", "https://undocs.org/A/HRC/42/22"
LIBRARY = "https://digitallibrary.un.org/record/762431?v=pdf"
HITS: list[Hit] = [
    ("symbol-hosts", listing(("A/HRC/51/10", DOCS), ("A/HRC/42/22", OLD)), "https://docs.un.org/A/HRC/42/22"),
    ("symbol-hosts", listing(("A/HRC/RES/24/2", LIBRARY), (None, DOCS)), "https://docs.un.org/A/HRC/RES/24/2"),
    ("symbol-hosts", listing((None, LIBRARY), (None, DOCS)), None),
    ("symbol-hosts", listing(("A/HRC/51/10", OLD), (None, DOCS)), None),
    (
        "symbol-hosts",
        saying(f"See [one]({OLD}) and [the other]({DOCS})."),
        f"See [one](https://docs.un.org/A/HRC/42/22) and [the other]({DOCS}).",
    ),
    ("symbol-link", listing(("A/HRC/51/10", "https://docs.un.org/en/A/HRC/38/22")), None),
    ("symbol-link", listing(("A/HRC/51/10", "https://ap.ohchr.org/documents/dpage_e.aspx?si=A/HRC/51/10/Add.1")), None),
    (
        "symbol-link",
        listing(("A/HRC/51/10", "https://www.ohchr.org/en/documents/reports/ahrc5632-summary-expert-meeting")),
        None,
    ),
    ("symbol-twice", listing(("A/HRC/51/10", DOCS), ("A/HRC/51/10", DOCS), titles=("One", "Two")), None),
    ("symbol-twice", listing(("A/HRC/51/10", DOCS), ("A/HRC/51/10", OLD), titles=("One", "One")), None),
    ("symbol-twice", listing(("A/HRC/51/10", DOCS), ("a/hrc/51/10 ", None), titles=("One", "one")), "(taken away)"),
]
MISSES: list[Miss] = [
    ("symbol-hosts", listing(("A/HRC/51/10", DOCS), ("A/HRC/56/34", "https://docs.un.org/en/A/HRC/56/34"))),
    ("symbol-hosts", listing(("A/HRC/42/22", OLD))),
    # A page of OHCHR tells more about a report than the document itself.
    (
        "symbol-hosts",
        listing(("A/HRC/51/10", DOCS), ("A/HRC/56/32", "https://www.ohchr.org/en/documents/reports/ahrc5632-summary")),
    ),
    ("symbol-link", listing(("A/HRC/51/10", DOCS), (None, OLD), ("A/HRC/42/22", None))),
    ("symbol-link", listing(("a/hrc/51/10", "https://docs.un.org/en/A/HRC/51/10/"))),
    (
        "symbol-link",
        listing(("A/HRC/56/32", "https://www.ohchr.org/en/documents/reports/ahrc5632-summary-expert-meeting")),
    ),
    ("symbol-link", listing(("A/HRC/RES/24/2", LIBRARY))),
    ("symbol-link", listing(("E/C.12/GC/26", "https://www.ohchr.org/en/documents/general-comments"))),
    ("symbol-twice", listing(("A/HRC/51/10", DOCS), ("A/HRC/51/10/Add.1", None), (None, None), (None, None))),
    ("symbol-twice", meeting()),
]


@pytest.mark.parametrize(
    ("url", "symbol"),
    [
        ("https://docs.un.org/A/HRC/51/10", "A/HRC/51/10"),
        ("https://docs.un.org/en/A/HRC/RES/57/12", "A/HRC/RES/57/12"),
        ("https://undocs.org/fr/A/RES/76/300", "A/RES/76/300"),
        ("https://undocs.org/Home/Mobile?FinalSymbol=A%2FHRC%2F51%2F12&Language=E", "A/HRC/51/12"),
        ("https://ap.ohchr.org/documents/dpage_e.aspx?si=A/HRC/42/22", "A/HRC/42/22"),
        ("https://documents.un.org/api/symbol/access?s=E/C.12/GC/26", "E/C.12/GC/26"),
        ("https://documents.un.org/doc/undoc/gen/g14/177/44/pdf/g1417744.pdf?OpenElement", None),
        ("https://digitallibrary.un.org/record/1650764?v=pdf", None),
        ("https://docs.un.org/", None),
        ("https://www.ohchr.org/A/HRC/51/10", None),
        ("https://docs.un.org/A/HRC/56/32/Corr.1", "A/HRC/56/32/Corr.1"),
        ("https://[broken", None),
    ],
)
def test_the_symbol_that_an_address_names(url: str, symbol: str | None) -> None:
    assert symbol_in(url) == symbol
