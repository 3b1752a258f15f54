"""The draft in a browser: a paragraph edited in its place, by keyboard, without scripts, and beside somebody else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.live import LiveServer

MEETING = "/meetings/expert-meeting-2023-08"


@pytest.fixture
def draft(live_server: LiveServer, page: Page) -> Page:
    """The rapporteur at the draft of the expert meeting."""
    page.goto(live_server.rostrum("sign-in-link", "rapporteur@example.org").split()[-1])
    page.locator("main button").click()
    page.goto(f"{live_server.url}{MEETING}/report/")
    return page


def sign_in_too(draft: Page, context: BrowserContext) -> None:
    """Let another browser be the same rapporteur's."""
    for cookie in draft.context.cookies():
        context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": draft.url}])


def edit(page: Page, number: int) -> Page:
    """Open the editor of a numbered paragraph in its place, by keyboard."""
    page.get_by_role("link", name=f"Edit paragraph {number}", exact=True).press("Enter")
    expect(page.locator("[data-editor] textarea:focus")).to_have_count(1)
    return page


def test_a_paragraph_is_edited_in_its_place_by_keyboard_alone(
    draft: Page, axe: Callable[[Page], None], reflows: Callable[[Page], None]
) -> None:
    edit(draft, 3)
    axe(draft)
    reflows(draft)
    draft.keyboard.press("Control+Home")
    draft.keyboard.type("Quite *rightly*: ")
    draft.keyboard.press("Tab")
    draft.keyboard.press("Tab")
    expect(draft.get_by_role("button", name="Save")).to_be_focused()
    with draft.expect_navigation():
        draft.keyboard.press("Enter")
    paragraph = draft.locator(".paragraph", has_text="Quite rightly:")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph.get_by_text("Edited")).to_be_visible()


def test_an_editor_is_closed_without_saving_and_the_focus_goes_back(draft: Page) -> None:
    edit(draft, 4)
    draft.keyboard.type("Not to be kept. ")
    draft.get_by_role("link", name="Back without saving").press("Enter")
    expect(draft.locator("[data-editor]")).to_have_count(0)
    expect(draft.get_by_role("link", name="Edit paragraph 4", exact=True)).to_be_focused()


def test_words_that_are_not_saved_are_not_left_behind_unasked(draft: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    draft.on("dialog", stay)
    edit(draft, 5)
    draft.keyboard.type("Not saved yet. ")
    edit(draft, 6)
    draft.locator("[data-editor]").nth(1).get_by_role("button", name="Leave it out").click(no_wait_after=True)
    draft.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(draft.locator("[data-editor] textarea").first).to_have_value(re.compile("^Not saved yet. "))


def test_two_rapporteurs_at_one_paragraph_lose_nothing(
    draft: Page, new_page: Callable[[], Page], console_errors: list[str]
) -> None:
    other = new_page()
    sign_in_too(draft, other.context)
    other.goto(draft.url)
    edit(draft, 7).keyboard.type("Mine. ")
    edit(other, 7).keyboard.type("Theirs. ")
    other.get_by_role("button", name="Save").click()
    expect(other.locator(".paragraph", has_text="Theirs.")).to_be_visible()
    draft.get_by_role("button", name="Save").click()
    expect(draft.get_by_text("Nothing was overwritten")).to_be_visible()
    expect(draft.locator("dd", has_text="Theirs.")).to_be_visible()
    assert draft.locator("textarea").first.input_value().startswith("Mine. ")
    assert len(console_errors) == 1
    assert "409" in console_errors.pop()


def test_without_scripts_a_paragraph_has_a_page_of_its_own(draft: Page, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        sign_in_too(draft, context)
        page.goto(draft.url)
        page.get_by_role("link", name="Edit paragraph 8", exact=True).click()
        page.locator("textarea").first.fill("Written without a script.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Written without a script.")).to_be_visible()
    finally:
        context.close()
