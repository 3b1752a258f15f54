"""Fixtures for tests in a real browser, on the real server.

`live_server`   Rostrum with the demonstration loaded, on SQLite; one for the tests of a file
`live_cluster`  the same on PostgreSQL, with two web processes and one worker beside them
`page`          a visitor's browser page; `new_page()` gives further visitors, with cookies of their own
`axe`           `axe(page)` fails on any violation of WCAG 2.2 AA or of axe's best practice
`house`         a server with a floor on it (tests/browser/floor_house.py)
`reflows`       `reflows(page)` fails where a page scrolls sideways, 320 pixels wide or 1280

A test fails when a page of its logs an error on the console, throws one, or asks another machine for anything.
Where an error is what the test is about, it empties `console_errors` when it has looked at it.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from meetings.settings import ROOT
from tests.browser.floor_house import house
from tests.conftest import address, postgres_database
from tests.live import LiveServer, running

__all__ = ["house"]  # a fixture, for pytest to find here

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
# In a container there is often no sandbox of the kernel's and little shared memory; all pages are our own.
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# What comes late on a busy machine comes still; only what never comes takes so long.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, found or installed by tools/chromium."""
    found = subprocess.run(
        [ROOT / "tools" / "chromium"], env=os.environ, stdout=subprocess.PIPE, text=True, check=False
    )
    assert found.returncode == 0, "no Chromium; tools/chromium has said what to install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The server as `make run` starts it on an empty database: with the demonstration."""
    with running(tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture(scope="module")
def live_cluster(
    postgres_url: sa.URL, postgres_admin: sa.Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The server as a larger installation runs it: PostgreSQL, two web processes, a separate worker."""
    with postgres_database(postgres_admin) as name:
        url = address(postgres_url, name)
        with running(tmp_path_factory.mktemp("cluster"), workers=2, outbox="separate", DATABASE_URL=url) as server:
            yield server


@pytest.fixture
def console_errors() -> Iterator[list[str]]:
    """What went wrong in the pages of the test; must be empty at its end."""
    errors: list[str] = []
    yield errors
    assert not errors, "in the browser:\n" + "\n".join(errors)


@pytest.fixture
def new_page(browser: Browser, console_errors: list[str]) -> Iterator[Callable[[], Page]]:
    """Opens a page for one more visitor, with cookies of their own."""
    contexts = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in {None, "127.0.0.1", "localhost"}:
            console_errors.append(f"asked elsewhere for {request.url}")

    def make() -> Page:
        context = browser.new_context(locale="en-GB", timezone_id="Europe/Madrid", reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", on_console)
        page.on("pageerror", lambda error: console_errors.append(str(error)))
        page.on("request", on_request)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """A visitor's page."""
    return new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Looks for barriers on a page."""

    def check(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": AXE_RULES, "resultTypes": ["violations"]})
        violations = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n  {node['html']}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
        assert not violations, f"{page.url}:\n" + "\n".join(violations)

    return check


@pytest.fixture(scope="session")
def reflows() -> Callable[[Page], None]:
    """Looks for what sticks out of a narrow or a wide window (WCAG 1.4.10)."""

    def check(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            needed = page.evaluate("document.documentElement.scrollWidth")
            assert needed <= width, f"{page.url} needs {needed} pixels, {width} are there"

    return check
