"""The pages hold in a longer language that runs from right to left, and the language can be chosen on the page."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests import pseudo
from tests.browser.walking import links_printed, walk
from tests.conftest import make_app
from tests.live import LiveServer, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The demonstration, in English and in the language that nobody speaks."""
    translations = tmp_path_factory.mktemp("translations")
    pseudo.compile_into(translations)
    folder = tmp_path_factory.mktemp("translated")
    with running(folder, LANGUAGES=f"en {pseudo.CODE}", TRANSLATIONS_FOLDER=str(translations)) as live:
        yield live


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, for its map of addresses alone."""
    folder = tmp_path_factory.mktemp("map")
    return make_app(folder, f"sqlite:///{folder}/unused.db")


def choose_language(page: Page, code: str) -> None:
    """By the form at the foot of the page."""
    page.locator("#language-choice").select_option(code)
    page.locator("footer button").click()


@pytest.mark.parametrize("visitor", ["organiser", "participant"])
def test_no_page_breaks_when_it_is_longer_and_runs_the_other_way(
    visitor: str, server: LiveServer, page: Page, application: Flask, reflows: Callable[[Page], None]
) -> None:
    page.goto(server.url)
    choose_language(page, pseudo.CODE)

    def look(page: Page) -> None:
        assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", pseudo.CODE]
        reflows(page)

    seen = walk(page, application.url_map.bind("127.0.0.1"), [links_printed(server)[visitor]], look, of_a_kind=1)
    assert len(seen) > 5


def test_the_language_is_chosen_on_the_page_and_kept(server: LiveServer, page: Page) -> None:
    page.goto(server.url + "/sign-in")
    choose_language(page, pseudo.CODE)
    assert page.url == server.url + "/sign-in"
    assert pseudo.OPEN in page.locator("h1").inner_text()
    page.goto(server.url)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    choose_language(page, "en")
    assert page.locator("h1").inner_text() == "Meetings"
