"""Registering on a phone, deciding at a desk: every page and state on the way, which links alone do not lead to."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import link_in, mail_to
from tests.browser.walking import links_printed
from tests.live import LiveServer

Check = Callable[[Page], None]
MEETING = "/meetings/demonstration"
ADDRESS = "newcomer@example.org"


@pytest.fixture
def looked_at(axe: Check, reflows: Check) -> Check:
    """Has a page looked at as it stands."""

    def look(page: Page) -> None:
        axe(page)
        reflows(page)

    return look


def register(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}{MEETING}/register")
    page.get_by_label("Family name").fill("تجريبية")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_role("textbox", name="Organization").fill("بلدية تونس التجريبية")
    page.get_by_label("In person").check()


def test_from_a_phone_to_a_decision_and_out_again(
    live_server: LiveServer, new_page: Callable[[], Page], looked_at: Check, console_errors: list[str]
) -> None:
    phone, desk = new_page(), new_page()
    phone.set_viewport_size({"width": 375, "height": 700})
    register(phone, live_server)
    phone.get_by_role("button", name="Register").click()
    expect(phone.get_by_role("alert")).to_contain_text("Choose what kind of organization it is.")
    expect(phone.get_by_label("Family name")).to_have_value("تجريبية")
    looked_at(phone)
    console_errors.clear()  # Chromium logs the status of the refused form
    phone.get_by_label("What kind of organization").select_option("local_and_regional_governments")
    phone.get_by_role("button", name="Register").click()
    expect(phone.get_by_role("heading", name="Look in your mail")).to_be_visible()
    looked_at(phone)

    phone.goto(link_in(mail_to(live_server, ADDRESS, "confirm"), "/confirm/"))
    looked_at(phone)
    phone.get_by_role("button", name="Yes, it was me").click()
    expect(phone.locator("main")).to_contain_text("The organizers will decide")
    looked_at(phone)
    own_page = phone.url

    desk.goto(links_printed(live_server)["organiser"])
    desk.locator("main button").click()
    desk.goto(f"{live_server.url}{MEETING}/organise/registrations?status=pending")
    desk.get_by_label("Tick all on this page").check()
    expect(desk.get_by_label(re.compile("^Tick .*تجريبية"))).to_be_checked()
    desk.get_by_label("Tick all on this page").uncheck()
    desk.get_by_label(re.compile("^Tick .*تجريبية")).check()
    desk.get_by_role("button", name="Confirm those ticked").click()
    expect(desk.get_by_role("status")).to_contain_text("1 registration is confirmed.")
    looked_at(desk)

    desk.goto(f"{live_server.url}{MEETING}/organise/messages")
    looked_at(desk)
    desk.locator("tbody a").first.click()
    expect(desk.locator("pre").first).to_contain_text("[secret link]")
    looked_at(desk)

    phone.goto(own_page)
    phone.get_by_role("link", name="Withdraw").click()
    looked_at(phone)
    phone.get_by_role("button", name="Withdraw").click()
    expect(phone.get_by_role("button", name="Take part after all")).to_be_visible()
    looked_at(phone)
