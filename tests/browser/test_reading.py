"""A note becomes a meeting in the browser: sent, compared with its source, corrected by keyboard, agreed to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.live import LiveServer
from tests.reading import notes
from tests.reading.test_word_files import as_word, saved

Check = Callable[[Page], None]


@pytest.fixture
def looked_at(axe: Check, reflows: Check) -> Check:
    """Has a page looked at as it stands."""

    def look(page: Page) -> None:
        axe(page)
        reflows(page)

    return look


def test_a_word_file_is_read_corrected_and_becomes_a_draft(
    live_server: LiveServer, page: Page, looked_at: Check, console_errors: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "note.docx"
    unknown = notes.JULY.replace("Concept note\n", "By whoever wants to come along\n\nConcept note\n", 1)
    file.write_bytes(saved(as_word(unknown)))
    page.goto(live_server.rostrum("sign-in-link", "organiser@example.org").strip())
    page.locator("main button").click()
    page.get_by_role("link", name="New meeting from a Word file").click()
    looked_at(page)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file, or paste a text.")
    looked_at(page)
    page.get_by_label("Word file or text file").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was recognized")).to_be_visible()
    looked_at(page)

    page.get_by_role("link", name="5", exact=True).press("Enter")
    expect(page.locator("#line-5:target")).to_contain_text("Not understood")
    expect(page.locator("#line-5")).to_be_in_viewport()
    page.locator("#line-22 a").press("Enter")
    expect(page.locator("#read-session-3:target")).to_be_in_viewport()

    session = page.get_by_role("group", name="Session 3")
    session.get_by_label("Title").fill("")
    page.get_by_role("button", name="Create the meeting as a draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Please check")
    looked_at(page)
    session.get_by_label("Title").fill("A title of our own")
    page.get_by_role("button", name="Create the meeting as a draft").click()
    expect(page.get_by_role("status").first).to_contain_text("Made as a draft: 8 sessions")
    expect(page.locator("main")).to_contain_text("A title of our own")

    page.get_by_role("link", name="Overview").click()
    page.goto(page.url.partition("/organise/")[0] + "/organise/read")
    expect(page.get_by_role("status").first).to_contain_text("Only a draft without sessions")
    assert len(console_errors) == 2
    assert all("422" in error for error in console_errors)  # Chromium logs the status of the refused forms
    console_errors.clear()


def test_a_draft_is_filled_from_a_pasted_text_on_a_phone(
    live_server: LiveServer, page: Page, looked_at: Check, console_errors: list[str]
) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(live_server.rostrum("sign-in-link", "organiser@example.org").strip())
    page.locator("main button").click()
    page.goto(f"{live_server.url}/meetings/new")
    page.get_by_label("Title", exact=True).fill("A draft to be filled")
    page.get_by_role("button", name="Create the meeting").click()
    page.goto(page.url + "programme")
    page.get_by_role("link", name="Or read it from a Word file or a text.").click()
    looked_at(page)
    page.get_by_label("Or paste the text").fill(notes.SPANISH)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#read-title")).to_contain_text("So far: A draft to be filled")
    looked_at(page)
    page.get_by_role("button", name="Fill the draft with it").click()
    expect(page.get_by_role("status").first).to_contain_text("Made as a draft: 6 sessions")
    assert console_errors == []
