"""Walks through the site as somebody does who follows the links on the screen."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.live import LiveServer
from tests.page_lint import problems


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
    """The addresses on the same site that the page links to, in its order; not those for a calendar program."""
    for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
        target = urldefrag(urljoin(page.url, href)).url
        if urlsplit(target)[:2] == urlsplit(page.url)[:2]:
            yield target


def is_page(page: Page, url: str) -> bool:
    """Whether the address gives a page rather than a file to save; every link on a page must give one of them."""
    answer = page.request.get(url)
    assert answer.ok, f"{page.url} links to {url}, which answers {answer.status}"
    html = answer.headers["content-type"].startswith("text/html")
    if html:
        found = problems(answer.body())
        assert not found, f"{url}:\n" + "\n".join(found)
    return html and not answer.headers.get("content-disposition", "").startswith("attachment")


def walk(
    page: Page, addresses: MapAdapter, entrances: Sequence[str], look: Callable[[Page], None], *, of_a_kind: int
) -> set[str]:
    """Look at every page that the entrances lead to, so many of a kind (an endpoint); gives the kinds.

    The first entrance may be a link that signs in.
    """
    seen: Counter[str] = Counter()
    first, *further = entrances
    page.goto(first)
    if endpoint_of(addresses, page.url) == "accounts.use_link":
        seen["accounts.use_link"] += 1
        look(page)
        page.locator("main button").click()
    waiting = deque([page.url, *further])
    known = set(waiting)
    while waiting:
        url = waiting.popleft()
        endpoint = endpoint_of(addresses, url)
        assert endpoint is not None, f"a link leads to {url}, which no view answers"
        if seen[endpoint] >= of_a_kind:
            continue
        seen[endpoint] += 1
        if not is_page(page, url):
            continue
        page.goto(url)
        look(page)
        new = [link for link in links_on(page) if link not in known]
        known.update(new)
        waiting.extend(new)
    return set(seen)
