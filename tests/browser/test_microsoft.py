"""Signing in with Microsoft, and an online meeting in Teams, in a browser: no barrier, no rule of ours in the way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fake_microsoft import FakeMicrosoft, fake_microsoft
from tests.live import LiveServer, running

NO_POLICY = {"error": {"code": "Forbidden", "message": "No application access policy found for this app."}}
SITTING = {"date": "2027-07-22", "start": "10:00", "end": "13:00"}


@pytest.fixture
def microsoft(tmp_path: Path) -> Iterator[FakeMicrosoft]:
    """A stand-in for Microsoft."""
    with fake_microsoft(tmp_path) as fake:
        fake.user["roles"] = ["Organiser"]
        yield fake


@pytest.fixture
def connected(microsoft: FakeMicrosoft, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that is connected to it, with no meeting yet."""
    folder = tmp_path / "instance"
    folder.mkdir()
    settings = {name.upper(): str(value) for name, value in microsoft.settings.items()}
    with running(folder, host="127.0.0.1", workers=1, outbox="inside", ENTRA_SIGN_IN="on", **settings) as server:
        microsoft.redirect_addresses = [f"{server.url}/sign-in/entra/back"]
        yield server


def test_an_organizer_signs_in_and_has_an_online_meeting_made(
    browser: Browser,
    microsoft: FakeMicrosoft,
    connected: LiveServer,
    axe: Callable[[Page], None],
    reflows: Callable[[Page], None],
) -> None:
    context = browser.new_context(ignore_https_errors=True)  # the stand-in's certificate is its own
    page = context.new_page()

    def sound() -> None:
        axe(page)
        reflows(page)

    microsoft.refuse_person("access_denied", "AADSTS50105: not assigned")
    page.goto(f"{connected.url}/sign-in")
    sound()
    page.get_by_role("link", name="Sign in with Microsoft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not signed in")
    sound()
    page.get_by_role("link", name="Back to the page for signing in").click()
    page.get_by_role("link", name="Sign in with Microsoft").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My desk")

    page.goto(f"{connected.url}/meetings/new")
    for name, value in {"title": "حوار تجريبي", "slug": "trial", "start_date": SITTING["date"]}.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=mode]").select_option("online")
    page.locator("main form").get_by_role("button", name="Create").click()
    page.goto(f"{connected.url}/meetings/trial/organise/sittings/new")
    for name, value in SITTING.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form").get_by_role("button").last.click()

    page.goto(f"{connected.url}/meetings/trial/organise/teams")
    sound()
    microsoft.refuse(403, NO_POLICY)
    page.get_by_role("button", name="Create the Teams link").click()
    shown_at_last(page, "New-CsApplicationAccessPolicy")
    page.goto(f"{connected.url}/meetings/trial/organise/teams")
    sound()
    page.get_by_role("button", name="Try again").click()
    shown_at_last(page, "Made by Teams")
    page.goto(f"{connected.url}/meetings/trial/organise/teams")
    page.get_by_label("Everyone who has the link").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Teams is told of it.")).to_be_visible()
    sound()
    context.close()


def shown_at_last(page: Page, text: str) -> None:
    """Load the page again, as it tells to, until the worker has done its part."""
    for _ in range(20):
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail(f"{page.url} never said {text!r}")
