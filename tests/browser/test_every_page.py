"""Every page that can be reached from the front page and from the demonstration's links, as whoever may open it.

Each visitor follows the links on each page, as someone does who reads only the screen. Of pages of one kind (the
address of one view) a visitor looks at two. None has a barrier, none scrolls sideways, none logs an error.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.conftest import make_app
from tests.live import LiveServer
from tests.page_lint import problems

PAGES_OF_A_KIND = 2
VISITORS = ("visitor", "organiser", "chair", "rapporteur", "participant")
# Pages that no link on a page leads to, with how one comes there.
ELSEWHERE: dict[str, str] = {}

Reached = dict[str, set[str]]


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, for its map of addresses alone."""
    folder = tmp_path_factory.mktemp("map")
    return make_app(folder, f"sqlite:///{folder}/unused.db")


@pytest.fixture(scope="module")
def reached() -> Reached:
    """The endpoints that each visitor has come to, filled by the walks and judged after them."""
    return {}


def links_printed(server: LiveServer) -> dict[str, str]:
    """The demonstration's links by the visitor they are for, as `rostrum serve` prints them."""
    lines = re.findall(r"^\s*(\w+)\b.*?(http\S+)", server.printed, re.MULTILINE)
    return {label.lower(): link for label, link in lines}


def endpoint_of(addresses: MapAdapter, url: str) -> str | None:
    """The view behind an address of ours, or None."""
    try:
        endpoint, _values = addresses.match(urlsplit(url).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def links_on(page: Page) -> Iterator[str]:
    """The addresses on the same site that the page links to, in its order."""
    for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
        target = urldefrag(urljoin(page.url, href)).url
        if urlsplit(target).netloc == urlsplit(page.url).netloc:
            yield target


def is_page(page: Page, url: str) -> bool:
    """Whether the address gives a page rather than a file; every link on a page must give one of them."""
    answer = page.request.get(url)
    assert answer.ok, f"{page.url} links to {url}, which answers {answer.status}"
    html = answer.headers["content-type"].startswith("text/html")
    if html:
        found = problems(answer.body())
        assert not found, f"{url}:\n" + "\n".join(found)
    return html


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_page_has_a_barrier(
    visitor: str,
    live_server: LiveServer,
    page: Page,
    application: Flask,
    reached: Reached,
    axe: Callable[[Page], None],
    reflows: Callable[[Page], None],
) -> None:
    addresses = application.url_map.bind("127.0.0.1")
    page.goto(links_printed(live_server)[visitor] if visitor != "visitor" else live_server.url)
    if endpoint_of(addresses, page.url) == "accounts.use_link":
        page.locator("main button").click()
    start = [page.url, live_server.url + "/"]
    seen: Counter[str] = Counter()
    waiting, known = deque(start), set(start)
    while waiting:
        url = waiting.popleft()
        endpoint = endpoint_of(addresses, url)
        assert endpoint is not None, f"a link leads to {url}, which no view answers"
        if seen[endpoint] >= PAGES_OF_A_KIND:
            continue
        seen[endpoint] += 1
        if not is_page(page, url):
            continue
        page.goto(url)
        axe(page)
        reflows(page)
        for link in links_on(page):
            if link not in known:
                known.add(link)
                waiting.append(link)
    reached[visitor] = set(seen)
    assert len(seen) > 1


def test_every_page_is_reached_by_somebody(application: Flask, reached: Reached) -> None:
    assert set(reached) == set(VISITORS), "this judges the walks above: run the whole file"
    pages = {rule.endpoint for rule in application.url_map.iter_rules() if "GET" in (rule.methods or ())}
    found = set().union(*reached.values())
    assert pages - found == set(ELSEWHERE)
