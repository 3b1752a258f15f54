"""Taking notes in a browser: by keyboard alone, and without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import links_printed
from tests.live import LiveServer

NOTES = "/meetings/demonstration/notes/session-1"


def enter(page: Page, server: LiveServer) -> None:
    """Sign in by the rapporteur's printed link, and open the notes."""
    page.goto(links_printed(server)["rapporteur"])
    page.locator("main button").click()
    page.goto(server.url + NOTES)


def points(page: Page) -> list[str]:
    return page.locator(".points > li > p:first-child").all_inner_texts()


def test_points_are_taken_by_keyboard_alone(
    live_server: LiveServer, new_page: Callable[[], Page], browser: Browser
) -> None:
    page = new_page()
    enter(page, live_server)
    before = points(page)
    page.get_by_label("Speaker").focus()
    page.keyboard.type("Several")
    page.get_by_label("What was said").focus()
    page.keyboard.type("The need for benches")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in the shade")
    page.keyboard.press("Enter")
    expect(page.locator(".points > li")).to_have_count(len(before) + 1)
    expect(page.get_by_label("What was said")).to_be_focused()
    page.keyboard.type("fountains")
    page.keyboard.press("Enter")
    expect(page.locator(".points > li")).to_have_count(len(before) + 2)
    assert points(page)[-2:] == [
        "Several speakers noted the need for benches in the shade.",
        "Several speakers noted fountains.",
    ]
    without_scripts(browser, page)


def without_scripts(browser: Browser, signed_in: Page) -> None:
    """The same with scripts switched off: the button saves, and the cursor is back in the text box."""
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in.context.storage_state())
    page = context.new_page()
    page.goto(re.sub(r"\?.*", "", signed_in.url))
    count = page.locator(".points > li").count()
    page.get_by_label("What was said").fill("trees")
    page.get_by_role("button", name="Save the point").click()
    expect(page.locator(".points > li")).to_have_count(count + 1)
    assert page.locator("textarea:focus").count() == 1
    page.get_by_role("button", name=f"Remove point {count + 1}").click()
    expect(page.locator(".notice")).to_contain_text("removed")
    expect(page.locator("ol.points > li")).to_have_count(count)
    context.close()
