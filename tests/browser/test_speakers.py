"""Asked at a desk, answered on a phone: a speaker accepts, corrects the name in Arabic letters, refuses photographs."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_journey import link_in, mail_to
from tests.browser.walking import links_printed
from tests.live import LiveServer

LIST = "/meetings/demonstration/organise/speakers"
# Has a role in the demonstration, and was not asked.
ADDRESS = "participant06@example.org"


def test_from_being_asked_to_a_checked_name(
    live_server: LiveServer,
    new_page: Callable[[], Page],
    axe: Callable[[Page], None],
    reflows: Callable[[Page], None],
) -> None:
    desk, phone = new_page(), new_page()
    phone.set_viewport_size({"width": 375, "height": 700})
    desk.goto(links_printed(live_server)["organiser"])
    desk.get_by_role("button", name="Sign in").click()
    desk.goto(f"{live_server.url}{LIST}?show=not_asked")
    desk.get_by_label("Tick Ms. Efua Mensah-Agyeman (demonstration)").check()
    axe(desk)
    desk.get_by_role("button", name="Ask those ticked").click()
    desk.get_by_label("In your own words").fill("We would be honoured.")
    axe(desk)
    desk.get_by_role("button", name="Write to them").click()
    expect(desk.get_by_role("status")).to_contain_text("1 mail is on its way.")

    message = mail_to(live_server, ADDRESS, "Will you speak?")
    assert "We would be honoured." in str(message.get_body(("plain",)))
    phone.goto(link_in(message, "/speaker/"))
    axe(phone)
    reflows(phone)
    phone.set_viewport_size({"width": 375, "height": 700})
    phone.get_by_label("A word to the organizers").fill("أصل مساءً")
    phone.get_by_role("button", name="Accept").click()
    expect(phone.get_by_role("status")).to_contain_text("you have accepted")
    assert mail_to(live_server, ADDRESS, "Invitation").get_body(("calendar",)) is not None

    phone.get_by_role("link", name="Correct this").or_(phone.get_by_role("link", name="Check this")).click()
    phone.get_by_label("Given name").fill("ليلى")
    phone.get_by_label("Family name").fill("حداد (تجربة)")
    phone.get_by_role("group", name="May you be seen in photographs").get_by_label("No").check()
    axe(phone)
    reflows(phone)
    phone.get_by_role("button", name="This is right: save it").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("ليلى حداد (تجربة)")
    axe(phone)

    desk.goto(f"{live_server.url}{LIST}?show=changed")
    desk.get_by_role("link", name="Ms. ليلى حداد (تجربة)").first.click()
    expect(desk.locator("main")).to_contain_text("أصل مساءً")
    expect(desk.locator("main")).to_contain_text(
        "Changed by the speaker, and not looked at yet: Family name, Given name."
    )
    axe(desk)
    desk.get_by_role("button", name="I have looked at it").click()
    expect(desk.get_by_role("button", name="I have looked at it")).to_have_count(0)
